"""Words beside a heading that make another column of it: `Hộ nghèo (đầu kỳ)` is no `Hộ nghèo`.

Units, numbers and words of layout beside a heading say nothing; of these words each asks for
another time, part or kind of the figure, unless the column itself is about that.
"""

import re
from functools import cache

from data.text import fold, remembered
from data.workbooks.sheets import Field

_TIME = "(?:ky|quy|nam|thang|giai doan)"
_WORDS = re.compile(
    rf"\b(?:dau {_TIME}|trong {_TIME}|{_TIME} truoc|{_TIME} nay|cung ky|luy ke|phat sinh|"
    r"du kien|uoc(?: tinh| thuc hien| dat)?|tam tinh|ke hoach|thuc te|thuc hien|du toan|"
    r"dieu chinh|bo sung|tang them|giam tru|con lai|chenh lech|so voi|trong do|rieng|"
    r"(?<!phu )nu|dtts|dan toc(?: thieu so)?|lan (?:[0-9]+|dau|hai|ba|cuoi))\b"
)
_AT_THE_END = re.compile(
    rf" (?:{_WORDS.pattern}|(?:luy ke )?(?:tinh )?(?:den )?(?:cuoi|het) {_TIME})$"
)
_YEAR = re.compile(r"\bnam (20[0-9]{2})\b")
_OF_A_YEAR = ("progress", "funding", "disbursements")
_SUMMED_UP = frozenset({"luy ke"})
"""What a model's progress is asked for anyway: its figures run from the model's beginning."""


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
    return own | _SUMMED_UP if held.table == "progress" else own


def is_other(held: Field, text: str) -> bool:
    """Whether a heading that is read as `held` asks for something else beside it."""
    return bool(_said(text) - _own(held))


@remembered(4096)
def _years(text: str) -> tuple[str, ...]:
    return tuple(_YEAR.findall(fold(text)))


def other_year(held: Field, text: str, quarter: str) -> str:
    """The year in a heading of yearly or quarterly figures, if not the quarter's; else empty."""
    if held.table not in _OF_A_YEAR or not quarter:
        return ""
    years = _years(text)
    return "" if not years or quarter[:4] in years else years[-1]
