"""What a rule of the workbooks is: what it says, how grave it is, what it rests on, where it looks.

Severity never exceeds the ground: what the form itself asks for, what would falsify a sum, and an
article in force read in its own words may refuse a workbook; everything else only warns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from data.model_rules import GRADES
from data.workbooks.findings import Severity

if TYPE_CHECKING:
    from data.workbooks.books import Books

Ground = Literal["form", "sums", "A", "B", "C", "sense"]

GROUNDS: dict[Ground, str] = {
    "form": "theo mẫu báo cáo quý và danh mục của mẫu",
    "sums": "số liệu mâu thuẫn nhau, làm sai số tổng hợp",
    "A": GRADES["A"],
    "B": GRADES["B"],
    "C": GRADES["C"],
    "sense": GRADES[""],
}
MAY_REFUSE: frozenset[Ground] = frozenset({"form", "sums", "A"})


class Hit(NamedTuple):
    """A row of a table that breaks a rule: its position, the column, what is wrong in words.

    `at` is the row's position in the table of `Books`, -1 for a workbook as a whole, which `book`
    then names by its position. `value` None means the cell's own value.
    """

    table: str
    at: int
    column: str
    wrong: str
    value: str | None = None
    book: int = -1


Look = Callable[["Books"], Iterator[Hit]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check: `label` is what must hold, `remedy` what the officer does when it does not.

    Without `look` it is told while a workbook is read, with words of its own.
    """

    key: str
    label: str
    severity: Severity
    ground: Ground
    remedy: str
    document: str = ""
    look: Look | None = None

    @property
    def basis(self) -> str:
        """`Nghị định 27/2022/NĐ-CP, Điều 22 khoản 1 (đọc bản đầu, …)`."""
        told = GROUNDS[self.ground]
        return f"{self.document} ({told})" if self.document else told[0].upper() + told[1:]
