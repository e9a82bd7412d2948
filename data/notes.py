"""Rules of the budget that stand beside figures: what they say, where, and how they were read.

Source: the project's domain notes, read on 24/11/2026 from pages that quote the documents.
What was not read is not here.
"""

from dataclasses import dataclass
from typing import Literal

from data import periods

Grade = Literal["A", "B", "C", ""]

GRADES: dict[Grade, str] = {
    "A": "đã đọc nguyên văn điều khoản đang có hiệu lực",
    "B": "đọc bản đầu, sau đó đã được sửa đổi",
    "C": "theo báo chí, cổng thông tin hoặc nghị quyết của tỉnh dẫn lại",
    "": "quy ước của bảng theo dõi, không dựa vào văn bản",
}
Topic = Literal["lead", "people", "plan", "year", "calendar"]

TOPICS: dict[Topic, str] = {
    "lead": "Ai được chủ trì",
    "people": "Đối tượng và địa bàn ưu tiên",
    "plan": "Mức hỗ trợ từ vốn nhà nước",
    "year": "Năm ngân sách và vốn kéo dài",
    "calendar": "Lịch báo cáo và thời hạn",
}


@dataclass(frozen=True)
class Note:
    """One rule in a sentence, its document and article, and its grade."""

    topic: Topic
    says: str
    basis: str
    grade: Grade


_ND27 = "Nghị định 27/2022/NĐ-CP"

NOTES = (
    Note(
        "lead",
        "Dự án theo một trong bốn hình thức: liên kết theo chuỗi giá trị, phát triển sản xuất "
        "cộng đồng, theo nhiệm vụ, đặc thù; công khai, dân chủ, bình đẳng giới.",
        "Thông tư 09/2022/TT-BLĐTBXH, Điều 4",
        "A",
    ),
    Note(
        "lead",
        "Liên kết theo chuỗi giá trị: doanh nghiệp, hợp tác xã hoặc liên hiệp hợp tác xã chủ trì.",
        f"{_ND27}, Điều 3 khoản 4",
        "A",
    ),
    Note(
        "lead",
        "Phát triển sản xuất cộng đồng: cộng đồng đề xuất và thực hiện, gồm nhóm hộ được xã chứng "
        "thực, tổ hợp tác, hoặc các hộ do tổ chức chính trị - xã hội (trong đó có Hội Liên hiệp "
        "Phụ nữ), ban phát triển thôn, người có uy tín đại diện.",
        f"{_ND27}, Điều 22 khoản 1",
        "B",
    ),
    Note(
        "lead",
        "Theo nhiệm vụ: cơ quan, tổ chức được giao nhiệm vụ, đặt hàng hoặc trúng thầu; khi không "
        "tổ chức được hai hình thức trên, sau thiên tai, cho đối tượng yếu thế, vì quốc phòng, "
        "bình đẳng giới hoặc công nghệ mới.",
        f"{_ND27}, Điều 23 khoản 1a và khoản 2",
        "B",
    ),
    Note(
        "people",
        "Ít nhất 50% người tham gia thuộc đối tượng của chương trình.",
        f"{_ND27}, Điều 20 khoản 5",
        "C",
    ),
    Note(
        "people",
        "Được ưu tiên: dự án có trên 70% người tham gia là người thuộc hộ nghèo, cận nghèo, mới "
        "thoát nghèo, người dân tộc thiểu số, người có công, phụ nữ thuộc hộ nghèo.",
        f"{_ND27}, Điều 20 khoản 5",
        "C",
    ),
    Note(
        "people",
        "Ưu tiên huyện nghèo, xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo: 74 huyện, "
        "54 xã.",
        "Quyết định 353/QĐ-TTg ngày 15/03/2022",
        "C",
    ),
    Note(
        "plan",
        "Dự án cộng đồng: vốn nhà nước không quá 95% tổng kinh phí ở địa bàn đặc biệt khó khăn, "
        "80% ở địa bàn khó khăn, 60% ở địa bàn khác; Hội đồng nhân dân tỉnh có thể quy định thấp "
        "hơn.",
        f"{_ND27}, Điều 22 khoản 5a, sửa bởi Nghị định 38/2023/NĐ-CP, Điều 1 khoản 13",
        "A",
    ),
    Note(
        "plan",
        "Dự án cộng đồng có phần đối ứng của cộng đồng.",
        f"{_ND27}, Điều 22 khoản 1",
        "B",
    ),
    Note(
        "plan",
        "Dự án liên kết theo chuỗi giá trị: vốn nhà nước không quá 80%, 70%, 50% tổng kinh phí "
        "theo ba loại địa bàn ấy.",
        f"{_ND27}, Điều 21, như Phú Yên dẫn lại",
        "C",
    ),
    Note(
        "plan",
        "Dự án theo nhiệm vụ: vốn nhà nước không quá 3 tỷ đồng một dự án, trong đó ít nhất 70% "
        "chi trực tiếp cho sản xuất của người dân.",
        f"{_ND27}, Điều 23 khoản 3a và khoản 1b",
        "B",
    ),
    Note(
        "year",
        "Vốn của năm ngân sách chi đến hết 31/12; khối lượng đã hoàn thành được thanh toán đến "
        "hết 31/01 năm sau.",
        "Thông tư 342/2016/TT-BTC, Điều 26",
        "A",
    ),
    Note(
        "year",
        "Vốn năm 2023 được kéo dài, sử dụng đến hết 31/12/2024.",
        "Nghị quyết 104/2023/QH15",
        "C",
    ),
    Note(
        "calendar",
        f"Báo cáo quý: chậm nhất ngày {periods.REPORT_DUE_DAYS} tháng đầu quý sau.",
        "Lịch của Hội, là một tham số của bảng theo dõi",
        "",
    ),
    Note(
        "calendar",
        "Báo cáo giám sát: trong 15 ngày làm việc sau mỗi đợt; báo cáo 6 tháng trước 01/06, báo "
        "cáo năm trước 01/12.",
        "Thông tư 10/2022/TT-BLĐTBXH, Điều 4 khoản 2a",
        "A",
    ),
    Note(
        "calendar",
        "Rà soát hộ nghèo, cận nghèo: hằng tháng, chậm nhất ngày 5, từ tháng 2 đến tháng 9; kết "
        "quả sơ bộ trước 15/11, chính thức trước 20/12.",
        "Quyết định 24/2021/QĐ-TTg, Điều 7",
        "A",
    ),
    Note(
        "calendar",
        "Mô hình kết thúc trong giai đoạn của chương trình, muộn nhất 31/12/2025.",
        f"{_ND27}, Điều 20",
        "C",
    ),
)
