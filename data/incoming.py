"""The workbooks of a folder as they came: found, opened, read, each with its day."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import NoReturn

from data import halves, replies, storage
from data.manifest import digest
from data.publishing import Refused
from data.workbooks import opening, reading
from data.workbooks.as_read import Reading

Tell = Callable[[int, int, str], None]
"""Told as workbooks are read: how many are done, of how many, which one comes."""

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Sent:
    """A workbook that was found: when it came, what was read."""

    path: Path
    received: date
    reading: Reading


def workbooks(folder: Path) -> list[Path]:
    """The workbooks of a folder and its subfolders, but Excel's own and hidden ones, sorted."""
    return [path for path in _files(folder) if path.suffix.lower() in SUFFIXES]


def other_files(folder: Path) -> list[str]:
    """Names of the files that are no workbooks: scans, letters, archives."""
    others = (path for path in _files(folder) if path.suffix.lower() not in SUFFIXES)
    return [_name(folder, path) for path in others]


def read(folder: Path, paths: Sequence[Path], received: date | None, tell: Tell) -> list[Sent]:
    """Each workbook, read; of files with the same content the first."""
    first: dict[str, Path] = {}
    came: dict[str, tuple[date, Path]] = {}
    for path in paths:
        with _named(folder, path):
            key = digest(opening.content_of(path))
            day = received or datetime.fromtimestamp(path.stat().st_mtime, VIETNAM).date()
        first.setdefault(key, path)
        came[key] = min(came.get(key, (day, path)), (day, path), key=lambda it: it[0])
    ones = list(first.values())
    readings = halves.both(
        partial(_read, folder), ones, lambda at, path: tell(at, len(ones), _name(folder, path))
    )
    tell(len(ones), len(ones), "")
    return [Sent(came[key][1], came[key][0], it) for key, it in zip(first, readings, strict=True)]


def _read(folder: Path, path: Path) -> Reading:
    with _named(folder, path):
        content = opening.content_of(path)
    return reading.read(_name(folder, path), content)


@contextmanager
def _named(folder: Path, path: Path) -> Iterator[None]:
    """A workbook that is gone or must not be read stops the run, by its name."""
    try:
        yield
    except OSError as error:
        said = f"Không mở được {_name(folder, path)}: {storage.why(error)}. Hãy xem lại tệp này"
        raise Refused([f"{said} rồi chạy lại."]) from error


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=_closed):
        ours = folder / replies.FOLDER
        folders[:] = [it for it in folders if _seen(it) and Path(parent, it) != ours]
        found += [Path(parent, it) for it in names if _seen(it)]
    return sorted(path for path in found if path.is_file())


def _seen(name: str) -> bool:
    return not name.startswith((".", "~$"))


def _closed(error: OSError) -> NoReturn:
    """A folder that cannot be looked into stops the run: there may be reports in it."""
    said = f"Không mở được thư mục {error.filename}: {storage.why(error)}. Hãy xem lại thư mục này"
    raise Refused([f"{said} rồi chạy lại."]) from error


def _name(folder: Path, path: Path) -> str:
    return opening.name_of(path.relative_to(folder))
