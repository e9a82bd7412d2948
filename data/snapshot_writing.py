"""Snapshots as they are written: a whole one at a time, then in force at one stroke, or nothing.

Whoever publishes holds a turn from reading the snapshot in force to the switch, so that no other
publisher's snapshot is lost.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyarrow as arrow
import pyarrow.parquet as parquet

from data import schema, snapshots, storage
from data.manifest import Facts, FileFacts, Manifest, digest, snapshot_id, to_json
from data.storage import SnapshotError


class Packed(NamedTuple):
    """A table as the Parquet file that it becomes: how many rows, the file's bytes."""

    rows: int
    content: bytes


@dataclass(frozen=True)
class Turn:
    """The right to publish in a place, and the id that was in force when it was taken."""

    place: str
    base: str | None


def packed(table: arrow.Table) -> Packed:
    """The same bytes for the same rows: one chunk, no metadata that names library versions."""
    sink = arrow.BufferOutputStream()
    plain = table.replace_schema_metadata(None).combine_chunks()
    parquet.write_table(plain, sink, compression="zstd")
    return Packed(table.num_rows, bytes(sink.getvalue()))


@contextmanager
def turn(place: str) -> Iterator[Turn]:
    """Take the right to publish for as long as it needs, from reading the base to the switch.

    SnapshotError when another publisher does not finish soon.
    """
    with storage.lock(place):
        yield Turn(place, snapshots.current_id(place))


def publish(
    place: str, files: Mapping[str, arrow.Table | Packed], facts: Facts, held: Turn | None = None
) -> str:
    """Write a snapshot, put it in force and return its id; all or nothing.

    What is in force already, whoever made it and whenever, is left as it is. `held` is the
    caller's turn; without one it is taken here.
    """
    parts = {name: it if isinstance(it, Packed) else packed(it) for name, it in files.items()}
    described = {
        name: FileFacts(it.rows, len(it.content), digest(it.content)) for name, it in parts.items()
    }
    manifest = Manifest(**vars(facts), schema_version=schema.VERSION, files=described)
    with nullcontext(held) if held else turn(place) as taken:
        return _same_in_force(place, manifest) or _add(taken, manifest, parts)


def switch(place: str, id: str) -> None:
    """Put a snapshot in force at one stroke; SnapshotError, and no change, unless it is whole."""
    with turn(place) as taken:
        _switch(taken, id)


def _add(taken: Turn, manifest: Manifest, files: Mapping[str, Packed]) -> str:
    place, document = taken.place, to_json(manifest)
    id = snapshot_id(manifest.period, document)
    storage.sweep(place)
    was_there = not snapshots.verify(place, id)
    try:
        if not was_there:
            parts = {f"{name}.parquet": file.content for name, file in files.items()}
            # The manifest comes last: a folder without one is unfinished.
            storage.write_folder(place, id, {**parts, snapshots.MANIFEST: document})
        _switch(taken, id)
    except Exception:
        # A store may have taken CURRENT and failed to say so.
        if not was_there and snapshots.current_id(place) != id:
            storage.remove_folder(place, id)
        raise
    return id


def _switch(taken: Turn, id: str) -> None:
    place = taken.place
    if problems := snapshots.verify(place, id):
        raise SnapshotError("; ".join(problems), f"{place}/{id}")
    now = snapshots.current_id(place)
    if now != taken.base:
        # Only where nothing can be locked, an object store. Between this look and the write of
        # CURRENT a second publisher may still slip in: then the last one to write is in force,
        # whole, and the other's workbooks are published again by running its command again.
        raise SnapshotError(
            f"trong lúc xuất bản, bản đang dùng đã đổi từ {taken.base} sang {now}, nên lần này "
            "không đưa vào dùng; hãy chạy lại",
            place,
        )
    if now != id:
        storage.replace_file(place, snapshots.CURRENT, f"{id}\n".encode())


def _same_in_force(place: str, manifest: Manifest) -> str | None:
    try:
        snapshot = snapshots.current(place)
    except SnapshotError:
        return None
    old = snapshot.manifest
    same = replace(manifest, made_at=old.made_at, made_by=old.made_by) == old
    return snapshot.id if same else None
