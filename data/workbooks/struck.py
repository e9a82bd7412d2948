"""Rows that somebody crossed out in an .xlsx or .ods: their figures are there as in other rows.

Whether such a row is meant is for the officer to say; calamine does not see the line.
"""

import html
import re
from collections import Counter

_FONT = re.compile(rb'fontId="([0-9]{1,5})"')
_LINE = re.compile(rb'<strike\s*+(?:val="(?:1|true)")?\s*+/>')
_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})" s="([0-9]{1,5})"[^<>/]*+>')
_NAME = re.compile(rb'\s(?:style|table):name="([^"]*+)"')
_OPEN_LINE = re.compile(rb'\sstyle:text-line-through-style="(?!none")')
_OPEN_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_REPEATED = re.compile(rb'\stable:number-rows-repeated="([0-9]{1,7})"')
_OPEN_CELL = re.compile(
    rb'<table:table-cell(?=\s)(?=[^<>]*\soffice:value-type=)[^<>]*\stable:style-name="([^"]*+)"'
)
_FEWEST = 2  # filled cells of a row; one alone is a figure that was mended
_MOST_ROWS = 1_000


def styles(data: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles of `xl/styles.xml` that cross a cell out."""
    if b"<strike" not in data:
        return frozenset()
    fonts = _inside(data, b"fonts").split(b"<font")[1:]
    lined = {str(at).encode() for at, font in enumerate(fonts) if _LINE.search(font)}
    formats = _inside(data, b"cellXfs").split(b"<xf ")[1:]
    named = ((at, _FONT.search(one)) for at, one in enumerate(formats))
    return frozenset(str(at).encode() for at, font in named if font and font[1] in lined)


def _inside(data: bytes, tag: bytes) -> bytes:
    start = data.find(b"<" + tag)
    opened = data.find(b">", start) + 1
    end = data.find(b"</" + tag, opened)
    return data[opened:end] if start >= 0 and end >= 0 else b""


def rows(data: bytes, lined: frozenset[bytes]) -> list[int]:
    """Excel's numbers of the rows of a sheet in which several filled cells are crossed out."""
    found = Counter(match[1] for match in _CELL.finditer(data) if match[2] in lined)
    several = [int(row) for row, times in found.items() if times >= _FEWEST]
    return sorted(several)[:_MOST_ROWS]


def rows_of_open(data: bytes) -> dict[str, list[int]]:
    """The same of the sheets of an .ods, by name, from its `content.xml`."""
    if not _OPEN_LINE.search(data):
        return {}
    styles = (one.partition(b"</style:style>")[0] for one in data.split(b"<style:style")[1:])
    named = ((_NAME.search(one), _OPEN_LINE.search(one)) for one in styles)
    lined = {name[1] for name, line in named if name and line}
    found = {}
    for table in data.split(b"<table:table ")[1:]:
        name = _NAME.search(b" " + table)
        if name and (struck := _of_table(table, lined)):
            found[html.unescape(name[1].decode("utf-8", "replace"))] = struck[:_MOST_ROWS]
    return found


def _of_table(table: bytes, lined: set[bytes]) -> list[int]:
    number, found = 1, []
    for row in _OPEN_ROW.split(table)[1:]:
        if sum(style in lined for style in _OPEN_CELL.findall(row)) >= _FEWEST:
            found.append(number)
        repeated = _REPEATED.search(row.partition(b">")[0])
        number += int(repeated[1]) if repeated else 1
    return found
