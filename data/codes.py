"""Code lists: the values a coded column may take, with the words an office uses for them.

One `CodeList` for each kind of code. The schema, the filter bar, the workbook's drop-downs and
the data dictionary all read from here. Terms and sources: the programme's documents as quoted
in the project's domain notes (Nghị định 27/2022/NĐ-CP, Thông tư 09/2022/TT-BLĐTBXH).
"""

from collections.abc import Iterator
from dataclasses import dataclass

ALL = "tat_ca"
"""Member of a cube's form, source or kind that stands for all of them together."""


@dataclass(frozen=True)
class CodeList:
    """An ordered list of codes: key → Vietnamese label."""

    name: str
    labels: dict[str, str]

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __contains__(self, key: object) -> bool:
        return key in self.labels

    def label(self, key: str) -> str:
        """The label of a key; raises KeyError for a key that is not in the list."""
        return self.labels[key]


FORMS = CodeList(
    "Hình thức",
    {
        "chuoi_gia_tri": "Liên kết theo chuỗi giá trị",
        "cong_dong": "Phát triển sản xuất cộng đồng",
        "nhiem_vu": "Theo nhiệm vụ",
        "dac_thu": "Đặc thù",
    },
)

SOURCES = CodeList(
    "Nguồn vốn",
    {
        "trung_uong": "Ngân sách trung ương",
        "dia_phuong": "Ngân sách địa phương",
        "khac": "Huy động khác, đối ứng",
    },
)


def by_source(prefix: str) -> list[str]:
    """The columns that hold an amount for each source: `budget_trung_uong` …"""
    return [f"{prefix}_{key}" for key in SOURCES]


KINDS = CodeList("Loại vốn", {"dau_tu": "Vốn đầu tư", "su_nghiep": "Vốn sự nghiệp"})

STAGES = CodeList(
    "Giai đoạn",
    {
        "chon_dia_ban": "Chọn địa bàn",
        "khao_sat": "Thông báo, khảo sát, chọn hộ",
        "lap_ho_so": "Lập hồ sơ",
        "tham_dinh": "Thẩm định",
        "phe_duyet": "Phê duyệt",
        "ky_hop_dong": "Ký hợp đồng, giao nhiệm vụ",
        "trien_khai": "Triển khai",
        "nghiem_thu": "Nghiệm thu, thanh toán",
        "quay_vong": "Quay vòng, nhân rộng",
        "tam_dung": "Tạm dừng",
        "huy": "Hủy",
    },
)

STARTED_STAGES = ("trien_khai", "nghiem_thu", "quay_vong")
"""Stages of a model whose work on the ground has begun."""

ASIDE_STAGES = ("tam_dung", "huy")
"""Stages beside the way from first to last."""

CANCELLED = "huy"
"""Stage of a model that counts in no figure any more."""

AREA_KINDS = CodeList(
    "Loại địa bàn",
    {
        "dbkk": "Đặc biệt khó khăn",
        "kho_khan": "Khó khăn",
        "khac": "Địa bàn khác",
    },
)

PRIORITY_AREAS = CodeList(
    "Địa bàn ưu tiên",
    {
        "huyen_ngheo": "Huyện nghèo",
        "xa_bai_ngang": "Xã ĐBKK vùng bãi ngang, ven biển, hải đảo",
        "khong": "Không thuộc hai loại trên",
    },
)

LEAD_KINDS = CodeList(
    "Loại đơn vị chủ trì",
    {
        "doanh_nghiep": "Doanh nghiệp",
        "hop_tac_xa": "Hợp tác xã",
        "lien_hiep_htx": "Liên hiệp hợp tác xã",
        "hoi_lhpn": "Hội Liên hiệp Phụ nữ",
        "to_chuc_khac": "Tổ chức chính trị - xã hội khác",
        "co_quan": "Cơ quan, đơn vị nhà nước",
        "cong_dong_dan_cu": "Cộng đồng dân cư",
    },
)

PROPOSER_KINDS = CodeList(
    "Đơn vị đề xuất",
    {
        "nhom_ho": "Nhóm hộ được xã chứng thực",
        "to_hop_tac": "Tổ hợp tác",
        "to_chuc_ctxh": "Tổ chức chính trị - xã hội đại diện các hộ",
        "ban_phat_trien_thon": "Ban phát triển thôn",
        "nguoi_uy_tin": "Người có uy tín",
    },
)

TASK_GROUNDS = CodeList(
    "Căn cứ giao nhiệm vụ",
    {
        "khong_to_chuc_duoc": "Không tổ chức được theo chuỗi, cộng đồng",
        "thien_tai": "Sau thiên tai, dịch bệnh",
        "yeu_the": "Đối tượng yếu thế",
        "quoc_phong": "Quốc phòng, an ninh",
        "binh_dang_gioi": "Bình đẳng giới",
        "cong_nghe_moi": "Công nghệ mới",
    },
)

SECTORS = CodeList(
    "Lĩnh vực",
    {
        "bo_trau": "Bò, trâu",
        "de_cuu": "Dê, cừu",
        "lon": "Lợn đen bản địa",
        "gia_cam": "Gà, gia cầm",
        "rau_qua": "Bí xanh, rau quả",
        "che_duoc_lieu": "Chè, dược liệu",
        "mac_ca": "Mắc ca, cây lâu năm",
        "thuy_san": "Thủy sản",
        "det": "Dệt, thủ công",
        "du_lich": "Du lịch cộng đồng",
    },
)

TRAINING_FORMS = CodeList(
    "Hình thức tập huấn",
    {"truc_tiep": "Trực tiếp", "truc_tuyen": "Trực tuyến", "ket_hop": "Trực tiếp và trực tuyến"},
)

LEVELS = CodeList("Cấp", {"trung_uong": "Trung ương", "tinh": "Tỉnh", "huyen": "Huyện", "xa": "Xã"})

QUESTION_TOPICS = CodeList(
    "Chủ đề",
    {
        "phan_bo_cham": "Phân bổ, hướng dẫn chậm",
        "chuyen_nguon": "Kéo dài, chuyển nguồn",
        "doi_ung": "Đối ứng thấp",
        "muc_ho_tro": "Mức hỗ trợ theo địa bàn",
        "quay_vong": "Thu hồi, quay vòng",
        "con_giong": "Chất lượng con giống",
        "doi_tuong": "Đối tượng tham gia",
        "trach_nhiem": "Tâm lý sợ trách nhiệm",
        "trung_lap": "Trùng lặp giữa các chương trình",
        "can_bo_xa": "Thiếu cán bộ cấp xã",
        "khac": "Khác",
    },
)

QUESTION_STATUSES = CodeList(
    "Tình trạng",
    {"moi": "Mới nêu", "dang_xu_ly": "Đang xử lý", "da_tra_loi": "Đã trả lời"},
)

PROGRAMMES = CodeList(
    "Chương trình",
    {"gnbv": "CTMTQG Giảm nghèo bền vững", "dtts_mn": "CTMTQG DTTS và miền núi"},
)

PROJECTS = CodeList(
    "Dự án",
    {"du_an_2": "Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo"},
)
