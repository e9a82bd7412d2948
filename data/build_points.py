"""Rebuilds `reference/model_points.parquet`, where models are shown. Run after the boundaries.

    python -m data.build_points

The communes' points are those of the package `vietnamadminunits`. A few of them are wrong: a
commune's point counts only where its own district is.
"""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet
import shapely

from data import geography
from data.build_boundaries import METADATA, read_communes
from data.model_places import FILE

_NEAR = 0.02  # degrees, about 2 km: the districts' borders are simplified
_DIGITS = 4  # of a degree, about 10 m


def main() -> None:
    """Write the points with their sources and licences in the file's metadata."""
    table = arrow.Table.from_pandas(points(), preserve_index=False)
    kept = {name: METADATA[name] for name in ("sources", "licences")}
    parquet.write_table(table.replace_schema_metadata(kept), FILE, compression="zstd")


def points() -> pd.DataFrame:
    """A point for each unit that has one to trust, degrees, EPSG:4326: `level` (`commune`,
    `district`, `province`), `code`, `province`, `lon`, `lat`."""
    parts = {
        "commune": commune_points(read_communes()),
        "district": district_points(),
        "province": province_points(),
    }
    return pd.concat([part.assign(level=level) for level, part in parts.items()])


def commune_points(communes: gpd.GeoDataFrame) -> pd.DataFrame:
    """The former communes with a point to trust."""
    points = communes.geometry.to_numpy()
    province = geography.province_shapes().geometry.reindex(communes["province"]).to_numpy()
    district = geography.district_shapes().geometry.reindex(communes["district"]).to_numpy()
    good = shapely.covers(province, points) & shapely.dwithin(district, points, _NEAR)
    kept = communes[good]
    return _table(kept["commune"], kept["province"], kept.geometry)


def district_points() -> pd.DataFrame:
    """A point inside each district that has a shape."""
    shapes = geography.district_shapes()
    return _table(shapes.index, shapes["province"], shapes.representative_point())


def province_points() -> pd.DataFrame:
    """A point inside each province."""
    shapes = geography.province_shapes()
    return _table(shapes.index, shapes.index, shapes.representative_point())


def _table(codes: Iterable[str], provinces: Iterable[str], points: gpd.GeoSeries) -> pd.DataFrame:
    lon, lat = (np.round(each.to_numpy(), _DIGITS) for each in (points.x, points.y))
    columns = {"code": list(codes), "province": list(provinces), "lon": lon, "lat": lat}
    return pd.DataFrame(columns)


if __name__ == "__main__":
    main()
