"""Words of the illustrative models: what they do, who leads them, why they are late.

Neutral names only: no real person, no real enterprise.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from data.demo_shapes import quantile


class Activity(NamedTuple):
    """What a model does; `zones` weighs it in the north's mountains, the Red River delta, the
    central coast, Tây Nguyên, the south, and the dry coast. `each` is per household, from–to."""

    sector: str
    words: str
    unit: str
    each: tuple[int, int]
    zones: tuple[int, int, int, int, int, int]


ACTIVITIES = (
    Activity("bo_trau", "nuôi bò sinh sản", "con bò cái giống", (1, 1), (26, 30, 38, 34, 30, 24)),
    Activity("bo_trau", "nuôi trâu sinh sản", "con trâu cái giống", (1, 1), (18, 2, 5, 2, 0, 0)),
    Activity("bo_trau", "nuôi bò vỗ béo", "con bò", (1, 2), (3, 6, 6, 7, 8, 3)),
    Activity("de_cuu", "nuôi dê sinh sản", "con dê giống", (4, 8), (7, 6, 9, 8, 16, 18)),
    Activity("de_cuu", "nuôi cừu sinh sản", "con cừu giống", (8, 14), (0, 0, 0, 0, 0, 30)),
    Activity("lon", "nuôi lợn đen bản địa", "con lợn giống", (2, 5), (12, 3, 9, 8, 1, 4)),
    Activity("gia_cam", "nuôi gà thả vườn", "con gà giống", (80, 200), (6, 20, 9, 5, 7, 4)),
    Activity("gia_cam", "nuôi vịt đẻ trứng", "con vịt giống", (80, 200), (0, 8, 2, 0, 9, 1)),
    Activity("rau_qua", "trồng bí xanh", "m² bí xanh", (1000, 2500), (6, 2, 1, 1, 0, 0)),
    Activity("rau_qua", "trồng rau an toàn", "m² rau", (500, 1500), (2, 10, 4, 4, 6, 4)),
    Activity("che_duoc_lieu", "trồng chè", "m² chè", (2000, 5000), (6, 0, 1, 2, 0, 0)),
    Activity("che_duoc_lieu", "trồng dược liệu", "m² dược liệu", (1000, 4000), (5, 1, 3, 6, 0, 0)),
    Activity("mac_ca", "trồng mắc ca", "m² mắc ca", (3000, 8000), (3, 0, 0, 9, 0, 0)),
    Activity("mac_ca", "trồng cây ăn quả", "m² cây ăn quả", (1500, 4000), (2, 3, 3, 4, 5, 3)),
    Activity("thuy_san", "nuôi cá", "m² mặt nước", (300, 1200), (2, 7, 4, 2, 8, 0)),
    Activity("thuy_san", "nuôi tôm, cua", "m² mặt nước", (1000, 4000), (0, 1, 3, 0, 8, 2)),
    Activity("det", "dệt thổ cẩm", "khung dệt", (1, 1), (4, 0, 2, 4, 1, 4)),
    Activity("det", "đan lát thủ công", "bộ dụng cụ", (1, 1), (1, 6, 3, 1, 5, 1)),
    Activity("du_lich", "du lịch cộng đồng", "điểm đón khách", (1, 1), (3, 1, 2, 2, 1, 2)),
)

NAMES = {
    "cong_dong": "Mô hình {words} {place}",
    "chuoi_gia_tri": "Dự án liên kết {words} theo chuỗi giá trị {place}",
    "nhiem_vu": "Nhiệm vụ hỗ trợ hộ nghèo {words} {place}",
    "dac_thu": "Dự án đặc thù {words} {place}",
}
LEAD_NAMES = {
    "doanh_nghiep": "Doanh nghiệp liên kết {district}",
    "hop_tac_xa": "HTX nông nghiệp {place}",
    "lien_hiep_htx": "Liên hiệp HTX nông nghiệp {district}",
    "hoi_lhpn": "Hội LHPN {place}",
    "to_chuc_khac": "Hội Nông dân {place}",
    "co_quan": "Phòng Lao động - Thương binh và Xã hội {district}",
    "cong_dong_dan_cu": "Tổ nhóm cộng đồng {place}",
}
COORDINATORS = (
    "",
    "UBND {place}",
    "Hội LHPN {place}; UBND {place}",
    "Hội LHPN {district}; Trung tâm Dịch vụ nông nghiệp {district}",
    "Hội Nông dân {place}; Ngân hàng Chính sách xã hội {district}",
    "UBND {place}; Trung tâm Dịch vụ nông nghiệp {district}",
    "Phòng Nông nghiệp {district}; Hội LHPN {place}",
)
OBJECTIVES = (
    "Tạo việc làm, tăng thu nhập cho {n} hộ nghèo, cận nghèo, mới thoát nghèo; phấn đấu {out} hộ "
    "thoát nghèo khi kết thúc dự án",
    "Hỗ trợ {n} hộ phát triển sản xuất, thu nhập bình quân tăng ít nhất {rise}% sau {months} tháng",
    "Đa dạng hóa sinh kế cho {n} hộ, giúp ít nhất {out} hộ thoát nghèo và hạn chế tái nghèo",
)
OBJECTIVE_WOMEN = (
    "Hỗ trợ sinh kế cho {n} hộ, ưu tiên hộ nghèo do phụ nữ làm chủ; phấn đấu {out} hộ thoát nghèo, "
    "nâng cao vai trò kinh tế của phụ nữ"
)
SCALE = "{total}, bình quân {each} mỗi hộ"

NOTES_LATE = (
    "Chậm do giao vốn muộn, đề nghị bố trí vốn sớm hơn",
    "Chờ thẩm định giá con giống, vật tư",
    "Hộ dân chưa bố trí đủ phần đối ứng",
    "Ảnh hưởng của mưa lũ, phải lùi thời vụ",
    "Đơn vị cung ứng con giống chưa bảo đảm chất lượng, đang lựa chọn lại",
    "Cán bộ phụ trách cấp xã thay đổi, hồ sơ thanh toán chậm",
)
NOTES_SUSPENDED = (
    "Tạm dừng do dịch bệnh trên vật nuôi, chờ hướng dẫn",
    "Tạm dừng để rà soát lại đối tượng tham gia",
    "Tạm dừng do sạt lở, đường vào vùng dự án bị chia cắt",
)
NOTES_CANCELLED = (
    "Hủy do không đủ hộ đăng ký đối ứng",
    "Hủy do đơn vị liên kết rút khỏi dự án, chuyển vốn sang mô hình khác",
)


def model_texts(row: Mapping[Any, Any]) -> dict[str, str | None]:
    """The texts of one model."""
    activity = ACTIVITIES[row["activity"]]
    district = _lower(row["district_name"])
    commune = row["commune_name"]
    place = _lower(commune) if isinstance(commune, str) else district
    area = place if place == district else f"{place}, {district}"
    households = row["households_planned"]
    lead = LEAD_NAMES[row["lead_kind"]].format(place=place, district=district)
    partners = COORDINATORS[row["partner"]].format(place=place, district=district)
    each = int(quantile(activity.each, np.array([row["rank"]]))[0])
    each -= each % (100 if each >= 300 else 10 if each >= 50 else 1)
    union = row["lead_kind"] == "hoi_lhpn"
    objective = OBJECTIVE_WOMEN if union else OBJECTIVES[row["aim"]]
    months = (row["planned_end"] - row["planned_start"]).days * 12 // 365
    return {
        "name": NAMES[row["form"]].format(words=activity.words, place=area),
        "lead_unit": lead,
        "coordinating_units": "; ".join(p for p in partners.split("; ") if p != lead) or None,
        "objective": objective.format(
            n=households, out=max(2, households // 3), rise=row["rise"], months=months
        ),
        "scale": SCALE.format(
            total=f"{_dotted(each * households)} {activity.unit}", each=_dotted(each)
        ),
    }


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
