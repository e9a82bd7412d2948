"""Illustrative training sessions, who came, and what was asked.

Answers rest on the documents that the project's domain notes grade, or on none.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from data import demo_shapes as shapes
from data.demo_shapes import Draw

_TRAININGS = (
    ("2022-09-14", "Giới thiệu Chương trình và bốn hình thức hỗ trợ phát triển sản xuất"),
    ("2022-11-22", "Xây dựng dự án phát triển sản xuất cộng đồng"),
    ("2023-03-28", "Lựa chọn địa bàn, đối tượng tham gia mô hình giảm nghèo"),
    ("2023-06-15", "Lập kế hoạch và dự toán mô hình"),
    ("2023-08-24", "Điểm mới của Nghị định 38/2023/NĐ-CP về hỗ trợ phát triển sản xuất"),
    ("2023-10-19", "Lồng ghép giới trong mô hình sinh kế"),
    ("2024-01-25", "Kéo dài, chuyển nguồn và thanh toán cuối năm"),
    ("2024-05-16", "Thẩm định, phê duyệt và ký hợp đồng dự án"),
    ("2024-07-25", "Theo dõi tiến độ, lập báo cáo quý của mô hình"),
    ("2024-09-26", "Liên kết theo chuỗi giá trị với hợp tác xã do phụ nữ quản lý"),
    ("2025-03-20", "Thu hồi, quay vòng và nhân rộng mô hình"),
    ("2025-05-22", "Nghiệm thu, thanh toán và bàn giao mô hình"),
)
_DOCUMENTS = "Tài liệu tập huấn; biểu mẫu báo cáo quý"

_ND27 = "Nghị định 27/2022/NĐ-CP"
_ND38 = "sửa đổi bởi Nghị định 38/2023/NĐ-CP, Điều 1 khoản 13"


class _Question(NamedTuple):
    topic: str
    question: str
    answer: str | None = None
    legal_reference: str | None = None


_QUESTIONS = (
    _Question(
        "phan_bo_cham",
        "Vốn sự nghiệp về đến huyện vào cuối năm, không kịp mùa vụ. Có thể chuẩn bị trước việc gì?",
        "Địa phương nên khảo sát, chọn hộ và lập hồ sơ trước, để khi có vốn thì thẩm định, phê "
        "duyệt và ký hợp đồng được ngay.",
    ),
    _Question(
        "phan_bo_cham",
        "Tỉnh chưa có hướng dẫn riêng thì huyện căn cứ vào đâu để lập dự án?",
        "Căn cứ các hình thức và nguyên tắc hỗ trợ đã quy định, đồng thời đề nghị tỉnh sớm ban "
        "hành hướng dẫn.",
        "Thông tư 09/2022/TT-BLĐTBXH, Điều 4",
    ),
    _Question(
        "phan_bo_cham",
        "Đề nghị thông báo mức vốn của các năm còn lại để cơ sở chủ động lập danh mục mô hình.",
    ),
    _Question(
        "chuyen_nguon",
        "Vốn năm 2023 chưa giải ngân hết được sử dụng đến khi nào?",
        "Vốn năm 2023 được kéo dài thời gian thực hiện và giải ngân đến hết ngày 31/12/2024.",
        "Nghị quyết 104/2023/QH15",
    ),
    _Question(
        "chuyen_nguon",
        "Mô hình nghiệm thu vào cuối tháng 12 thì có thanh toán trong tháng 01 năm sau được không?",
        "Khối lượng đã hoàn thành đến ngày 31/12 được thanh toán đến hết ngày 31/01 năm sau.",
        "Thông tư 342/2016/TT-BTC, Điều 26",
    ),
    _Question(
        "chuyen_nguon",
        "Vốn kéo dài và vốn giao trong năm có phải báo cáo riêng không?",
        "Có. Trong mẫu báo cáo quý, vốn kéo dài là một cột riêng, không cộng vào kế hoạch giao.",
    ),
    _Question(
        "doi_ung",
        "Hộ nghèo không có tiền đối ứng thì có tham gia dự án cộng đồng được không?",
        "Dự án cộng đồng phải có phần đóng góp của các hộ. Dự toán cần nêu rõ phần này, phù hợp "
        "với khả năng của từng hộ.",
        f"{_ND27}, Điều 22 khoản 1",
    ),
    _Question(
        "doi_ung", "Ngân sách huyện khó khăn, chưa bố trí đủ vốn đối ứng; đề nghị tỉnh hỗ trợ thêm."
    ),
    _Question(
        "muc_ho_tro",
        "Mức hỗ trợ tối đa của dự án cộng đồng ở xã đặc biệt khó khăn là bao nhiêu?",
        "Không quá 95% ở địa bàn đặc biệt khó khăn, 80% ở địa bàn khó khăn và 60% ở địa bàn khác; "
        "tỉnh có thể quy định mức thấp hơn.",
        f"{_ND27}, Điều 22 khoản 5a ({_ND38})",
    ),
    _Question(
        "muc_ho_tro",
        "Một mô hình có hộ ở hai xã khác loại địa bàn thì áp dụng mức hỗ trợ nào?",
    ),
    _Question(
        "muc_ho_tro",
        "Dự án liên kết theo chuỗi giá trị được Nhà nước hỗ trợ tối đa bao nhiêu?",
        "Không quá 80%, 70% và 50% tổng chi phí, tương ứng địa bàn đặc biệt khó khăn, khó khăn và "
        "địa bàn khác; thực hiện theo nghị quyết của tỉnh.",
        f"{_ND27}, Điều 21",
    ),
    _Question(
        "quay_vong",
        "Tỷ lệ thu hồi để quay vòng do ai quyết định?",
        "Tỷ lệ thu hồi do từng tỉnh quy định; đề nghị thực hiện theo quy định của tỉnh mình.",
    ),
    _Question("quay_vong", "Con giống bị chết do thiên tai thì hộ có phải hoàn trả không?"),
    _Question("quay_vong", "Vốn thu hồi được chuyển cho hộ khác trong cùng thôn theo thủ tục nào?"),
    _Question(
        "con_giong",
        "Con giống giao cho hộ không bảo đảm chất lượng thì xử lý thế nào?",
        "Tổ cộng đồng lập biên bản khi giao nhận và đề nghị đơn vị cung ứng đổi lại theo hợp đồng; "
        "chỉ nghiệm thu con giống đạt yêu cầu.",
    ),
    _Question(
        "con_giong", "Giá con giống trên thị trường tăng so với dự toán thì điều chỉnh ra sao?"
    ),
    _Question(
        "doi_tuong",
        "Hộ mới thoát nghèo có được tham gia mô hình không? Tỷ lệ bao nhiêu?",
        "Được. Người thuộc đối tượng của Chương trình phải chiếm từ 50% số người tham gia; dự án "
        "có trên 70% thuộc diện ưu tiên được ưu tiên lựa chọn.",
        f"{_ND27}, Điều 20 khoản 5",
    ),
    _Question(
        "doi_tuong",
        "Hội Liên hiệp Phụ nữ xã có được đứng ra đề xuất dự án cộng đồng không?",
        "Được. Tổ chức chính trị - xã hội có thể đại diện các hộ để đề xuất dự án cộng đồng.",
        f"{_ND27}, Điều 22 khoản 1",
    ),
    _Question(
        "doi_tuong",
        "Khi nào dự án được giao theo nhiệm vụ cho Hội?",
        "Khi không tổ chức được theo chuỗi giá trị hay cộng đồng, hoặc có căn cứ như thiên tai, "
        "đối tượng yếu thế, bình đẳng giới; quyết định phải nêu rõ căn cứ.",
        f"{_ND27}, Điều 23 khoản 1a",
    ),
    _Question(
        "doi_tuong", "Hộ không còn lao động có nên đưa vào danh sách tham gia mô hình không?"
    ),
    _Question(
        "trach_nhiem",
        "Cán bộ ngại ký hồ sơ vì sợ sai. Có danh mục việc phải kiểm tra trước khi ký không?",
        "Hồ sơ dự án cộng đồng cần đúng thứ tự: thông báo, hồ sơ, thẩm định, phê duyệt, ký hợp "
        "đồng.",
        f"{_ND27}, Điều 22 khoản 3 và khoản 6",
    ),
    _Question(
        "trach_nhiem", "Khi mô hình không đạt kết quả do rủi ro thì trách nhiệm thuộc về ai?"
    ),
    _Question(
        "trung_lap",
        "Hộ đã nhận hỗ trợ của chương trình khác có được tham gia mô hình này không?",
    ),
    _Question(
        "trung_lap",
        "Hai chương trình cùng hỗ trợ bò giống trên một xã thì báo cáo thế nào?",
        "Báo cáo riêng theo từng chương trình và dự án, không cộng chung số liệu.",
    ),
    _Question(
        "can_bo_xa", "Xã chỉ có một cán bộ phụ trách nhiều việc; đề nghị tập huấn tại cụm xã."
    ),
    _Question(
        "can_bo_xa",
        "Người mới nhận việc cần đọc tài liệu nào trước?",
        "Bắt đầu từ phần hướng dẫn và biểu mẫu báo cáo quý phát tại lớp tập huấn.",
    ),
    _Question(
        "khac",
        "Báo cáo giám sát nửa năm và cả năm phải gửi trước ngày nào?",
        "Báo cáo nửa năm trước ngày 01/6, báo cáo năm trước ngày 01/12.",
        "Thông tư 10/2022/TT-BLĐTBXH, Điều 4 khoản 2a",
    ),
    _Question(
        "khac",
        "Kết quả rà soát hộ nghèo chính thức có trước ngày nào?",
        "Kết quả sơ bộ trước ngày 15/11, kết quả chính thức trước ngày 20/12.",
        "Quyết định 24/2021/QĐ-TTg, Điều 7",
    ),
)


def draw_trainings() -> pd.DataFrame:
    dates, topics = zip(*_TRAININGS, strict=True)
    forms = ["truc_tuyen", "ket_hop", "truc_tiep"]
    return pd.DataFrame(
        {
            "session": [f"TH-{date.replace('-', '')}" for date in dates],
            "date": pd.to_datetime(list(dates)),
            "topic": topics,
            "form": [forms[number % len(forms)] for number in range(len(dates))],
            "documents": _DOCUMENTS,
        }
    )


def draw_attendance(seed: int, sessions: pd.DataFrame, provinces: pd.Index) -> pd.DataFrame:
    """Most provinces join a session on line; a third of them come to one held in a hall."""
    draw = Draw(seed, 6)
    levels = pd.DataFrame(
        {"level": ["tinh", "huyen", "xa"], "often": [1000, 620, 150], "most": [4, 6, 5]}
    )
    rows = sessions.merge(pd.DataFrame({"province": provinces}), how="cross")
    joins = np.where(rows["form"] == "truc_tiep", 340, 860)
    rows = rows[draw.chance(joins, len(rows))].merge(levels, how="cross")
    rows = rows[draw.chance(rows["often"].to_numpy(), len(rows))]
    delegates = draw.ints(1, rows["most"].to_numpy(), len(rows))
    return rows.assign(delegates=delegates, leaders=draw.ints(0, 1, len(rows)))


def draw_questions(seed: int, sessions: pd.DataFrame) -> pd.DataFrame:
    """Each text asked by two provinces or so; an answer that is not ready yet is missing."""
    draw, texts, n = Draw(seed, 7), _QUESTIONS, shapes.QUESTIONS
    rows = pd.DataFrame([texts[number % len(texts)]._asdict() for number in range(n)])
    weights = [weight for weight, _ in shapes.PROVINCES.values()]
    session = sessions.loc[draw.ints(0, len(sessions) - 1, n)].reset_index(drop=True)
    later = draw.chance(250, n)
    asked = session["date"] + pd.to_timedelta(np.where(later, draw.ints(3, 30, n), 0), unit="D")
    answered = rows["answer"].notna().to_numpy() & draw.chance(820, n)
    when = asked + pd.to_timedelta(draw.ints(0, 45, n), unit="D")
    answered &= (when <= pd.Timestamp(shapes.DATA_END)).to_numpy()
    waiting = np.where(draw.chance(600, n), "dang_xu_ly", "moi")
    return rows.assign(
        question_id=[f"VM-{number:03d}" for number in range(1, n + 1)],
        session=session["session"].mask(later),
        province=np.array(list(shapes.PROVINCES))[draw.pick(weights, n)],
        answer=rows["answer"].where(answered),
        legal_reference=rows["legal_reference"].where(answered),
        status=np.where(answered, "da_tra_loi", waiting),
        asked_date=asked,
        answered_date=when.where(answered),
    )
