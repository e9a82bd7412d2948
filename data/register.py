"""A register instead of workbooks: the same tables in a database, checked and summed there.

Ibis writes the queries (DuckDB, PostgreSQL, Spark, Trino); what is fetched are the cubes and the
tables that are small whatever the register holds. The lists of models and of their reports come
along up to `MOST_ROWS` rows of either; a larger register's snapshot holds those two tables empty.
The register should stand still meanwhile: a nightly copy, or a replica that is paused.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

import ibis
import pandas as pd
import pyarrow as arrow
from ibis.common.exceptions import TableNotFound
from ibis.expr.types import Table

from data import conversion, cube_queries, publishing, register_checks, schema, snapshot_writing
from data.publishing import Refused

MOST_ROWS = 300_000
"""Rows of `models` or `progress` above which a snapshot holds neither: a server keeps them in
memory, and nobody reads a longer list."""

LISTS = ("models", "progress")
OPTIONAL = ("findings",)
"""Tables that a register need not have: they are made by whoever checks."""


class Fetched(NamedTuple):
    """What a register gave: the schema's tables, the cubes, and whether the lists were left."""

    frames: dict[str, pd.DataFrame]
    cubes: dict[str, arrow.Table]
    without_lists: bool


def publish(place: str, url: str, *, illustrative: bool, made_at: datetime) -> tuple[str, Fetched]:
    """Publish what a register holds in place of all that was in force; the id and what it is.

    Refused with a line for each problem; then, and for SnapshotError, nothing changes.
    """
    with snapshot_writing.turn(place) as held:
        with connected(url) as database:
            fetched = fetch(database)
        id = publishing.publish_tables(
            place,
            fetched.frames,
            illustrative=illustrative,
            sources=[f"Cơ sở dữ liệu {described(url)}"],
            made_by="python -m data publish --source",
            made_at=made_at,
            computed=fetched.cubes,
            held=held,
        )
    return id, fetched


@contextmanager
def connected(url: str) -> Iterator[ibis.BaseBackend]:
    """The database at an Ibis URL (`duckdb://`, `postgres://`, `pyspark://`); Refused."""
    # Publishing only reads; DuckDB would make a file that is not there.
    options = {"read_only": True} if urlsplit(url).scheme == "duckdb" else {}
    try:
        database = ibis.connect(url, **options)
    except Exception as error:  # each database's driver raises kinds of its own
        said = _first_line(error).replace(url, described(url))  # it may hold a password
        raise Refused([f"Không mở được cơ sở dữ liệu {described(url)}: {said}"]) from error
    try:
        yield database
    finally:
        database.disconnect()


def described(url: str) -> str:
    """Kind and name of a database, for people: no account, no machine, no path."""
    parts = urlsplit(url)
    name = PurePosixPath(parts.path or parts.netloc).stem
    return f"{name} ({parts.scheme})" if name else f"({parts.scheme})"


def fetch(database: ibis.BaseBackend) -> Fetched:
    """Check a register and sum it where it is; Refused with every problem that was found."""
    try:
        tables = _checked(database)
        sums = cube_queries.compute(database, tables)
        without = any(_rows(tables[name]) > MOST_ROWS for name in LISTS)
        frames = {
            name: empty(name) if without and name in LISTS else _frame(database, name, table)
            for name, table in tables.items()
        }
    except Refused:
        raise
    except Exception as error:  # each database's driver raises kinds of its own
        raise Refused([f"Cơ sở dữ liệu báo lỗi: {_first_line(error)}"]) from error
    frames |= {name: empty(name) for name in OPTIONAL if name not in frames}
    return Fetched({name: frames[name] for name in schema.TABLES}, sums, without)


def empty(name: str) -> pd.DataFrame:
    """A table of the schema without rows."""
    return conversion.from_arrow(name, conversion.arrow_schema(name).empty_table())


def _checked(database: ibis.BaseBackend) -> dict[str, Table]:
    """The register's tables in the schema's types, everything that the schema asks held."""
    stored = _stored(database)
    lost = schema.TABLES.keys() - stored.keys() - set(OPTIONAL)
    _refuse([f"Cơ sở dữ liệu không có bảng {name}." for name in sorted(lost)])
    _refuse([line for name in stored for line in register_checks.missing(name, stored[name])])
    _refuse([line for name in stored for line in register_checks.wrong_values(name, stored[name])])
    tables = {name: register_checks.typed(name, table) for name, table in stored.items()}
    repeated = [
        line for name in tables for line in register_checks.repeated_keys(name, tables[name])
    ]
    _refuse([*repeated, *register_checks.broken_references(tables)])
    if not _rows(tables["submissions"].filter(lambda rows: rows.received_date.notnull())):
        raise Refused(["Bảng submissions không có báo cáo nào đã nhận, nên không có kỳ số liệu."])
    return tables


def _stored(database: ibis.BaseBackend) -> dict[str, Table]:
    """Those of the schema's tables that a database has, in the schema's order."""
    found = {}
    for name in schema.TABLES:
        with suppress(TableNotFound):
            found[name] = database.table(name)
    return found


def _refuse(problems: list[str]) -> None:
    if problems:
        raise Refused(problems)


def _frame(database: ibis.BaseBackend, name: str, table: Table) -> pd.DataFrame:
    fetched = database.to_pyarrow(table).cast(conversion.arrow_schema(name))
    frame = conversion.from_arrow(name, fetched)
    # Databases promise no order: the same rows are the same snapshot.
    return frame.sort_values(list(schema.TABLES[name].unique or []), ignore_index=True)


def _rows(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
