"""Words beside a heading that make another column of it: `Hộ nghèo (đầu kỳ)` is no `Hộ nghèo`.

Units, numbers and words of layout beside a heading say nothing; of some words each asks for
another time, part or kind of the figure, unless the column itself is about that. In brackets
beside the heading of a figure some more do (`(chuẩn cũ)`, `(hội viên)`, `(tạm ứng)`); one of which
nothing is known there is no reason to leave the column out, but worth a word.
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
    rf"\b(?:dau {_TIME}|(?:trong|ca) {_TIME}|{_TIME} (?:truoc|nay|sau)|cung ky|luy ke|cong don|"
    r"phat sinh|du kien|uoc(?: tinh| thuc hien| dat)?|tam tinh|ke hoach|thuc te|thuc hien|du toan|"
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
_OF_THE_YEAR = re.compile(r"(?<!\btu )(?<![0-9] )\bnam (?:ngan sach |ke hoach )?(20[0-9]{2})$")
"""The year at a title's end: not the one that something is from, nor that of a document."""

_MONTHS_OF_A_QUARTER = 3
_BRACKETS = re.compile(r"[(\[](?:ĐVT *:?)?([^)\]]*)[)\]]")
_COUNTED = re.compile(
    r"(?:([0-9]+|chuc|tram|nghin|ngan|trieu) )?(ho|nguoi|khau|nhan khau|viec lam|lop|mo hinh)"
)
_PLAIN_WORDS = (
    "tu den het cuoi tinh ke thoi diem hien tai nay ngay thang quy nam ky bao cao trong so lieu "
    "luong tong sl lk dvt tham gia neu co bat buoc ghi nhap dien ii iii iv"
)
_PLAIN_IN = {
    "models": "qd quyet dinh phe duyet duoc",
    "progress": "dau du an mo hinh da duoc",
    "funding": "theo qd quyet dinh nq nghi quyet cua ubnd hdnd tinh",
}
"""Words in brackets that leave a figure what it is: to when, how to write it, who signed for it."""

_OF_OTHERS = re.compile(
    r"\b(?:cu|giam|khong(?! co\b)|ngoai|toan (?:xa|huyen|tinh)|nam lam chu|hoi vien|ngay cong|"
    r"(?:(?:can|thoat) )?ngheo|binh quan|chuyen nguon|tam ung|quyet toan|dau tu|su nghiep|"
    r"giai doan)\b"
)
"""Words in brackets that make another figure of it where the column itself is not about them."""

_OF_POVERTY = ("poor", "near_poor", "newly_escaped", "households_out")
_CURRENT = re.compile(r"202[12]\s*\W\s*2025|\b0?7/2021(?:/NĐ-CP)?")
"""The standard of 2022–2025: Nghị định 07/2021/NĐ-CP, which names its time 2021–2025."""

_STANDARD = re.compile(
    r"(?:theo )?(?:chuan(?: ho)?(?: ngheo)?(?: tiep can)?(?: da chieu)?(?: moi| hien (?:hanh|nay))?"
    r"(?: giai doan)?(?: (?:theo )?(?:nd|nghi dinh)(?: so)?)?|(?:nd|nghi dinh)(?: so)?|da chieu)"
)
_OF_A_STANDARD = re.compile(r"\bchuan\b|\b(?:qd|quyet dinh|nd|nghi dinh)(?: so)? [0-9]")
_ALSO_COUNTED = {"viec lam": ("nguoi",)}
_OF_A_YEAR = ("progress", "funding", "disbursements")
_ANYWAY = {
    "progress": frozenset({"luy ke", "cong don"}),
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
def _own_words(held: Field) -> str:
    """What a column's own headings, meaning and unit say, folded."""
    return " | ".join(map(fold, (held.label, *held.also, held.meaning, held.unit)))


@cache
def _own(held: Field) -> frozenset[str]:
    """What a column is about by its own words."""
    of_women = {"nu"} if "phu nu" in _own_words(held) else set()
    anyway = _ANYWAY.get(held.table, frozenset())
    return frozenset(_WORDS.findall(_own_words(held))) | anyway | of_women


@cache
def _vocabulary(held: Field) -> frozenset[str]:
    """Words that a column's own headings, meaning and unit use, and those that say nothing."""
    plain = (_own_words(held), *_own(held), _PLAIN_WORDS, _PLAIN_IN.get(held.table, ""))
    return frozenset(" ".join(plain).split())


def is_other(held: Field, text: str) -> bool:
    """Whether a heading that is read as `held` asks for something else, or in another unit."""
    if _said(text) - _own(held):
        return True
    return any(_is_other(held, part) for part in _in_brackets(held, text))


def is_strange(held: Field, text: str) -> bool:
    """Whether brackets beside a heading that is read as `held` hold words of which it is not known
    that they change nothing."""
    return any(not _is_plain(held, fold(part)) for part in _in_brackets(held, text))


def _in_brackets(held: Field, text: str) -> list[str]:
    """What stands in brackets beside the heading of a figure."""
    return _BRACKETS.findall(_without_standard(held, text)) if held.unit else []


def _without_standard(held: Field, text: str) -> str:
    """A heading without the years or the decree of the current poverty standard."""
    return _CURRENT.sub("", text) if held.column in _OF_POVERTY else text


def _is_other(held: Field, part: str) -> bool:
    words = fold(part)
    if "%" in part or scales.of_unit(words) is not None:
        return held.kind != ("rate" if "%" in part else "money")
    if counted := _COUNTED.fullmatch(words):
        own = fold(held.unit)
        return counted[1] is not None or counted[2] not in (own, *_ALSO_COUNTED.get(own, ()))
    if held.column in _OF_POVERTY and _OF_A_STANDARD.search(words):
        return not _STANDARD.fullmatch(words)
    own = _own_words(held)
    return any(not re.search(rf"\b{said}\b", own) for said in _OF_OTHERS.findall(words))


def _is_plain(held: Field, words: str) -> bool:
    """Whether words in brackets change nothing; of a unit of money `scales` has to say."""
    if scales.of_heading(f"({words})") is not None or _COUNTED.fullmatch(words):
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
        return "" if _years_of(held, quarter) & {*years} else f"năm {years[-1]}"
    if not said and (bare := _QUARTER.search(words)):
        number = bare[1] or len(bare[2].replace("iv", "iiii"))
        return "" if quarter.endswith(f"Q{number}") else formats.quarter(f"{quarter[:4]}Q{number}")
    if not said and (span := _MONTHS.search(words)):
        number = int(span[1] or span[2])
        ours = quarter.endswith(f"Q{number // months}") and held.table != "disbursements"
        return "" if ours else f"{number} tháng"
    return ""


def _years_of(held: Field, quarter: str) -> set[str]:
    """The years that a heading may name; what is carried over is of the year before."""
    year = int(quarter[:4])
    return {str(year), str(year - 1)} if held.column == "carried_over" else {str(year)}


def is_year(heading: str) -> bool:
    """Whether a column is of years: `Năm`, `Năm kế hoạch`."""
    return fold(heading) in ("nam", "nam ke hoach", "nam ngan sach")


def other_year(title: str, quarter: str) -> str:
    """The year that a title says it is of where that is not the quarter's, or “”."""
    said = _OF_THE_YEAR.search(fold(_BRACKETS.sub("", title)))
    return said[1] if said and quarter[:4] not in title else ""
