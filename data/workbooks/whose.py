"""Whose workbook it is: province and quarter, from the template's mark or from the titles."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from data import places
from data.text import fold, remembered
from data.workbooks import cells, sheets
from data.workbooks.apart import Cell, RawSheet
from data.workbooks.headings import Located

_MARK = re.compile(rf"{sheets.MARK}\|([0-9]{{2}})\|(20[0-9]{{2}}Q[1-4])\|([a-z-]+)")
_QUARTER = re.compile(
    r"\b(?:qu[yi]|q) ?(?:thu )?(i{1,3}|iv|[1-4]|mot|nhat|hai|ba|bon)(?: nam)? (20[0-9]{2})\b"
)
_COMPACT = re.compile(r"\b(20[0-9]{2}) ?q ?([1-4])\b")
_UNTIL = re.compile(
    r"\b(?:tinh|so lieu|luy ke|ket qua|ket qua thuc hien|tien do) den (?:het )?(?:ngay )?"
    r"3[01] 0?(3|6|9|12) (20[0-9]{2})\b"
)
_SPAN = re.compile(r"\b0?(3|6|9|12) thang (?:dau )?(?:nam )?(20[0-9]{2})\b")
"""A quarter by the last day of its figures, or by the months of the year that end with it; what
else ends on a day (`vốn kéo dài đến 31/12/2024`) says nothing of the report."""

_BESIDES = re.compile(r"\b(?:so voi|nhiem vu|phuong huong)\b.*")
"""Of a title, folded, what names another time than its own: `quý III, nhiệm vụ quý IV/2024`."""

_PLACE = re.compile(
    r"\b(?:t[iỉ]nh|th[aà]nh ph[oố]|tp\.?|t\.|h[oộ]i (?:lhpn|(?:li[eê]n hi[eệ]p )?ph[uụ] n[uữ]))"
    r"\s*:?\s+(?=(.{2,60}))",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\(([^()]{2,40}?)\s+(?:cũ|trước đây)\)|\btrước đây là\s+([^(),;]{2,40})", re.I
)
_AFTER_THE_MERGER = re.compile(r"\bnay\s+(?:là|thuộc)\b.*", re.IGNORECASE)
"""Of a name that says what it was before the provinces were merged, or what it is since."""

_LABELS = frozenset(
    {"tinh", "tinh thanh pho", "tinh tp", "don vi", "don vi bao cao", "ten tinh", "dia phuong"}
)
_QUARTER_LABELS = frozenset({"ky bao cao", "ky", "quy", "quy bao cao"})
_NUMBERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NUMBERS |= {"mot": "1", "nhat": "1", "hai": "2", "ba": "3", "bon": "4"}
_MOST_WORDS = 5  # of a province's name
_TITLE_ROWS = 12


@dataclass(frozen=True)
class Hints:
    """What is known of a workbook before it is opened: GSO code and quarter, or None."""

    province: str | None = None
    quarter: str | None = None


@dataclass(frozen=True)
class Told:
    """What a workbook says of itself; sets, because a file can contradict itself.

    `mark` is the template's own (province, quarter); `illustrative` is None without a mark.
    """

    provinces: frozenset[str]
    quarters: frozenset[str]
    mark: tuple[str, str] | None
    illustrative: bool | None

    @property
    def province(self) -> str | None:
        return self.mark[0] if self.mark else _only(self.provinces)

    @property
    def quarter(self) -> str | None:
        return self.mark[1] if self.mark else _only(self.quarters)


def _only(found: frozenset[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def told(raw_sheets: Iterable[RawSheet], located: Mapping[str, Located]) -> Told:
    """What the titles, the cover and the mark say. `located`: the tables by sheet name."""
    provinces: set[str] = set()
    quarters: set[str] = set()
    mark: tuple[str, str] | None = None
    illustrative: bool | None = None
    for raw in raw_sheets:
        if raw.hidden and raw.name not in located:
            continue
        last = located[raw.name].row if raw.name in located else None
        rows = [row for _, row in raw.rows[: _TITLE_ROWS if last is None else last]]
        if last is None and (found := _mark(raw)) and found[1] in places.provinces().index:
            mark, illustrative = (found[1], found[2]), found[3] == "minh-hoa"
        for row in rows:
            provinces.update(_provinces(row))
            quarters.update(_quarters(row))
    return Told(frozenset(provinces), frozenset(quarters), mark, illustrative)


def _mark(raw: RawSheet) -> re.Match[str] | None:
    words = (cell for _, row in reversed(raw.rows) for cell in row if isinstance(cell, str))
    return next((match for cell in words if (match := _MARK.fullmatch(cell.strip()))), None)


def _provinces(row: list[Cell]) -> Iterator[str]:
    """Provinces that a title row names: after “tỉnh”, or beside a label that asks for it."""
    words = [_tidied(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    for at, cell in enumerate(words):
        if _asks(cell):
            if at + 1 < len(words) and (code := _beside(words[at + 1])):
                yield code
        else:
            yield from _named(cell)


@remembered(4096)  # the template's own words come again and again
def _tidied(cell: str) -> str:
    return cells.shown(unicodedata.normalize("NFC", cell))


@remembered(4096)
def _asks(cell: str) -> bool:
    """Whether a cell is a label beside which a province stands."""
    return fold(cell) in _LABELS


@remembered(4096)
def _named(text: str) -> tuple[str, ...]:
    """The provinces that stand after “tỉnh” and the like."""
    text = _AFTER_THE_MERGER.sub("", text)
    if former := _former(text):
        return (former,)
    return tuple(filter(None, (_first_name(match[1]) for match in _PLACE.finditer(text))))


def _beside(text: str) -> str | None:
    """The province that a cell names, by its name of before the merger where it says both."""
    return _former(text) or places.find(_AFTER_THE_MERGER.sub("", text).rstrip("( "))


def _former(text: str) -> str | None:
    """The province that a text names as what another one was: `Vĩnh Long (Bến Tre cũ)`."""
    named = _FORMER.search(text)
    return places.find(named[1] or named[2]) if named else None


@remembered(4096)  # the titles of a workbook's sheets end alike
def _first_name(text: str) -> str | None:
    """The province that the first words name, the longest name first."""
    words = re.split(r"[,;.:()–]", text)[0].split()
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        if code := places.find(" ".join(words[:length])):
            return code
    return None


def _quarters(row: list[Cell]) -> Iterator[str]:
    """Quarters that a title row names, in one cell or in several beside a label: `Quý | III`."""
    for at, cell in enumerate(row):
        if not cell or not isinstance(cell, str) or len(cell) >= 300:
            continue
        if "q" in cell or "Q" in cell or "20" in cell:
            yield from _of_title(cell)
        if len(cell) < 15 and fold(cell) in _QUARTER_LABELS:
            beside = (cells.shown(one) for one in row[at + 1 :] if not cells.is_empty(one))
            yield from quarters_in(f"quý {' '.join(beside)}"[:300])


@remembered(4096)
def _of_title(text: str) -> tuple[str, ...]:
    return quarters_in(_BESIDES.sub("", fold(text))) or quarters_in(text)


@remembered(4096)
def quarters_in(text: str) -> tuple[str, ...]:
    """Quarters that a text names: `Quý III/2024`, `2024Q3`, `đến 30/9/2024`, `9 tháng năm 2024`."""
    words = fold(text)
    named = (f"{it[2]}Q{_NUMBERS.get(it[1], it[1])}" for it in _QUARTER.finditer(words))
    ends = ((int(it[1]), it[2]) for it in chain(_UNTIL.finditer(words), _SPAN.finditer(words)))
    return (
        *named,
        *(f"{it[1]}Q{it[2]}" for it in _COMPACT.finditer(words)),
        *(f"{year}Q{month // 3}" for month, year in ends),
    )
