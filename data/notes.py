"""Rules of the budget that stand beside figures: what they say, where, and how they were read.

Source: the project's domain notes, read on 24/11/2026 from pages that quote the documents.
What was not read is not here.
"""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["A", "B", "C"]

GRADES: dict[Grade, str] = {
    "A": "đã đọc nguyên văn điều khoản đang có hiệu lực",
    "B": "đọc bản đầu, sau đó đã được sửa đổi",
    "C": "theo báo chí, cổng thông tin hoặc nghị quyết của tỉnh dẫn lại",
}


@dataclass(frozen=True)
class Note:
    """One rule in a sentence, its document and article, and its grade."""

    topic: Literal["plan", "year"]
    says: str
    basis: str
    grade: Grade


NOTES = (
    Note(
        "plan",
        "Dự án cộng đồng: vốn nhà nước không quá 95% tổng kinh phí ở địa bàn đặc biệt khó khăn, "
        "80% ở địa bàn khó khăn, 60% ở địa bàn khác; Hội đồng nhân dân tỉnh có thể quy định thấp "
        "hơn.",
        "Nghị định 27/2022/NĐ-CP, Điều 22 khoản 5a, sửa bởi Nghị định 38/2023/NĐ-CP, Điều 1 "
        "khoản 13",
        "A",
    ),
    Note(
        "plan",
        "Dự án liên kết theo chuỗi giá trị: vốn nhà nước không quá 80%, 70%, 50% tổng kinh phí "
        "theo ba loại địa bàn ấy.",
        "Nghị định 27/2022/NĐ-CP, Điều 21, như Phú Yên dẫn lại",
        "C",
    ),
    Note(
        "plan",
        "Dự án theo nhiệm vụ: vốn nhà nước không quá 3 tỷ đồng một dự án, trong đó ít nhất 70% "
        "chi trực tiếp cho sản xuất của người dân.",
        "Nghị định 27/2022/NĐ-CP, Điều 23 khoản 3a và khoản 1b",
        "B",
    ),
    Note(
        "plan",
        "Người chủ trì liên kết theo chuỗi giá trị là doanh nghiệp, hợp tác xã hoặc liên hiệp hợp "
        "tác xã.",
        "Nghị định 27/2022/NĐ-CP, Điều 3 khoản 4",
        "A",
    ),
    Note(
        "plan",
        "Ưu tiên huyện nghèo, xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo: 74 huyện, "
        "54 xã.",
        "Quyết định 353/QĐ-TTg ngày 15/03/2022",
        "C",
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
)
