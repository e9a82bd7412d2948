"""What a province's workbook holds: sheets, their columns, and the table each cell belongs to.

One list, `SHEETS`; the template is drawn from it, reading looks for it, and checks and the data
dictionary name places by it. Beside what the schema says of a column only what an office writes
otherwise stands here: other headings that people use, and headings of the wide sheets, where
several cells of one Excel row are rows of a table.
"""

from data import codes, schema
from data.workbooks.fields import Field, Sheet, of_columns

HUONG_DAN = "Hướng dẫn"
"""The cover: province, quarter, due date, how to fill in. It holds no table."""

MARK = "SINHKE63"
"""First part of the cover's marker cell: `SINHKE63|83|2024Q3|that` (or `minh-hoa`)."""

REFERENCE_PREFIX = "Kỳ trước: "
"""Headings of grey columns that show what was last reported; reading passes over them."""

DEFAULTS = {("models", "programme"): "gnbv", ("models", "project"): "du_an_2"}
"""Columns that are not asked because this workbook is about one programme and project."""

PROVINCE = Field(
    "attendance", "province", ("Tỉnh, thành phố", "Tỉnh/TP", "Tên tỉnh", "Địa phương"), "Tỉnh"
)
QUARTER = Field("progress", "quarter", ("Quý", "Kỳ báo cáo", "Quý báo cáo"))
"""Columns that a sheet may have though nobody asks: they must agree with the cover."""


def _money_names(prefix: str, *words: str) -> dict[str, tuple[str, ...]]:
    """Short headings of the three columns of one amount by source: `Kinh phí NSTW` …"""
    short = {
        "trung_uong": ("NSTW", "vốn trung ương", "trung ương", "ngân sách TW"),
        "dia_phuong": ("NSĐP", "vốn địa phương", "địa phương", "ngân sách ĐP"),
        "khac": ("huy động khác", "đối ứng", "vốn khác", "khác"),
    }
    return {
        f"{prefix}_{source}": tuple(f"{word} {name}" for word in words for name in names)
        for source, names in short.items()
    }


_MODEL_ID = ("Mã", "Mã số mô hình", "Mã MH", "Mã dự án", "Mã số dự án", "Mã mô hình dự án")
_MODEL_NAME = ("Tên mô hình, dự án", "Tên dự án", "Mô hình", "Tên MH")
_STAGE = ("Giai đoạn thực hiện", "Giai đoạn hiện nay", "Tình trạng thực hiện")

MO_HINH = Sheet(
    "mo_hinh",
    "Mô hình",
    ("models",),
    of_columns(
        "models",
        *(
            column
            for column in schema.MODELS.columns
            if column not in ("programme", "project", "province", "district", "commune")
        ),
        model_id=_MODEL_ID,
        name=_MODEL_NAME,
        district_name=(
            "Quận/huyện",
            "Huyện/TX/TP",
            "Huyện, thị xã, thành phố",
            "Tên huyện",
            "Địa bàn huyện",
        ),
        commune_name=("Xã/phường", "Xã/phường/TT", "Xã, phường, thị trấn", "Tên xã", "Địa bàn xã"),
        area_kind=("Loại xã", "Khu vực"),
        form=("Hình thức hỗ trợ", "Hình thức tổ chức", "Hình thức thực hiện"),
        sector=("Ngành", "Lĩnh vực sản xuất", "Ngành nghề"),
        objective=("Mục tiêu mô hình", "Mục tiêu dự án"),
        scale=("Quy mô mô hình", "Quy mô dự án"),
        lead_unit=("Chủ trì", "Tên đơn vị chủ trì", "Đơn vị chủ trì thực hiện"),
        lead_kind=("Loại hình đơn vị chủ trì",),
        coordinating_units=("Phối hợp", "Các đơn vị phối hợp"),
        proposer_kind=("Bên đề xuất",),
        approval_no=("Quyết định số", "QĐ phê duyệt", "Số QĐ", "Số quyết định phê duyệt"),
        approval_date=("Ngày QĐ", "Ngày quyết định", "Ngày ký quyết định"),
        contract_date=("Ngày hợp đồng", "Ngày ký HĐ"),
        planned_start=("Ngày bắt đầu", "Bắt đầu", "Thời gian bắt đầu"),
        planned_end=("Ngày kết thúc", "Kết thúc", "Thời gian kết thúc"),
        households_planned=("Số hộ KH", "Tổng số hộ", "Số hộ", "Số hộ tham gia", "Kế hoạch số hộ"),
        participants_planned=("Số người",),
        direct_spending=("Chi trực tiếp cho người dân",),
        jobs_planned=("Số việc làm", "Việc làm"),
        income_rise=("Tăng thu nhập dự kiến", "Thu nhập tăng"),
        has_contract=("Hợp đồng liên kết",),
        stage=_STAGE,
        **_money_names("budget", "Kinh phí", "KP", "Dự toán", ""),
    ),
    ("model_id",),
    tuple(
        ("models", column) for column in ("programme", "project", "province", "district", "commune")
    ),
    ("Danh sách mô hình", "Danh mục mô hình", "MH", "Các mô hình"),
)

TIEN_DO = Sheet(
    "tien_do",
    "Tiến độ",
    ("progress",),
    of_columns(
        "progress",
        *(column for column in schema.PROGRESS.columns if column != "quarter"),
        model_id=_MODEL_ID,
        planned=("KH lũy kế", "Kế hoạch", "Tiến độ kế hoạch", "% kế hoạch"),
        actual=("TH lũy kế", "Thực hiện", "Tiến độ thực hiện", "% thực hiện", "Khối lượng"),
        stage=_STAGE,
        poor=("Số hộ nghèo", "Nghèo"),
        near_poor=("Số hộ cận nghèo", "Cận nghèo"),
        newly_escaped=("Số hộ mới thoát nghèo", "Mới thoát nghèo"),
        women_headed=("Hộ phụ nữ làm chủ", "Hộ do PN làm chủ", "Số hộ do phụ nữ làm chủ"),
        women=("Số phụ nữ", "Số phụ nữ tham gia", "PN tham gia", "Nữ"),
        ethnic_minority=("Người dân tộc thiểu số", "Số người DTTS", "DTTS"),
        households_out=("Số hộ thoát nghèo", "Thoát nghèo"),
        note=("Lý do", "Ghi chú, đề nghị", "Khó khăn, đề nghị"),
        **_money_names("spent", "Giải ngân", "Đã giải ngân", "GN", ""),
    ),
    ("model_id",),
    (("progress", "quarter"),),
    ("Tiến độ thực hiện", "Tiến độ mô hình", "TD"),
    ("Tên mô hình", *_MODEL_NAME),
)

KINH_PHI = Sheet(
    "kinh_phi",
    "Kinh phí",
    ("funding",),
    of_columns(
        "funding",
        *(column for column in schema.FUNDING.columns if column not in ("province", "year")),
        source=("Nguồn", "Nguồn kinh phí"),
        kind=("Loại nguồn vốn", "Loại"),
        assigned=("Kế hoạch giao trong năm", "Vốn giao", "KH giao", "Kế hoạch vốn giao"),
        carried_over=("Vốn kéo dài", "Chuyển nguồn", "Kéo dài, chuyển nguồn", "Năm trước chuyển"),
        allocated=("Phân bổ", "Vốn phân bổ", "Vốn đã phân bổ", "Đã phân bổ chi tiết"),
    ),
    ("source", "kind"),
    (("funding", "province"), ("funding", "year")),
    ("Kế hoạch vốn", "Vốn", "KP"),
)

_WIDE_MONEY = tuple(
    Field(
        "disbursements",
        "disbursed",
        title=f"{codes.KINDS.label(kind)}, {codes.SOURCES.label(source)[0].lower()}"
        f"{codes.SOURCES.label(source)[1:]}",
        also=(f"{codes.SOURCES.label(source)}, {codes.KINDS.label(kind).lower()}",),
        of=(("source", source), ("kind", kind)),
    )
    for source in codes.SOURCES
    for kind in codes.KINDS
)

GIAI_NGAN = Sheet(
    "giai_ngan",
    "Giải ngân",
    ("disbursements",),
    (
        *of_columns("disbursements", "year", "month", year=("Năm", "Năm kế hoạch")),
        *_WIDE_MONEY,
    ),
    ("year", "month"),
    (("disbursements", "province"),),
    ("Giải ngân theo tháng", "GN", "Giải ngân vốn"),
)

_WIDE_PEOPLE = tuple(
    field
    for level, name in codes.LEVELS.labels.items()
    for field in (
        Field(
            "attendance",
            "delegates",
            (f"Số đại biểu cấp {name.lower()}", f"Cấp {name.lower()}"),
            f"Đại biểu cấp {name.lower()}",
            (("level", level),),
        ),
        Field(
            "attendance",
            "leaders",
            (f"CT, PCT cấp {name.lower()}", f"Trong đó Chủ tịch, Phó Chủ tịch cấp {name.lower()}"),
            f"Chủ tịch, Phó Chủ tịch cấp {name.lower()}",
            (("level", level),),
        ),
    )
)

TAP_HUAN = Sheet(
    "tap_huan",
    "Tập huấn",
    ("trainings", "attendance"),
    (
        *of_columns(
            "trainings",
            *schema.TRAININGS.columns,
            session=("Mã lớp tập huấn", "Lớp"),
            date=("Ngày khai giảng", "Ngày tổ chức", "Thời gian"),
            topic=("Chuyên đề", "Tên lớp", "Tên lớp tập huấn", "Nội dung tập huấn"),
            form=("Hình thức tập huấn",),
            documents=("Tài liệu phát",),
        ),
        *_WIDE_PEOPLE,
    ),
    ("session",),
    (("attendance", "session"), ("attendance", "province"), ("attendance", "level")),
    ("Đại biểu", "Tập huấn, đại biểu", "Lớp tập huấn"),
)

VUONG_MAC = Sheet(
    "vuong_mac",
    "Vướng mắc",
    ("questions",),
    of_columns(
        "questions",
        *(column for column in schema.QUESTIONS.columns if column != "province"),
        question_id=("Mã vướng mắc", "Mã câu hỏi", "Mã số"),
        session=("Lớp tập huấn", "Mã lớp tập huấn"),
        topic=("Nhóm vướng mắc", "Nhóm"),
        question=("Vướng mắc", "Nội dung vướng mắc", "Nội dung", "Khó khăn, vướng mắc"),
        answer=("Nội dung trả lời", "Giải đáp", "Hướng giải quyết"),
        legal_reference=("Căn cứ pháp lý", "Văn bản"),
        status=("Trạng thái", "Tình trạng xử lý"),
        asked_date=("Ngày hỏi",),
    ),
    ("question_id",),
    (("questions", "province"),),
    ("Khó khăn vướng mắc", "Vướng mắc, kiến nghị", "Câu hỏi", "Hỏi đáp"),
)

SHEETS: dict[str, Sheet] = {
    sheet.key: sheet for sheet in (MO_HINH, TIEN_DO, KINH_PHI, GIAI_NGAN, TAP_HUAN, VUONG_MAC)
}

TABLES = tuple(table for sheet in SHEETS.values() for table in sheet.tables)
"""The schema's tables that a workbook reports, in the order of its sheets."""


def sheet_of(table: str) -> Sheet:
    """The sheet that a table is written on; KeyError for a table no workbook holds."""
    for sheet in SHEETS.values():
        if table in sheet.tables:
            return sheet
    raise KeyError(table)
