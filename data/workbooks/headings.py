"""Which column is which: headings moved, renamed, in two rows, with their units or without.

A heading is a field when its words are the field's, with or without diacritics, unit and
abbreviations, or nearly so. When two fields are as near, it is a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from data.text import fold, remembered
from data.workbooks import cells, qualified, scales, sheets, words
from data.workbooks.apart import Cell, RawSheet
from data.workbooks.fields import Field, Sheet

MOST_ROWS_ABOVE = 40
"""Filled rows in which headings are looked for."""

_CANDIDATES = 4
_UNIT_AFTER = re.compile(
    r"[\s,;–-]*(?:ĐVT|ĐV tính|Đơn vị tính)\s*:?\s*(?:hộ|người|việc làm|%)$", re.I
)
_PASSED = tuple(map(fold, ("STT", "TT", "Số TT", "Số thứ tự")))  # of rows' numbers
_UNITS = {fold(held.unit) for sheet in sheets.SHEETS.values() for held in sheet.fields} - {""}
_REFERENCE = fold(sheets.REFERENCE_PREFIX)


@dataclass(frozen=True)
class Located:
    """Where a sheet's table is and what its columns are.

    `row` is the position in `RawSheet.rows` of the last heading row. `fields` by position of the
    column; `renamed` are columns read as a field with another heading; `unknown` and `unclear`
    (with the fields it may be) are not read.
    """

    row: int
    fields: Mapping[int, Field]
    texts: Mapping[int, str]
    renamed: Sequence[int] = ()
    unknown: Sequence[int] = ()
    unclear: Mapping[int, Sequence[Field]] = field(default_factory=dict)
    doubled: Mapping[int, Field] = field(default_factory=dict)


def locate(sheet: Sheet, raw: RawSheet) -> Located | None:
    """The heading row of a sheet's table, or two rows that make one; None if there is none.

    Rows are first counted by headings that are exactly known, which is quick; only the best few
    are read with care.
    """
    rows = raw.rows[:MOST_ROWS_ABOVE]
    options: list[tuple[int, int, tuple[str, ...], bool]] = []
    above: tuple[str, ...] = ()
    for at, (_, written) in enumerate(rows):
        texts = tuple(map(_words, written))
        if at:
            both = _joined(raw, at - 1, above, texts)
            options.append((_known(sheet.key, both), at, both, True))
        known = _known(sheet.key, texts)
        options.append((known, at, texts, False))
        if known >= len(sheet.fields):
            break
        above = texts
    options.sort(key=lambda option: (-option[0], option[3]))
    best: Located | None = None
    for known, at, texts, _ in options[:_CANDIDATES]:
        found = _matched(sheet, at, texts) if known else None
        if found and (best is None or len(found.fields) > len(best.fields)):
            best = found
    if best is None or len(best.fields) < _needed(sheet):
        return None
    if _is_parted(raw, best):
        best = _matched(sheet, best.row + 1, _two_rows(raw, best.row))
    return _with_units(sheet, raw, best)


def _is_parted(raw: RawSheet, located: Located) -> bool:
    """Whether the row below parts some headings: `Đầu kỳ | Cuối kỳ` under a merged `Hộ nghèo`."""
    if located.row + 1 >= len(raw.rows):
        return False
    number, (_, below) = raw.rows[located.row][0], raw.rows[located.row + 1]
    over = [(left, right) for top, left, bottom, right in raw.merges if top == bottom == number]
    if not any(column in located.fields for left, right in over for column in (left, right)):
        return False
    filled = [at for at, cell in enumerate(below) if not cells.is_empty(cell)]
    return bool(filled) and all(
        isinstance(below[at], str) and any(left <= at <= right for left, right in over)
        for at in filled
    )


def _with_units(sheet: Sheet, raw: RawSheet, located: Located) -> Located:
    """The same headings with the units that the row below them may hold: `hộ`, `(nghìn đồng)`."""
    below = raw.rows[located.row + 1][1] if located.row + 1 < len(raw.rows) else []
    if any(not isinstance(cell, str) for cell in below):
        return located
    units = {at: bare for at, cell in enumerate(below) if (bare := _words(cell).strip("()[] "))}
    if len(units) < 2:
        return located
    if not all(
        fold(unit) in _UNITS or unit == "%" or scales.of_unit(unit) for unit in units.values()
    ):
        return located
    texts = [located.texts.get(at, "") for at in range(max(max(located.texts), max(units)) + 1)]
    joined = tuple(
        f"{text} ({units[at]})" if at in units else text for at, text in enumerate(texts)
    )
    return _matched(sheet, located.row + 1, joined)


@lru_cache(maxsize=64)  # the template's headings come again and again
def _known(key: str, texts: tuple[str, ...]) -> int:
    """How many fields a row names exactly, units aside."""
    names = _names(key)
    return len({names[word].key for text in texts if text and (word := _bare(text)) in names})


@remembered(16_384)  # asked with whatever a workbook holds
def _bare(text: str) -> str:
    return fold(scales.BRACKETS.sub(" ", words.NUMBER_BEFORE.sub("", text)))


def _needed(sheet: Sheet) -> int:
    """Fields that must be seen for a row to be the headings."""
    return max(2, len(sheet.fields) // 4)


def _words(cell: Cell) -> str:
    return _tidied(cell) if cell and isinstance(cell, str) else ""


@remembered(4096)  # asked with whatever a workbook holds
def _tidied(cell: str) -> str:
    return cells.shown(cell)


def _two_rows(raw: RawSheet, at: int) -> tuple[str, ...]:
    """Headings of two rows, joined."""
    return _joined(raw, at, *(tuple(map(_words, row)) for _, row in raw.rows[at : at + 2]))


def _joined(
    raw: RawSheet, at: int, above: tuple[str, ...], below: tuple[str, ...]
) -> tuple[str, ...]:
    """The headings of a row and the next; a merged heading above stands over all its columns."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    for top, left, bottom, right in raw.merges:
        if top == raw.rows[at][0] == bottom:
            for column in range(left, min(right + 1, width)):
                upper[column] = upper[left]
    return tuple(f"{a} {b}" if a and b else a or b for a, b in zip(upper, lower, strict=True))


@lru_cache(maxsize=512)  # the template's headings come again and again
def _matched_texts(key: str, texts: tuple[str, ...]) -> Located:
    sheet = sheets.SHEETS[key]
    found: dict[int, Field] = {}
    unclear: dict[int, Sequence[Field]] = {}
    others: dict[int, Field] = {}
    unknown, renamed = [], []
    for column, text in enumerate(texts):
        if not text or _passed_over(sheet, text):
            continue
        meant = _fields_of(key, text)
        if len(meant) == 1 and qualified.is_other(meant[0], text):
            others[column] = meant[0]
        elif len(meant) == 1:
            found[column] = meant[0]
            if fold(text) not in (fold(meant[0].heading), fold(meant[0].label)):
                renamed.append(column)
        elif meant:
            unclear[column] = meant
        else:
            unknown.append(column)
    kept = {held.key: column for column, held in reversed(found.items())}
    doubled = {column: held for column, held in found.items() if kept[held.key] != column}
    unknown += [column for column, held in others.items() if held.key in kept]
    unclear |= {column: (held,) for column, held in others.items() if held.key not in kept}
    return Located(
        row=0,
        fields={column: held for column, held in found.items() if column not in doubled},
        texts={column: text for column, text in enumerate(texts) if text},
        renamed=tuple(renamed),
        unknown=tuple(unknown),
        unclear=unclear,
        doubled=doubled,
    )


def _matched(sheet: Sheet, row: int, texts: tuple[str, ...]) -> Located:
    seen = _matched_texts(sheet.key, texts)
    return Located(
        row, seen.fields, seen.texts, seen.renamed, seen.unknown, seen.unclear, seen.doubled
    )


def _passed_over(sheet: Sheet, text: str) -> bool:
    words_only = _bare(text)
    names = {fold(name) for name in sheet.passed_over}
    return words_only in _PASSED or words_only in names or words_only.startswith(_REFERENCE)


@cache
def _names(key: str) -> dict[str, Field]:
    """Folded headings of a sheet, as written, spelled out, and as other people write them."""
    sheet = sheets.SHEETS[key]
    names: dict[str, Field] = {}
    for held in (*sheet.fields, sheets.PROVINCE, sheets.QUARTER):
        for name in held.also:
            names.setdefault(words.spelled_out(name), held)
            names.setdefault(fold(name), held)
    for held in (*sheet.fields, sheets.PROVINCE, sheets.QUARTER):
        names[words.spelled_out(held.label)] = held
        names[fold(held.label)] = held
    return names


@lru_cache(maxsize=4096)  # asked with whatever a workbook holds
def _fields_of(key: str, text: str) -> tuple[Field, ...]:
    """The fields that a heading may mean: none, one, or several that are as near."""
    names = _names(key)
    shapes = _shapes(text)
    for shape in shapes:
        if shape in names:
            return (names[shape],)
    known = list(names)
    for shape in shapes:
        near = {names[known[at]].key: names[known[at]] for at in words.nearest(shape, known)}
        if near:
            return tuple(near.values())
    return ()


def _shapes(text: str) -> list[str]:
    """The heading's words as they are, and without its unit and what stands in brackets."""
    text = _UNIT_AFTER.sub("", words.NUMBER_BEFORE.sub("", text))
    bare = scales.BRACKETS.sub(" ", text)
    ways = [way(words_) for words_ in (text, bare) for way in (fold, words.spelled_out)]
    ways += [scales.without(way) for way in ways]
    ways += [re.sub(r"^(?:so luong|tong so|so (?:ho|nguoi) tham gia) ", "", way) for way in ways]
    ways += [qualified.without(way) for way in ways]
    return [way for way in dict.fromkeys(" ".join(way.split()) for way in ways) if way]
