"""A filled template taken apart: its parts, its cells, and the same workbook in other formats.

Taken apart once for each template; the parts are edited as text, which is quick and writes what
no library would.
"""

import io
import re
from functools import cache
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import messes
import openpyxl

TABLES = tuple(f"xl/worksheets/sheet{number}.xml" for number in range(2, 8))
MODELS = TABLES[0]
BOOK, SHARED = "xl/workbook.xml", "xl/sharedStrings.xml"
CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"( s="[0-9]+")?[^>]*?(?:/>|>.*?</c>)')

Parts = dict[str, bytes]
Place = tuple[str, bytes]
"""A part and the address of a cell in it."""


@cache
def _split(clean: bytes) -> Parts:
    return messes.parts_of(clean)


def parts_of(clean: bytes) -> Parts:
    return dict(_split(clean))


def packed(parts: Parts) -> bytes:
    output = io.BytesIO()
    with ZipFile(output, "w") as archive:
        for name, data in parts.items():
            # A part without a date: the same parts are the same bytes.
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, compresslevel=1)
    return output.getvalue()


@cache
def records(clean: bytes) -> list[Place]:
    """Every filled cell of the tables' records."""
    return [
        (part, it[1] + it[2])
        for part in TABLES
        for it in CELL.finditer(_split(clean)[part])
        if int(it[2]) >= messes.FIRST
    ]


@cache
def as_xls(clean: bytes) -> bytes:
    return messes.as_xls(openpyxl.load_workbook(io.BytesIO(clean)))


@cache
def as_ods(clean: bytes) -> bytes:
    return messes.as_ods(openpyxl.load_workbook(io.BytesIO(clean)))


@cache
def as_csv(clean: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(clean))
    return messes.as_csv(book["Mô hình"], "utf-8").decode()


def with_cells(data: bytes, cells: dict[bytes, bytes]) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        address = match[1] + match[2]
        if address not in cells:
            return match[0]
        return b'<c r="%s"%s' % (address, match[3] or b"") + cells[address]

    return CELL.sub(one, data)


def after_rows(clean: bytes, part: str, rows: bytes) -> bytes:
    parts = parts_of(clean)
    return packed(parts | {part: parts[part].replace(b"</sheetData>", rows + b"</sheetData>")})
