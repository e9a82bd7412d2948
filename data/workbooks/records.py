"""Which rows below the headings are records: not sums, numberings, notes or signatures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from data.text import fold
from data.workbooks import cells
from data.workbooks.apart import MOST_ROWS, Cell, RawSheet
from data.workbooks.headings import Located
from data.workbooks.sheets import Field, Kind, Sheet

_TOTAL = re.compile(
    r"(?:tong cong|tong so|tong|cong)(?: (?:chung|toan tinh|ca tinh|quy|nam|cac|nguon|von|huyen|"
    r"thi xa|thanh pho|quan|xa|phuong|[0-9ivx]+)\b.*)?|luy ke(?: .*)?"
)
_SUM_LETTERS = ("t", "c", "l")  # most rows are told from a sum by their first letter
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
    filled = _fill_down(raw, located, dict(body))
    identity = [at for at, held in located.fields.items() if held.column in sheet.identity]
    values = [at for at in located.fields if at not in identity]
    for number, row in body:
        spoken = (at for at in located.fields if not cells.is_empty(row[at]))
        kept = list(islice(spoken, _MOST_IN_A_NOTE + 1))
        if not kept:
            continue
        if _is_sum(row, identity):
            result.sums.append((number, row, len(result.records)))
        elif not result.records and _is_numbering(
            [cell for cell in row if not cells.is_empty(cell)]
        ):
            result.left_out.append((number, "dòng đánh số cột"))
        elif _is_heading(row, located):
            result.left_out.append((number, "dòng lặp lại tiêu đề"))
        elif _is_closing(row, kept, identity):
            result.left_out.append((number, "ghi chú, chữ ký"))
        elif sheet.key in REPORTS_NOTHING and all(cells.is_empty(row[at]) for at in values):
            continue
        else:
            result.records.append((number, row))
    _place_merged(result, filled, located.fields)
    return result


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


def _is_sum(row: Sequence[Cell], identity: Sequence[int]) -> bool:
    """A row that calls itself a sum in its first words, and names no record."""
    first = next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
    start = first.lstrip("\u00a0 ")[:1].casefold()
    if start not in _SUM_LETTERS or len(first) > 80 or not _TOTAL.fullmatch(fold(first)):
        return False
    named = [row[at] for at in identity if not cells.is_empty(row[at])]
    return all(isinstance(cell, str) and _TOTAL.fullmatch(fold(cell)) for cell in named)


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """`(1) (2) (3) …` or `A B 1 2 …` under the headings."""
    marks = [_NUMBERED.fullmatch(cells.shown(cell)) for cell in filled]
    if len(filled) < 3 or not all(marks):
        return False
    numbers = [int(mark[1]) for mark in marks if mark and mark[1].isdigit()]
    return len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))


def _is_heading(row: Sequence[Cell], located: Located) -> bool:
    """The headings once more, as at the top of a printed page."""
    first = min(located.texts)
    if row[first] == "" or cells.shown(row[first]) != located.texts[first]:
        return False
    same = sum(cells.shown(row[at]) == text for at, text in located.texts.items())
    return same > 1 and same * 2 > len(located.texts)


def _is_closing(row: Sequence[Cell], kept: Sequence[int], identity: Sequence[int]) -> bool:
    """A line of few words after the table: a note, a date and place, a signature."""
    texts = [row[at] for at in kept]
    if len(texts) > _MOST_IN_A_NOTE or not all(isinstance(text, str) for text in texts):
        return False
    return any(_CLOSING.match(fold(str(text))) for text in texts)
