"""Lines among the records that are none: numberings, headings once more, notes, names of groups.

Of a row `kept` are the first columns that say something, `identity` those that say which record
it is.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from data.text import fold
from data.workbooks import cells
from data.workbooks.apart import Cell, RawSheet
from data.workbooks.headings import Located

_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
_GROUP = re.compile(
    r"(?:[IVX]{1,5}|[A-H])\s*[.)/:-]\s*\S.*|(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?|h\.)\s.+",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(r"[\d.,\s%()−-]*\d[\d.,\s%()−-]*")
_NAMING = ("name", "district_name")
"""Columns that a line naming a group may stand in, besides those that say which record it is."""

_LISTED = ("-", "–", "+", "*", "(")
_NUMBERED = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?")
_CLOSING = re.compile(
    r"(?:nguoi lap|lap bieu|lap bang|thu truong|ke toan|t m |tm |chu tich|pho chu tich|truong ban|"
    r"noi nhan|ghi chu|ky ten|luu y|ngay \d* ?thang|.{0,40}ngay .{0,4}thang .{0,4}nam)"
)


def is_numbering(filled: Sequence[Cell]) -> bool:
    """Whether the filled cells of a row number the columns: `(1) (2) (3) …` or `A B 1 2 …`."""
    if len(filled) < 3:
        return False
    numbers = []
    for cell in filled:
        mark = _NUMBERED.fullmatch(cells.shown(cell))
        if mark is None:
            return False
        numbers += [int(mark[1])] if mark[1].isdigit() else []
    return len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))


def headings(raw: RawSheet, located: Located) -> list[tuple[int, dict[int, str]]]:
    """What the rows of headings hold, as they may come again: the first column, texts by column."""
    rows = [row for _, row in raw.rows[max(0, located.row - 1) : located.row + 1]]
    written = [{at: cells.shown(cell) for at, cell in enumerate(row) if cell != ""} for row in rows]
    return [(min(texts), texts) for texts in written if len(texts) > 1]


def is_heading(row: Sequence[Cell], first: int, texts: Mapping[int, str]) -> bool:
    """Whether a row holds one of `headings` once more, as at the top of a printed page."""
    if first >= len(row) or row[first] == "" or cells.shown(row[first]) != texts[first]:
        return False
    here = min(len(row), max(texts) + 1)
    same = sum(at < here and cells.shown(row[at]) == text for at, text in texts.items())
    return same > 1 and same * 2 > len(texts)


def is_closing(
    row: Sequence[Cell], kept: Sequence[int], identity: Sequence[int], closed: bool
) -> bool:
    """Whether a row is a line of few words after the table: a note, a date and place, a signature.

    `closed`: such a line has gone before, so that a name or a list may follow. A row that says
    which record it is is none.
    """
    texts = [row[at] for at in kept]
    if not all(isinstance(text, str) for text in texts):
        return False
    named = [str(row[at]) for at in identity if not cells.is_empty(row[at])]
    if any(_names_a_record(text) for text in named):
        return False
    if closed and not any(_FIGURE.fullmatch(str(text)) for text in texts):
        return True
    return any(_CLOSING.match(fold(str(text))) for text in texts)


def _names_a_record(text: str) -> bool:
    """Whether a text may be a record's code: one with a number, and no note or item of a list."""
    if text.lstrip().startswith(_LISTED) or _CLOSING.match(fold(text)):
        return False
    return any(letter.isdigit() for letter in text) and " " not in text.strip()


def is_group(
    row: Sequence[Cell],
    kept: Sequence[int],
    identity: Sequence[int],
    located: Located,
    spread: bool,
) -> bool:
    """Whether a row names the records below it: `I | Huyện Ba Tri`, `A. Mô hình chuyển tiếp`.

    So is one text over several merged columns, whatever it says (`spread`).
    """
    texts = [row[at] for at in kept]
    if len(texts) > 2 or not all(isinstance(text, str) for text in texts):
        return False
    first = str(texts[0]).strip()
    if spread and len(texts) == 1:
        return True
    names = located.fields[kept[-1]].column in _NAMING
    if len(texts) == 2:
        return names and _ORDINAL.fullmatch(first) is not None
    return (names or kept[0] in identity) and _GROUP.fullmatch(first) is not None
