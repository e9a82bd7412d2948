"""Snapshots: immutable folders of Parquet files, and the pointer to the one in force.

    <place>/<id>/<table or cube>.parquet, manifest.json
    <place>/CURRENT                          the id of the one in force

A place is a folder or any fsspec URL. An id is `<period>-<12 hex digits of the SHA-256 of the
manifest>`, and the manifest holds the SHA-256 of every file: whatever is altered, shortened or
lost no longer fits its name and is never read. Messages of errors are in Vietnamese, for people.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pyarrow as arrow
import pyarrow.parquet as parquet

from data import schema, storage
from data.manifest import Facts, FileFacts, Manifest, digest, from_json, snapshot_id, to_json
from data.storage import SnapshotError as SnapshotError

MANIFEST = "manifest.json"
CURRENT = "CURRENT"
_ID = re.compile(r"20\d\dQ[1-4]-[0-9a-f]{12}")
_NONE_LEFT = (
    "Chưa có bản số liệu nào còn nguyên vẹn để hiển thị. Hãy báo người quản trị hệ thống chạy "
    "“python -m data snapshots” để xem các bản, “python -m data rollback ID” để quay về một bản, "
    "hoặc “python -m data demo” để dựng lại bản minh họa (nơi lưu: cài đặt SINHKE_EXTRACTS)."
)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot whose manifest fits its id; its files are checked as they are read."""

    id: str
    place: str
    manifest: Manifest


class Packed(NamedTuple):
    """A table as the Parquet file that it becomes: how many rows, the file's bytes."""

    rows: int
    content: bytes


@dataclass(frozen=True)
class Turn:
    """The right to publish in a place, and the id that was in force when it was taken."""

    place: str
    base: str | None


def configured_place() -> str:
    """Where snapshots are kept: `SINHKE_EXTRACTS`, or `extracts` beside this module."""
    return os.environ.get("SINHKE_EXTRACTS") or str(Path(__file__).parent / "extracts")


def ids(place: str) -> list[str]:
    """The ids in a place, whole or not, sorted; SnapshotError if the place cannot be read."""
    return [name for name in storage.names(place) if _ID.fullmatch(name)]


def current_id(place: str) -> str | None:
    """What CURRENT names; None if there is no CURRENT or it holds anything but an id."""
    try:
        content = storage.read(place, CURRENT).decode(errors="replace").strip()
    except storage.NotFound:
        return None
    return content if _ID.fullmatch(content) else None


def load(place: str, id: str) -> Snapshot:
    """The snapshot with this id; SnapshotError unless its manifest fits its name and version."""
    if not _ID.fullmatch(id):
        raise SnapshotError("không phải mã của một bản số liệu", repr(id))
    content = storage.read(place, f"{id}/{MANIFEST}")
    if snapshot_id(id[:6], content) != id:
        raise SnapshotError(f"{MANIFEST} đã bị sửa", f"{place}/{id}")
    try:
        return Snapshot(id, place, from_json(content))
    except ValueError as error:
        raise SnapshotError(f"{MANIFEST} không đúng mẫu ({error})", f"{place}/{id}") from error


def verify(place: str, id: str) -> list[str]:
    """What is wrong with a snapshot, in Vietnamese; empty when every byte is as published."""
    try:
        snapshot = load(place, id)
    except SnapshotError as error:
        return [error.problem]
    return [problem for name in snapshot.manifest.files if (problem := _fault(snapshot, name))]


def read_table(snapshot: Snapshot, name: str) -> arrow.Table:
    """A table or cube of a snapshot; SnapshotError unless its bytes are those published."""
    return parquet.read_table(arrow.BufferReader(_checked(snapshot, name)))


def in_force(place: str, held: Snapshot | None = None) -> tuple[Snapshot | None, str | None]:
    """The snapshot to show and, when it is not a whole one that CURRENT names, a notice.

    The other one is `held`, whose tables the caller has in memory, or the newest whole one.
    """
    try:
        return _current(place), None
    except SnapshotError as error:
        reason = error.problem[0].upper() + error.problem[1:]
    good = held or _newest_whole(place)
    if good is None:
        return None, f"{reason}. {_NONE_LEFT}"
    itself = good.id in reason  # damaged on disk, still whole in memory
    shown = "bản đã nạp trước khi hỏng" if itself else f"bản gần nhất còn nguyên: {good.id}"
    return good, f"{reason}; đang dùng {shown}."


def fingerprint(place: str) -> str:
    """A mark that changes with CURRENT and the files it leads to, which are not read."""
    try:
        current = current_id(place)
    except SnapshotError as error:
        return error.problem
    return f"{current} {storage.stat(place, current) if current else ''}"


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
        yield Turn(place, current_id(place))


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
    was_there = not verify(place, id)
    try:
        if not was_there:
            parts = {f"{name}.parquet": file.content for name, file in files.items()}
            # The manifest comes last: a folder without one is unfinished.
            storage.write_folder(place, id, {**parts, MANIFEST: document})
        _switch(taken, id)
    except Exception:
        # A store may have taken CURRENT and failed to say so.
        if not was_there and current_id(place) != id:
            storage.remove_folder(place, id)
        raise
    return id


def _switch(taken: Turn, id: str) -> None:
    place = taken.place
    if problems := verify(place, id):
        raise SnapshotError("; ".join(problems), f"{place}/{id}")
    now = current_id(place)
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
        storage.replace_file(place, CURRENT, f"{id}\n".encode())


def _same_in_force(place: str, manifest: Manifest) -> str | None:
    try:
        snapshot = _current(place)
    except SnapshotError:
        return None
    old = snapshot.manifest
    same = replace(manifest, made_at=old.made_at, made_by=old.made_by) == old
    return snapshot.id if same else None


def _current(place: str) -> Snapshot:
    id = current_id(place)
    if id is None:
        raise SnapshotError("tệp CURRENT không chỉ đến bản số liệu nào", place)
    if problems := verify(place, id):
        raise SnapshotError(f"bản số liệu {id} bị hỏng ({problems[0]})", place)
    return load(place, id)


def _newest_whole(place: str) -> Snapshot | None:
    """The latest made of those that verify, newest first: the old ones are seldom read."""
    return next((one for one in readable(place) if not verify(place, one.id)), None)


def readable(place: str) -> list[Snapshot]:
    """The snapshots whose manifest can be read, the last made first; their files are not read."""
    found = filter(None, (_readable(place, id) for id in _ids_or_none(place)))
    return sorted(found, key=lambda one: (one.manifest.made_at, one.id), reverse=True)


def _ids_or_none(place: str) -> list[str]:
    try:
        return ids(place)
    except SnapshotError:
        return []


def _readable(place: str, id: str) -> Snapshot | None:
    try:
        return load(place, id)
    except SnapshotError:
        return None


def _fault(snapshot: Snapshot, name: str) -> str | None:
    try:
        _checked(snapshot, name)
    except SnapshotError as error:
        return error.problem
    return None


def _checked(snapshot: Snapshot, name: str) -> bytes:
    """The bytes of a file, which are those published."""
    facts = snapshot.manifest.files.get(name)
    content = storage.read(snapshot.place, f"{snapshot.id}/{name}.parquet")
    if facts is None or digest(content) != facts.sha256:
        how = "bị cắt ngắn" if facts and len(content) < facts.bytes else "đã bị sửa"
        raise SnapshotError(f"{name}.parquet {how}", f"{snapshot.place}/{snapshot.id}")
    return content
