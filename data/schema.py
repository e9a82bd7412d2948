"""Every table of a snapshot: its columns, their type, unit, allowed values, label and meaning.

The schema is the documentation: validation, the workbook template, the data dictionary and the
table headers are all made from `TABLES`. Columns are pandera columns; `title` is the Vietnamese
label, `description` the meaning, `metadata` holds `unit` and the code list.

Units: money is whole đồng (int64), rates are fractions 0–1, dates are days, quarters are
`2024Q3`, months `2024-09`, provinces two-digit GSO codes. Nothing is stored formatted.
"""

from typing import Any

import pandera.pandas as pa

from data import codes
from data.codes import CodeList
from data.columns import (
    budget_year,
    code,
    count,
    day,
    flag,
    kind,
    money,
    money_by_source,
    month,
    province,
    quarter,
    rate,
    source,
    table,
    text,
)
from data.workbooks.findings import SEVERITIES

VERSION = 2
"""Raised when a table or column changes its meaning or a file is added; readers refuse another."""


MODELS = table(
    "models",
    "Mô hình",
    "Mỗi dòng là một mô hình, dự án giảm nghèo đã được phê duyệt hoặc đang lập",
    ["model_id"],
    {
        "model_id": text("Mã mô hình", "Mã do tỉnh đặt, không đổi qua các kỳ"),
        "name": text("Tên mô hình", "Tên ghi trong quyết định phê duyệt"),
        "programme": code("Chương trình", "Chương trình mục tiêu quốc gia", codes.PROGRAMMES),
        "project": code("Dự án", "Dự án thành phần của chương trình", codes.PROJECTS),
        "province": province(),
        "district": text("Mã huyện", "Mã huyện ba chữ số (trước 01/07/2025)"),
        "district_name": text("Huyện", "Tên huyện"),
        "commune": text("Mã xã", "Mã xã năm chữ số (trước 01/07/2025)", nullable=True),
        "commune_name": text("Xã", "Tên xã", nullable=True),
        "area_kind": code("Loại địa bàn", "Mức khó khăn, theo báo cáo của tỉnh", codes.AREA_KINDS),
        "priority_area": code(
            "Địa bàn ưu tiên", "Huyện nghèo, xã bãi ngang (QĐ 353/QĐ-TTg)", codes.PRIORITY_AREAS
        ),
        "form": code("Hình thức", "Hình thức tổ chức (TT 09/2022, Điều 4)", codes.FORMS),
        "sector": code("Lĩnh vực", "Ngành sản xuất, dịch vụ chính", codes.SECTORS),
        "objective": text("Mục tiêu", "Mục tiêu ghi trong dự án"),
        "scale": text("Quy mô", "Quy mô sản xuất ghi trong dự án"),
        "lead_unit": text("Đơn vị chủ trì", "Tên đơn vị chủ trì"),
        "lead_kind": code("Loại đơn vị chủ trì", "Loại của đơn vị chủ trì", codes.LEAD_KINDS),
        "coordinating_units": text("Đơn vị phối hợp", "Các đơn vị phối hợp", nullable=True),
        "proposer_kind": code(
            "Đơn vị đề xuất", "Bên đề xuất dự án cộng đồng", codes.PROPOSER_KINDS, nullable=True
        ),
        "task_ground": code(
            "Căn cứ giao nhiệm vụ", "Căn cứ của dự án nhiệm vụ", codes.TASK_GROUNDS, nullable=True
        ),
        "approval_no": text("Số quyết định", "Số quyết định phê duyệt", nullable=True),
        "announced_date": day("Ngày thông báo", "Ngày thông báo, khảo sát", nullable=True),
        "file_date": day("Ngày hồ sơ", "Ngày nộp hồ sơ đề nghị", nullable=True),
        "appraised_date": day("Ngày thẩm định", "Ngày tổ thẩm định họp", nullable=True),
        "approval_date": day("Ngày phê duyệt", "Ngày ký quyết định phê duyệt", nullable=True),
        "contract_date": day("Ngày ký hợp đồng", "Ngày ký hợp đồng, giao nhiệm vụ", nullable=True),
        "planned_start": day("Bắt đầu theo kế hoạch", "Ngày bắt đầu theo kế hoạch"),
        "planned_end": day("Kết thúc theo kế hoạch", "Ngày kết thúc theo kế hoạch"),
        "households_planned": count("Số hộ theo kế hoạch", "Số hộ dự kiến tham gia", "hộ"),
        "participants_planned": count("Số người tham gia", "Số người dự kiến tham gia", "người"),
        "eligible_planned": count("Số người đúng đối tượng", "Người thuộc đối tượng", "người"),
        "priority_planned": count("Số người ưu tiên", "Người thuộc diện ưu tiên", "người"),
        **money_by_source("budget", "Kinh phí"),
        "direct_spending": money("Chi trực tiếp", "Chi cho sản xuất của người dân", nullable=True),
        "jobs_planned": count("Việc làm tạo ra", "Việc làm dự kiến", "việc làm", nullable=True),
        "income_rise": rate("Tăng thu nhập", "Mức tăng thu nhập dự kiến", nullable=True),
        "has_contract": flag("Có hợp đồng liên kết", "Có hợp đồng, cam kết liên kết"),
        "stage": code("Giai đoạn", "Giai đoạn mới nhất đã báo cáo", codes.STAGES),
    },
)

PROGRESS = table(
    "progress",
    "Tiến độ",
    "Mỗi dòng là báo cáo một quý của một mô hình; không có dòng nghĩa là chưa báo cáo",
    ["model_id", "quarter"],
    {
        "model_id": text("Mã mô hình", "Mã trong bảng Mô hình"),
        "quarter": quarter(),
        "planned": rate("Kế hoạch lũy kế", "Phần kế hoạch công việc đến hạn, lũy kế"),
        "actual": rate("Thực hiện lũy kế", "Phần kế hoạch công việc đã xong, lũy kế"),
        "stage": code("Giai đoạn", "Giai đoạn cuối quý", codes.STAGES),
        "poor": count("Hộ nghèo", "Hộ nghèo đang tham gia", "hộ"),
        "near_poor": count("Hộ cận nghèo", "Hộ cận nghèo đang tham gia", "hộ"),
        "newly_escaped": count("Hộ mới thoát nghèo", "Hộ mới thoát nghèo đang tham gia", "hộ"),
        "women_headed": count("Hộ do phụ nữ làm chủ", "Trong số hộ đang tham gia", "hộ"),
        "women": count("Phụ nữ tham gia", "Số phụ nữ tham gia", "người"),
        "ethnic_minority": count("Người DTTS tham gia", "Số người dân tộc thiểu số", "người"),
        "households_out": count("Hộ thoát nghèo", "Hộ thoát nghèo nhờ mô hình, lũy kế", "hộ"),
        **money_by_source("spent", "Đã giải ngân"),
        "note": text("Ghi chú", "Lý do, đề nghị", nullable=True),
    },
)

FUNDING = table(
    "funding",
    "Kinh phí",
    "Kế hoạch vốn của tỉnh trong năm ngân sách, theo nguồn và loại vốn",
    ["province", "year", "source", "kind"],
    {
        "province": province(),
        "year": budget_year(),
        "source": source(),
        "kind": kind(),
        "assigned": money("Kế hoạch giao", "Vốn được giao trong năm"),
        "carried_over": money("Kéo dài", "Vốn năm trước chuyển sang"),
        "allocated": money("Đã phân bổ", "Vốn đã phân bổ chi tiết"),
    },
)

DISBURSEMENTS = table(
    "disbursements",
    "Giải ngân",
    "Giải ngân trong tháng; năm ngân sách đóng ngày 31/01 năm sau; thiếu dòng là chưa báo cáo",
    ["province", "year", "month", "source", "kind"],
    {
        "province": province(),
        "year": budget_year(),
        "month": month(),
        "source": source(),
        "kind": kind(),
        "disbursed": money("Giải ngân", "Giải ngân trong tháng"),
    },
)

TRAININGS = table(
    "trainings",
    "Tập huấn",
    "Mỗi dòng là một lớp tập huấn",
    ["session"],
    {
        "session": text("Mã lớp", "Mã của lớp tập huấn"),
        "date": day("Ngày", "Ngày khai giảng"),
        "topic": text("Nội dung", "Chuyên đề"),
        "form": code("Hình thức", "Trực tiếp, trực tuyến", codes.TRAINING_FORMS),
        "documents": text("Tài liệu", "Tài liệu phát cho đại biểu", nullable=True),
    },
)

ATTENDANCE = table(
    "attendance",
    "Đại biểu",
    "Số đại biểu dự một lớp, theo tỉnh và cấp",
    ["session", "province", "level"],
    {
        "session": text("Mã lớp", "Mã trong bảng Tập huấn"),
        "province": province(),
        "level": code("Cấp", "Cấp công tác của đại biểu", codes.LEVELS),
        "delegates": count("Đại biểu", "Số đại biểu", "người"),
        "leaders": count("Chủ tịch, Phó Chủ tịch", "Trong số đại biểu", "người"),
    },
)

QUESTIONS = table(
    "questions",
    "Vướng mắc",
    "Mỗi dòng là một vướng mắc, câu hỏi được nêu",
    ["question_id"],
    {
        "question_id": text("Mã", "Mã câu hỏi"),
        "session": text("Mã lớp", "Lớp tập huấn nơi nêu", nullable=True),
        "province": province(),
        "topic": code("Chủ đề", "Nhóm vướng mắc", codes.QUESTION_TOPICS),
        "question": text("Câu hỏi", "Nội dung vướng mắc"),
        "answer": text("Trả lời", "Nội dung trả lời", nullable=True),
        "legal_reference": text("Căn cứ", "Văn bản, điều khoản", nullable=True),
        "status": code("Tình trạng", "Tình trạng xử lý", codes.QUESTION_STATUSES),
        "asked_date": day("Ngày nêu", "Ngày nêu câu hỏi"),
        "answered_date": day("Ngày trả lời", "Ngày trả lời", nullable=True),
    },
)

SUBMISSIONS = table(
    "submissions",
    "Báo cáo đã nộp",
    "Mỗi dòng là báo cáo quý của một tỉnh: hạn, ngày nhận, kết quả kiểm tra",
    ["province", "quarter"],
    {
        "province": province(),
        "quarter": quarter(),
        "due_date": day("Hạn nộp", "Hạn nộp theo lịch của Hội"),
        "received_date": day("Ngày nhận", "Trống nghĩa là chưa nhận", nullable=True),
        "file_sha256": text("Mã tệp", "SHA-256 của tệp đã nhận", nullable=True),
        "errors": count("Lỗi", "Số lỗi khi kiểm tra", "lỗi"),
        "warnings": count("Cảnh báo", "Số cảnh báo khi kiểm tra", "cảnh báo"),
    },
)

_SEVERITIES = CodeList("Mức độ", {str(key): name for key, name in SEVERITIES.items()})

FINDINGS = table(
    "findings",
    "Kết quả kiểm tra",
    "Mỗi dòng là một điều cần sửa hoặc cần xem lại trong báo cáo đã nhận; do hệ thống ghi",
    ["province", "quarter", "rule", "table", "key", "column", "value"],
    {
        "province": province(),
        "quarter": quarter(),
        "rule": text("Quy tắc", "Mã của quy tắc kiểm tra"),
        "severity": code("Mức độ", "Phải sửa thì mới nhận, hay chỉ cần xem lại", _SEVERITIES),
        "table": text("Bảng", "Bảng có dòng ấy; trống: cả báo cáo"),
        "column": text("Cột", "Cột của bảng; trống: cả dòng"),
        "key": text("Khóa", "Mã mô hình, hoặc các phần của khóa nối bằng dấu |"),
        "value": text("Giá trị", "Giá trị trong báo cáo"),
        "message": text("Nội dung", "Điều cần sửa hoặc cần xem lại"),
    },
)

TABLES: dict[str, pa.DataFrameSchema] = {
    schema.name: schema
    for schema in (
        MODELS,
        PROGRESS,
        FUNDING,
        DISBURSEMENTS,
        TRAININGS,
        ATTENDANCE,
        QUESTIONS,
        SUBMISSIONS,
        FINDINGS,
    )
}

REFERENCES = (
    ("progress", "model_id", "models"),
    ("attendance", "session", "trainings"),
    ("questions", "session", "trainings"),
)
"""Table, column, and the table whose key of that name it must hold (or be empty)."""


def label(name: str, column: str) -> str:
    """The Vietnamese label of a column."""
    return str(TABLES[name].columns[column].title)


def metadata(name: str, column: str) -> dict[str, Any]:
    """Unit and code list of a column."""
    return dict(TABLES[name].columns[column].metadata or {})
