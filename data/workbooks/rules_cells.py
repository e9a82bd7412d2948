"""Rules of single cells: what the form and the schema ask for."""

from data.workbooks import looks_cells
from data.workbooks.rule import Rule

CELLS = (
    Rule(
        key="required",
        label="Ô bắt buộc (có dấu *) được điền",
        severity="refuse",
        ground="form",
        remedy="Điền ô này; nếu dòng không dùng thì xóa cả dòng.",
        look=looks_cells.failing("not_nullable"),
    ),
    Rule(
        key="wrong_type",
        label="Giá trị đúng kiểu của cột",
        severity="refuse",
        ground="form",
        remedy="Nhập lại đúng kiểu: số, ngày hoặc có/không.",
        look=looks_cells.untyped,
    ),
    Rule(
        key="unknown_code",
        label="Giá trị nằm trong danh mục",
        severity="refuse",
        ground="form",
        remedy="Chọn lại một giá trị trong danh sách của ô.",
        look=looks_cells.failing("isin"),
    ),
    Rule(
        key="out_of_range",
        label="Số không âm, tỷ lệ từ 0% đến 100%, năm của chương trình",
        severity="refuse",
        ground="form",
        remedy="Sửa lại số trong ô.",
        look=looks_cells.failing("greater_than_or_equal_to", "in_range"),
    ),
    Rule(
        key="wrong_unit",
        label="Số tiền ghi đúng đơn vị của cột",
        severity="refuse",
        ground="form",
        remedy="Ghi số tiền theo đơn vị ở tiêu đề của cột, hoặc sửa đơn vị ở tiêu đề.",
        look=looks_cells.beyond_all,
    ),
    Rule(
        key="bad_form",
        label="Kỳ, tháng và chữ viết đúng khuôn dạng",
        severity="refuse",
        ground="form",
        remedy="Nhập lại theo khuôn dạng của biểu mẫu.",
        look=looks_cells.failing("str_matches", "nfc"),
    ),
)
