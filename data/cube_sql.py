"""The cubes of tables in memory, summed by embedded DuckDB.

It runs the SQL that Ibis makes of `data/cube_queries.py`, kept in `reference/*.sql`: publishing
workbooks then waits neither for Ibis to load nor for it to write the same queries again.
`data/build_cube_sql.py` rebuilds the files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as arrow

from data.cubes import KEYS, in_order


def build(tables: Mapping[str, arrow.Table]) -> dict[str, arrow.Table]:
    """Both cubes of a snapshot's checked tables, sorted by their keys.

    MemoryError where the machine has too little of it.
    """
    try:
        # Threads cost more than they save on as few rows as workbooks bring.
        with duckdb.connect(config={"threads": 1}) as connection:
            for name, table in tables.items():
                connection.register(name, table)
            return {
                name: in_order(name, connection.sql(_sql(name)).to_arrow_table()) for name in KEYS
            }
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error


def file_of(name: str) -> Path:
    """Where the SQL of a cube is."""
    return Path(__file__).parent / "reference" / f"{name}.sql"


@cache
def _sql(name: str) -> str:
    return file_of(name).read_text("utf-8")
