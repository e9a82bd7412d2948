"""A column of cells under one heading: values, what was read otherwise than written, problems.

Most cells are what the template asks for and pass in one step; the rest go through `cells` and
`words` one by one.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from unicodedata import is_normalized

from data import formats
from data.workbooks import cells, units, words
from data.workbooks.apart import Cell
from data.workbooks.cells import Unreadable
from data.workbooks.sheets import Field

_UNTIDY = re.compile(r"\A\s|\s\Z|\s\s|[^\S \n]|[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]|_x000D_")
_EXACT_TEXTS = ("model_id", "session", "question_id", "approval_no")
_PLAIN_MOST = 1e14  # đồng; up to here a float's product with the unit is exact after rounding
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

    def speaks(self, at: int) -> bool:
        """Whether a cell holds something, read or not."""
        return self.values[at] is not None or any(problem.at == at for problem in self.problems)


@dataclass(frozen=True)
class Style:
    """What the rest of the file tells about a cell: order of dates, đồng per unit of money.

    `point` is the decimal mark of a text file; in a workbook numbers that are text were typed by
    hand, one by one, and tell nothing of each other.
    """

    month_first: bool = False
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
            return _each(values, _plain_count, _with(cells.count, style.point), formats.number)
        case "date":
            one = _with(cells.date, style.month_first)
            return _each(values, _plain_date, one, formats.day)
        case "month":
            return _each(values, _no_plain, cells.month, formats.month, quiet=_is_month)
        case "year":
            return _each(values, _plain_count, cells.year, str)
        case "flag":
            return _each(values, _no_plain, cells.flag, _yes_no, quiet=_is_flag)
    return _codes(about, values)


def _with(read_one: Callable[..., Any], *rest: object) -> Callable[[Cell], Any]:
    return lambda cell: read_one(cell, *rest)


def _each(
    values: Sequence[Cell],
    plain: Callable[[Cell], Any],
    careful: Callable[[Cell], Any],
    shown: Callable[[Any], str],
    quiet: Callable[[Cell], bool] = lambda _: False,
) -> Read:
    """Cells that `plain` reads (not None) as they are; the rest by `careful`, with a note."""
    result = Read([])
    for at, cell in enumerate(values):
        value = plain(cell)
        if value is None and cell != "":
            try:
                value = careful(cell)
            except Unreadable as error:
                result.problems.append(Problem(at, error.rule, error.wrong))
            else:
                if value is None:
                    result.notes += [Note(at, "để trống")] if cells.shown(cell) else []
                elif not quiet(cell) and (told := shown(value)) != cell:
                    result.notes.append(Note(at, told))
        result.values.append(value)
    return result


def _no_plain(_: Cell) -> None:
    return None


def _plain_count(cell: Cell) -> int | None:
    if type(cell) is float and cell.is_integer() and abs(cell) < _PLAIN_MOST:
        return int(cell)
    return cell if type(cell) is int and abs(cell) < _PLAIN_MOST else None


def _plain_date(cell: Cell) -> datetime.date | None:
    return cell if type(cell) is datetime.date else None


def _is_month(cell: Cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\d\d/\d{4}", cell) is not None


def _is_flag(cell: Cell) -> bool:
    return isinstance(cell, bool) or cell in ("Có", "Không")


def _yes_no(value: bool) -> str:
    return "Có" if value else "Không"


def _texts(values: Sequence[Cell], exact: bool) -> Read:
    result = Read([])
    for at, cell in enumerate(values):
        value: str | None = None
        if type(cell) is str and not _UNTIDY.search(cell) and is_normalized("NFC", cell):
            value = None if cell in cells.EMPTY_SIGNS else cell
        else:
            try:
                value = cells.text(cell, exact)
            except Unreadable as error:
                result.problems.append(Problem(at, error.rule, error.wrong))
            else:
                if value is not None:
                    result.notes.append(Note(at, cells.shown(value)))
        result.values.append(value)
    return result


def _moneys(values: Sequence[Cell], unit: int, point: str | None) -> Read:
    def plain(cell: Cell) -> int | None:
        if type(cell) is float or type(cell) is int:
            dong = cell * unit
            if abs(dong) < _PLAIN_MOST and abs(dong - round(dong)) < 0.01:
                return round(dong)
        return None

    return _each(
        values, plain, _with(cells.money, unit, point), lambda dong: f"{formats.number(dong)} đồng"
    )


def _codes(about: Field, values: Sequence[Cell]) -> Read:
    allowed = about.codes
    assert allowed is not None
    plain = {label: key for key, label in allowed.labels.items()}

    def careful(cell: Cell) -> str | None:
        return None if cells.is_empty(cell) else words.code(cells.shown(cell), allowed)

    return _each(
        values, lambda cell: plain.get(cell) if type(cell) is str else None, careful, allowed.label
    )


def _rates(values: Sequence[Cell]) -> Read:
    """Fractions from percent cells, or percents written as bare numbers; both in one is asked."""
    result = Read([None] * len(values))
    bare: dict[int, Decimal] = {}
    for at, cell in enumerate(values):
        if cell == "":
            continue
        try:
            value, certain = cells.percent(cell)
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
    odd = points if len(parts) >= _CLEARLY * len(points) else parts
    odd = odd if points and parts else set()
    for at, value in bare.items():
        if at in odd:
            result.problems.append(
                Problem(at, "ambiguous_number", _which_percent(values[at], value))
            )
            continue
        rate = float(value / 100) if at in points else float(value)
        result.values[at] = rate
        if at in points or isinstance(values[at], str):
            result.notes.append(Note(at, formats.percent(rate, 2)))


def _which_percent(cell: Cell, value: Decimal) -> str:
    small, large = (formats.exact(float(part), 6) for part in (value, value * 100))
    return f"“{cells.shown(cell)}” là {small}% hay {large}%? Các ô khác trong cột ghi theo cách kia"


def districts(written: Read, province: str) -> tuple[Read, list[str | None]]:
    """Official names and codes of districts of a province."""
    named = units.districts(province)
    return _places(written, [named] * len(written.values), "huyện", "tỉnh")


def communes(
    written: Read, province: str, district: Sequence[str | None]
) -> tuple[Read, list[str | None]]:
    """Official names and codes of communes, each in the district of its row."""
    named = [units.communes_of(province, code) if code else {} for code in district]
    return _places(written, named, "xã", "huyện")


def _places(
    written: Read, named: Sequence[dict[str, str]], what: str, where: str
) -> tuple[Read, list[str | None]]:
    result, codes = Read([], list(written.notes), list(written.problems)), []
    for at, (name, known) in enumerate(zip(written.values, named, strict=True)):
        found = units.matches(name, known) if name and known else []
        if name and known and len(found) != 1:
            result.problems.append(_unknown_place(at, name, found, known, what, where))
        code = found[0] if len(found) == 1 else None
        value = known[code] if code else name
        if code and value != name:
            result.notes.append(Note(at, value))
        result.values.append(value)
        codes.append(code)
    return result, codes


def _unknown_place(
    at: int, name: str, found: list[str], known: dict[str, str], what: str, where: str
) -> Problem:
    if found:
        return Problem(at, "ambiguous_name", f"“{name}” là {units.names(found, known)}?")
    near = units.near(name, known)
    hint = f"; có phải {' hay '.join(near)}?" if near else ""
    return Problem(at, "unknown_name", f"Không có {what} “{name}” trong {where}{hint}")
