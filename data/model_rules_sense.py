"""The rules of models that plain sense asks for, without a document."""

from data import formats
from data import model_looks as looks
from data.model_rule import Document, ModelRule

PLAIN_SENSE = Document()
_ORDER = ("approval_date", "planned_start", "planned_end")

SENSE = (
    ModelRule(
        key="spent_within_budget",
        label="Đã giải ngân không vượt kinh phí của từng nguồn",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.spent_within,
        message="Đã giải ngân {value}; kinh phí {threshold}",
        words=formats.money_with_unit,
        needs=("actual",),
    ),
    ModelRule(
        key="never_falls",
        label="Số lũy kế không giảm qua các kỳ",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.never_fell,
        message="Tiến độ, giải ngân, số hộ thoát nghèo lũy kế: {value}",
        words=lambda fell: "có kỳ giảm" if fell else "không giảm",
        needs=("fell",),
    ),
    ModelRule(
        key="approved_signed_started",
        label="Phê duyệt trước khi bắt đầu, bắt đầu trước khi kết thúc",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.in_order(*_ORDER),
        message="{value}",
        words=looks.dated(*_ORDER),
        needs=("approval_date",),
    ),
    ModelRule(
        key="actual_in_range",
        label="Tiến độ nằm trong khoảng 0–100%",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.between_0_and_1,
        message="Thực hiện {value}",
        words=formats.percent,
        needs=("actual",),
    ),
    ModelRule(
        key="women_within_households",
        label="Hộ do phụ nữ làm chủ không nhiều hơn số hộ tham gia",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.no_more("women_headed", "households"),
        message="{value} hộ do phụ nữ làm chủ trong {threshold} hộ",
        words=formats.number,
        needs=("households",),
    ),
    ModelRule(
        key="parts_within_whole",
        label="Người đúng đối tượng không nhiều hơn người tham gia",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.no_more("eligible_planned", "participants_planned"),
        message="{value} người đúng đối tượng trong {threshold} người tham gia",
        words=formats.number,
    ),
    ModelRule(
        key="one_province",
        label="Không có tỉnh khác báo cáo cùng một mô hình",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.of_one_province,
        message="Cùng tên, số và ngày quyết định ở tỉnh khác: {value}",
        words=lambda shared: "có" if shared else "không",
    ),
)
