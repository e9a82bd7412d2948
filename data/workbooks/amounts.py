"""Numbers as people write them in a cell: counts, money, percents.

Each function takes, returns and raises what those of `cells` do. `1.234` is a question: it is one
thousand two hundred thirty-four to one office and one and a bit to another.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from data.text import fold
from data.workbooks.apart import Cell
from data.workbooks.cells import AROUND, EMPTY_SIGNS, NOT_YET, SPACES, Unreadable, shown

_MOST = Decimal(10) ** 18
_OF_A_FORMULA = 1e-9  # what a formula leaves of a whole number: 20 × 1,1 is 22,000000000000004
_APART = re.compile(r"\d(?:[\n\r\t]|\s{2})\s*\d")
_RAISED = re.compile("[²³¹⁰⁴-⁹½¼¾]")
_GROUPED = {
    mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in (".", ",", " ")
}
_LONE = re.compile(r"([1-9]\d{0,2})[.,]\d{3}")
_DECIMAL = re.compile(r"\d*[.,]\d+|\d+")


def number(cell: Cell | None, thousands: bool = True, point: str | None = None) -> Decimal | None:
    """A number in either style, negative in brackets, without unit.

    `thousands=False` where a number is never a thousand or more (percents): then `12,345` can
    only be a decimal. `point` is the decimal mark of a file that a program wrote, if known.
    """
    if cell is None or isinstance(cell, str):
        return _written(cell or "", thousands, point)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        kind = "đúng/sai" if isinstance(cell, bool) else "ngày, giờ"
        raise Unreadable("unreadable_number", f"Ô số chứa giá trị {kind}")
    if not math.isfinite(cell) or abs(cell) >= _MOST:
        raise Unreadable("unreadable_number", "Số quá lớn hoặc không phải số")
    return Decimal(repr(cell))


def _written(raw: str, thousands: bool, point: str | None) -> Decimal | None:
    words = SPACES.sub(" ", unicodedata.normalize("NFKC", raw)).strip().lstrip("'").strip()
    if words in EMPTY_SIGNS or raw.strip(AROUND) in EMPTY_SIGNS:
        return None
    # To NFKC the mark of a footnote is a digit like another; two lines are two numbers.
    if _RAISED.search(raw) or _APART.search(raw):
        raise Unreadable("unreadable_number", f"“{shown(raw)}” không đọc được thành số")
    if words[:1].isalpha() and fold(words) in NOT_YET:
        return None
    digits, negative = _unsigned(words)
    if point and _LONE.fullmatch(digits):
        value = Decimal(
            digits.replace(point, ".") if point in digits else re.sub("[.,]", "", digits)
        )
    else:
        value = _value(digits, thousands, shown(raw))
    if value >= _MOST:
        raise Unreadable("unreadable_number", "Số quá lớn")
    return -value if negative else value


def _unsigned(words: str) -> tuple[str, bool]:
    if words.startswith("(") and words.endswith(")"):
        return words[1:-1].strip(), True
    if words[:1] in "-−–":
        return words[1:].strip(), True
    return words.removeprefix("+").strip(), False


def _value(digits: str, thousands: bool, raw: str) -> Decimal:
    if _LONE.fullmatch(digits) and thousands:
        whole = digits.replace(".", "").replace(",", "")
        part = digits.replace(".", ",")
        raise Unreadable(
            "ambiguous_number",
            f"“{raw}” là {whole} (dấu ngăn hàng nghìn) hay {part} (dấu thập phân)?",
        )
    if _DECIMAL.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    for mark, grouped in _GROUPED.items():
        match = grouped.match(digits)
        if match is None:
            continue
        rest = digits[match.end() :]
        if not rest or (rest[0] in ".," and rest[0] != mark and rest[1:].isdecimal()):
            return Decimal(match[0].replace(mark, "") + rest.replace(",", "."))
    raise Unreadable("unreadable_number", f"“{raw}” không đọc được thành số")


def decimal_mark(written: Iterable[Cell | None]) -> str | None:
    """The decimal mark of a file whose cells are all text, where its numbers agree on one."""
    seen = set()
    for cell in written:
        if not isinstance(cell, str) or not (marks := re.findall(r"[.,]", cell)):
            continue
        digits = cell.strip("\u00a0 ()-−%")
        if len(set(marks)) == 2 or (len(marks) == 1 and not _LONE.fullmatch(digits)):
            seen.add(marks[-1])
        elif len(marks) > 1:
            seen.add("," if marks[0] == "." else ".")
    return seen.pop() if len(seen) == 1 else None


def money(cell: Cell | None, unit: int, point: str | None = None) -> int | None:
    """Whole đồng from an amount in `unit` đồng, halves up."""
    amount = number(cell, point=point)
    if amount is None:
        return None
    dong = (amount * unit).to_integral_value(ROUND_HALF_UP)
    if abs(dong) >= _MOST:
        raise Unreadable("unreadable_number", "Số tiền quá lớn")
    return int(dong)


def count(cell: Cell | None, point: str | None = None) -> int | None:
    """A whole number of things."""
    amount = number(cell, point=point)
    if amount is None:
        return None
    if isinstance(cell, float) and abs(cell - round(cell)) < _OF_A_FORMULA:
        return round(cell)
    if amount != amount.to_integral_value():
        raise Unreadable("unreadable_number", f"“{shown(cell)}” không phải số nguyên")
    return int(amount)


def percent(cell: Cell | None) -> tuple[Decimal | None, bool]:
    """A number in a column of percents, and whether it says itself that it is one (`12,5%`)."""
    if isinstance(cell, str) and "%" in cell:
        bare = number(cell.replace("%", " ").strip(), thousands=False)
        if bare is None:
            raise Unreadable("unreadable_number", f"“{shown(cell)}” không đọc được thành số")
        return bare / 100, True
    return number(cell, thousands=False), False
