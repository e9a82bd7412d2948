"""Where each model stands on the map: at its commune, else its district, else in its province.

The points are those of `data/build_points.py`.
"""

from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as arrow
import pyarrow.compute as compute
import pyarrow.parquet as parquet

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
FILE = Path(__file__).parent / "reference" / "model_points.parquet"
"""The points of communes, districts and provinces, with the columns of `_POINTS`."""

_POINTS = arrow.schema(
    {
        "level": arrow.string(),
        "code": arrow.string(),
        "province": arrow.string(),
        "lon": arrow.float64(),
        "lat": arrow.float64(),
    }
)
_NEAREST_FIRST = ("commune", "district", "province")
_MODELS = arrow.schema((column, arrow.string()) for column in ("model_id", *_NEAREST_FIRST))


def located(models: pd.DataFrame) -> arrow.Table:
    """The point of each model (degrees, EPSG:4326) and whose it is: `commune`, `district` or
    `province`; in the order of `models`, the table of the schema.

    A code of another province is as good as none. Hoàng Sa and Trường Sa have no points in the
    package: a model there stands in its province on the mainland.
    """
    points, keys = _points()
    asked = arrow.Table.from_pandas(models, _MODELS, preserve_index=False)
    at = (
        compute.index_in(_keys(level, asked[level], asked["province"]), keys)
        for level in _NEAREST_FIRST
    )
    found = points.take(compute.coalesce(*at)).append_column("model_id", asked["model_id"])
    return found.select(SCHEMA.names).combine_chunks()


def _keys(
    level: str | arrow.ChunkedArray, code: arrow.ChunkedArray, province: arrow.ChunkedArray
) -> arrow.ChunkedArray:
    """What a point is found by; missing where the code is."""
    return compute.binary_join_element_wise(level, code, province, "/")


@cache
def _points() -> tuple[arrow.Table, arrow.ChunkedArray]:
    """The points of the reference, and the key of each."""
    points = parquet.read_table(FILE).select(_POINTS.names).cast(_POINTS)
    return points, _keys(points["level"], points["code"], points["province"])
