"""Which rows below the headings are records: not sums, numberings, notes or signatures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from data.workbooks import cells, lines, scales, sheets, sums
from data.workbooks.apart import MOST_ROWS, Cell, RawSheet
from data.workbooks.fields import Field, Kind, Sheet
from data.workbooks.headings import Located

_IN_CODES = "0123456789./-"
"""Signs of a code that can be nothing else, as the template's are: `83-2024-001`."""

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
    headings = lines.headings(raw, located)
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
        elif headed and lines.is_numbering([cell for cell in row if not cells.is_empty(cell)]):
            result.left_out.append((number, "dòng đánh số cột"))
        elif headed and len(kept) == 1 and scales.of_line(cells.shown(row[kept[0]])) is not None:
            result.left_out.append((number, "dòng đơn vị tính"))
        elif any(lines.is_heading(row, *heading) for heading in headings):
            result.left_out.append((number, "dòng lặp lại tiêu đề"))
            headed = True
        elif few and lines.is_closing(row, kept, identity, closed):
            result.left_out.append((number, "ghi chú, chữ ký"))
            closed = True
        elif few and lines.is_group(row, kept, identity, located, number in spread):
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
