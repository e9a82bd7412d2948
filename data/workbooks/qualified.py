"""Words beside a heading that make another column of it: `Hộ nghèo (đầu kỳ)` is no `Hộ nghèo`.

Units, numbers and words of layout beside a heading say nothing; of these words each asks for
another time, part or kind of the figure, unless the column itself is about that.
"""

import re
from collections.abc import Collection
from functools import cache

from data import formats
from data.text import fold, remembered
from data.workbooks import scales
from data.workbooks.fields import Field

_TIME = "(?:ky|quy|nam|thang|giai doan)"
_WORDS = re.compile(
    rf"\b(?:dau {_TIME}|(?:trong|ca) {_TIME}|{_TIME} (?:truoc|nay|sau)|cung ky|luy ke|phat sinh|"
    r"du kien|uoc(?: tinh| thuc hien| dat)?|tam tinh|ke hoach|thuc te|thuc hien|du toan|"
    r"dieu chinh|bo sung|tang them|giam tru|con lai|chenh lech|so voi|trong do|rieng|"
    r"(?<!phu )nu|dtts|dan toc(?: thieu so)?|lan (?:[0-9]+|dau|hai|ba|cuoi))\b"
)
_AT_THE_END = re.compile(
    rf" (?:{_WORDS.pattern}|(?:luy ke )?(?:tinh )?(?:den )?(?:cuoi|het) {_TIME})$"
)
_YEAR = re.compile(r"\bnam (20[0-9]{2})\b")
_DAY = re.compile(r"\b[0-9]{1,2}/([0-9]{1,2})/(20[0-9]{2})\b")
_BRACKETS = re.compile(r"[(\[](?:ĐVT *:?)?([^)\]]*)[)\]]")
_COUNTED = re.compile(
    r"(?:([0-9]+|chuc|tram|nghin|ngan|trieu) )?(ho|nguoi|khau|nhan khau|viec lam|lop|mo hinh)"
)
_ALSO_COUNTED = {"viec lam": ("nguoi",)}
_OF_A_YEAR = ("progress", "funding", "disbursements")
_ANYWAY = {
    "progress": frozenset({"luy ke"}),
    "funding": frozenset({"trong nam", "ca nam", "nam nay"}),
}
"""What a table is asked for: a model's figures from its beginning, a province's of the year."""


def without(words: str) -> str:
    """Folded words of a heading without one such word, or `cuối kỳ`, at their end."""
    return _AT_THE_END.sub("", words)


@remembered(4096)  # asked with whatever a workbook holds
def _said(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(fold(text)))


@cache
def _own(held: Field) -> frozenset[str]:
    """What a column is about by its own headings and meaning."""
    own = _said(" | ".join((held.label, *held.also, held.meaning)))
    return own | _ANYWAY.get(held.table, frozenset())


@remembered(4096)
def _units(text: str) -> tuple[str, ...]:
    """What stands in brackets: `%`, or folded words."""
    return tuple("%" if "%" in part else fold(part) for part in _BRACKETS.findall(text))


def is_other(held: Field, text: str) -> bool:
    """Whether a heading that is read as `held` asks for something else, or in another unit."""
    if _said(text) - _own(held):
        return True
    return bool(held.unit) and any(_is_other_unit(held, part) for part in _units(text))


def _is_other_unit(held: Field, part: str) -> bool:
    if part == "%" or scales.of_unit(part) is not None:
        return held.kind != ("rate" if part == "%" else "money")
    if (counted := _COUNTED.fullmatch(part)) is None:
        return False
    own = fold(held.unit)
    return counted[1] is not None or counted[2] not in (own, *_ALSO_COUNTED.get(own, ()))


def other_time(held: Field, text: str, quarter: str, named: Collection[str]) -> str:
    """The time in a heading of a quarter's or year's figures that is not the workbook's, or “”.

    `named` are the quarters that the heading names.
    """
    if held.table not in _OF_A_YEAR or not quarter:
        return ""
    days = [f"{year}Q{(int(month) + 2) // 3}" for month, year in _DAY.findall(text)]
    if (said := [*named, *days]) and quarter not in said:
        return formats.quarter(said[-1])
    years = _YEAR.findall(fold(text))
    return "" if said or not years or quarter[:4] in years else f"năm {years[-1]}"
