"""Where each model stands on the map: at its commune, else its district, else in its province.

The communes' points are those of the package `vietnamadminunits`, read when a snapshot is
published. A few of them are wrong: a commune's point counts only where its own district is.
"""

from collections.abc import Iterable
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as arrow
import shapely

from data import geography
from data.build_boundaries import read_communes

Texts = npt.NDArray[np.object_]

NAME = "model_places"
"""The file of a snapshot; one row per model, with the columns of `SCHEMA`."""

SCHEMA = arrow.schema(
    {
        "model_id": arrow.string(),
        "lon": arrow.float64(),
        "lat": arrow.float64(),
        "level": arrow.string(),
    }
)
_NEAR = 0.02  # degrees, about 2 km: the districts' borders are simplified
_DIGITS = 4  # of a degree, about 10 m


def located(models: pd.DataFrame) -> arrow.Table:
    """The point of each model (degrees, EPSG:4326) and whose it is: `commune`, `district` or
    `province`; in the order of `models`, the table of the schema.

    A code of another province is as good as none. Hoàng Sa and Trường Sa have no points in the
    package: a model there stands in its province on the mainland.
    """
    province = models["province"].to_numpy("object")
    found = _at(province, province_points(), province).assign(level="province")
    for level, points in (("district", district_points()), ("commune", commune_points())):
        nearer = _at(models[level].to_numpy("object"), points, province).assign(level=level)
        found = nearer.where(nearer["lon"].notna(), found)
    found = found.assign(model_id=models["model_id"].to_numpy("object"))
    return arrow.Table.from_pandas(found, SCHEMA, preserve_index=False)


def _at(codes: Texts, points: pd.DataFrame, province: Texts) -> pd.DataFrame:
    """The points of some codes; none for one that is missing, unknown or of another province."""
    found = points.reindex(codes).reset_index(drop=True)
    return found[["lon", "lat"]].where(found["province"] == pd.Series(province))


@cache
def commune_points() -> pd.DataFrame:
    """The former communes with a point to trust: index code; province, lon, lat."""
    communes = read_communes()
    points = communes.geometry.to_numpy()
    province = geography.province_shapes().geometry.reindex(communes["province"]).to_numpy()
    district = geography.district_shapes().geometry.reindex(communes["district"]).to_numpy()
    good = shapely.covers(province, points) & shapely.dwithin(district, points, _NEAR)
    kept = communes[good]
    return _table(kept["commune"], kept["province"], kept.geometry)


@cache
def district_points() -> pd.DataFrame:
    """A point inside each district that has a shape: index code; province, lon, lat."""
    shapes = geography.district_shapes()
    return _table(shapes.index, shapes["province"], shapes.representative_point())


@cache
def province_points() -> pd.DataFrame:
    """A point inside each province: index code; province, lon, lat."""
    shapes = geography.province_shapes()
    return _table(shapes.index, shapes.index, shapes.representative_point())


def _table(codes: Iterable[str], provinces: Iterable[str], points: gpd.GeoSeries) -> pd.DataFrame:
    lon, lat = (np.round(each.to_numpy(), _DIGITS) for each in (points.x, points.y))
    columns = {"province": list(provinces), "lon": lon, "lat": lat}
    return pd.DataFrame(columns, index=pd.Index(list(codes), dtype="object"))
