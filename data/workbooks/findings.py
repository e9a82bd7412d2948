"""What is wrong with a workbook, and what was read otherwise than it is written.

Both name the place as Excel shows it, so that the officer who sent the workbook finds the cell.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["refuse", "warn"]

SEVERITIES: dict[Severity, str] = {"refuse": "phải sửa", "warn": "cần xem lại"}
"""In the officers' words, the same on the page, in files and at the command line.

`refuse`: the workbook is not published as it is; `warn`: it is, and the finding stands by it.
"""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong: where, what, what to do; all words Vietnamese.

    `row` is Excel's row number, 0 for the sheet or workbook as a whole; `column` is the letter
    and the heading (`C: Ngày phê duyệt`), or empty; `value` is what stands in the cell. `rule` is
    a key of `checks.RULES`; `table`, `key` and `province` say which row of which table it is
    about, for the snapshot's `findings` table (`key`: model id, or the key's parts joined by `|`).
    """

    workbook: str
    sheet: str
    row: int = 0
    column: str = ""
    value: str = ""
    rule: str
    severity: Severity
    wrong: str
    remedy: str
    province: str = ""
    quarter: str = ""
    table: str = ""
    key: str = ""

    @property
    def said(self) -> str:
        """What is wrong, as a sentence with its end."""
        return self.wrong if self.wrong.endswith((".", "?")) else f"{self.wrong}."


@dataclass(frozen=True, kw_only=True)
class Normalised:
    """A cell that was read otherwise than it is written: `1.234,5` as 1234.5, `Bến  tre` as 83."""

    workbook: str
    sheet: str
    row: int
    column: str
    written: str
    read_as: str
