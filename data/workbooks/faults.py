"""Cells of an .xlsx that show an error, and numbers that the reader gives up at.

Calamine tells neither: they are looked for in a sheet's part of the zip.
"""

import re
from itertools import islice

NO_RESULT = "công thức"
"""What stands for a formula whose result was never computed."""

_MOST_FAULTS = 1_000
_MOST_FAR_BACK = 5
# No pattern here goes back over what it has passed (`++`, `*+`): the time follows the size.
_FAULT = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*+)>'
    rb"\s*+(?:<f[^<>]*+>(?:[^<]*+</f>)?+\s*+)?+<v>([^<]{1,20})</v>"
)
_FORMULA_ALONE = re.compile(rb"<f[^<>]*+>(?:[^<]*+</f>)?+\s*+(?:<v\s*+/>|<v></v>)?+\s*+</c>")
_NO_RESULT = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*+)>\s*+' + _FORMULA_ALONE.pattern)
_FAR_BACK = re.compile(rb"<v>-(?:[0-9]{12}|[0-9.]{1,30}[eE]\+?[0-9]{2}|[iI])")
_FAR_BACK_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]{1,6}")?(?: t="n")?>'
    rb"(?:<f[^<>]*+>(?:[^<]*+</f>)?+)?+" + _FAR_BACK.pattern
)


def of_sheet(data: bytes) -> dict[tuple[int, int], str]:
    """Cells with an error or a formula without result, the first of them."""
    found: dict[tuple[int, int], str] = {}
    if b"#" in data and b't="e"' in data:  # as every error begins; one byte is found sooner
        faulty = (match for match in _FAULT.finditer(data) if b' t="e"' in match[3])
        for match in islice(faulty, _MOST_FAULTS):
            found[place(match[1], match[2])] = match[4].decode("ascii", "replace")
    if _FORMULA_ALONE.search(data):  # quick where there is none: formulas are few
        # A formula that gave a text without letters is written as one that gave nothing.
        empty = (match for match in _NO_RESULT.finditer(data) if b' t="str"' not in match[3])
        for match in islice(empty, _MOST_FAULTS):
            found.setdefault(place(match[1], match[2]), NO_RESULT)
    return found


def far_back(data: bytes) -> list[str]:
    """Addresses of numbers below -10¹¹, the first few."""
    if not _FAR_BACK.search(data):
        return []
    return [match[1].decode() for match in islice(_FAR_BACK_CELL.finditer(data), _MOST_FAR_BACK)]


def place(letters: bytes, number: bytes) -> tuple[int, int]:
    """Excel's row and the column from 0 of an address."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(number), column - 1
