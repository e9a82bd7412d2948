"""A column of cells under one heading: values, what was read otherwise than written, problems.

What is not as the template asks (`as_asked`) goes through `cells`, `amounts`, `days` and `words`,
one cell after the other.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from unicodedata import is_normalized

from data import formats
from data.workbooks import amounts, as_asked, cells, days, old_fonts, words
from data.workbooks.apart import Cell
from data.workbooks.cells import Unreadable
from data.workbooks.fields import Field

_UNTIDY = re.compile(rf"\A\s|\s\Z|\s\s|[^\S \n]|[Ðð]|{cells.CONTROL.pattern}")
_NOTHING: dict[Cell, None] = dict.fromkeys(cells.EMPTY_SIGNS)
_FLAGS: dict[Cell, bool] = {"Có": True, "Không": False}
_EXACT_TEXTS = ("model_id", "session", "question_id", "approval_no")
_TWICE = 2  # up to here a number may be a percent cell's over 100%
_CLEARLY = 4  # a style is a column's own when its cells are this many times the others


class Note(NamedTuple):
    """A cell, by its position, that was read as `read_as`."""

    at: int
    read_as: str


class Problem(NamedTuple):
    """A cell, by its position, that was not read; `shown` where Excel shows other than it holds."""

    at: int
    rule: str
    wrong: str
    shown: str = ""


@dataclass
class Read:
    """A column as read: `values` hold None where a cell is empty or was not read."""

    values: list[Any]
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def spoken(self) -> set[int]:
        """The cells that hold something, read or not."""
        read = {at for at, value in enumerate(self.values) if value is not None}
        return read | {problem.at for problem in self.problems}


class Style(NamedTuple):
    """What the rest of the file tells about a cell: order of dates, đồng per unit of money.

    `from_1904`: serial numbers of dates count from 1904.

    `point` is the decimal mark of a text file; in a workbook numbers that are text were typed by
    hand, one by one, and tell nothing of each other.
    """

    month_first: bool = False
    from_1904: bool = False
    unit: int | None = None
    point: str | None = None


def read(about: Field, values: Sequence[Cell], style: Style) -> Read:
    """The column of a field; places are read by `districts` and `communes`."""
    match about.kind:
        case "text" | "district" | "commune":
            return _texts(values, about.column in _EXACT_TEXTS)
        case "rate":
            return _rates(values)
        case "money" if style.unit is not None:
            return _moneys(values, style.unit, style.point)
        case "money":
            return Read([None] * len(values))
        case "count":
            one = _with(amounts.count, style.point)
            return _each(values, as_asked.counts(values), one, formats.number)
        case "date":
            one = _with(days.date, style.month_first, style.from_1904)
            return _each(values, as_asked.dates(values), one, formats.day)
        case "month":
            none = [None] * len(values)
            in_month = _with(days.month, style.month_first)
            return _each(values, none, in_month, formats.month, quiet=_is_month)
        case "year":
            return _each(values, as_asked.counts(values), days.year, str)
        case "flag":
            return _each(values, list(map(_FLAGS.get, values)), cells.flag, _yes_no, quiet=_is_bool)
    return _codes(about, values)


def _with(read_one: Callable[..., Any], *rest: object) -> Callable[[Cell], Any]:
    return lambda cell: read_one(cell, *rest)


def _each(
    values: Sequence[Cell],
    plain: list[Any],
    careful: Callable[[Cell], Any],
    shown: Callable[[Any], str],
    quiet: Callable[[Cell], bool] = lambda _: False,
) -> Read:
    """Cells that are as asked (in `plain` not None); the rest by `careful`, with a note."""
    result = Read(plain)
    if None not in plain:
        return result
    for at in [at for at, value in enumerate(plain) if value is None and values[at] != ""]:
        cell = values[at]
        try:
            value = plain[at] = careful(cell)
        except Unreadable as error:
            result.problems.append(Problem(at, error.rule, error.wrong))
            continue
        if value is None:
            result.notes += [Note(at, "để trống")] if cells.shown(cell) else []
        elif not quiet(cell) and (told := shown(value)) != cell:
            result.notes.append(Note(at, told))
    return result


def _is_month(cell: Cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\d\d/\d{4}", cell) is not None


def _is_bool(cell: Cell) -> bool:
    return isinstance(cell, bool)


def _yes_no(value: bool) -> str:
    return "Có" if value else "Không"


def _texts(values: Sequence[Cell], exact: bool) -> Read:
    distinct = {*values}
    result = Read(list(values))
    if not distinct.isdisjoint(cells.EMPTY_SIGNS):
        result.values = list(map(_NOTHING.get, values, values))
    for at, cell in () if as_asked.are_tidy(distinct, exact) else enumerate(values):
        told = cell
        if type(cell) is str:
            if font := old_fonts.font_of(cell):
                told = old_fonts.in_unicode(cell, font)
            elif not (
                _UNTIDY.search(cell)
                or not is_normalized("NFC", cell)
                or (exact and cells.BROKEN_CODE.search(cell))
            ):
                continue
        result.values[at] = None
        try:
            value = result.values[at] = cells.text(told, exact)
        except Unreadable as error:
            result.problems.append(Problem(at, error.rule, error.wrong))
        else:
            result.notes += [] if value is None else [Note(at, cells.shown(value))]
    return result


def _moneys(values: Sequence[Cell], unit: int, point: str | None) -> Read:
    one = _with(amounts.money, unit, point)
    return _each(
        values, as_asked.moneys(values, unit), one, lambda dong: f"{formats.number(dong)} đồng"
    )


def _codes(about: Field, values: Sequence[Cell]) -> Read:
    allowed = about.codes
    assert allowed is not None
    plain: dict[Cell, str] = {label: key for key, label in allowed.labels.items()}

    def careful(cell: Cell) -> str | None:
        return None if cells.is_empty(cell) else words.code(cells.shown(cell), allowed)

    return _each(values, list(map(plain.get, values)), careful, allowed.label)


def _rates(values: Sequence[Cell]) -> Read:
    """Fractions from percent cells, or percents written as bare numbers; both in one is asked."""
    if all(cell == "" or (type(cell) is float and abs(cell) <= 1) for cell in values):
        return Read([None if cell == "" else cell for cell in values])
    result = Read([None] * len(values))
    bare: dict[int, Decimal] = {}
    for at, cell in enumerate(values):
        if cell == "":
            continue
        try:
            value, certain = amounts.percent(cell)
        except Unreadable as error:
            result.problems.append(Problem(at, error.rule, error.wrong))
            continue
        if value is not None and certain:
            result.values[at] = float(value)
            result.notes.append(Note(at, formats.percent(float(value), 2)))
        elif value is not None:
            bare[at] = value
    _scaled(values, bare, result)
    return result


def _scaled(values: Sequence[Cell], bare: dict[int, Decimal], result: Read) -> None:
    points = {at for at, value in bare.items() if abs(value) > 1}
    parts = {at for at, value in bare.items() if 0 < abs(value) <= 1}
    if all(abs(bare[at]) <= _TWICE for at in points):  # 1,15 in a percent cell is 115%
        odd = points
    else:
        odd = points if len(parts) >= _CLEARLY * len(points) else parts
    others = "? Các ô khác trong cột ghi theo cách kia" if parts and points else "?"
    for at, value in bare.items():
        if at in odd:
            wrong = _which_percent(values[at], value) + others
            result.problems.append(Problem(at, "ambiguous_number", wrong))
            continue
        rate = float(value / 100) if at in points else float(value)
        result.values[at] = rate
        if at in points or isinstance(values[at], str):
            result.notes.append(Note(at, formats.percent(rate, 2)))


def _which_percent(cell: Cell, value: Decimal) -> str:
    small, large = (formats.exact(float(part), 6) for part in (value, value * 100))
    return f"“{cells.shown(cell)}” là {small}% hay {large}%"
