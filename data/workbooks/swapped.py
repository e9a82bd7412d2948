"""Days that Excel may have swapped with their months before anybody saved the file.

Where Windows writes the month first, Excel leaves a typed `30/9/2024` as text and makes 9 March
of `3/9/2024`. The file then holds late days as text and early ones as dates.
"""

import datetime
from collections.abc import Iterable

from data.workbooks import days
from data.workbooks.apart import Cell

WRONG = (
    "Excel giữ “{shown}” là chữ: máy có thể đọc tháng trước ngày, khi đó {early} ô ngày "
    "(từ 1 đến 12) trong trang này có thể đã bị đổi ngày với tháng"
)
_FEWEST = 2  # late days as text: one alone may be a slip of the hand


def suspects(written: Iterable[Cell]) -> tuple[Cell | None, int]:
    """A late day that stands as text, and how many dates may be swapped; (None, 0) if none is."""
    late: list[Cell] = []
    early = 0
    for cell in written:
        if isinstance(cell, datetime.date):
            early += cell.day <= days.MONTHS and cell.day != cell.month
        elif (first := days.first_number(cell)) > days.MONTHS:
            late.append(cell)
        elif first:
            return None, 0  # early days as text too: the cells were text from the start
    return (late[0], early) if len(late) >= _FEWEST and early else (None, 0)
