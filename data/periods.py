"""Quarters (`2024Q3`) and months (`2024-09`): order, ends, due dates."""

from datetime import date, timedelta

REPORT_DUE_DAYS = 10
"""Day of the first month after a quarter on which the quarter's report is due.

The Union's own calendar; quarterly due dates stand in no document that was read.
"""


def year_of(quarter: str) -> int:
    return int(quarter[:4])


def shift(quarter: str, by: int) -> str:
    """The quarter `by` quarters later (earlier when negative)."""
    index = year_of(quarter) * 4 + int(quarter[5]) - 1 + by
    return f"{index // 4}Q{index % 4 + 1}"


def months(quarter: str) -> tuple[str, str, str]:
    """The three months of a quarter."""
    last = int(quarter[5]) * 3
    first, middle, end = (f"{quarter[:4]}-{month:02d}" for month in (last - 2, last - 1, last))
    return first, middle, end


def last_month(quarter: str) -> str:
    return months(quarter)[2]


def end(quarter: str) -> date:
    """The last day of a quarter."""
    after = shift(quarter, 1)
    return date(year_of(after), int(after[5]) * 3 - 2, 1) - timedelta(days=1)


def due(quarter: str) -> date:
    """The day on which a quarter's report is due."""
    return end(quarter) + timedelta(days=REPORT_DUE_DAYS)


def newest_due(today: date) -> str:
    """The newest quarter whose report is already due on `today`."""
    quarter = f"{today.year}Q{(today.month - 1) // 3 + 1}"
    while due(quarter) >= today:
        quarter = shift(quarter, -1)
    return quarter
