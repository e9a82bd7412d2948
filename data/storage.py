"""The place of the snapshots, a folder or any fsspec URL: read, list, write at one stroke.

Whatever is half written in a local place has a name beginning with `.tmp-`, which readers never
look at and `sweep` removes. One publisher at a time: a second one's sweep makes the first fail.
"""

import os
import uuid
from collections.abc import Mapping

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

_TEMPORARY = ".tmp-"


_REMEDY = "Xem các bản: python -m data snapshots; quay về một bản: python -m data rollback ID"


class SnapshotError(Exception):
    """A snapshot cannot be used: what is wrong, where, what to do, in Vietnamese.

    `problem` is the first of these alone.
    """

    def __init__(self, problem: str, where: str) -> None:
        super().__init__(f"{where}: {problem}. {_REMEDY}.")
        self.problem = problem


class NotFound(SnapshotError):
    """A file is not there."""


def names(place: str) -> list[str]:
    """The files and folders in a place, sorted; none if the place itself is not there."""
    fs, root = _open(place)
    try:
        found = fs.ls(root, detail=False)
    except FileNotFoundError:
        return []
    except Exception as error:  # each object store's driver raises kinds of its own
        raise SnapshotError(f"không đọc được ({type(error).__name__})", place) from error
    return sorted(path.rstrip("/").rsplit("/", 1)[-1] for path in found)


def read(place: str, path: str) -> bytes:
    """The content of a file; NotFound or SnapshotError."""
    fs, root = _open(place)
    name = path.rsplit("/", 1)[-1]
    try:
        return bytes(fs.cat_file(f"{root}/{path}"))
    except FileNotFoundError as error:
        raise NotFound(f"không tìm thấy {name}", f"{place}/{path}") from error
    except Exception as error:  # each object store's driver raises kinds of its own
        problem = f"không đọc được {name} ({type(error).__name__})"
        raise SnapshotError(problem, f"{place}/{path}") from error


def stat(place: str, folder: str) -> str:
    """A mark that changes when a file of the folder does; the files are not read."""
    fs, root = _open(place)
    try:
        return repr(fs.ls(f"{root}/{folder}", detail=True))
    except Exception as error:  # missing, or the driver's own kind: a mark as well
        return repr(type(error))


def write_folder(place: str, name: str, files: Mapping[str, bytes]) -> None:
    """Write a folder, in the place of a damaged one of that name if there is one.

    In a local place it appears whole. An object store cannot rename: there the files appear in
    the order given, and a reader must know from the last one whether all are there.
    """
    fs, root = _open(place)
    local = isinstance(fs, LocalFileSystem)
    final = f"{root}/{name}"
    folder = _temporary(root) if local else final
    fs.makedirs(folder, exist_ok=True)
    for file, content in files.items():
        _write(fs, f"{folder}/{file}", content)
    if local:
        _move_folder(folder, final)


def replace_file(place: str, name: str, content: bytes) -> None:
    """Replace a file at one stroke: readers see the old content or the new one."""
    fs, root = _open(place)
    local = isinstance(fs, LocalFileSystem)
    written = _temporary(root) if local else f"{root}/{name}"
    _write(fs, written, content)
    if local:
        os.replace(written, f"{root}/{name}")


def sweep(place: str) -> None:
    """Remove what killed publishers left behind."""
    fs, root = _open(place)
    for name in names(place):
        if name.startswith(_TEMPORARY):
            fs.rm(f"{root}/{name}", recursive=True)


def _open(place: str) -> tuple[AbstractFileSystem, str]:
    try:
        # A kept listing would hide what another server has published since.
        fs, root = url_to_fs(place, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise SnapshotError(f"không mở được nơi lưu số liệu ({error})", place) from error
    return fs, root.rstrip("/")


def _temporary(root: str) -> str:
    return f"{root}/{_TEMPORARY}{uuid.uuid4().hex}"


def _write(fs: AbstractFileSystem, path: str, content: bytes) -> None:
    if not isinstance(fs, LocalFileSystem):
        fs.pipe_file(path, content)  # a put shows whole or not at all
        return
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move_folder(written: str, final: str) -> None:
    if os.path.exists(final):
        os.rename(final, f"{written}-old")
    os.rename(written, final)
