"""What a template's cells accept: drop-downs on a hidden sheet, limits, messages in Vietnamese."""

from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from data import codes, schema
from data.workbooks import scope, sheets, units
from data.workbooks.layout import Column

SHEET = "Danh mục"
"""The hidden sheet of the lists."""

YES, NO = "Có", "Không"

_DISTRICTS, _COMMUNES, _DISTRICT_OF, _YES_NO = "DM_huyen", "DM_xa", "DM_huyen_cua_xa", "DM_co_khong"
_EARLIEST, _LATEST = date(2015, 1, 1), date(2035, 12, 31)
_MOST = 10**12
_TITLE, _MESSAGE = 32, 255  # Excel's limits, in characters


def write_lists(book: Workbook, province: str) -> None:
    """The hidden sheet: one named column per code list, and the province's districts, communes."""
    sheet = book.add_worksheet(SHEET)
    sheet.very_hidden()
    places = units.communes(province)
    lists = {name: list(held.labels.values()) for name, held in _code_lists().items()}
    lists |= {
        _YES_NO: [YES, NO],
        _DISTRICTS: list(units.districts(province).values()),
        _DISTRICT_OF: places["district_name"].tolist(),
        _COMMUNES: places["commune_name"].tolist(),
    }
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_string(0, column, name)
        sheet.write_column(1, column, values)
        letter = xl_col_to_name(column, col_abs=True)
        book.define_name(name, f"='{SHEET}'!{letter}$2:{letter}${len(values) + 1}")


def _code_lists() -> dict[str, codes.CodeList]:
    """The code lists that the sheets' fields take, by defined name."""
    fields = (field for sheet in sheets.SHEETS.values() for field in sheet.fields)
    return {_list_name(field.table, field.column): field.codes for field in fields if field.codes}


def _list_name(table: str, column: str) -> str:
    return f"DM_{table}_{column}"


def validation(column: Column, district_cell: str, quarter: str) -> dict[str, Any]:
    """What xlsxwriter's `data_validation` wants for a column's cells.

    `district_cell` is the address of the district in the first row, by which the communes of
    the drop-down are chosen.
    """
    field = column.field
    if field is None:
        return {}
    accepts = _accepts(column, district_cell, quarter)
    how = str(accepts.pop("how", ""))
    return {
        "input_title": field.label[:_TITLE],
        "input_message": f"{field.meaning}. {how}".strip()[:_MESSAGE],
        "error_title": "Chưa đúng",
        "error_message": (how or "Đề nghị kiểm tra lại ô này.")[:_MESSAGE],
        "ignore_blank": True,
        **accepts,
    }


def _accepts(column: Column, district_cell: str, quarter: str) -> dict[str, Any]:
    field = column.field
    assert field is not None
    match column.kind:
        case "code":
            return _choice(f"={_list_name(field.table, field.column)}")
        case "flag":
            return _choice(f"={_YES_NO}")
        case "district":
            return _choice(f"={_DISTRICTS}")
        case "commune":
            return _communes(district_cell)
        case "year":
            years = sorted({str(year) for year, _ in scope.months(quarter)})
            return _choice(years)
        case "count":
            return _between("integer", 0, _MOST, "Ghi số nguyên, từ 0 trở lên.")
        case "money":
            how = "Ghi số tiền bằng triệu đồng (ví dụ 12,5 là 12.500.000 đồng), từ 0 trở lên."
            return _between("decimal", 0, _MOST, how)
        case "rate":
            return _between("decimal", 0, 1, "Ghi tỷ lệ từ 0% đến 100%, ví dụ 64,2%.")
        case "date":
            return _between("date", _EARLIEST, _LATEST, "Ghi ngày/tháng/năm, ví dụ 30/09/2024.")
        case "month":
            return {"validate": "any", "how": "Ghi tháng/năm, ví dụ 09/2024."}
    return {"validate": "any", "how": "" if field.required else "Có thể để trống."}


def _choice(source: str | list[str]) -> dict[str, Any]:
    return {"validate": "list", "source": source, "how": "Chọn một giá trị trong danh sách."}


def _communes(district_cell: str) -> dict[str, Any]:
    """The communes of the district in the same row; another name is warned about, not barred."""
    first = f"OFFSET({_COMMUNES},MATCH({district_cell},{_DISTRICT_OF},0)-1,0"
    source = f"={first},COUNTIF({_DISTRICT_OF},{district_cell}),1)"
    how = "Chọn huyện trước, rồi chọn xã trong danh sách. Để trống nếu mô hình ở nhiều xã."
    return {"validate": "list", "source": source, "error_type": "warning", "how": how}


def _between(kind: str, low: object, high: object, how: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "how": how,
    }


def allowed_text(table: str, column: str) -> str:
    """The values a coded column takes, for the cover's list of columns."""
    held = schema.metadata(table, column)["codes"]
    return "; ".join(held.labels.values()) if held else ""
