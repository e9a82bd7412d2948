"""Opening what was sent, whatever it is: an Excel file, old or new, OpenDocument or CSV.

Formulas and macros are never run: only stored values are read. A file that cannot be opened is
a `Trouble` in words, never an exception; time and memory are bounded.
"""

import pickle
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, PasswordError

from data.workbooks import apart, choices, packed, separated
from data.workbooks.apart import MOST_ROWS, RawSheet

MOST_BYTES = 30_000_000
"""Size of a file that is looked at."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version:")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_LEFT_OUT = frozenset({choices.SHEET})
_WAIT = apart.SECONDS + 5


@dataclass(frozen=True)
class Trouble:
    """Why a file was not read: rule, what is wrong, what to do."""

    rule: str
    wrong: str
    remedy: str


@dataclass(frozen=True)
class Opened:
    """A file's sheets, or the trouble; `faults` are cells that show an error, by sheet."""

    sheets: list[RawSheet]
    faults: dict[str, dict[tuple[int, int], str]]
    trouble: Trouble | None = None


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
_TRIM = "Xóa các trang, dòng, cột trống hoặc thừa (chọn cả dòng rồi Xóa), lưu lại và gửi lại."


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
        if not inside.ordinary:
            return _read_apart(content, _faults(content, inside))
        sheets = apart.sheets_of(content, _LEFT_OUT)
        return _checked(sheets, _faults(content, inside))
    except packed.TooLarge as error:
        return _refused(_too_large(str(error)))
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
    parts = packed.parts_of_sheets(content)
    return {name: inside.faults.get(part, {}) for name, part in parts.items()}


def _read_apart(
    content: bytes, faults: dict[str, dict[tuple[int, int], str]] | None = None
) -> Opened:
    """Read in a process of its own, which may run out of memory or time without harm."""
    command = [sys.executable, "-I", str(Path(apart.__file__)), *_LEFT_OUT]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_WAIT)
    except subprocess.TimeoutExpired:
        return _refused(_too_large("đọc quá lâu"))
    if done.returncode == 0:
        sheets = [RawSheet(*sheet) for sheet in pickle.loads(done.stdout)]
        return _checked(sheets, faults or {})
    if b"PasswordError" in done.stderr or b"assword" in done.stderr:
        return _refused(_LOCKED)
    if done.returncode < 0 or b"MemoryError" in done.stderr or b"memory" in done.stderr:
        return _refused(_too_large("có trang tính quá rộng hoặc quá dài"))
    return _refused(_BROKEN)


def _checked(sheets: list[RawSheet], faults: dict[str, dict[tuple[int, int], str]]) -> Opened:
    if len(sheets) > packed.MOST_SHEETS:
        return _refused(_too_large(f"có quá {packed.MOST_SHEETS} trang tính"))
    for sheet in sheets:
        if sheet.cut:
            return _refused(_too_large(f"trang “{sheet.name}” có quá {MOST_ROWS} dòng"))
    if not any(sheet.rows for sheet in sheets):
        return _refused(_EMPTY)
    return Opened(sheets, faults)
