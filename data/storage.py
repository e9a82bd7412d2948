"""The place of the snapshots, a folder or any fsspec URL: read, list, write at one stroke.

Whatever is half written in a local place has a name beginning with `.tmp-`, which readers never
look at and `sweep` removes. Who writes to a local place holds its `lock` first.
"""

import errno
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import filelock
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

WAIT_SECONDS = 10.0
"""How long a publisher waits for another one to finish."""

_TEMPORARY = ".tmp-"
_LOCK = ".lock"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_ROOM = "không còn chỗ để ghi (đầy ổ đĩa hoặc hết hạn mức)"
_REASONS = {
    **dict.fromkeys(_FULL, _NO_ROOM),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "không có quyền đọc hoặc ghi ở đó"),
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOENT: "không có ở đó, hoặc vừa bị xóa, đổi tên",
}

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


def why(error: OSError) -> str:
    """The reason of the system's error, in Vietnamese where it is one that people can mend."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def names(place: str) -> list[str]:
    """The files and folders in a place, sorted; none if the place itself is not there."""
    fs, root = _open(place)
    try:
        found = fs.ls(root, detail=False)
    except FileNotFoundError:
        return []
    except Exception as error:  # each object store's driver raises kinds of its own
        raise SnapshotError(f"không đọc được ({type(error).__name__})", place) from error
    return sorted({path.rstrip("/").rsplit("/", 1)[-1] for path in found} - {_LOCK})


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
    try:
        fs.makedirs(folder, exist_ok=True)
        for file, content in files.items():
            _write(fs, f"{folder}/{file}", content)
        if local:
            _move_folder(folder, final)
    except Exception as error:
        _remove(fs, folder)
        _raise_if_full(error, place)
        raise


def replace_file(place: str, name: str, content: bytes) -> None:
    """Replace a file at one stroke: readers see the old content or the new one."""
    fs, root = _open(place)
    local = isinstance(fs, LocalFileSystem)
    written = _temporary(root) if local else f"{root}/{name}"
    try:
        _write(fs, written, content)
        if local:
            os.replace(written, f"{root}/{name}")
    except Exception as error:
        if local:
            _remove(fs, written)
        _raise_if_full(error, place)
        raise


def remove_folder(place: str, name: str) -> None:
    """Remove a folder of the place, as far as it can be removed."""
    fs, root = _open(place)
    _remove(fs, f"{root}/{name}")


@contextmanager
def lock(place: str) -> Iterator[None]:
    """Be the only one who writes to a local place; SnapshotError when another one goes on writing.

    The system lets go of a killed process's lock by itself. An object store has no lock: there
    the caller looks whether anything has changed before it puts a snapshot in force.
    """
    fs, root = _open(place)
    if not isinstance(fs, LocalFileSystem):
        yield
        return
    fs.makedirs(root, exist_ok=True)
    held = filelock.FileLock(f"{root}/{_LOCK}", timeout=WAIT_SECONDS)
    try:
        held.acquire()
    except filelock.Timeout as error:
        raise SnapshotError(
            "đang có một lần xuất bản khác chưa xong, nên lần này không làm gì; "
            "hãy chờ lần kia xong rồi chạy lại",
            place,
        ) from error
    try:
        yield
    finally:
        held.release()


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


def _remove(fs: AbstractFileSystem, path: str) -> None:
    try:
        fs.rm(path, recursive=True)
    except Exception:  # already gone, or out of reach: the next publisher sweeps
        return


def _raise_if_full(error: Exception, place: str) -> None:
    if isinstance(error, OSError) and error.errno in _FULL:
        raise SnapshotError(f"{_NO_ROOM}; bản đang dùng giữ nguyên", place) from error


def _move_folder(written: str, final: str) -> None:
    if os.path.exists(final):
        os.rename(final, f"{written}-old")
    os.rename(written, final)
