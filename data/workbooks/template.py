"""The workbook that a province fills in for a quarter, made from the schema and the code lists."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data import formats, periods, places, schema
from data.workbooks import carried, choices, cover, layout, sheets
from data.workbooks.carried import Row, Value
from data.workbooks.fields import DONG_PER_UNIT, MONEY_UNIT, Kind, Sheet
from data.workbooks.layout import FIRST_ROW, HEADING_ROW, NOTE_ROW, TITLE_ROW, TOTALS_ROW, Column

_NUMBER_FORMATS: dict[Kind, str] = {
    "count": "#,##0",
    "money": "#,##0.######",
    "rate": "0.0#%",
    "date": "dd/mm/yyyy",
    "month": "@",
    "year": "0",
}
_PLAIN_TEXT = ("model_id", "session", "question_id", "approval_no")
_GREY = "#F2F2F2"


def file_name(province: str, quarter: str) -> str:
    """`bao-cao_ben-tre_2024Q3.xlsx`."""
    slug = str(places.provinces().at[province, "slug"])
    return f"bao-cao_{slug}_{quarter}.xlsx"


def workbook(
    province: str,
    quarter: str,
    tables: Mapping[str, pd.DataFrame],
    *,
    illustrative: bool,
    reported: Mapping[str, pd.DataFrame] | None = None,
) -> bytes:
    """The workbook (.xlsx) of a province (GSO code) and quarter.

    `tables` are those of the snapshot in force (missing ones are taken as empty): its models are
    carried in, its last figures stand beside. `reported` are tables that hold this quarter's
    figures already; without them the cells of the quarter are empty. `illustrative`: what is
    carried in is made up, and the workbook says so. KeyError for an unknown province.
    """
    output = io.BytesIO()
    place = str(places.provinces().at[province, "full_name"])
    book = Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {
            "title": f"{place}, {formats.quarter(quarter)}",
            "comments": cover.ILLUSTRATIVE if illustrative else "",
            # The same tables make the same bytes.
            "created": datetime.combine(periods.end(quarter), datetime.min.time()),
        }
    )
    cover.write_cover(book, province, quarter, illustrative)
    rows = carried.rows(province, quarter, tables, reported)
    looks = _Looks(book)
    for sheet in sheets.SHEETS.values():
        _draw(book, sheet, rows[sheet.key], looks, (province, quarter, illustrative))
    choices.write_lists(book, province)
    book.close()
    return output.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        heading = {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "bg_color": "#D9E5EC",
            "border": 1,
            "border_color": "#A6A6A6",
        }
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.note = book.add_format({"font_color": "#595959", "italic": True})
        self.heading = book.add_format(heading)
        self.beside = book.add_format(heading | {"bg_color": _GREY, "bold": False})
        self._book = book
        self._made: dict[tuple[str, bool, bool, bool], Format] = {}

    def cell(self, column: Column, total: bool = False) -> Format:
        """How a cell of a column looks; `total` in the row of sums."""
        plain = column.field is not None and column.field.column in _PLAIN_TEXT
        number = "@" if plain else _NUMBER_FORMATS.get(column.kind, "")
        words = column.kind in ("text", "code", "district", "commune") and not plain
        key = (number, words, column.field is None, total)
        if key not in self._made:
            look: dict[str, Any] = {"valign": "top", "num_format": number or "General"}
            look |= {"text_wrap": True} if words else {}
            look |= {"bg_color": _GREY, "font_color": "#595959"} if column.field is None else {}
            look |= {"bold": True, "bottom": 1} if total else {}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _draw(
    book: Workbook,
    sheet: Sheet,
    rows: Sequence[Row],
    looks: _Looks,
    about: tuple[str, str, bool],
) -> None:
    page = book.add_worksheet(sheet.title)
    columns = layout.columns(sheet)
    _head(page, sheet, columns, looks, about)
    for position, column in enumerate(columns):
        page.set_column(position, position, column.width, looks.cell(column))
        if any(each.summed for each in columns):
            _totals(page, position, column, rows, looks)
    for number, row in enumerate(rows, start=FIRST_ROW):
        for position, column in enumerate(columns):
            _write(page, number, position, column, row.get(column.key), looks.cell(column))
    _limits(page, columns, len(rows), about[1])
    page.freeze_panes(FIRST_ROW, 2 if len(columns) > 10 else 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADING_ROW)


def _head(
    page: Worksheet,
    sheet: Sheet,
    columns: Sequence[Column],
    looks: _Looks,
    about: tuple[str, str, bool],
) -> None:
    """Title, how the sheet is written, headings."""
    province, quarter, illustrative = about
    place = str(places.provinces().at[province, "full_name"])
    title = f"{sheet.title.upper()} – {place}, {formats.quarter(quarter).lower()[:3]}"
    page.write_string(TITLE_ROW, 0, f"{title}{formats.quarter(quarter)[3:]}", looks.title)
    notes = [str(schema.TABLES[sheet.tables[0]].description)]
    if any(column.kind == "money" for column in columns):
        notes.append(f"Đơn vị tính tiền: {MONEY_UNIT}")
    if illustrative:
        notes.append(cover.ILLUSTRATIVE)
    page.write_string(NOTE_ROW, 0, ". ".join(notes) + ".", looks.note)
    for position, column in enumerate(columns):
        look = looks.heading if column.field else looks.beside
        page.write_string(HEADING_ROW, position, column.heading, look)
    page.set_row(HEADING_ROW, 64)


def _totals(
    page: Worksheet, position: int, column: Column, rows: Sequence[Row], looks: _Looks
) -> None:
    """The sum of a column, above it, so that records can be added below without end."""
    look = looks.cell(column, total=True)
    if column.summed:
        first, last = (
            xl_rowcol_to_cell(FIRST_ROW + by, position) for by in (0, len(rows) + layout.SPARE_ROWS)
        )
        values = [row.get(column.key) for row in rows]
        total = sum(int(value) for value in values if not _missing(value) and value is not None)
        shown = float(_in_unit(total)) if column.kind == "money" else total
        page.write_formula(TOTALS_ROW, position, f"=SUM({first}:{last})", look, shown)
    elif position == 0:
        page.write_string(TOTALS_ROW, position, layout.TOTALS, look)
    else:
        page.write_blank(TOTALS_ROW, position, None, look)


def _limits(page: Worksheet, columns: Sequence[Column], held: int, quarter: str) -> None:
    """Drop-downs, limits and messages of the records and of the spare rows below."""
    last = FIRST_ROW + held + layout.SPARE_ROWS
    district = next((i for i, column in enumerate(columns) if column.kind == "district"), 0)
    cell = xl_rowcol_to_cell(FIRST_ROW, district, col_abs=True)
    for position, column in enumerate(columns):
        if rule := choices.validation(column, cell, quarter):
            page.data_validation(FIRST_ROW, position, last, position, rule)


def _write(
    page: Worksheet, row: int, position: int, column: Column, value: Value, look: Format
) -> None:
    if _missing(value):
        return
    field = column.field
    match column.kind:
        case "money":
            page.write_number(row, position, float(_in_unit(int(value))), look)
        case "rate" | "count" | "year":
            page.write_number(row, position, value, look)
        case "date":
            page.write_datetime(row, position, value, look)
        case "flag":
            page.write_string(row, position, choices.YES if value else choices.NO, look)
        case "month":
            page.write_string(row, position, formats.month(value), look)
        case "code" if field is not None and field.codes is not None:
            page.write_string(row, position, field.codes.label(value), look)
        case _:
            page.write_string(row, position, value, look)


def _missing(value: Value) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or bool(value != value)


def _in_unit(dong: int) -> Decimal:
    return Decimal(dong) / DONG_PER_UNIT
