"""One cell, as people write it: whether it says anything, in which words, yes or no.

`amounts` reads numbers, `days` dates, `words` the words of a list. Every function takes what
calamine gives (text, number, date, bool) and returns the value, None for an empty cell or a dash,
or raises `Unreadable`. What has two meanings is never guessed.
"""

import datetime
import re
import unicodedata

from data.text import fold
from data.workbooks.apart import Cell

EMPTY_SIGNS = frozenset({"", "-", "–", "—", "−", "--", "...", "…", "'-"})
"""What people write in a cell for “nothing here”; none of it is zero."""

_UNSEEN = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    "\u200e\u200f\u061c\u202a\u202c\u2066\u2068\u2069"  # not those that turn digits round
)
_ETH = str.maketrans("Ðð", "Đđ")
"""Letters of Iceland that some keyboards and converters write for ours: no eye tells them apart."""

SPACES = re.compile(rf"[\s{_UNSEEN}]+")
"""Spaces of any kind, one or more, with signs that are not seen."""

CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f{_UNSEEN}]|_x000D_")
"""Signs that are not seen and say nothing."""

BROKEN_CODE = re.compile(r"[\u2010-\u2014\n]| -|- ")
"""In a code: a dash for a hyphen, as Word writes it, or a space or line's end beside one."""

_HYPHEN = re.compile(r"(?<=\S)\s*[-\u2010-\u2014]\s*(?=\S)")
AROUND = f" \t\r\n\u00a0\u2007\u2009\u202f{_UNSEEN}"
"""What may stand around a word and is no part of it."""

NOT_YET = frozenset(
    {
        *("chua bao cao", "chua co", "chua co so lieu", "khong co so lieu", "chua cap nhat"),
        *("dang tong hop", "chua tong hop", "dang cap nhat", "dang thong ke", "chua thong ke"),
    }
)
"""Words for “not reported” in a cell that asks for a number or a day; folded."""

_YES = frozenset({"co", "x", "yes", "y", "dung", "true", "1", "v"})
_TICKS = frozenset("✓✔☑√")
_NO = frozenset({"khong", "khong co", "no", "n", "sai", "false", "0", "chua"})


class Unreadable(Exception):
    """A cell that was not read: the rule's key, and what is wrong in Vietnamese."""

    def __init__(self, rule: str, wrong: str) -> None:
        super().__init__(wrong)
        self.rule = rule
        self.wrong = wrong


def shown(cell: Cell | None) -> str:
    """A cell in words, for a finding: at most a line."""
    if isinstance(cell, str):
        text = _one_space(cell).strip()
        return text if len(text) <= 120 else f"{text[:119]}…"
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime | datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        return text.replace(".", ",")
    return shown(str(cell))


def _one_space(text: str) -> str:
    """A text with plain spaces between its words, one each."""
    if text.isprintable() and "  " not in text:  # of all spaces only the plain one is printable
        return text
    return SPACES.sub(" ", text)


def is_empty(cell: Cell | None) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip(AROUND) in EMPTY_SIGNS)


def text(cell: Cell | None, exact: bool = False) -> str | None:
    """NFC text without stray spaces; a number as its digits.

    `exact` is for codes and numbers of documents, on one line with plain hyphens: a date there is
    what Excel made of `12/5`.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        tidy = CONTROL.sub("", unicodedata.normalize("NFC", cell)).translate(_ETH)
        lines = (SPACES.sub(" ", line).strip() for line in tidy.split("\n"))
        joined = "\n".join(lines).strip()
        joined = _HYPHEN.sub("-", joined).replace("\n", " ") if exact else joined
        return None if joined in EMPTY_SIGNS else joined
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta) and exact:
        raise Unreadable("unreadable_date", "Excel đã đổi ô này thành ngày, không biết bản gốc")
    return shown(cell)


def flag(cell: Cell | None) -> bool | None:
    """Yes or no."""
    if cell is None or (isinstance(cell, str) and is_empty(cell)):
        return None
    word = "x" if shown(cell) in _TICKS else fold(shown(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable("unknown_word", f"“{shown(cell)}” không phải Có hay Không")
