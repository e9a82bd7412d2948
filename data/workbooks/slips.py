"""What one sheet gave, with all that was wrong in it or read otherwise than it is written."""

from dataclasses import dataclass, field
from functools import lru_cache

from xlsxwriter.utility import xl_col_to_name

from data.workbooks.fields import Key
from data.workbooks.frames import Lists
from data.workbooks.headings import Located


@dataclass(frozen=True)
class Slip:
    """A finding before it knows its workbook: row 0 is the sheet as a whole."""

    row: int
    column: str
    value: str
    rule: str
    wrong: str
    table: str = ""
    severity: str = ""


@dataclass
class Table:
    """What one sheet gave: tables, labels of columns by field key, slips, notes.

    `notes` are row, column, what is written, what it was read as.
    """

    located: Located
    tables: dict[str, Lists] = field(default_factory=dict)
    columns: dict[Key, str] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    notes: list[tuple[int, str, str, str]] = field(default_factory=list)

    def note(self, row: int, column: int, written: str, read_as: str) -> None:
        """A cell (row as in Excel, column from 0) that is read as `read_as`."""
        self.notes.append((row, self.named(column), written, read_as))

    def slip(
        self, row: int, column: int, value: str, rule: str, wrong: str, table: str = ""
    ) -> None:
        """A cell, or the heading of a column, in which something is wrong."""
        self.slips.append(Slip(row, self.named(column), value, rule, wrong, table))

    def named(self, column: int) -> str:
        """`C: Ngày phê duyệt`, by the field it was read as, else by its heading."""
        held = self.located.fields.get(column)
        text = held.label if held else self.located.texts.get(column, "")
        return f"{letter(column)}: {text}"


@lru_cache(maxsize=256)  # a sheet's columns, more than are read of one
def letter(column: int) -> str:
    """Excel's letter of a column."""
    return str(xl_col_to_name(column))
