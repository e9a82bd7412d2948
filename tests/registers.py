"""The committed snapshot as a register in a database: what a database must give back of it."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as arrow

from data import cubes, register, schema, snapshots

MADE_AT = datetime(2025, 8, 1, tzinfo=UTC)


def committed() -> snapshots.Snapshot:
    """The illustrative snapshot that ships with the code."""
    place = str(Path(snapshots.__file__).parent / "extracts")
    return snapshots.load(place, str(snapshots.current_id(place)))


def tables() -> dict[str, arrow.Table]:
    """Its tables, as a register holds them."""
    snapshot = committed()
    return {name: snapshots.read_table(snapshot, name) for name in schema.TABLES}


def assert_same_snapshot(place: Path, url: str) -> None:
    """Published from a register, every table and cube has the bytes of the committed one."""
    id, fetched = register.publish(str(place), url, illustrative=True, made_at=MADE_AT)
    made, ours = snapshots.load(str(place), id).manifest, committed().manifest
    assert not fetched.without_lists
    assert made.files.keys() >= {*schema.TABLES, *cubes.KEYS}
    assert [name for name in ours.files if made.files[name] != ours.files[name]] == []
    assert ours.files["province_quarter"].rows > 10_000
