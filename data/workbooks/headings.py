"""Which column is which, and in which unit: headings moved, renamed, in two rows, without units.

A heading is a field when its words are the field's, with or without diacritics, unit and
abbreviations, or nearly so. When two fields are as near, it is a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from data.text import fold, remembered
from data.workbooks import cells, sheets, words
from data.workbooks.apart import Cell, RawSheet
from data.workbooks.sheets import Field, Sheet

MOST_ROWS_ABOVE = 40
"""Filled rows in which headings are looked for."""

_CANDIDATES = 4
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SCALES = {
    "ty": 1_000_000_000,
    "tyd": 1_000_000_000,
    "trieu": 1_000_000,
    "tr": 1_000_000,
    "trd": 1_000_000,
    "nghin": 1_000,
    "ngan": 1_000,
    "1000": 1_000,
    "1000d": 1_000,
    "1 000": 1_000,
}
_DONG = "(?:dong|vnd|d)"
_SCALE = "|".join(_SCALES)
_SCALED_DONG = re.compile(rf"\b({_SCALE}) ?{_DONG}\b")
_UNIT_ALONE = re.compile(rf"(?:(?:dvt|don vi tinh|don vi) )?(?:({_SCALE})(?: {_DONG})?|{_DONG})")
_UNIT_LINE = re.compile(
    rf"\b(?:dvt|don vi tinh|don vi|dv tinh)(?: tien)? (?:({_SCALE})(?: {_DONG})?|{_DONG})\b"
)
_PASSED = tuple(fold(name) for name in sheets.NUMBERING)
_REFERENCE = fold(sheets.REFERENCE_PREFIX)


@dataclass(frozen=True)
class Located:
    """Where a sheet's table is and what its columns are.

    `row` is the position in `RawSheet.rows` of the last heading row. `fields` by position of the
    column; `renamed` are columns read as a field with another heading; `unknown` and `unclear`
    (with the fields it may be) are not read; `units` are đồng per unit of money columns, None
    where not said.
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
    options: list[tuple[int, int, tuple[str, ...]]] = []
    for at, (_, written) in enumerate(rows):
        texts = tuple(_words(cell) for cell in written)
        known = _known(sheet.key, texts)
        options.append((known, at, texts))
        if known >= len(sheet.fields):
            break
        if at + 1 < len(rows):
            both = _two_rows(raw, at)
            options.append((_known(sheet.key, both), at + 1, both))
    options.sort(key=lambda option: -option[0])
    best: Located | None = None
    for known, at, texts in options[:_CANDIDATES]:
        found = _matched(sheet, at, texts) if known else None
        if found and (best is None or len(found.fields) > len(best.fields)):
            best = found
    return best if best and len(best.fields) >= _needed(sheet) else None


def _known(key: str, texts: tuple[str, ...]) -> int:
    """How many fields a row names exactly, units aside."""
    names = _names(key)
    return len({names[word].key for text in texts if text and (word := _bare(text)) in names})


@remembered(16_384)  # asked with whatever a workbook holds
def _bare(text: str) -> str:
    return fold(_BRACKETS.sub(" ", text))


def _needed(sheet: Sheet) -> int:
    """Fields that must be seen for a row to be the headings."""
    return max(2, len(sheet.fields) // 4)


def _words(cell: Cell) -> str:
    return _tidied(cell) if isinstance(cell, str) else ""


@remembered(4096)  # asked with whatever a workbook holds
def _tidied(cell: str) -> str:
    return cells.shown(cell)


def _two_rows(raw: RawSheet, at: int) -> tuple[str, ...]:
    """Headings of two rows, joined; a merged heading above stands over all its columns."""
    (number, above), (_, below) = raw.rows[at], raw.rows[at + 1]
    width = max(len(above), len(below))
    upper = [_words(cell) for cell in above] + [""] * (width - len(above))
    lower = [_words(cell) for cell in below] + [""] * (width - len(below))
    for top, left, bottom, right in raw.merges:
        if top == number == bottom:
            for column in range(left, min(right + 1, width)):
                upper[column] = upper[left]
    return tuple(f"{a} {b}".strip() for a, b in zip(upper, lower, strict=True))


@lru_cache(maxsize=512)  # the template's headings come again and again
def _matched_texts(key: str, texts: tuple[str, ...]) -> Located:
    sheet = sheets.SHEETS[key]
    found: dict[int, Field] = {}
    unclear: dict[int, Sequence[Field]] = {}
    unknown, renamed = [], []
    for column, text in enumerate(texts):
        if not text or _passed_over(sheet, text):
            continue
        meant = _fields_of(key, text)
        if len(meant) == 1:
            found[column] = meant[0]
            if fold(text) not in (fold(meant[0].heading), fold(meant[0].label)):
                renamed.append(column)
        elif meant:
            unclear[column] = meant
        else:
            unknown.append(column)
    kept = {held.key: column for column, held in reversed(found.items())}
    doubled = {column: held for column, held in found.items() if kept[held.key] != column}
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
    words_only = fold(text)
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
    bare = _BRACKETS.sub(" ", text)
    ways = [way(words_) for words_ in (text, bare) for way in (fold, words.spelled_out)]
    ways += [_SCALED_DONG.sub(" ", way).strip() for way in ways]
    ways += [re.sub(r"^(?:so luong|tong so) ", "", way) for way in ways]
    return [way for way in dict.fromkeys(" ".join(way.split()) for way in ways) if way]


def unit_of(text: str) -> int | None:
    """Đồng per unit that a heading states: `(triệu đồng)`, `nghìn đ`, `ĐVT: đồng`; None if none."""
    for inside in _BRACKETS.findall(text):
        if match := _UNIT_ALONE.fullmatch(fold(inside)):
            return _SCALES.get(match[1] or "", 1)
    if match := _SCALED_DONG.search(fold(text)):
        return _SCALES[match[1]]
    last = fold(re.split(r"[,:–-]", text)[-1])
    return 1 if re.fullmatch(_DONG.replace("|d)", ")"), last) else _line_unit(text)


def _line_unit(text: str) -> int | None:
    match = _UNIT_LINE.search(fold(text))
    return _SCALES.get(match[1] or "", 1) if match else None


def sheet_unit(raw: RawSheet, located: Located) -> int | None:
    """The unit that a line above the headings states for the whole sheet; None if none or two."""
    found = {
        unit
        for _, row in raw.rows[: located.row]
        for cell in row
        if isinstance(cell, str) and (unit := _line_unit(cell)) is not None
    }
    return found.pop() if len(found) == 1 else None
