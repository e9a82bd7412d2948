"""Days, months and years as people write them in a cell.

Each function takes, returns and raises what those of `cells` do. `03/04/2024` is a question where
the file elsewhere writes the month first.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable

from data.text import fold
from data.workbooks import epoch
from data.workbooks.apart import Cell
from data.workbooks.cells import NOT_YET, SPACES, Unreadable, is_empty, shown

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
"""Of a year: a greater number in a day is no month."""

_FIRST_SERIAL, _LAST_SERIAL = 36_526, 55_153  # 01/01/2000 to 31/12/2050
_EPOCH = datetime.date(1899, 12, 30)


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
    return _AROUND_DAY.sub("", SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip())


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
