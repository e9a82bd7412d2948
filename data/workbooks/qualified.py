"""Words beside a heading that make another column of it: `Hộ nghèo (đầu kỳ)` is no `Hộ nghèo`.

Units, numbers and words of layout beside a heading say nothing; of some words each asks for
another time, part or kind of the figure, unless the column itself is about that. In brackets
beside the heading of a figure every word must be known to change nothing: what a stranger adds
there (`(chuẩn cũ)`, `(hội viên)`, `(tạm ứng)`) makes it a question.
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
    r"dieu chinh|bo sung|tang them|giam tru|dang ky|gia han|con lai|chenh lech|so voi|trong do|"
    r"rieng|(?<!phu )nu|dtts|dan toc(?: thieu so)?|lan (?:[0-9]+|dau|hai|ba|cuoi))\b"
)
_AT_THE_END = re.compile(
    rf" (?:{_WORDS.pattern}|(?:luy ke )?(?:tinh )?(?:den )?(?:cuoi|het) {_TIME})$"
)
_YEAR = re.compile(r"\b(20[0-9]{2})\b")
_DAY = re.compile(r"\b(?:[0-9]{1,2}/)?([0-9]{1,2})/(20[0-9]{2})\b")
_QUARTER = re.compile(r"\b(?:qu[yi]|q) ?(?:([1-4])|(i{1,3}|iv))\b")
_MONTHS = re.compile(r"\b(?:0?([369])|(12)) thang\b")
_OF_THE_YEAR = re.compile(r"\bnam (?:ngan sach |ke hoach )?(20[0-9]{2})\b")
_MONTHS_OF_A_QUARTER = 3
_BRACKETS = re.compile(r"[(\[](?:ĐVT *:?)?([^)\]]*)[)\]]")
_COUNTED = re.compile(
    r"(?:([0-9]+|chuc|tram|nghin|ngan|trieu) )?(ho|nguoi|khau|nhan khau|viec lam|lop|mo hinh)"
)
_PLAIN_WORDS = (
    "tu den het cuoi tinh ke thoi diem hien tai nay ngay thang quy nam ky bao cao trong so lieu "
    "luong tong sl lk dvt tham gia neu co bat buoc ghi nhap dien ii iii iv"
)
_PLAIN_IN = {"models": "qd quyet dinh phe duyet duoc"}
"""Words in brackets that leave a figure what it is: to when, how to write it, who signed for it."""

_OF_POVERTY = ("poor", "near_poor", "newly_escaped", "households_out")
_CURRENT = re.compile(r"202[12]\s*\W\s*2025|\b0?7/2021(?:/NĐ-CP)?")
"""The standard of 2022–2025: Nghị định 07/2021/NĐ-CP, which names its time 2021–2025."""

_STANDARD = re.compile(
    r"(?:theo )?(?:chuan(?: ho)?(?: ngheo)?(?: tiep can)?(?: da chieu)?(?: moi| hien (?:hanh|nay))?"
    r"(?: giai doan)?(?: (?:theo )?(?:nd|nghi dinh)(?: so)?)?|(?:nd|nghi dinh)(?: so)?)"
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


@cache
def _vocabulary(held: Field) -> frozenset[str]:
    """Words that a column's own headings, meaning and unit use, and those that say nothing."""
    own = fold(" ".join((held.label, *held.also, held.meaning, held.unit)))
    plain = (own, *_own(held), _PLAIN_WORDS, _PLAIN_IN.get(held.table, ""))
    return frozenset(" ".join(plain).split())


def is_other(held: Field, text: str) -> bool:
    """Whether a heading that is read as `held` asks for something else, or in another unit."""
    if _said(text) - _own(held):
        return True
    return bool(held.unit) and any(
        _is_other_unit(held, part) for part in _BRACKETS.findall(_without_standard(held, text))
    )


def _without_standard(held: Field, text: str) -> str:
    """A heading without the years or the decree of the current poverty standard."""
    return _CURRENT.sub("", text) if held.column in _OF_POVERTY else text


def _is_other_unit(held: Field, part: str) -> bool:
    words = fold(part)
    if "%" in part or scales.of_unit(words) is not None:
        return held.kind != ("rate" if "%" in part else "money") or not _is_plain(held, words)
    if (counted := _COUNTED.fullmatch(words)) is None:
        return not _is_plain(held, words)
    own = fold(held.unit)
    return counted[1] is not None or counted[2] not in (own, *_ALSO_COUNTED.get(own, ()))


def _is_plain(held: Field, words: str) -> bool:
    """Whether words in brackets change nothing; of a unit of money `scales` has to say."""
    if held.kind == "money" and scales.of_heading(f"({words})") is not None:
        return True
    if held.column in _OF_POVERTY and _STANDARD.fullmatch(words):
        return True
    known = _vocabulary(held)
    return all(len(word) == 1 or word.isdecimal() or word in known for word in words.split())


def other_time(held: Field, text: str, quarter: str, named: Collection[str]) -> str:
    """The time in a heading of a quarter's or year's figures that is not the workbook's, or “”.

    `named` are the quarters that the heading names.
    """
    if held.table not in _OF_A_YEAR or not quarter:
        return ""
    text = _without_standard(held, text)
    words, months = fold(text), _MONTHS_OF_A_QUARTER
    days = [f"{year}Q{(int(month) + 2) // months}" for month, year in _DAY.findall(text)]
    years = _YEAR.findall(words)
    if (said := [*named, *days]) and quarter not in said:
        return formats.quarter(said[-1])
    if not said and years:
        return "" if quarter[:4] in years else f"năm {years[-1]}"
    if not said and (bare := _QUARTER.search(words)):
        number = bare[1] or len(bare[2].replace("iv", "iiii"))
        return "" if quarter.endswith(f"Q{number}") else formats.quarter(f"{quarter[:4]}Q{number}")
    if not said and (span := _MONTHS.search(words)):
        number = int(span[1] or span[2])
        ours = quarter.endswith(f"Q{number // months}") and held.table != "disbursements"
        return "" if ours else f"{number} tháng"
    return ""


def is_year(heading: str) -> bool:
    """Whether a column is of years: `Năm`, `Năm kế hoạch`."""
    return fold(heading) in ("nam", "nam ke hoach", "nam ngan sach")


def other_year(title: str, quarter: str) -> str:
    """The year that a title names where none of those it names is the quarter's, or “”."""
    years = _OF_THE_YEAR.findall(fold(title))
    return years[0] if years and quarter[:4] not in years else ""
