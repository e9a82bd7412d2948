"""Rows that somebody crossed out in an .xlsx: their figures are still there, as in any other row.

Whether such a row is meant is for the officer to say; calamine does not see the line.
"""

import re
from collections import Counter

_FONT = re.compile(rb'fontId="([0-9]{1,5})"')
_LINE = re.compile(rb'<strike\s*+(?:val="(?:1|true)")?\s*+/>')
_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})" s="([0-9]{1,5})"[^<>/]*+>')
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
