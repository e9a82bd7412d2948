"""Rules of cells, rows, sums and history: what the form asks for, what contradicts, what is odd."""

from data import formats
from data.workbooks import (
    looks_alike,
    looks_cells,
    looks_history,
    looks_programme,
    looks_regions,
    looks_rows,
    looks_sums,
    looks_whole,
)
from data.workbooks.rule import Rule

_SEE = "Kiểm tra lại; nếu đúng thì giữ nguyên và ghi lý do ở cột Ghi chú."

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
        key="bad_form",
        label="Kỳ, tháng và chữ viết đúng khuôn dạng",
        severity="refuse",
        ground="form",
        remedy="Nhập lại theo khuôn dạng của biểu mẫu.",
        look=looks_cells.failing("str_matches", "text is not in Unicode form NFC"),
    ),
)

ROWS = (
    Rule(
        key="nothing_reported",
        label="Báo cáo có số liệu",
        severity="refuse",
        ground="form",
        remedy="Điền số liệu của kỳ rồi gửi; kỳ không có gì thì ghi 0 ở trang Kinh phí.",
        look=looks_whole.nothing_reported,
    ),
    Rule(
        key="duplicate_key",
        label="Mỗi mã, mỗi dòng chỉ có một lần trong báo cáo",
        severity="refuse",
        ground="form",
        remedy="Xóa dòng trùng, hoặc sửa lại mã cho đúng.",
        look=looks_rows.duplicate_key,
    ),
    Rule(
        key="taken_elsewhere",
        label="Mã chưa được tỉnh khác dùng",
        severity="refuse",
        ground="form",
        remedy="Đặt mã riêng của tỉnh (bắt đầu bằng mã tỉnh) hoặc bỏ dòng chép nhầm.",
        look=looks_rows.taken_elsewhere,
    ),
    Rule(
        key="same_report_twice",
        label="Mỗi tỉnh, mỗi kỳ một báo cáo",
        severity="refuse",
        ground="form",
        remedy="Giữ lại một tệp, bản mới nhất.",
        look=looks_rows.same_report_twice,
    ),
    Rule(
        key="lost_model",
        label="Mô hình có tiến độ thì có trong trang Mô hình",
        severity="refuse",
        ground="form",
        remedy="Thêm mô hình vào trang Mô hình, hoặc sửa lại mã ở trang Tiến độ.",
        look=looks_rows.lost_model,
    ),
    Rule(
        key="lost_session",
        label="Lớp được nhắc đến có trong trang Tập huấn",
        severity="refuse",
        ground="form",
        remedy="Thêm lớp vào trang Tập huấn, sửa lại mã lớp, hoặc để trống ô này.",
        look=looks_rows.lost_session,
    ),
    Rule(
        key="session_differs",
        label="Một lớp tập huấn có cùng ngày và hình thức ở mọi báo cáo",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra mã lớp, ngày và hình thức; lớp khác thì đặt mã khác.",
        look=looks_rows.session_differs,
    ),
    Rule(
        key="not_reported",
        label="Mô hình đang thực hiện đều có báo cáo tiến độ",
        severity="warn",
        ground="sense",
        remedy="Thêm dòng của mô hình ở trang Tiến độ; chưa có thì mô hình ghi là chưa báo cáo.",
        look=looks_rows.not_reported,
    ),
    Rule(
        key="left_out",
        label="Mô hình của kỳ trước còn trong báo cáo",
        severity="warn",
        ground="sense",
        remedy="Giữ mô hình trong trang Mô hình; đã hủy thì chọn giai đoạn Hủy.",
        look=looks_rows.left_out,
    ),
    Rule(
        key="alike",
        label="Một mô hình chỉ khai một lần trong tỉnh",
        severity="warn",
        ground="sense",
        remedy="Nếu là một mô hình thì bỏ bớt một dòng; nếu là hai thì ghi tên cho dễ phân biệt.",
        look=looks_alike.within,
    ),
    Rule(
        key="alike_elsewhere",
        label="Một mô hình chỉ do một tỉnh báo cáo",
        severity="warn",
        ground="sense",
        remedy="Trao đổi với tỉnh kia để chỉ một tỉnh báo cáo; nếu là hai mô hình thì giữ nguyên.",
        look=looks_alike.across,
    ),
)

SUMS = (
    Rule(
        key="disbursed_over_plan",
        label="Giải ngân lũy kế trong năm không vượt vốn đã phân bổ cộng kéo dài",
        severity="refuse",
        ground="sums",
        remedy="Sửa số giải ngân, hoặc bổ sung vốn phân bổ, kéo dài ở trang Kinh phí.",
        look=looks_sums.disbursed_over_plan,
    ),
    Rule(
        key="spent_falls",
        label="Giải ngân lũy kế của mô hình không giảm qua các kỳ",
        severity="refuse",
        ground="sums",
        remedy="Ghi số lũy kế từ đầu dự án; nếu kỳ trước sai thì gửi lại cả báo cáo kỳ trước.",
        look=looks_history.spent_falls,
    ),
    Rule(
        key="allocated_over_plan",
        label="Vốn đã phân bổ không vượt kế hoạch giao cộng kéo dài",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra ba cột của dòng này ở trang Kinh phí.",
        look=looks_sums.allocated_over_plan,
    ),
    Rule(
        key="spent_within_budget",
        label="Giải ngân của mô hình không vượt kinh phí của từng nguồn",
        severity="warn",
        ground="sense",
        remedy="Sửa số giải ngân, hoặc cập nhật kinh phí đã điều chỉnh ở trang Mô hình.",
        look=looks_programme.spent_over_budget,
    ),
    Rule(
        key="part_over_whole",
        label="Phần không lớn hơn tổng",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra hai số và sửa số sai.",
        look=looks_sums.part_over_whole,
    ),
    Rule(
        key="no_budget",
        label="Mô hình đã phê duyệt có kinh phí",
        severity="warn",
        ground="sense",
        remedy="Điền kinh phí theo quyết định phê duyệt.",
        look=looks_sums.no_budget,
    ),
    Rule(
        key="months_missing",
        label="Đủ các tháng giải ngân đến hết kỳ",
        severity="warn",
        ground="sense",
        remedy="Điền các tháng còn trống; không giải ngân thì ghi 0.",
        look=looks_sums.months_missing,
    ),
    Rule(
        key="closing_missing",
        label="Báo cáo Quý I có tháng 01 của năm ngân sách trước (thanh toán đến 31/01)",
        severity="warn",
        ground="A",
        document="Thông tư 342/2016/TT-BTC, Điều 26",
        remedy="Điền dòng tháng 01 của năm ngân sách trước; không thanh toán thì ghi 0.",
        look=looks_whole.closing_missing,
    ),
    Rule(
        key="outside_year",
        label="Tháng giải ngân thuộc năm ngân sách, thanh toán đến 31/01 năm sau",
        severity="warn",
        ground="A",
        document="Thông tư 342/2016/TT-BTC, Điều 26",
        remedy="Sửa lại năm ngân sách hoặc tháng của dòng này.",
        look=looks_sums.outside_year,
    ),
    Rule(
        key="after_quarter",
        label="Không có giải ngân của tháng sau kỳ báo cáo",
        severity="warn",
        ground="sense",
        remedy="Xóa số của tháng chưa đến, để báo cáo ở kỳ sau.",
        look=looks_sums.after_quarter,
    ),
)

HISTORY = (
    Rule(
        key="work_falls",
        label="Khối lượng, số hộ thoát nghèo lũy kế không giảm qua các kỳ",
        severity="warn",
        ground="sense",
        remedy=f"Ghi số lũy kế từ đầu dự án. {_SEE}",
        look=looks_history.work_falls,
    ),
    Rule(
        key="jump_of_work",
        label=(
            f"Khối lượng không tăng quá {formats.number(looks_history.JUMP_OF_WORK * 100)} điểm % "
            "trong một quý"
        ),
        severity="warn",
        ground="sense",
        remedy=_SEE,
        look=looks_history.jump_of_work,
    ),
    Rule(
        key="jump_of_people",
        label=(
            f"Số hộ tham gia không đổi quá {formats.percent(looks_history.JUMP_OF_PEOPLE, 0)} "
            "trong một quý"
        ),
        severity="warn",
        ground="sense",
        remedy=_SEE,
        look=looks_history.jump_of_people,
    ),
    Rule(
        key="jump_of_money",
        label=f"Số tiền không gấp, không kém {looks_history.JUMP_OF_MONEY} lần số đã công bố",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra đơn vị tính (triệu đồng); nếu được điều chỉnh thật thì giữ nguyên.",
        look=looks_history.jump_of_money,
    ),
    Rule(
        key="month_restated",
        label="Giải ngân của tháng đã công bố không đổi",
        severity="warn",
        ground="sense",
        remedy="Nếu số đã công bố sai thì giữ số mới; nếu không thì sửa lại như số đã công bố.",
        look=looks_history.month_restated,
    ),
    Rule(
        key="moved_while_stopped",
        label="Mô hình tạm dừng, đã hủy không có thêm khối lượng",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra lại giai đoạn hoặc khối lượng thực hiện.",
        look=looks_history.moved_while_stopped,
    ),
    Rule(
        key="work_before_start",
        label="Có khối lượng thực hiện thì giai đoạn đã là triển khai",
        severity="warn",
        ground="sense",
        remedy="Chọn lại giai đoạn cuối quý, hoặc sửa khối lượng thực hiện.",
        look=looks_history.work_before_start,
    ),
    Rule(
        key="outlier",
        label=(
            "Quy mô không khác xa các mô hình trong vùng "
            f"(từ {looks_regions.FEWEST} mô hình trở lên mới so)"
        ),
        severity="warn",
        ground="sense",
        remedy="Kiểm tra đơn vị tính và số hộ; nếu đúng thì giữ nguyên.",
        look=looks_regions.outliers,
    ),
    Rule(
        key="answered_first",
        label="Trả lời sau khi nêu câu hỏi",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra hai ngày.",
        look=looks_programme.answered_first,
    ),
    Rule(
        key="outside_programme",
        label="Ngày nằm trong giai đoạn của chương trình (2021–2025)",
        severity="warn",
        ground="sense",
        remedy="Kiểm tra năm của ngày này.",
        look=looks_programme.outside_programme,
    ),
)
