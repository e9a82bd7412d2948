"""Opening what was sent, whatever it is: an Excel file, old or new, OpenDocument or CSV.

Formulas and macros are never run: only stored values are read. A file that cannot be opened is
a `Trouble` in words, never an exception; time and memory are bounded.
"""

import pickle
import signal
import struct
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from python_calamine import CalamineError, PasswordError

from data.workbooks import apart, choices, packed, separated, sheet_parts
from data.workbooks.apart import MOST_ROWS, RawSheet

MOST_BYTES = 30_000_000
"""Size of a file that is looked at."""

_USUAL_BYTES = 250_000
_MOST_TEXT = 10_000_000  # of a text file, which takes many times its size when it is taken apart

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version:")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_LEFT_OUT = frozenset({choices.SHEET})
_WAIT = apart.SECONDS + 3


@dataclass(frozen=True)
class Trouble:
    """Why a file was not read: rule, what is wrong, what to do."""

    rule: str
    wrong: str
    remedy: str


@dataclass(frozen=True)
class Opened:
    """A file's sheets, or the trouble; `faults` are cells that show an error or other than they
    hold, by sheet, `struck` rows that are crossed out; `parts` what a zip holds."""

    sheets: list[RawSheet]
    faults: dict[str, dict[tuple[int, int], str]]
    trouble: Trouble | None = None
    struck: dict[str, list[int]] = field(default_factory=dict)
    parts: list[zipfile.ZipInfo] = field(default_factory=list)


_RESAVE = "Mở tệp bằng Excel, chọn Lưu thành (Save As) kiểu .xlsx rồi gửi lại."
_EMPTY = Trouble("unreadable_file", "Tệp trống, không có dữ liệu.", "Gửi lại tệp đã lưu số liệu.")
_LOCKED = Trouble(
    "unreadable_file",
    "Tệp đặt mật khẩu nên không đọc được.",
    "Bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), lưu lại rồi gửi.",
)
_BROKEN = Trouble(
    "unreadable_file",
    "Tệp bị hỏng hoặc bị cắt khi gửi, không mở được.",
    "Mở tệp gốc trên máy; nếu mở được thì lưu lại thành .xlsx và gửi lại, "
    "nếu không thì ghi lại vào biểu mẫu mới.",
)
_MARKED_UP = Trouble(
    "unreadable_file", "Tệp là trang web (HTML, XML) đặt đuôi Excel, không phải bảng tính.", _RESAVE
)
_OTHER = Trouble(
    "unreadable_file",
    "Tệp không phải bảng tính Excel (.xlsx, .xlsm, .xls), OpenDocument (.ods) hay .csv.",
    _RESAVE,
)
_BINARY = Trouble("unreadable_file", "Tệp .xlsb không đọc được.", _RESAVE)
_NO_DAY = "Ghi lại ngày cho đúng, hoặc đổi định dạng của ô sang số, lưu lại và gửi lại."
_MUCH = {
    "sheets": f"có quá {apart.MOST_SHEETS} trang tính",
    "cells": "có quá nhiều ô, quá nhiều chữ",
    "seconds": "đọc quá lâu",
}
_TRIM = "Xóa các trang, dòng, cột trống hoặc thừa (chọn cả dòng rồi Xóa), lưu lại và gửi lại."


def content_of(path: Path) -> bytes:
    """A file's content; of one that is too large to be looked at, no more than tells so."""
    with path.open("rb") as file:
        first = file.read(_USUAL_BYTES)  # to make room for the most takes longer than to read
        rest = MOST_BYTES + 1 - len(first)
        return first if len(first) < _USUAL_BYTES else first + file.read(rest)


def name_of(path: Path) -> str:
    """A file's path as text; what is no text (bytes of another encoding, controls) as escapes."""
    return "".join(
        letter
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
        else letter.encode("unicode_escape").decode("ascii")
        for letter in path.as_posix()
    )


def open_file(name: str, content: bytes) -> Opened:
    """The sheets of a file by its content; the name only tells text files apart."""
    if not content.strip(b"\0 \r\n\t"):
        return _refused(_EMPTY)
    if len(content) > MOST_BYTES:
        return _refused(_too_large(f"tệp lớn hơn {MOST_BYTES // 1_000_000} MB"))
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(_OLE):
        return _refused(_LOCKED) if _ENCRYPTED in content else _read_apart(content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:64].lower().startswith(_MARKUP):
        return _refused(_MARKED_UP)
    if content[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):  # Excel 2 to 4: no container
        return _refused(Trouble("unreadable_file", "Tệp Excel đời quá cũ.", _RESAVE))
    if name.lower().endswith(_TEXT_NAMES):
        return _text(content)
    return _refused(_OTHER)


def _refused(trouble: Trouble) -> Opened:
    return Opened([], {}, trouble)


def _too_large(what: str) -> Trouble:
    return Trouble("too_large", f"Tệp quá lớn: {what}.", _TRIM)


def _text(content: bytes) -> Opened:
    if len(content) > _MOST_TEXT:
        return _refused(_too_large(f"tệp chữ lớn hơn {_MOST_TEXT // 1_000_000} MB"))
    try:
        sheet = separated.sheet_of(content)
    except ValueError:
        return _refused(_BROKEN)
    return _checked([sheet], {}) if sheet.rows else _refused(_EMPTY)


def _zipped(content: bytes) -> Opened:
    try:
        inside = packed.look(content)
        if inside.kind in ("", "xlsb"):
            return _refused(_BINARY if inside.kind else _OTHER)
        if inside.stored:
            sheets = apart.sheets_of(inside.stored, _LEFT_OUT)
            opened = _checked(sheets, _faults(content, inside))
        else:
            opened = _read_apart(content, _faults(content, inside))
            if _gave_up(opened, inside):
                return _refused(_no_day(content, inside))
        return replace(opened, struck=_struck(content, inside), parts=inside.parts)
    except packed.TooLarge as error:
        return _refused(_too_large(str(error)))
    except apart.TooMuch as error:
        return _refused(_too_large(_MUCH[str(error)]))
    except PasswordError:
        return _refused(_LOCKED)
    except (packed.Damaged, CalamineError, zipfile.BadZipFile, KeyError, struct.error):
        return _refused(_BROKEN)
    except BaseException as error:
        # calamine panics on some damaged files; pyo3 raises that as a BaseException of its own.
        if type(error).__name__ != "PanicException":
            raise
        return _refused(_BROKEN)


def _faults(content: bytes, inside: packed.Contents) -> dict[str, dict[tuple[int, int], str]]:
    if not inside.faults:
        return {}
    parts = sheet_parts.by_sheet(content, inside.parts)
    return {name: inside.faults.get(part, {}) for name, part in parts.items()}


def _struck(content: bytes, inside: packed.Contents) -> dict[str, list[int]]:
    if not inside.struck or inside.kind == "ods":
        return inside.struck
    parts = sheet_parts.by_sheet(content, inside.parts)
    return {name: inside.struck.get(part, []) for name, part in parts.items()}


def _gave_up(opened: Opened, inside: packed.Contents) -> bool:
    """Whether a number far below zero in a date's cell is why a file was not read."""
    return opened.trouble is _BROKEN and bool(inside.far_back)


def _no_day(content: bytes, inside: packed.Contents) -> Trouble:
    """Where the numbers stand, for somebody who sees only ##### there."""
    places = [
        f"trang “{name}” ô {', '.join(inside.far_back[part])}"
        for name, part in sheet_parts.by_sheet(content, inside.parts).items()
        if part in inside.far_back
    ]
    wrong = f"Tệp có số âm quá lớn trong ô định dạng ngày nên không đọc được: {'; '.join(places)}."
    return Trouble("unreadable_file", wrong, _NO_DAY)


def _read_apart(
    content: bytes, faults: dict[str, dict[tuple[int, int], str]] | None = None
) -> Opened:
    """Read in a process of its own, which may run out of memory or time without harm."""
    command = [sys.executable, "-I", str(Path(apart.__file__)), *_LEFT_OUT]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_WAIT)
    except subprocess.TimeoutExpired:
        return _refused(_too_large(_MUCH["seconds"]))
    if done.returncode == 0:
        sheets = [RawSheet(*sheet) for sheet in pickle.loads(done.stdout)]
        return _checked(sheets, faults or {})
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if last.startswith("TooMuch: "):
        return _refused(_too_large(_MUCH[last.removeprefix("TooMuch: ")]))
    if done.returncode == -signal.SIGXCPU:
        return _refused(_too_large(_MUCH["seconds"]))
    if b"PasswordError" in done.stderr or b"assword" in done.stderr:
        return _refused(_LOCKED)
    if done.returncode < 0 or b"MemoryError" in done.stderr or b"memory" in done.stderr:
        return _refused(_too_large("có trang tính quá rộng hoặc quá dài"))
    return _refused(_BROKEN)


def _checked(sheets: list[RawSheet], faults: dict[str, dict[tuple[int, int], str]]) -> Opened:
    for sheet in sheets:
        if sheet.cut:
            return _refused(_too_large(f"trang “{sheet.name}” có quá {MOST_ROWS} dòng"))
    if not any(sheet.rows for sheet in sheets):
        return _refused(_EMPTY)
    return Opened(sheets, faults)
