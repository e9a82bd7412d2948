"""Where a template's cells stand: the columns of a sheet, their widths, the rows above the data."""

from dataclasses import dataclass

from data.workbooks import carried, sheets
from data.workbooks.fields import Field, Key, Kind, Sheet

TITLE_ROW, NOTE_ROW, HEADING_ROW, TOTALS_ROW, FIRST_ROW = range(5)
"""Rows of a sheet, counted from 0: what it is, how it is written, headings, sums, first record."""

TOTALS = "Cộng"
"""What the row of sums is called."""

SPARE_ROWS = 200
"""Rows below the last record in which drop-downs and formats still work."""

SUMMED: tuple[Kind, ...] = ("count", "money")

_WIDTHS: dict[Kind, int] = {
    "text": 26,
    "code": 24,
    "count": 12,
    "money": 15,
    "rate": 12,
    "date": 13,
    "flag": 12,
    "district": 22,
    "commune": 22,
    "month": 11,
    "year": 11,
}
_COLUMN_WIDTHS = {
    "model_id": 14,
    "name": 44,
    "objective": 44,
    "scale": 34,
    "lead_unit": 34,
    "coordinating_units": 34,
    "approval_no": 18,
    "session": 14,
    "topic": 44,
    "question_id": 12,
    "question": 60,
    "answer": 60,
    "note": 44,
}
_REFERENCE_KINDS: tuple[tuple[str, Kind], ...] = (("(%)", "rate"), ("(triệu đồng)", "money"))


@dataclass(frozen=True)
class Column:
    """One column of a drawn sheet; `field` is None where nothing is asked."""

    heading: str
    key: Key
    kind: Kind
    width: int
    field: Field | None = None

    @property
    def summed(self) -> bool:
        """Whether the row of sums adds this column up."""
        return self.field is not None and self.kind in SUMMED


def columns(sheet: Sheet) -> list[Column]:
    """The columns from left to right: what is asked, then the grey ones that show the last report.

    What a sheet repeats for the eye (the model's name) follows the first column.
    """
    asked = [_asked(field) for field in sheet.fields]
    repeated = [Column(name, (name,), "text", 40) for name in sheet.passed_over[:1]]
    beside = [_beside(heading) for heading in carried.REFERENCES.get(sheet.key, ())]
    return [asked[0], *repeated, *asked[1:], *beside]


def _asked(field: Field) -> Column:
    width = _COLUMN_WIDTHS.get(field.column, _WIDTHS[field.kind])
    return Column(field.heading, field.key, field.kind, width, field)


def _beside(heading: str) -> Column:
    kind: Kind = next((kind for unit, kind in _REFERENCE_KINDS if unit in heading), "text")
    return Column(sheets.REFERENCE_PREFIX + heading, (heading,), kind, 14)
