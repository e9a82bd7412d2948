"""From frames to a snapshot in force: checked, summed into cubes, written; all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from data import cubes, demo, schema, snapshots
from data.manifest import Facts

# Fixed, so that the illustrative snapshot has the same id wherever it is rebuilt.
_DEMO_MADE_AT = datetime.fromisoformat("2025-07-31T00:00:00+07:00")
_DEMO_SOURCES = ("Số liệu minh họa, sinh từ một hạt giống cố định quanh các số liệu công khai",)


def publish_tables(
    place: str,
    frames: Mapping[str, pd.DataFrame],
    *,
    illustrative: bool,
    sources: Sequence[str],
    made_by: str,
    made_at: datetime,
) -> str:
    """Publish every table of the schema and its cubes; returns the id now in force.

    The period is the newest quarter with a progress report; `made_at` has a time zone. Raises
    ValueError when a table is missing or unknown or refers to rows that are not there,
    `pandera.errors.SchemaErrors` with every value that breaks the schema, SnapshotError when the
    place cannot be used; nothing changes then.
    """
    if frames.keys() != schema.TABLES.keys():
        raise ValueError(f"tables missing or unknown: {frames.keys() ^ schema.TABLES.keys()}")
    if broken := schema.broken_references(frames):
        raise ValueError("; ".join(broken))
    tables = {name: schema.to_arrow(name, frame) for name, frame in frames.items()}
    facts = Facts(
        period=frames["progress"]["quarter"].max(),
        sources=tuple(sources),
        made_at=made_at,
        made_by=made_by,
        illustrative=illustrative,
    )
    return snapshots.publish(place, {**tables, **cubes.build(tables)}, facts)


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
