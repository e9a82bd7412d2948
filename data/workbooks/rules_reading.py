"""Rules that are told while a workbook is read: what cannot be read, or not without guessing."""

from data.workbooks.findings import Severity
from data.workbooks.rule import Rule


def _reading(key: str, label: str, remedy: str, severity: Severity = "refuse") -> Rule:
    return Rule(key=key, label=label, severity=severity, ground="form", remedy=remedy)


READING = (
    _reading(
        "unreadable_file",
        "Tệp mở được và là bảng tính",
        "Mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại.",
    ),
    _reading(
        "too_large",
        "Tệp, số trang tính và số dòng trong giới hạn",
        "Xóa các trang tính và dòng thừa, hoặc chép số liệu sang biểu mẫu mới rồi gửi lại.",
    ),
    _reading(
        "no_province",
        "Biết báo cáo của tỉnh nào",
        "Ghi tên tỉnh ở trang Hướng dẫn, hoặc dùng biểu mẫu tải về cho tỉnh mình.",
    ),
    _reading(
        "no_quarter",
        "Biết báo cáo của kỳ nào",
        "Ghi kỳ báo cáo (ví dụ Quý III/2024) ở trang Hướng dẫn.",
    ),
    _reading(
        "wrong_place",
        "Báo cáo thuộc tỉnh và kỳ đã chọn",
        "Kiểm tra lại tỉnh và kỳ báo cáo ở trang Hướng dẫn.",
    ),
    _reading(
        "merged_province",
        "Báo cáo theo 63 tỉnh, thành phố trước 01/07/2025",
        "Chương trình báo cáo theo 63 tỉnh, thành phố: mỗi tỉnh trước sáp nhập gửi một tệp riêng, "
        "ghi tên tỉnh ấy ở trang Hướng dẫn và tiêu đề các trang.",
    ),
    _reading(
        "missing_sheet",
        "Đủ các trang tính của biểu mẫu",
        "Thêm lại trang tính còn thiếu theo biểu mẫu; không có số liệu thì để trống các dòng.",
        "warn",
    ),
    _reading(
        "unknown_sheet",
        "Trang tính thuộc biểu mẫu",
        "Trang tính này không được đọc. Nếu có số liệu cần báo cáo thì chép sang trang của mẫu.",
        "warn",
    ),
    _reading(
        "missing_column",
        "Đủ các cột của biểu mẫu",
        "Thêm lại cột còn thiếu, đúng tiêu đề của biểu mẫu.",
    ),
    _reading(
        "ambiguous_sheet",
        "Mỗi bảng chỉ có một trang",
        "Giữ một trang, xóa hoặc ẩn trang kia; đặt tên trang như trong biểu mẫu.",
    ),
    _reading(
        "unknown_column",
        "Cột thuộc biểu mẫu",
        "Cột này không được đọc. Nếu có số liệu cần báo cáo thì sửa tiêu đề theo biểu mẫu.",
        "warn",
    ),
    _reading(
        "duplicate_column",
        "Mỗi cột chỉ có một lần",
        "Giữ một cột, xóa cột trùng tiêu đề.",
    ),
    _reading(
        "struck_out",
        "Không có dòng bị gạch ngang",
        "Bỏ thì xóa cả dòng; giữ thì bỏ định dạng gạch ngang của các ô trong dòng.",
    ),
    _reading(
        "shown_otherwise",
        "Ô hiện ra đúng số, chữ mà nó chứa",
        "Xóa phần gạch ngang, chữ nhỏ phía trên; đổi định dạng ô sang Number; nhập lại giá trị.",
    ),
    _reading(
        "unknown_unit",
        "Đơn vị tính của cột tiền rõ ràng",
        "Ghi đơn vị (đồng, nghìn đồng, triệu đồng, tỷ đồng) trong tiêu đề của cột.",
    ),
    _reading(
        "unreadable_number",
        "Ô số chứa một số",
        "Nhập lại bằng số, không kèm chữ.",
    ),
    _reading(
        "ambiguous_number",
        "Số chỉ có một cách hiểu",
        "Nhập lại bằng số (không dùng dấu chấm, dấu phẩy ngăn cách), để Excel tự định dạng.",
    ),
    _reading(
        "unreadable_date",
        "Ô ngày chứa một ngày có thật",
        "Nhập lại ngày theo dạng ngày/tháng/năm, ví dụ 30/09/2024.",
    ),
    _reading(
        "ambiguous_date",
        "Ngày chỉ có một cách hiểu",
        "Nhập lại ngày theo dạng ngày/tháng/năm cho cả tệp, ví dụ 30/09/2024.",
    ),
    _reading(
        "swapped_dates",
        "Excel không đổi ngày với tháng khi gõ",
        "Xem lại các ngày đã gõ; đặt vùng (Region) của Windows là Vietnamese rồi gõ lại ngày.",
        "warn",
    ),
    _reading(
        "unknown_word",
        "Giá trị có trong danh sách chọn của biểu mẫu",
        "Chọn lại một giá trị trong danh sách của ô.",
    ),
    _reading(
        "unknown_name",
        "Tên tỉnh, huyện, xã có trong danh mục hành chính (trước 01/07/2025)",
        "Ghi đúng tên huyện, xã của tỉnh; kiểm tra chính tả.",
    ),
    _reading(
        "ambiguous_name",
        "Tên huyện, xã chỉ một nơi",
        "Ghi đủ loại và tên (ví dụ: xã Tân Tiến, huyện …) để chỉ rõ một nơi.",
    ),
    _reading(
        "cell_error",
        "Công thức trong ô không báo lỗi",
        "Sửa công thức (ô đang báo lỗi như #REF!, #DIV/0!) hoặc nhập giá trị.",
    ),
    _reading(
        "ambiguous_column",
        "Tiêu đề chỉ có một cách hiểu",
        "Sửa tiêu đề của cột theo biểu mẫu.",
    ),
    _reading(
        "merged_numbers",
        "Mỗi dòng có số của mình",
        "Bỏ gộp ô (Unmerge) và ghi số của từng dòng.",
    ),
    _reading(
        "totals_mismatch",
        "Dòng cộng khớp với các dòng",
        "Kiểm tra lại dòng cộng và các dòng; số liệu lấy theo các dòng.",
        "warn",
    ),
    _reading(
        "too_many",
        "Số lỗi trong giới hạn kể được",
        "Sửa các lỗi đã nêu rồi kiểm tra lại tệp.",
    ),
)
