"""One cell, as people write it: numbers, money, percents, dates, months, words.

Every function takes what calamine gives (text, number, date, bool) and returns the value, None
for an empty cell or a dash, or raises `Unreadable`. What has two meanings is never guessed:
`1.234` is one thousand two hundred thirty-four to one office and one and a bit to another.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from data.text import fold
from data.workbooks import epoch
from data.workbooks.apart import Cell

EMPTY_SIGNS = frozenset({"", "-", "–", "—", "−", "--", "...", "…", "'-"})
"""What people write in a cell for “nothing here”; none of it is zero."""

_MOST = Decimal(10) ** 18
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACES = re.compile(rf"[\s{_UNSEEN}]+")
CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f{_UNSEEN}]|_x000D_")
"""Signs that are not seen and say nothing."""

BROKEN_CODE = re.compile(r"[\u2010-\u2014\n]| -|- ")
"""In a code: a dash for a hyphen, as Word writes it, or a space or line's end beside one."""

_HYPHEN = re.compile(r"(?<=\S)\s*[-\u2010-\u2014]\s*(?=\S)")
_AROUND = f" \t\r\n\u00a0\u2007\u2009\u202f{_UNSEEN}"
_APART = re.compile(r"\d(?:[\n\r\t]|\s{2})\s*\d")
_RAISED = re.compile("[²³¹⁰⁴-⁹½¼¾]")
_GROUPED = {
    mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in (".", ",", " ")
}
_LONE = re.compile(r"([1-9]\d{0,2})[.,]\d{3}")
_DECIMAL = re.compile(r"\d*[.,]\d+|\d+")
_DAY = re.compile(r"(\d{1,2})\s*[/.\-–]\s*(\d{1,2})\s*[/.\-–]\s*(\d{4}|\d{2})")
_DAY_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_AROUND_DAY = re.compile(
    r"^[Nn]gày (?=\d+[^\w ])|[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[AaPpSsCc][MmHh])?$|\.$"
)
"""“Ngày” before a day in digits; the time, or a full stop, after it."""
_MONTH = re.compile(r"(?:thang |th? ?)?(\d{1,2}) (?:nam )?(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4}) (\d{1,2})")
_YEAR = re.compile(r"(?:nam )?(20\d{2})")
MONTHS = 12
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 55_153  # 01/01/2000 to 31/12/2050
_EPOCH = datetime.date(1899, 12, 30)

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
    return _SPACES.sub(" ", text)


def is_empty(cell: Cell | None) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip(_AROUND) in EMPTY_SIGNS)


def text(cell: Cell | None, exact: bool = False) -> str | None:
    """NFC text without stray spaces; a number as its digits.

    `exact` is for codes and numbers of documents, on one line with plain hyphens: a date there is
    what Excel made of `12/5`.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        tidy = CONTROL.sub("", unicodedata.normalize("NFC", cell))
        lines = (_SPACES.sub(" ", line).strip() for line in tidy.split("\n"))
        joined = "\n".join(lines).strip()
        joined = _HYPHEN.sub("-", joined).replace("\n", " ") if exact else joined
        return None if joined in EMPTY_SIGNS else joined
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta) and exact:
        raise Unreadable("unreadable_date", "Excel đã đổi ô này thành ngày, không biết bản gốc")
    return shown(cell)


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
    words = _SPACES.sub(" ", unicodedata.normalize("NFKC", raw)).strip().lstrip("'").strip()
    if words in EMPTY_SIGNS or raw.strip(_AROUND) in EMPTY_SIGNS:
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


def date(cell: Cell | None, month_first: bool, from_1904: bool = False) -> datetime.date | None:
    """A day: a date cell, `30/9/2024` and the like, words, or Excel's serial number.

    `month_first`: the file elsewhere writes the month first, so `03/04/2024` has two meanings.
    `from_1904`: its serial numbers count from 1904.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if cell is None or (isinstance(cell, str) and (is_empty(cell) or fold(cell) in NOT_YET)):
        return None
    if isinstance(cell, str):
        return _day(_bare_day(cell), month_first, from_1904)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell), from_1904)
    raise Unreadable("unreadable_date", f"“{shown(cell)}” không phải ngày")


def _bare_day(text: str) -> str:
    return _AROUND_DAY.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip())


def _day(words: str, month_first: bool, from_1904: bool) -> datetime.date:
    if match := _ISO.fullmatch(words):
        return _real(int(match[1]), int(match[2]), int(match[3]), words)
    if match := _DAY.fullmatch(words):
        first, second, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
        if second > 12 >= first:
            return _real(year, first, second, words)
        if month_first and first <= 12 and first != second:
            raise Unreadable(
                "ambiguous_date",
                f"“{words}” là ngày {first} tháng {second} hay ngày {second} tháng {first}? "
                "Chỗ khác trong tệp ghi tháng trước ngày",
            )
        return _real(year, second, first, words)
    if match := _DAY_IN_WORDS.fullmatch(fold(words)):
        return _real(int(match[3]), int(match[2]), int(match[1]), words)
    if words.isdecimal() and len(words) == 5:
        return _serial(float(words), from_1904)
    raise Unreadable("unreadable_date", f"“{shown(words)}” không phải một ngày có thật")


def _real(year: int, month: int, day: int, words: str) -> datetime.date:
    if 2000 <= year <= 2050:
        try:
            return datetime.date(year, month, day)
        except ValueError:
            pass
    raise Unreadable("unreadable_date", f"“{shown(words)}” không phải một ngày có thật")


def _serial(shown_days: float, from_1904: bool) -> datetime.date:
    days = shown_days + epoch.DAYS_BETWEEN * from_1904
    if _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return _EPOCH + datetime.timedelta(days=int(days))
    raise Unreadable("unreadable_date", f"Số {shown(shown_days)} không phải một ngày")


def writes_month_first(written: Iterable[Cell | None]) -> bool:
    """Whether some date in a file's text can only be month, day, year (`09/30/2024`)."""
    for cell in written:
        if isinstance(cell, str) and (match := _DAY.fullmatch(_bare_day(cell))):
            first, second, _ = (int(part) for part in match.groups())
            if second > 12 >= first:
                return True
    return False


def first_number(cell: Cell | None) -> int:
    """The first number of a day that is text (`30` of `30/9/2024`); 0 for anything else."""
    match = _DAY.fullmatch(_bare_day(cell)) if isinstance(cell, str) else None
    return int(match[1]) if match else 0


def month(cell: Cell | None, month_first: bool = False) -> str | None:
    """`2024-09` from `09/2024`, `Tháng 9 năm 2024`, or a day of the month."""
    if isinstance(cell, datetime.date):
        return f"{cell:%Y-%m}"
    if cell is None or (isinstance(cell, str) and is_empty(cell)):
        return None
    if isinstance(cell, str) and _DAY.fullmatch(_bare_day(cell)):
        return f"{_day(_bare_day(cell), month_first, from_1904=False):%Y-%m}"
    words = fold(str(cell))
    iso, plain = _ISO_MONTH.fullmatch(words), _MONTH.fullmatch(words)
    year, number = (iso[1], iso[2]) if iso else (plain[2], plain[1]) if plain else ("", "0")
    if not 1 <= int(number) <= 12:
        raise Unreadable("unreadable_date", f"“{shown(cell)}” không phải tháng/năm")
    return f"{year}-{int(number):02d}"


def year(cell: Cell | None) -> int | None:
    """A year of the programme's time."""
    if cell is None or (isinstance(cell, str) and is_empty(cell)):
        return None
    match = _YEAR.fullmatch(fold(shown(cell)))
    if match is None:
        raise Unreadable("unreadable_number", f"“{shown(cell)}” không phải năm")
    return int(match[1])


def flag(cell: Cell | None) -> bool | None:
    """Yes or no."""
    if cell is None or (isinstance(cell, str) and is_empty(cell)):
        return None
    word = "x" if shown(cell) in _TICKS else fold(shown(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable("unknown_word", f"“{shown(cell)}” không phải Có hay Không")
