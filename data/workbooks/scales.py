"""In which unit money is written: what a heading says, or a line above the table.

A unit that is named and not understood (`USD`, `trăm triệu đồng`) is a question, never passed
over for another one that the sheet names.
"""

import re
from collections.abc import Iterable

from data.text import fold, remembered
from data.workbooks.apart import Cell

UNCLEAR = 0
"""Stands for a unit that is named and not understood."""

_SCALES = {
    "ty": 1_000_000_000,
    "tyd": 1_000_000_000,
    "ti": 1_000_000_000,
    "tid": 1_000_000_000,
    "1 000 000 000": 1_000_000_000,
    "trieu": 1_000_000,
    "tr": 1_000_000,
    "trd": 1_000_000,
    "1 000 000": 1_000_000,
    "1000000": 1_000_000,
    "nghin": 1_000,
    "ngan": 1_000,
    "1000": 1_000,
    "1000d": 1_000,
    "1 000": 1_000,
}
_DONG = "(?:dong(?: viet nam)?|vnd|d)"
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ASKED = r"(?:dvt|dv tinh|dv|don vi tinh|don vi)(?: tien)?"
_OTHERS = r"(?:(?:ho|nguoi|mo hinh|lop|viec lam) )*"
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PARTS = re.compile(r"[,;)\n]|\.(?=\s|$)")
_ALONE = re.compile(rf"(?:{_ASKED} )?x?(?:({_SCALE})(?: ?{_DONG})?|{_DONG})")
_SCALED_DONG = re.compile(rf"(?:(?<=\s)|^)({_SCALE}) ?{_DONG}\b")
_LAST_SCALE = re.compile(rf"(?<!cong) (?:{_ASKED} )?({_SCALE})$")
_TIMES = re.compile(rf"(?:^| )(?:\d{{1,3}}|tram|chuc|muoi|van|{_SCALE}) $")
_PER = re.compile(rf"(?:^|\s)(?:{_SCALE})? ?{_DONG}$")
_LINE = re.compile(rf"\b{_ASKED} {_OTHERS}({_SCALE}) ?{_DONG}\b")
# “Đơn vị: Đồng Tháp”, “Đơn vị: Ngân Sơn” are no units: alone, the word must end its part.
_LINE_ALONE = re.compile(rf"\b{_ASKED} {_OTHERS}(?:({_SCALE})|{_DONG})$")
_MEASURED = re.compile(rf"\btinh (?:bang|theo) (?:({_SCALE}) ?)?{_DONG}\b")
_ASKS = re.compile(rf"\b{_ASKED} ((?:\w+ ?){{1,3}})")
_SCALED = r"trieu|trd?|(?<!cong )t[yi]|nghin|ngan|vnd|usd|do la|eur|euro"
_OF_MONEY = re.compile(rf"\b(?:{_SCALED})\b")
_IN_BRACKETS = re.compile(
    rf"\b(?:{_SCALED}|(?<!cong )(?<!hop )(?<!hoi )(?<!huy )(?<!lao )dong(?! (?:bao|gop)))\b"
)


def without(heading: str) -> str:
    """Folded words of a heading without the unit at their end."""
    bare = _LAST_SCALE.sub("", _SCALED_DONG.sub(" ", heading))
    return re.sub(rf" {_ASKED}$", "", bare.strip())


@remembered(4096)  # asked with whatever a workbook holds
def of_heading(text: str) -> int | None:
    """Đồng per unit that a heading states: `(triệu đồng)`, `nghìn đ`, `ĐVT: đồng`.

    None if it states none, `UNCLEAR` if it is not one of ours.
    """
    inside = BRACKETS.findall(text)
    if units := [unit for part in inside if (unit := of_unit(part)) is not None]:
        return units[0] if len(set(units)) == 1 else UNCLEAR
    if any(_PER.search(fold(part)) for part in text.split("/")[:-1]):
        return UNCLEAR  # `triệu đồng/hộ`: a part of the sum that is asked for
    words = fold(text)
    for pattern in (_SCALED_DONG, _LAST_SCALE):
        if match := pattern.search(words):
            before = f"{words[: match.start()]} "
            several = _TIMES.search(before.replace("  ", " "))
            return UNCLEAR if several else _SCALES[match[1]]
    last = fold(re.split(r"[,:–/-]", text)[-1])
    if re.fullmatch(_DONG.replace("|d)", ")"), last):
        return 1
    said = of_line(text)
    return (
        UNCLEAR
        if said is None and any(_IN_BRACKETS.search(fold(part)) for part in inside)
        else said
    )


def of_unit(text: str) -> int | None:
    """Đồng per unit where a text is a unit and nothing else; None if it is not."""
    match = _ALONE.fullmatch(fold(text))
    return _SCALES.get(match[1] or "", 1) if match else None


@remembered(4096)  # asked with whatever a workbook holds
def of_line(text: str) -> int | None:
    """Đồng per unit that a line states for the table below it; as `of_heading`."""
    words = fold(text)
    if match := _LINE.search(words) or _SCALED_DONG.fullmatch(words):
        return _SCALES[match[1]]
    for part in _PARTS.split(text):
        if match := _LINE_ALONE.search(fold(part)):
            return _SCALES.get(match[1] or "", 1)
    asked = _ASKS.search(words)
    return UNCLEAR if asked and _OF_MONEY.search(asked[1]) else None


def is_asked(heading: str) -> bool:
    """Whether a column holds units: `ĐVT`."""
    return re.fullmatch(_ASKED, fold(heading)) is not None


@remembered(4096)  # the titles of the template come again and again
def of_title(text: str) -> int | None:
    """Đồng per unit that a title, a sheet's name or a note states: also in brackets, or in words
    (`số liệu tính bằng nghìn đồng`)."""
    words = (fold(part) for part in BRACKETS.findall(text))
    units = [of_unit(part) for part in words if part != "d"]
    measured = _MEASURED.search(fold(text))
    if measured:
        units.append(_SCALES.get(measured[1] or "", 1))
    return next((unit for unit in units if unit is not None), of_line(text))


def of_lines(cells: Iterable[Cell]) -> frozenset[int]:
    """The units that lines around the headings state for the whole sheet, `UNCLEAR` with them."""
    said = (of_line(cell) for cell in cells if cell and isinstance(cell, str))
    return frozenset(unit for unit in said if unit is not None)
