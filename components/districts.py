"""The borders of the districts of one province or unit: a file that never changes at its address.

A part of the map of models; `data.geography` names the sources of the shapes.
"""

import json
from functools import cache
from hashlib import sha256

import numpy as np
import shapely
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import geography, places
from data.places import Area

_SHORT = {"Thành phố ": "TP ", "Thị xã ": "TX ", "Huyện ": ""}


@cache
def shapes(units: str, code: str) -> str:
    """GeoJSON of the districts of a unit: name, and where to write it (lat, lon)."""
    area = places.province(code) if units == "63" else places.unit34(code)
    table = geography.district_shapes()
    own = table[table["province"].isin(area.members if area else ())]
    middle = own.representative_point()
    named = own.assign(
        name=own["name"].replace({f"^{key}": it for key, it in _SHORT.items()}, regex=True),
        lon=middle.x.round(4),
        lat=middle.y.round(4),
        geometry=shapely.transform(own.geometry.to_numpy(), lambda points: np.round(points, 4)),
    )
    kept = named[["name", "lon", "lat", "geometry"]].to_geo_dict(show_bbox=False)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


@cache
def _tag(units: str, code: str) -> str:
    return sha256(shapes(units, code).encode()).hexdigest()[:16]


def path(area: Area) -> str:
    """Where the app serves the districts of a province or unit, relative to its root."""
    units = "34" if area.kind == "unit34" else "63"
    return f"map/districts/{units}.{area.code}.{_tag(units, area.code)}.json"


def _serve(request: Request) -> Response:
    units, code, tag = (request.path_params[name] for name in ("units", "code", "tag"))
    known = (places.provinces() if units == "63" else places.units34()).index
    if units not in ("63", "34") or code not in known or tag != _tag(units, code):
        raise HTTPException(404)
    return Response(shapes(units, code), media_type="application/geo+json")


ROUTE = Route("/map/districts/{units}.{code}.{tag}.json", _serve)
