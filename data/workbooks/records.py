"""Which rows below the headings are records: not sums, numberings, notes or signatures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from data.text import fold
from data.workbooks import cells, scales, sheets, sums
from data.workbooks.apart import MOST_ROWS, Cell, RawSheet
from data.workbooks.fields import Field, Kind, Sheet
from data.workbooks.headings import Located

_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
_GROUP = re.compile(
    r"(?:[IVX]{1,5}|[A-H])\s*[.)/:-]\s*\S.*|(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?|h\.)\s.+",
    re.IGNORECASE | re.DOTALL,
)
_IN_CODES = "0123456789./-"
"""Signs of a code that can be nothing else, as the template's are: `83-2024-001`."""

_FIGURE = re.compile(r"[\d.,\s%()−-]*\d[\d.,\s%()−-]*")
_NAMING = ("name", "district_name")
"""Columns that a line naming a group may stand in, besides those that say which record it is."""

_LISTED = ("-", "–", "+", "*", "(")
_NUMBERED = re.compile(r"\(?([0-9]{1,2}|[A-Za-z])\)?")
_CLOSING = re.compile(
    r"(?:nguoi lap|lap bieu|lap bang|thu truong|ke toan|t m |tm |chu tich|pho chu tich|truong ban|"
    r"noi nhan|ghi chu|ky ten|luu y|ngay \d* ?thang|.{0,40}ngay .{0,4}thang .{0,4}nam)"
)
_MOST_IN_A_NOTE = 3  # filled cells; more of them are a record
_FILLED_DOWN: tuple[Kind, ...] = (
    "text",
    "code",
    "date",
    "flag",
    "district",
    "commune",
    "month",
    "year",
)
REPORTS_NOTHING = ("tien_do", "kinh_phi", "giai_ngan")
"""Sheets whose rows are there before anybody reports: one that fills in nothing is no record."""


@dataclass
class Rows:
    """A table's rows by Excel number. `sums` are rows of totals, `left_out` the others passed by.

    `merged` are number cells (position in `records`, column) that share one merged amount;
    `filled` cells took the word of the merged cell above.
    """

    records: list[tuple[int, list[Cell]]] = field(default_factory=list)
    sums: list[tuple[int, list[Cell], int]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    filled: list[tuple[int, int]] = field(default_factory=list)


def below(sheet: Sheet, raw: RawSheet, located: Located) -> Rows:
    """The rows under the headings, sorted by what they are; `sums` with the records before them."""
    result = Rows()
    width = max(located.texts, default=-1) + 1
    body = [
        (number, [*row[:width], *[""] * (width - len(row))] if len(row) != width else row)
        for number, row in raw.rows[located.row + 1 :]
    ]
    filled = _fill_down(raw, located, dict(body)) if raw.merges else []
    identity = [at for at, held in located.fields.items() if held.column in sheet.identity]
    owners = (sheets.PROVINCE.key, sheets.QUARTER.key)
    values = [
        at for at, held in located.fields.items() if at not in identity and held.key not in owners
    ]
    asked = values if sheet.key in REPORTS_NOTHING else None
    coded = [at for at in identity if located.fields[at].kind != "year"]  # a sum has its year
    spread = {top for top, left, bottom, right in raw.merges if top == bottom and right > left + 1}
    headings = _heading_rows(raw, located)
    plain = _column_of_codes(coded, headings)
    headed, closed = True, False
    for number, row in body:
        sure = not headed and number not in spread and plain is not None and _is_code(row[plain])
        if sure and _reports(row, asked):
            result.records.append((number, row))
            closed = False
        if sure or not (kept := _first_filled(row, located.fields)):
            continue
        few = len(kept) <= _MOST_IN_A_NOTE
        if sums.is_one(row, coded):
            result.sums.append((number, row, len(result.records)))
        elif headed and _is_numbering([cell for cell in row if not cells.is_empty(cell)]):
            result.left_out.append((number, "dòng đánh số cột"))
        elif headed and len(kept) == 1 and scales.of_line(cells.shown(row[kept[0]])) is not None:
            result.left_out.append((number, "dòng đơn vị tính"))
        elif any(_is_heading(row, *heading) for heading in headings):
            result.left_out.append((number, "dòng lặp lại tiêu đề"))
            headed = True
        elif few and _is_closing(row, kept, identity, closed):
            result.left_out.append((number, "ghi chú, chữ ký"))
            closed = True
        elif few and _is_group(row, kept, identity, located, number in spread):
            result.left_out.append((number, "dòng chữ, tên nhóm"))
        elif _reports(row, asked):
            result.records.append((number, row))
            headed = closed = False
    _place_merged(result, filled, located.fields)
    return result


def _reports(row: Sequence[Cell], asked: Sequence[int] | None) -> bool:
    """Whether a row fills in one of the columns by which it reports; None if it need not."""
    return asked is None or not all(map(cells.is_empty, map(row.__getitem__, asked)))


def _first_filled(row: Sequence[Cell], columns: Iterable[int]) -> list[int]:
    """The first columns that say something, at most one more than those of a note."""
    spoken = (at for at in columns if not cells.is_empty(row[at]))
    return list(islice(spoken, _MOST_IN_A_NOTE + 1))


def _column_of_codes(
    coded: Sequence[int], headings: Sequence[tuple[int, Mapping[int, str]]]
) -> int | None:
    """The column in which a code of digits makes a row a record, without another look at it."""
    if not coded or any(at != coded[0] or texts[at][:1].isdecimal() for at, texts in headings):
        return None
    return coded[0]


def _is_code(cell: Cell) -> bool:
    """Whether a cell is such a code: no word of a sum, of a heading, a note or a group."""
    return type(cell) is str and cell[:1].isdecimal() and not cell.strip(_IN_CODES)


def _fill_down(
    raw: RawSheet, located: Located, rows: dict[int, list[Cell]]
) -> list[tuple[int, int]]:
    """Write a merged cell's word into the rows it spans; the cells (row number, column) it meets.

    Only where the file says that the cells are merged; a blank cell alone says nothing.
    """
    met = []
    for top, left, bottom, _ in raw.merges:
        if top not in rows or left not in located.fields:
            continue
        # A merge of whole columns spans a million rows: look at those that there are.
        for number in range(top + 1, min(bottom, top + MOST_ROWS) + 1):
            row = rows.get(number)
            if row is None or not cells.is_empty(row[left]):
                continue
            if located.fields[left].kind in _FILLED_DOWN:
                row[left] = rows[top][left]
            met.append((number, left))
    return met


def _place_merged(
    result: Rows, met: Sequence[tuple[int, int]], fields: Mapping[int, Field]
) -> None:
    at_row = {number: at for at, (number, _) in enumerate(result.records)}
    for number, column in met:
        if number in at_row:
            kind = fields[column].kind
            target = result.filled if kind in _FILLED_DOWN else result.merged
            target.append((at_row[number], column))


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """`(1) (2) (3) …` or `A B 1 2 …` under the headings."""
    if len(filled) < 3:
        return False
    numbers = []
    for cell in filled:
        mark = _NUMBERED.fullmatch(cells.shown(cell))
        if mark is None:
            return False
        numbers += [int(mark[1])] if mark[1].isdigit() else []
    return len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))


def _heading_rows(raw: RawSheet, located: Located) -> list[tuple[int, dict[int, str]]]:
    """What the rows of headings hold, as they may come again: the first column, texts by column."""
    rows = [row for _, row in raw.rows[max(0, located.row - 1) : located.row + 1]]
    written = [{at: cells.shown(cell) for at, cell in enumerate(row) if cell != ""} for row in rows]
    return [(min(texts), texts) for texts in written if len(texts) > 1]


def _is_heading(row: Sequence[Cell], first: int, texts: Mapping[int, str]) -> bool:
    """The headings once more, as at the top of a printed page."""
    if first >= len(row) or row[first] == "" or cells.shown(row[first]) != texts[first]:
        return False
    here = min(len(row), max(texts) + 1)
    same = sum(at < here and cells.shown(row[at]) == text for at, text in texts.items())
    return same > 1 and same * 2 > len(texts)


def _is_closing(
    row: Sequence[Cell], kept: Sequence[int], identity: Sequence[int], closed: bool
) -> bool:
    """A line of few words after the table: a note, a date and place, a signature.

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


def _is_group(
    row: Sequence[Cell],
    kept: Sequence[int],
    identity: Sequence[int],
    located: Located,
    spread: bool,
) -> bool:
    """A line that names the records below it: `I | Huyện Ba Tri`, `A. Mô hình chuyển tiếp`.

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
