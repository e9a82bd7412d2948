"""The programme's rules of models as a workbook's findings: where they are told, and what to do.

Label, document, article and grade are those of `data/model_rules.py`. Rules of grade A refuse,
others warn, notes are no findings.
"""

from typing import NamedTuple

from data.model_rules import MODEL_RULES, Grade
from data.workbooks.findings import Severity
from data.workbooks.looks_programme import unmet
from data.workbooks.rule import Ground, Rule


class _Told(NamedTuple):
    """The column a rule is told at, what is wrong, what to do."""

    table: str
    column: str
    wrong: str
    remedy: str


_TOLD = {
    "form_known": _Told(
        "models",
        "form",
        "Hình thức không thuộc bốn hình thức",
        "Chọn lại một hình thức trong danh sách.",
    ),
    "chain_lead": _Told(
        "models",
        "lead_kind",
        "Đơn vị chủ trì liên kết không phải doanh nghiệp, hợp tác xã hay liên hiệp hợp tác xã",
        "Kiểm tra loại đơn vị chủ trì hoặc hình thức của mô hình theo quyết định phê duyệt.",
    ),
    "community_proposer": _Told(
        "models",
        "proposer_kind",
        "Bên đề xuất không thuộc năm loại được quy định",
        "Chọn lại bên đề xuất theo hồ sơ.",
    ),
    "community_ceiling": _Told(
        "models",
        "budget_khac",
        "Vốn nhà nước vượt trần của địa bàn",
        "Kiểm tra kinh phí từng nguồn (cả đối ứng của dân) và loại địa bàn theo quyết định.",
    ),
    "chain_ceiling": _Told(
        "models",
        "budget_khac",
        "Vốn nhà nước vượt trần của địa bàn",
        "Kiểm tra kinh phí từng nguồn và loại địa bàn; tỉnh quy định khác thì ghi rõ văn bản.",
    ),
    "province_cap": _Told(
        "models",
        "budget_trung_uong",
        "Vốn nhà nước vượt mức tối đa của tỉnh",
        "Kiểm tra kinh phí theo nghị quyết của Hội đồng nhân dân tỉnh.",
    ),
    "task_direct": _Told(
        "models",
        "direct_spending",
        "Chi trực tiếp cho sản xuất của người dân quá ít",
        "Kiểm tra chi trực tiếp và kinh phí; cơ cấu dự toán cần từ 70% chi trực tiếp.",
    ),
    "task_ground": _Told(
        "models",
        "task_ground",
        "Chưa nêu căn cứ giao nhiệm vụ",
        "Chọn căn cứ theo quyết định giao nhiệm vụ.",
    ),
    "eligible_share": _Told(
        "models",
        "eligible_planned",
        "Người đúng đối tượng chưa được một nửa số người tham gia",
        "Kiểm tra danh sách người tham gia và hai số này.",
    ),
    "community_counterpart": _Told(
        "models",
        "budget_khac",
        "Dự án cộng đồng chưa có đóng góp của người dân",
        "Điền phần đối ứng của người dân theo dự toán.",
    ),
    "chain_results": _Told(
        "models",
        "jobs_planned",
        "Dự án liên kết chưa nêu đủ kết quả",
        "Điền việc làm, mức tăng thu nhập và hợp đồng liên kết theo dự án.",
    ),
    "community_order": _Told(
        "models",
        "approval_date",
        "Các ngày không theo trình tự thông báo, hồ sơ, thẩm định, phê duyệt, ký hợp đồng",
        "Kiểm tra năm ngày này theo hồ sơ.",
    ),
    "within_programme": _Told(
        "models",
        "planned_end",
        "Kết thúc sau giai đoạn của chương trình",
        "Kiểm tra ngày kết thúc theo quyết định phê duyệt.",
    ),
    "approved_signed_started": _Told(
        "models",
        "planned_start",
        "Phê duyệt, bắt đầu, kết thúc không theo thứ tự",
        "Kiểm tra ba ngày này theo quyết định và hợp đồng.",
    ),
    "women_within_households": _Told(
        "progress",
        "women_headed",
        "Hộ do phụ nữ làm chủ nhiều hơn số hộ tham gia",
        "Kiểm tra số hộ nghèo, cận nghèo, mới thoát nghèo và số hộ do phụ nữ làm chủ.",
    ),
    "parts_within_whole": _Told(
        "models",
        "eligible_planned",
        "Người đúng đối tượng nhiều hơn người tham gia",
        "Kiểm tra hai số và sửa số sai.",
    ),
}

TOLD_OTHERWISE = {
    "spent_within_budget": "spent_within_budget",
    "never_falls": "spent_falls",
    "actual_in_range": "out_of_range",
    "one_province": "alike_elsewhere",
}
"""Model rules that a rule of the workbooks tells more exactly: the source, the kỳ, the cell."""

_GROUNDS: dict[Grade, Ground] = {"A": "A", "B": "B", "C": "C", "": "sense"}
_SEVERITIES: dict[str, Severity] = {"error": "refuse", "warning": "warn"}


def _programme(key: str, told: _Told) -> Rule:
    rule = MODEL_RULES[key]
    return Rule(
        key=key,
        label=rule.label,
        severity=_SEVERITIES[rule.severity],
        ground=_GROUNDS[rule.grade],
        document=rule.basis,
        remedy=told.remedy,
        look=unmet(key, told.table, told.column, told.wrong),
    )


PROGRAMME = tuple(_programme(key, told) for key, told in _TOLD.items())
