"""How Vietnam writes numbers, money, dates and quarters; every screen and export uses these.

Dot for thousands, comma for decimals (Luật Kế toán 2015, Điều 11); CLDR's Vietnamese locale by
Babel. A missing figure is “chưa báo cáo”, never zero.
"""

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from babel.numbers import format_decimal

NOT_REPORTED = "chưa báo cáo"
LOCALE = "vi"

MoneyUnit = Literal["tỷ", "triệu", "đồng"]
DONG_PER: dict[MoneyUnit, int] = {"tỷ": 1_000_000_000, "triệu": 1_000_000, "đồng": 1}
ROMAN = ("I", "II", "III", "IV")


def missing(value: float | None) -> bool:
    """True for None and NaN, the two ways a figure can be absent."""
    return value is None or math.isnan(value)


def number(value: float | None, digits: int = 0) -> str:
    """`1.234.567,8`; `digits` decimals, always written; halves rounded away from zero."""
    if value is None or math.isnan(value):
        return NOT_REPORTED
    return _written(rounded(value, digits), digits)


@lru_cache(maxsize=1 << 16)
def _written(value: Decimal, digits: int) -> str:
    """Babel takes 40 µs, and a table of rates is full of the same hundred numbers."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=LOCALE))


def rounded(value: float, digits: int) -> Decimal:
    """The value as school and Excel round it; never a negative zero."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return exact if exact else abs(exact)


def exact(value: float, most: int = 3) -> str:
    """`12,5` or `75.000`: only the decimals there are, `most` at most."""
    return str(format_decimal(value, format="#,##0." + "#" * most, locale=LOCALE))


def percent(rate: float | None, digits: int = 1) -> str:
    """`64,2%` from the fraction 0.642."""
    if rate is None or math.isnan(rate):
        return NOT_REPORTED
    return f"{number(rate * 100, digits)}%"


def points(change: float) -> str:
    """A change of a rate in percentage points: `+3,1 điểm %`."""
    return f"{signed(change * 100, 1)} điểm %"


def signed(value: float, digits: int = 0) -> str:
    """`+12` or `-12`; a change that rounds to nothing is `0`, without a sign."""
    return ("+" if rounded(value, digits) > 0 else "") + number(value, digits)


def money(dong: float | None, unit: MoneyUnit = "tỷ", digits: int | None = None) -> str:
    """An amount in the unit, without the unit's name: for columns headed “Đơn vị tính: …”."""
    if dong is None or math.isnan(dong):
        return NOT_REPORTED
    places = digits if digits is not None else {"tỷ": 1, "triệu": 0, "đồng": 0}[unit]
    return number(dong / DONG_PER[unit], places)


def money_with_unit(dong: float | None) -> str:
    """`12,4 tỷ đồng`, `350 triệu đồng` or `400.000 đồng`, whichever reads best."""
    if dong is None or math.isnan(dong):
        return NOT_REPORTED
    if abs(dong) < DONG_PER["triệu"]:
        return f"{number(dong)} đồng"
    unit: MoneyUnit = "triệu" if rounded(abs(dong) / DONG_PER["triệu"], 0) < 1000 else "tỷ"
    return f"{money(dong, unit)} {unit} đồng"


def done_of_planned(done: float | None, planned: float | None) -> str:
    """`10.393/9.000, đạt 115,5%`: the offices' own wording; over 100% is normal."""
    if done is None or planned is None or missing(done) or missing(planned):
        return NOT_REPORTED
    if planned == 0:
        return f"{number(done)} (không có kế hoạch)"
    return f"{number(done)}/{number(planned)}, đạt {percent(done / planned)}"


def day(value: date) -> str:
    """`30/09/2024`."""
    return f"{value:%d/%m/%Y}"


def quarter(value: str) -> str:
    """`Quý III/2024` from `2024Q3`."""
    return f"Quý {ROMAN[int(value[5]) - 1]}/{value[:4]}"


def short_quarter(value: str) -> str:
    """`III/24` from `2024Q3`, where there is little room."""
    return f"{ROMAN[int(value[5]) - 1]}/{value[2:4]}"


def month(value: str) -> str:
    """`09/2024` from `2024-09`."""
    return f"{value[5:]}/{value[:4]}"
