"""The map of one unit's models as a picture to take away; see `model_map` for that on the page.

The island groups of the unit lie far from its shore: they stand in a frame in the corner.
"""

import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import shapely
from altair import Data

from components import districts, model_map
from components.charts import Picture, Spec, checked, heading
from components.models import COLOURS, INK
from components.pictures import HEIGHT, WIDTH
from data import geography, model_sums, places
from data.models import WORDS
from data.view import View

NO_WORD = "không có số liệu kỳ này"
_EDGE, _ABOVE = 32, 130
"""Pixels that the picture's edges take of its width, and title and legend of its height."""
_FRAME = 110
"""Pixels of the island groups' frame, in the corner at the right of the top."""
_DOT, _LETTER = 11, 6.5
"""Pixels of a point, and of a letter of a name."""
_TURN = 2.399963
"""The golden angle: points that go round it never line up."""

Feature = dict[str, Any]


def model_picture(snapshot_id: str, view: View, illustrative: bool) -> Picture:
    """The picture of a province's or a unit's models, a point for each, by word."""
    units = "34" if view.area.kind == "unit34" else "63"
    features = json.loads(districts.shapes(units, view.area.code))["features"]
    shapes = [shapely.geometry.shape(it["geometry"]) for it in features]
    degree = _pixels(shapes)
    points = model_map.paint(snapshot_id, model_sums.where(view)).points
    words = [WORDS.label(word) if word in COLOURS else NO_WORD for word in WORDS]
    rows = pd.DataFrame(
        [[lon, lat, words[word], name] for _, lon, lat, word, name, _ in points],
        columns=["lon", "lat", "word", "name"],
    )
    ground = [_as_drawn(it, shape) for it, shape in zip(features, shapes, strict=True)]
    named = [
        it["properties"]
        for it, shape in zip(features, shapes, strict=True)
        if _LETTER * len(it["properties"]["name"]) < degree * (shape.bounds[2] - shape.bounds[0])
    ]
    lines = [*heading(view, illustrative), geography.boundary_note()]
    title = f"Vị trí mô hình: {view.area.name}"
    return Picture(_spec(view, ground, named), _apart(rows, _DOT / degree), title, lines)


def _pixels(shapes: list[shapely.Geometry]) -> float:
    """Pixels of a degree where the shapes fill the picture."""
    left, low, right, high = shapely.total_bounds(shapes)
    return float(min((WIDTH - _EDGE) / (right - left), (HEIGHT - _ABOVE) / (high - low)))


def _apart(rows: pd.DataFrame, dot: float) -> pd.DataFrame:
    """The points of one place around each other, `dot` degrees large, so that all are seen."""
    nth = rows.groupby(["lon", "lat"]).cumcount().to_numpy()
    away = 0.65 * dot * np.sqrt(nth)
    moved = {"lon": away * np.cos(nth * _TURN), "lat": away * np.sin(nth * _TURN)}
    return rows.assign(**{name: rows[name] + by for name, by in moved.items()})


def _as_drawn(feature: Feature, shape: shapely.Geometry) -> Feature:
    """D3 takes what lies to the right of a ring for its inside."""
    parts = [shapely.geometry.polygon.orient(part, -1) for part in shapely.get_parts(shape)]
    return feature | {"geometry": shapely.geometry.mapping(shapely.MultiPolygon(parts))}


def _spec(view: View, ground: list[Feature], named: list[Feature]) -> Spec:
    land = alt.Chart(Data(values=ground)).mark_geoshape(fill="#e9f0f5", stroke="#9aa5b1")
    names = alt.Chart(Data(values=named)).mark_text(fontSize=11, color=INK, dy=-_DOT)
    names = names.encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    colours = {WORDS.label(word): colour for word, colour in COLOURS.items()} | {NO_WORD: "#ffffff"}
    colour = alt.Color(
        "word:N",
        scale=alt.Scale(domain=[*colours], range=[*colours.values()]),
        legend=alt.Legend(title=None, orient="bottom", labelFontSize=12, labelLimit=300),
    )
    dots = alt.Chart().mark_circle(size=_DOT**2 * 0.75, stroke="#2b343e", opacity=1)
    dots = dots.encode(longitude="lon:Q", latitude="lat:Q", color=colour)
    return checked(alt.layer(land, dots, names, *_islands(view)).project("mercator"))


def _islands(view: View) -> list[alt.Chart]:
    """The unit's island groups in a frame: their features, true to each other, and their name."""
    table = geography.islands()
    own = table[table["province_code"].isin(view.area.members)]
    if own.empty:
        return []
    spread = max(float(own[it].max() - own[it].min()) for it in ("lon", "lat"))
    left, step = WIDTH - _EDGE - _FRAME, 0.5 * _FRAME / spread
    middle = {it: (own[it].max() + own[it].min()) / 2 for it in ("lon", "lat")}
    x = left + _FRAME / 2 + step * (own["lon"] - middle["lon"])
    y = 0.4 * _FRAME - step * (own["lat"] - middle["lat"])
    owners = own.drop_duplicates("group")
    names = owners["province_code"].map(places.provinces()["name"])
    said = [*owners["group"], *(f"({name})" for name in names)]
    at = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    frame = Data(values=[{"x": left, "y": 0, "x2": left + _FRAME, "y2": _FRAME}])
    discs = Data(values=pd.DataFrame({"x": x, "y": y}).to_dict("records"))
    caption = Data(values=[{"x": left + _FRAME / 2, "y": 0.78 * _FRAME, "said": said}])
    box = alt.Chart(frame).mark_rect(fill="#ffffff", stroke="#c9ced6")
    text = alt.Chart(caption).mark_text(fontSize=11, color=INK, baseline="middle")
    return [
        box.encode(**at, x2="x2:Q", y2="y2:Q"),
        alt.Chart(discs).mark_circle(size=18, color="#6b7280", opacity=1).encode(**at),
        text.encode(**at, text="said:N"),
    ]
