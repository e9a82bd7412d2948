"""Rules of amounts and counts that contradict one another, and of the months they are told for."""

from data.workbooks import looks_history, looks_programme, looks_sums, looks_whole
from data.workbooks.rule import Rule

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
