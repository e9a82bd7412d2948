"""The template's first sheet, “Hướng dẫn”: whose workbook, when due, how to fill it in, words."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import formats, periods, places, schema
from data.workbooks import choices, sheets
from data.workbooks.fields import MONEY_UNIT

MONEY = "Đơn vị tính tiền"
"""The label beside which the cover states the unit of money."""

ILLUSTRATIVE = "Số liệu minh họa"

_STEPS = (
    "Ghi vào các ô trắng. Cột có dấu * là bắt buộc. Không đổi tên trang và tiêu đề cột.",
    "Trang Mô hình: các mô hình đã báo cáo được ghi sẵn; sửa nếu có thay đổi, thêm mô hình mới "
    "xuống dưới. Mã mô hình giữ nguyên qua các kỳ.",
    "Trang Tiến độ: ghi số liệu lũy kế đến cuối quý của từng mô hình. Cột xám là số liệu kỳ "
    "trước để đối chiếu. Mô hình chưa có số liệu thì để trống cả dòng, không ghi 0.",
    "Trang Kinh phí: kế hoạch vốn của cả năm ngân sách, theo nguồn vốn và loại vốn.",
    "Trang Giải ngân: số giải ngân trong từng tháng (không lũy kế). Tháng chưa có số liệu thì để "
    "trống; tháng không giải ngân thì ghi 0. Báo cáo Quý I ghi cả tháng 01 của năm ngân sách "
    "trước.",
    "Trang Tập huấn: số đại biểu của tỉnh dự các lớp trong quý. Trang Vướng mắc: vướng mắc mới nêu "
    "và tình trạng các vướng mắc chưa trả lời xong.",
    "Dòng Cộng ở đầu mỗi trang tự cộng, dùng để đối chiếu với văn bản báo cáo.",
    "Trước khi gửi, kiểm tra tệp ở trang Báo cáo & chất lượng số liệu, hoặc bằng lệnh "
    "python -m data check.",
)
_TERMS = (
    ("Lũy kế", "Cộng dồn từ khi bắt đầu mô hình đến cuối quý báo cáo"),
    (
        "Kéo dài",
        "Vốn năm trước được chuyển sang năm nay; là một cột riêng, không cộng vào vốn giao",
    ),
    ("Năm ngân sách", "Đóng ngày 31/12; khối lượng đã xong được thanh toán đến 31/01 năm sau"),
    ("Đối ứng", "Phần các hộ, đơn vị tham gia tự đóng góp"),
    ("Quay vòng", "Phần hỗ trợ được thu hồi để chuyển cho hộ khác"),
    ("ĐBKK, DTTS", "Đặc biệt khó khăn; dân tộc thiểu số"),
)


def write_cover(book: Workbook, province: str, quarter: str, illustrative: bool) -> None:
    """The first sheet of the workbook."""
    sheet = book.add_worksheet(sheets.HUONG_DAN)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, 2, 90)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 14})
    small = book.add_format({"font_color": "#595959", "font_size": 9})
    place = str(places.provinces().at[province, "full_name"])
    sheet.write_string(0, 0, "BÁO CÁO QUÝ VỀ MÔ HÌNH SINH KẾ, GIẢM NGHÈO", title)
    facts = [
        ("Tỉnh, thành phố", place),
        ("Kỳ báo cáo", formats.quarter(quarter)),
        ("Số liệu đến ngày", formats.day(periods.end(quarter))),
        ("Hạn nộp", formats.day(periods.due(quarter))),
        (MONEY, MONEY_UNIT),
    ]
    if illustrative:
        facts.append(
            (ILLUSTRATIVE, "Các dòng ghi sẵn là số liệu minh họa, không phải số liệu thật")
        )
    for row, (name, value) in enumerate(facts, start=1):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, value, wrap)
    steps = len(facts) + 2
    sheet.write_string(steps, 0, "Cách ghi", bold)
    for number, step in enumerate(_STEPS, start=1):
        sheet.merge_range(steps + number, 0, steps + number, 2, f"{number}. {step}", wrap)
        sheet.set_row(steps + number, 30 if len(step) > 150 else 16)
    row = _table(sheet, steps + len(_STEPS) + 2, "Từ ngữ", _TERMS, bold, wrap)
    row = _table(sheet, row + 2, "Các cột", _columns(), bold, wrap)
    mark = f"{sheets.MARK}|{province}|{quarter}|{'minh-hoa' if illustrative else 'that'}"
    sheet.write_string(row + 2, 0, "Mã biểu (không sửa)", small)
    sheet.write_string(row + 2, 1, mark, small)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _table(
    sheet: Worksheet,
    row: int,
    heading: str,
    lines: tuple[tuple[str, ...], ...],
    bold: Format,
    wrap: Format,
) -> int:
    """A heading and lines below it; the row of the last line."""
    sheet.write_string(row, 0, heading, bold)
    for number, line in enumerate(lines, start=row + 1):
        for column, words in enumerate(line):
            sheet.write_string(number, column, words, wrap)
    return row + len(lines)


def _columns() -> tuple[tuple[str, ...], ...]:
    """Sheet, column with its unit, meaning with the allowed values: one line per field."""
    lines = []
    for sheet in sheets.SHEETS.values():
        for field in sheet.fields:
            allowed = choices.allowed_text(field.table, field.column)
            about = str(schema.TABLES[field.table].columns[field.column].description)
            lines.append((sheet.title, field.heading, f"{about}: {allowed}" if allowed else about))
    return tuple(lines)
