"""Hướng dẫn: how to use the dashboard in two minutes, its terms, its sources."""

import pandas as pd
import streamlit as st

from components import chrome, wording
from components.content import content
from data import codes, geography, readers, rules
from data.measures import MEASURES
from data.view import View


def guide(_view: View) -> None:
    snapshot, _ = readers.current()

    st.header("Dùng trong hai phút")
    st.markdown(
        """
    1. **Chọn địa bàn**: gõ vài chữ tên tỉnh vào ô *Địa bàn*, có dấu hay không dấu (`ben tre`,
       `dak lak`, `hcm`), rồi nhấn Enter; hoặc bấm vào tỉnh trên bản đồ. Bấm lần nữa để về cả nước.
    2. **Chọn kỳ, hình thức, nguồn vốn** ở cùng hàng. *Xóa lọc* đưa mọi thứ về ban đầu.
    3. **Gửi cho người khác**: sao chép địa chỉ trang; ai mở cũng thấy đúng màn hình ấy. Nút
       *Sao chép* chép câu tóm tắt để dán vào tin nhắn.
    4. **Trình chiếu**: chữ lớn cho hội trường và Zoom; phím ←&nbsp;→ sang tỉnh trước, tỉnh sau; Esc
       để thoát.
    5. **Báo cáo quý**: trang *Báo cáo* cho biết báo cáo của tỉnh đã đến chưa và cần sửa gì; ở đó
       tải mẫu và kiểm tra tệp trước khi gửi.
    """
    )

    st.html(chrome.WIDE_TEXT)
    st.header("Các chỉ số")
    st.table(
        pd.DataFrame(
            {
                "Chỉ số": [measure.label for measure in MEASURES.values()],
                "Cách tính": [measure.explained for measure in MEASURES.values()],
                "Đơn vị": [wording.noun(measure) for measure in MEASURES.values()],
            }
        ),
        hide_index=True,
        alt="Các chỉ số và cách tính",
    )
    st.markdown(
        "**Chưa báo cáo** không phải là số không: tỉnh chưa gửi báo cáo kỳ nào thì không có số của "
        "kỳ ấy, không lấy số kỳ trước thay vào, và được đếm riêng bên cạnh mỗi tổng."
    )

    st.header("Khi nào một tỉnh cần quan tâm")
    st.table(
        pd.DataFrame(
            {
                "Dấu hiệu": [rule.label for rule in rules.RULES.values()],
                "Căn cứ": [rule.basis for rule in rules.RULES.values()],
            }
        ),
        hide_index=True,
        alt="Các dấu hiệu và căn cứ",
    )

    st.header("Các từ hay gặp")
    st.markdown("**Hình thức:** " + "; ".join(codes.FORMS.labels.values()) + ".")
    steps = [label for key, label in codes.STAGES.labels.items() if key not in codes.ASIDE_STAGES]
    aside = [codes.STAGES.label(key).lower() for key in codes.ASIDE_STAGES]
    st.markdown(f"**Giai đoạn của mô hình:** {' → '.join(steps)}; ngoài ra: {', '.join(aside)}.")

    st.header("Nguồn số liệu")
    st.markdown("\n".join(f"- {source}" for source in snapshot.manifest.sources))
    st.caption(f"{geography.boundary_note()}. Bản số liệu {snapshot.id}.")


content(guide)
