"""Where each model stands on the map: at its commune, else its district, else in its province.

The points are those of `data/build_points.py`.
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as arrow
import pyarrow.parquet as parquet

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
FILE = Path(__file__).parent / "reference" / "model_points.parquet"
"""The points of communes, districts and provinces: level, code, province, lon, lat."""


def located(models: pd.DataFrame) -> arrow.Table:
    """The point of each model (degrees, EPSG:4326) and whose it is: `commune`, `district` or
    `province`; in the order of `models`, the table of the schema.

    A code of another province is as good as none. Hoàng Sa and Trường Sa have no points in the
    package: a model there stands in its province on the mainland.
    """
    province = models["province"].to_numpy("object")
    found = _at(province, _points()["province"], province).assign(level="province")
    for level in ("district", "commune"):
        codes = models[level].to_numpy("object")
        nearer = _at(codes, _points()[level], province).assign(level=level)
        found = nearer.where(nearer["lon"].notna(), found)
    found = found.assign(model_id=models["model_id"].to_numpy("object"))
    return arrow.Table.from_pandas(found, SCHEMA, preserve_index=False)


def _at(codes: Texts, points: pd.DataFrame, province: Texts) -> pd.DataFrame:
    """The points of some codes; none for one that is missing, unknown or of another province."""
    found = points.reindex(codes).reset_index(drop=True)
    return found[["lon", "lat"]].where(found["province"] == pd.Series(province))


@cache
def _points() -> dict[str, pd.DataFrame]:
    """The points of the reference by level: index code; province, lon, lat."""
    points = parquet.read_table(FILE).to_pandas().set_index("code")
    return dict(list(points.groupby("level")[["province", "lon", "lat"]]))
