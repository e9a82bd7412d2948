"""Which sheet of a workbook holds which table: by its name, else by its headings.

Two sheets that could both be one table are not chosen between, unless one bears the name that
the template gave it.
"""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from data.text import fold, remembered
from data.workbooks import cells, headings, sheets
from data.workbooks.apart import RawSheet
from data.workbooks.headings import Located

MOST_UNNAMED = 20
"""Sheets with a name that is not ours in which a table is looked for."""

_OF_A_TABLE = 3  # filled cells in a row: more than a line that says there is nothing to report
_SAME_NAME = 90.0
_KEYS = {
    fold(title): key for key, sheet in sheets.SHEETS.items() for title in (*sheet.also, sheet.title)
}
_OURS = {fold(sheet.title) for sheet in sheets.SHEETS.values()}

Found = dict[str, tuple[RawSheet, Located]]


def tables(raw_sheets: Sequence[RawSheet]) -> Found:
    """The sheet that holds each table; visible ones first, then those of exactly our names."""
    found: Found = {}
    rest = []
    for raw in sorted(raw_sheets, key=lambda raw: (raw.hidden, not is_ours(raw.name))):
        key = _key_of(raw.name)
        located = headings.locate(sheets.SHEETS[key], raw) if key and key not in found else None
        if key and located:
            found[key] = (raw, located)
        else:
            rest.append(raw)
    for raw in [raw for raw in rest if not raw.hidden][:MOST_UNNAMED]:
        options = _options(raw, [key for key in sheets.SHEETS if key not in found])
        if options:
            best = max(options, key=lambda key: len(options[key].fields))
            found[best] = (raw, options[best])
    return {key: found[key] for key in sheets.SHEETS if key in found}


def also(raw_sheets: Sequence[RawSheet], found: Found) -> dict[str, tuple[str, Located]]:
    """Visible sheets that hold a table found on another one: its key and where it is, by name."""
    passed = {sheets.HUONG_DAN, *(raw.name for raw, _ in found.values())}
    rest = [raw for raw in raw_sheets if raw.name not in passed and not raw.hidden]
    second = {}
    for raw in rest[:MOST_UNNAMED]:
        options = _options(raw, list(found))
        if options:
            key = max(options, key=lambda key: len(options[key].fields))
            second[raw.name] = key, options[key]
    return second


def unlocated(raw: RawSheet, found: Found) -> str | None:
    """The table that a sheet bears the name of, and much else, but not its headings."""
    key = _key_of(raw.name)
    if key is None or key in found:
        return None
    filled = (sum(not cells.is_empty(cell) for cell in row) for _, row in raw.rows)
    return key if max(filled, default=0) >= _OF_A_TABLE else None


def telling(
    raw_sheets: Sequence[RawSheet], found: Found, second: Mapping[str, tuple[str, Located]]
) -> list[RawSheet]:
    """The sheets whose words may say whose workbook it is: no copies, no rows of figures."""
    return [raw for raw in raw_sheets if raw.name not in second and not unlocated(raw, found)]


def is_ours(name: str) -> bool:
    """Whether a sheet is named as the template names it."""
    return fold(name) in _OURS


def _options(raw: RawSheet, keys: Sequence[str]) -> dict[str, Located]:
    """The tables whose headings a sheet mostly has."""
    located = {key: headings.locate(sheets.SHEETS[key], raw) for key in keys}
    return {
        key: held
        for key, held in located.items()
        if held is not None and len(held.fields) * 2 > len(sheets.SHEETS[key].fields)
    }


@remembered(512)
def _key_of(name: str) -> str | None:
    """The sheet that a name means: one of ours, or so near that no other is."""
    folded = fold(name)
    if folded in _KEYS:
        return _KEYS[folded]
    near = {key for title, key in _KEYS.items() if fuzz.ratio(folded, title) >= _SAME_NAME}
    return near.pop() if len(near) == 1 else None
