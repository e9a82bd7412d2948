"""Every check of a model: what is looked at, what it rests on, and whom it concerns.

The page of a model, “Cần quan tâm” and the workbook checker read `MODEL_RULES`; a new rule is one
entry. Articles and grades are those of the project's domain notes: A, the article in force, read
in its own words; B, its first wording, amended since by a clause not read; C, press, a portal or
a province's resolution restating it; none, plain sense. Severity never exceeds the grade.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data import codes, formats, notes
from data import model_looks as looks
from data.model_looks import Look

Severity = Literal["error", "warning", "note"]
Grade = Literal["A", "B", "C", ""]

GRADES: dict[Grade, str] = {
    "A": notes.GRADES["A"],
    "B": notes.GRADES["B"],
    "C": notes.GRADES["C"],
    "": "đối chiếu hợp lý của bảng theo dõi, không dựa vào văn bản",
}
SEVERITIES: dict[Severity, str] = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}


@dataclass(frozen=True)
class Document:
    """What a rule rests on, and the days between which it holds for a model."""

    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


PLAIN_SENSE = Document()
# From 2026 the rules are those of Nghị định 358/2025/NĐ-CP, which was not read.
_LAST = date(2025, 12, 31)
_ND27 = Document("Nghị định 27/2022/NĐ-CP", date(2022, 4, 19), _LAST)
_ND38 = Document(
    "Nghị định 27/2022/NĐ-CP, sửa đổi bởi Nghị định 38/2023/NĐ-CP", date(2023, 6, 24), _LAST
)
_TT09 = Document("Thông tư 09/2022/TT-BLĐTBXH", date(2022, 7, 11), _LAST)
# Only the year of the resolution was read, in its number.
_PHU_YEN = Document("Nghị quyết 32/2023/NQ-HĐND tỉnh Phú Yên", date(2023, 1, 1), _LAST)
_QD353 = Document("Quyết định 353/QĐ-TTg", date(2022, 3, 15), _LAST)

_CHAIN, _COMMUNITY, _TASK = ("chuoi_gia_tri",), ("cong_dong",), ("nhiem_vu",)


@dataclass(frozen=True)
class ModelRule:
    """A check over the frame of `models.to_check`.

    `message` says figure and threshold, which `words` puts in words; `needs` are the columns
    without which a model cannot be judged; no `forms` means all of them.
    """

    key: str
    label: str
    severity: Severity
    source: Document
    article: str
    grade: Grade
    look: Look
    message: str
    forms: tuple[str, ...] = ()
    words: Callable[[Any], str] = str
    needs: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        return self.source.name

    @property
    def valid_from(self) -> date | None:
        return self.source.valid_from

    @property
    def valid_to(self) -> date | None:
        return self.source.valid_to

    @property
    def basis(self) -> str:
        """`Nghị định 27/2022/NĐ-CP, Điều 3 khoản 4`; empty for plain sense."""
        return ", ".join(filter(None, (self.document, self.article)))


_LAW = (
    ModelRule(
        key="form_known",
        label="Thuộc một trong bốn hình thức",
        severity="error",
        source=_TT09,
        article="Điều 4 khoản 1",
        grade="A",
        look=looks.one_of("form", list(codes.FORMS), codes.FORMS),
        message="Hình thức: {value}",
        needs=("form",),
    ),
    ModelRule(
        key="chain_lead",
        label="Chủ trì liên kết là doanh nghiệp, hợp tác xã hoặc liên hiệp hợp tác xã",
        severity="error",
        source=_ND27,
        article="Điều 3 khoản 4",
        grade="A",
        look=looks.one_of("lead_kind", looks.CHAIN_LEADS, codes.LEAD_KINDS),
        message="Đơn vị chủ trì: {value}",
        forms=_CHAIN,
        needs=("lead_kind",),
    ),
    ModelRule(
        key="community_proposer",
        label="Bên đề xuất dự án cộng đồng thuộc năm loại được quy định",
        severity="warning",
        source=_ND27,
        article="Điều 22 khoản 1",
        grade="B",
        look=looks.one_of("proposer_kind", list(codes.PROPOSER_KINDS), codes.PROPOSER_KINDS),
        message="Bên đề xuất: {value}",
        forms=_COMMUNITY,
        needs=("proposer_kind",),
    ),
    ModelRule(
        key="community_ceiling",
        label="Vốn nhà nước trong tổng kinh phí dự án cộng đồng không vượt trần theo địa bàn",
        severity="error",
        source=_ND38,
        article="Điều 22 khoản 5a (Điều 1 khoản 13 của Nghị định 38)",
        grade="A",
        look=looks.state_share(looks.COMMUNITY_CEILING),
        message="Vốn nhà nước chiếm {value} tổng kinh phí; trần {threshold}",
        forms=_COMMUNITY,
        words=formats.percent,
    ),
    ModelRule(
        key="chain_ceiling",
        label="Vốn nhà nước trong tổng kinh phí dự án liên kết không vượt trần theo địa bàn",
        severity="warning",
        source=_ND27,
        article="Điều 21, theo văn bản của tỉnh Phú Yên dẫn lại",
        grade="C",
        look=looks.state_share(looks.CHAIN_CEILING),
        message="Vốn nhà nước chiếm {value} tổng kinh phí; trần {threshold}",
        forms=_CHAIN,
        words=formats.percent,
    ),
    ModelRule(
        key="province_cap",
        label="Hỗ trợ của Nhà nước trong mức tối đa của tỉnh",
        severity="warning",
        source=_PHU_YEN,
        article="",
        grade="C",
        look=looks.province_cap,
        message="Vốn nhà nước {value}; mức tối đa của tỉnh {threshold}",
        forms=_CHAIN + _COMMUNITY,
        words=formats.money_with_unit,
    ),
    ModelRule(
        key="task_cap",
        label="Hỗ trợ của Nhà nước cho một dự án nhiệm vụ không quá 3 tỷ đồng",
        severity="note",
        source=_ND27,
        article="Điều 23 khoản 3a",
        grade="B",
        look=looks.state_cap,
        message="Vốn nhà nước {value}; tối đa {threshold}",
        forms=_TASK,
        words=formats.money_with_unit,
    ),
    ModelRule(
        key="task_direct",
        label="Chi trực tiếp cho sản xuất của người dân từ 70% vốn nhà nước",
        severity="warning",
        source=_ND27,
        article="Điều 23 khoản 1b",
        grade="B",
        look=looks.direct,
        message="Chi trực tiếp {value} vốn nhà nước; ít nhất {threshold}",
        forms=_TASK,
        words=formats.percent,
        needs=("direct_spending",),
    ),
    ModelRule(
        key="task_ground",
        label="Có căn cứ giao nhiệm vụ",
        severity="warning",
        source=_ND27,
        article="Điều 23 khoản 1a",
        grade="B",
        look=looks.stated("task_ground", codes.TASK_GROUNDS),
        message="Căn cứ giao nhiệm vụ: {value}",
        forms=_TASK,
    ),
    ModelRule(
        key="eligible_share",
        label="Ít nhất một nửa người tham gia thuộc đối tượng của chương trình",
        severity="warning",
        source=_ND27,
        article="Điều 20 khoản 5",
        grade="C",
        look=looks.share_at_least("eligible_planned", "participants_planned", 0.50),
        message="Người đúng đối tượng chiếm {value} người tham gia; ít nhất {threshold}",
        words=formats.percent,
    ),
    ModelRule(
        key="priority_share",
        label="Được ưu tiên: trên 70% người tham gia thuộc diện ưu tiên",
        severity="note",
        source=_ND27,
        article="Điều 20 khoản 5",
        grade="C",
        look=looks.share_at_least("priority_planned", "participants_planned", 0.70, above=True),
        message="Người thuộc diện ưu tiên chiếm {value} người tham gia; trên {threshold}",
        words=formats.percent,
    ),
    ModelRule(
        key="community_counterpart",
        label="Cộng đồng có đối ứng",
        severity="warning",
        source=_ND27,
        article="Điều 22 khoản 1",
        grade="B",
        look=looks.own_money,
        message="Huy động khác, đối ứng: {value}",
        forms=_COMMUNITY,
        words=formats.money_with_unit,
    ),
    ModelRule(
        key="chain_results",
        label="Dự án liên kết nêu việc làm, mức tăng thu nhập và hợp đồng liên kết",
        severity="warning",
        source=_ND27,
        article="Điều 21 khoản 1a, 1b",
        grade="B",
        look=looks.results,
        message="Chưa nêu: {value}",
        forms=_CHAIN,
    ),
    ModelRule(
        key="community_order",
        label="Đúng trình tự: thông báo, hồ sơ, thẩm định, phê duyệt, hợp đồng",
        severity="error",
        source=_ND27,
        article="Điều 22 khoản 3 và 6",
        grade="A",
        look=looks.in_order(*looks.ORDER),
        message="{value}",
        forms=_COMMUNITY,
        needs=looks.ORDER,
    ),
    ModelRule(
        key="within_programme",
        label="Kết thúc trong giai đoạn của chương trình",
        severity="warning",
        source=_ND27,
        article="Điều 20",
        grade="C",
        look=looks.by_end,
        message="Kết thúc theo kế hoạch {value}; muộn nhất {threshold}",
        words=formats.day,
    ),
    ModelRule(
        key="priority_area",
        label="Địa bàn ưu tiên đã khai có trong danh sách",
        severity="note",
        source=_QD353,
        article="",
        grade="C",
        look=looks.on_the_list,
        message="Tỉnh khai: {value}",
    ),
)

_SENSE = (
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
        needs=("fell",),
    ),
    ModelRule(
        key="approved_signed_started",
        label="Phê duyệt trước khi bắt đầu, bắt đầu trước khi kết thúc",
        severity="warning",
        source=PLAIN_SENSE,
        article="",
        grade="",
        look=looks.in_order("approval_date", "planned_start", "planned_end"),
        message="{value}",
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
    ),
)

MODEL_RULES: dict[str, ModelRule] = {rule.key: rule for rule in _LAW + _SENSE}
