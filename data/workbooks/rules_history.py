"""Rules of what is odd: beside what was reported before, the region, the programme's years."""

from data import formats
from data.workbooks import looks_history, looks_programme, looks_regions
from data.workbooks.rule import Rule

_SEE = "Kiểm tra lại; nếu đúng thì giữ nguyên và ghi lý do ở cột Ghi chú."

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
