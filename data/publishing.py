"""From frames to a snapshot in force: checked, summed into cubes, written; all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import pandera.backends.pandas.register  # noqa: F401 - else loaded at the first check
import pyarrow as arrow
import pyarrow.acero  # else loaded when the first cube is sorted

from data import conversion, cube_sql, demo, model_places, schema, snapshot_writing
from data.manifest import Facts
from data.snapshot_writing import Turn

# Fixed, so that the illustrative snapshot has the same id wherever it is rebuilt.
_DEMO_MADE_AT = datetime.fromisoformat("2025-07-31T00:00:00+07:00")
_DEMO_SOURCES = ("Số liệu minh họa do chương trình tạo ra, phỏng theo các số liệu công khai",)


class Refused(Exception):
    """Nothing was published: what is wrong, line by line, in Vietnamese."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def publish_tables(
    place: str,
    frames: Mapping[str, pd.DataFrame],
    *,
    illustrative: bool,
    sources: Sequence[str],
    made_by: str,
    made_at: datetime,
    computed: Mapping[str, arrow.Table] | None = None,
    held: Turn | None = None,
) -> str:
    """Publish every table of the schema, its cubes and the models' points; returns the id.

    The period is the newest quarter that a province has reported; `made_at` has a time zone.
    `computed` are the cubes where a database has summed them already; `held` is the caller's turn
    to publish, taken here without one. Raises ValueError when a table is missing or unknown or
    refers to rows that are not there, `pandera.errors.SchemaErrors` with every value that breaks
    the schema, SnapshotError when the place cannot be used; nothing changes then.
    """
    files = ready(frames, computed)
    facts = Facts(
        period=newest_quarter(frames["submissions"]),
        sources=tuple(sources),
        made_at=made_at,
        made_by=made_by,
        illustrative=illustrative,
    )
    return snapshot_writing.publish(place, files, facts, held)


def ready(
    frames: Mapping[str, pd.DataFrame], computed: Mapping[str, arrow.Table] | None = None
) -> dict[str, arrow.Table]:
    """The files of a snapshot: the tables, checked, their cubes, the models' points.

    Raises ValueError and SchemaErrors as `publish_tables`.
    """
    if frames.keys() != schema.TABLES.keys():
        raise ValueError(f"tables missing or unknown: {frames.keys() ^ schema.TABLES.keys()}")
    if broken := broken_references(frames):
        raise ValueError("; ".join(broken))
    tables = {name: conversion.to_arrow(name, frame) for name, frame in frames.items()}
    sums = cube_sql.build(tables) if computed is None else computed
    return {**tables, **sums, model_places.NAME: model_places.located(frames["models"])}


def broken_references(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """What refers to a row that is not there, in Vietnamese; empty when all is well."""
    problems = []
    for table_name, column, target in schema.REFERENCES:
        # By `tolist`: going through a column takes a call for each of its texts.
        held = set(frames[table_name][column].dropna().tolist())
        lost = sorted(held.difference(frames[target][column].tolist()))
        if lost:
            where = f"{schema.TABLES[table_name].title}, cột {schema.label(table_name, column)}"
            problems.append(
                f"{where}: không có trong bảng {schema.TABLES[target].title}: {lost[:5]}"
            )
    return problems


def newest_quarter(submissions: pd.DataFrame) -> str:
    """The newest quarter that a province has reported; ValueError when none has."""
    sent = submissions.dropna(subset=["received_date"])
    if sent.empty:
        raise ValueError("no province has reported")
    return str(sent["quarter"].max())


def publish_demo(place: str) -> str:
    """Rebuild the illustrative snapshot from its fixed seed, publish it; returns its id."""
    return publish_tables(
        place,
        demo.tables(),
        illustrative=True,
        sources=_DEMO_SOURCES,
        made_by="python -m data demo",
        made_at=_DEMO_MADE_AT,
    )
