"""Looking into an Excel or OpenDocument file (a zip of XML parts) before anybody parses it.

Sizes are what the parts really unpack to, not what the directory claims; the box of cells is
measured, since a reader makes room for the whole rectangle between the first and the last one;
so is what shared texts come to, since a reader copies a text into every cell that names it.
Which part is which is for the reader to say: all of them are looked at, whatever their names.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import NamedTuple

from data.workbooks import displayed, faults, struck
from data.workbooks.apart import MOST_SHEETS

MOST_UNPACKED = 200_000_000
"""Bytes that a workbook's parts may unpack to in all."""

_MOST_PARTS = 5_000
_PLAIN_UNPACKED = 16_000_000  # above this a file is read in a process of its own
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_PLAIN_SHARED = 64_000_000  # bytes that shared texts may come to in the cells of a sheet
_END = struct.Struct("<4sHHHHIIH")
_ABOUT = struct.Struct("<5H3I2H")  # what a part's header and its entry in the directory share
_PLACE = struct.Struct("<3H2I")
_VERSION, _UTF8, _NO_DAY = 20, 0x800, 33
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A cell without a place, or below row 9999 or right of column AZ: the others make a small box.
_FAR = re.compile(rb'<c(?! r="A?[A-Z][0-9]{1,4}")(?![\w:.-])')
_PREFIXED = re.compile(rb":(?:c|si)[\s/>]")
_SHARED = re.compile(rb"<si[\s/>]")
_ANY_CELL = b"<c "
_SMALLEST_CELL = len('<c r="A1"/>')
# No pattern here goes back over what it has passed (`++`, `*+`): the time follows the size.
_TEXT_ENDS = b"</si>"
_NEXT_TEXT = b"</t></si><si><t"  # attributes may follow
_TAGS_OF_NEXT = 4
_OTHER_TAGS = 7  # <?xml …?>, <sst …>, the first <si><t>, the last </t></si>, </sst>
_TAG = re.compile(rb'<[/?]?[\w:.-]++(?:\s++[\w:.-]++="[^"<>]*+")*+\s*+[/?]?>')


class TooLarge(Exception):
    """The file unpacks to more than a report can be; the message says what, in Vietnamese."""


class Damaged(Exception):
    """The zip is cut short, altered or lies about its sizes."""


class Contents(NamedTuple):
    """`kind`: xlsx, ods, xlsb or empty; `parts` as the zip's directory tells them; `stored`: the
    same in a zip that is not compressed, so that what was looked at is what is parsed; empty
    where that is not safe in this process.

    `faults` are cells that show an error, have no result or show other than they hold, by part of
    the zip: row as in Excel, column from 0, and what Excel shows or `displayed` says. `far_back`
    are addresses of numbers, by part, so far below zero that the reader gives up where such a cell
    has a date's format. `struck` are rows that are crossed out, by part, of an .ods by sheet.
    """

    kind: str
    parts: list[zipfile.ZipInfo]
    stored: bytes
    faults: dict[str, dict[tuple[int, int], str]]
    far_back: dict[str, list[str]]
    struck: dict[str, list[int]]


def look(content: bytes) -> Contents:
    """What a zip holds. Raises TooLarge, Damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise Damaged from error
    names = {part.filename for part in parts}
    kind = _kind(names)
    if not kind:
        return Contents("", parts, b"", {}, {}, {})
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooLarge(f"tệp bung ra quá {MOST_UNPACKED // 1_000_000} MB")
    if sum(1 for name in names if _SHEET_PART.fullmatch(name)) > MOST_SHEETS:
        raise TooLarge(f"tệp có quá {MOST_SHEETS} trang tính")
    return _measured(content, parts, kind)


def _kind(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "ods" if "content.xml" in names and "mimetype" in names else ""


def _measured(content: bytes, parts: list[zipfile.ZipInfo], kind: str) -> Contents:
    ordinary = kind == "xlsx" and _plain_directory(content)
    ordinary = ordinary and sum(part.file_size for part in parts) <= _PLAIN_UNPACKED
    faulty: dict[str, dict[tuple[int, int], str]] = {}
    far_back: dict[str, list[str]] = {}
    lined: frozenset[bytes] = frozenset()
    opened: dict[str, list[int]] = {}
    texts: dict[bytes, str] = {}
    formats: dict[bytes, str] = {}
    measured: list[bytes] = []
    for part in parts:
        data = unpacked(content, part)
        if kind == "ods" and part.filename == "content.xml":
            opened = struck.rows_of_open(data)
        if part.filename == "xl/styles.xml":
            lined, formats = struck.styles(data), displayed.formats(data)
        elif part.filename == "xl/sharedStrings.xml":
            texts = displayed.texts(data)
        # The formats forbid it; entities could make anything of a cell. One byte is found sooner.
        if b"!" in data and b"<!DOCTYPE" in data:
            raise Damaged
        if ordinary := ordinary and _small_box(data):
            measured.append(data)
        if kind == "xlsx" and _SHEET_PART.fullmatch(part.filename):
            if found := faults.of_sheet(data):
                faulty[part.filename] = found
            if numbers := faults.far_back(data):
                far_back[part.filename] = numbers
    ordinary = ordinary and not far_back and _little_shared(measured)
    stored = _stored(parts, measured) if ordinary else b""
    for part in parts if texts or formats else ():
        if _SHEET_PART.fullmatch(part.filename):
            other = displayed.cells(unpacked(content, part), texts, formats)
            faulty[part.filename] = other | faulty.get(part.filename, {})
    crossed = _struck(content, parts, lined) if kind == "xlsx" else opened
    return Contents(kind, parts, stored, faulty, far_back, crossed)


def _stored(parts: list[zipfile.ZipInfo], contents: list[bytes]) -> bytes:
    """A zip that holds the parts as they are, each with the checksum that it came with."""
    files: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part, data in zip(parts, contents, strict=True):
        name, size = part.orig_filename.encode(), len(data)
        fields = (_VERSION, _UTF8, zipfile.ZIP_STORED, 0, _NO_DAY, part.CRC, size, size)
        about = _ABOUT.pack(*fields, len(name), 0)
        directory += (b"PK\1\2", bytes([_VERSION, 0]), about, _PLACE.pack(0, 0, 0, 0, at), name)
        files += (b"PK\3\4", about, name, data)
        at += len(b"PK\3\4") + len(about) + len(name) + size
    entries, count = b"".join(directory), len(parts)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), at, 0)
    return b"".join((*files, entries, end))


def _struck(
    content: bytes, parts: list[zipfile.ZipInfo], lined: frozenset[bytes]
) -> dict[str, list[int]]:
    pages = [part for part in parts if lined and _SHEET_PART.fullmatch(part.filename)]
    found = {page.filename: struck.rows(unpacked(content, page), lined) for page in pages}
    return {name: rows for name, rows in found.items() if rows}


def _plain_directory(content: bytes) -> bool:
    """Whether the zip's end leaves one reading: no comment, nothing before or between.

    Two readers look for a directory in different ways, and might find two.
    """
    mark, disk, start_disk, here, total, size, offset, comment = _END.unpack(content[-_END.size :])
    ends = len(content) - _END.size == offset + size
    alone = (mark, disk, start_disk, comment) == (b"PK\5\6", 0, 0, 0) and here == total
    return ends and alone and content.startswith(b"PK\3\4")


def unpacked(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """A part of the zip, exactly as long as the directory says; Damaged if it is not."""
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER.size]
    if part.flag_bits & 1 or len(header) < _LOCAL_HEADER.size:
        raise Damaged
    _, name, extra = _LOCAL_HEADER.unpack(header)
    start = part.header_offset + _LOCAL_HEADER.size + name + extra
    raw = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        data = raw
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompressobj(-15).decompress(raw, part.file_size + 1)
        except zlib.error as error:
            raise Damaged from error
    else:
        raise Damaged
    if len(data) != part.file_size:
        raise Damaged
    return data


def _small_box(data: bytes) -> bool:
    """Whether every cell names its place and none is far out; else the box is not known."""
    return not (b"\0" in data[:64] or _PREFIXED.search(data) or _FAR.search(data))


def _little_shared(parts: list[bytes]) -> bool:
    """Whether the longest shared text would be little in every cell of the fullest sheet."""
    at_most = max(map(len, parts)) // _SMALLEST_CELL
    return _little_in(at_most, parts) or _little_in(
        max(part.count(_ANY_CELL) for part in parts), parts
    )


def _little_in(cells: int, parts: list[bytes]) -> bool:
    most = _PLAIN_SHARED // max(cells, 1)
    return not any(_SHARED.search(part) and _may_hold_above(most, part) for part in parts)


def _may_hold_above(most: int, data: bytes) -> bool:
    """Whether a shared text of a part may take more bytes than `most`."""
    # Comments, or tags in the value of an attribute, could pass for the end of a text.
    tags = data.count(b"<")
    plain = _TAGS_OF_NEXT * data.count(_NEXT_TEXT) + _OTHER_TAGS >= tags  # nearly always, and quick
    if b"<!" in data or not (plain or len(_TAG.findall(data)) == tags):
        return len(data) > most
    at = 0
    while len(data) - at > most:  # from text to text, passing over those that are short together
        end = data.rfind(_TEXT_ENDS, at, at + most + len(_TEXT_ENDS))
        if end < 0:
            return True
        at = end + len(_TEXT_ENDS)
    return False
