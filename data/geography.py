"""The shapes of provinces, units and districts, and the two island groups off the coast.

Built by `data/build_boundaries.py`; approximate borders, sources and licences in each file's
metadata. The frames are cached: do not modify them.
"""

from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

_FOLDER = Path(__file__).parent / "reference"
_PROVINCES = _FOLDER / "province_shapes.parquet"


@cache
def province_shapes() -> gpd.GeoDataFrame:
    """The 63 provinces, EPSG:4326, index `code` in GSO order: geometry."""
    return gpd.read_parquet(_PROVINCES).set_index("code")


@cache
def unit34_shapes() -> gpd.GeoDataFrame:
    """The 34 units of 01/07/2025, EPSG:4326, index `code` in GSO order: geometry."""
    return gpd.read_parquet(_FOLDER / "unit34_shapes.parquet").set_index("code")


@cache
def district_shapes() -> gpd.GeoDataFrame:
    """The former districts, EPSG:4326, index `code`: province (code), name, geometry.

    Hoàng Sa (498) and Trường Sa (576) have no shape here: see `islands`.
    """
    return gpd.read_parquet(_FOLDER / "district_shapes.parquet").set_index("code")


@cache
def islands() -> pd.DataFrame:
    """Features of Hoàng Sa and Trường Sa: group, name_vi, province_code, lat, lon, source."""
    return pd.read_csv(_FOLDER / "islands.csv", dtype={"province_code": str})


@cache
def boundary_note() -> str:
    """What a map must say of its borders, in Vietnamese, from the file's metadata."""
    note: bytes = pq.read_schema(_PROVINCES).metadata[b"note"]
    return note.decode()
