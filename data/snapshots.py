"""Snapshots as they are read: immutable folders of Parquet files, and the one in force.

    <place>/<id>/<table or cube>.parquet, manifest.json
    <place>/CURRENT                          the id of the one in force

A place is a folder or any fsspec URL. An id is `<period>-<12 hex digits of the SHA-256 of the
manifest>`, and the manifest holds the SHA-256 of every file: whatever is altered, shortened or
lost no longer fits its name and is never read. Messages of errors are in Vietnamese, for people.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as arrow
import pyarrow.parquet as parquet

from data import storage
from data.manifest import Manifest, digest, from_json, snapshot_id
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


def current(place: str) -> Snapshot:
    """The snapshot that CURRENT names; SnapshotError unless it is whole."""
    id = current_id(place)
    if id is None:
        raise SnapshotError("tệp CURRENT không chỉ đến bản số liệu nào", place)
    if problems := verify(place, id):
        raise SnapshotError(f"bản số liệu {id} bị hỏng ({problems[0]})", place)
    return load(place, id)


def in_force(place: str, held: Snapshot | None = None) -> tuple[Snapshot | None, str | None]:
    """The snapshot to show and, when it is not a whole one that CURRENT names, a notice.

    The other one is `held`, whose tables the caller has in memory, or the newest whole one.
    """
    try:
        return current(place), None
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
