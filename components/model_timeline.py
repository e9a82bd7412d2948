"""The timeline: what was planned and what the reports say was done, each in its time.

Few models are drawn one to a row, many as counts by quarter, so that what a browser is sent does
not grow with them. The two vertical lines are rows of the data, not of the specification, which
therefore stays the same whatever is filtered.
"""

from datetime import date

import pandas as pd
import streamlit as st

from components import timeline_rows, timeline_specs
from components.charts import Written, chart, heading, packed
from components.models import choose
from data import formats, model_readers, model_sums, periods
from data.model_timeline import Timeline
from data.view import View

LABEL = "Biểu đồ theo thời gian: kế hoạch và thực tế"
_ROWS_NOTE = (
    "Thanh nhạt: kế hoạch. Thanh đậm: từ đầu quý đầu tiên báo cáo triển khai (từ ngày ký hợp đồng, "
    "nếu trong quý ấy) đến hết quý báo cáo nghiệm thu, chưa nghiệm thu thì hết quý báo cáo gần "
    "nhất; không có thanh đậm: báo cáo chưa nêu đã bắt đầu. Số bên phải: khối lượng đã thực hiện. "
    "Bấm một dòng để xem mô hình."
)
_COUNTS_NOTE = (
    "Số mô hình lũy kế đến cuối mỗi quý; trên trục: bắt đầu, dưới trục: kết thúc. Nhạt: theo kế "
    "hoạch; đậm: quý đầu tiên báo cáo triển khai, nghiệm thu. Từ 40 mô hình trở xuống, mỗi mô "
    "hình một dòng."
)


def timeline(snapshot_id: str, view: View, today: date, illustrative: bool, *, key: str) -> None:
    """How many models were to begin and end by now and did; in a box, the picture over time.

    Closed it costs a filter nothing; a second chart takes a browser longer than all the rest.
    Call it in a container of its own.
    """
    found = model_readers.timeline(snapshot_id, model_sums.where(view))
    if not found.models:
        return
    st.html(f'<p style="margin:0">{said(found, view.quarter)}</p>')
    box = st.expander(LABEL, on_change="rerun", key=key)  # one label, or it would close each time
    if not box.open:
        return
    with box:
        if found.few:
            spans = model_readers.spans(snapshot_id, model_sums.where(view))
            _each(found, spans, view, today, illustrative, key)
        else:
            _counted(found, view, today, illustrative, key)
        st.html(f'<p style="margin:0;font-size:0.875rem">{_note(found)}</p>')


def said(found: Timeline, quarter: str) -> str:
    """What was to have begun and ended by now, and what did, in a sentence."""
    now = {str(name): formats.number(many) for name, many in found.pace.loc[quarter].items()}
    return (
        f"Theo kế hoạch đến {formats.day(periods.end(quarter))} phải bắt đầu {now['to_start']} mô "
        f"hình, đã bắt đầu {now['started']}; phải kết thúc {now['to_end']}, đã kết thúc "
        f"{now['ended']}."
    )


def _note(found: Timeline) -> str:
    """How it is counted, and which models are not known or not counted."""
    note = _ROWS_NOTE if found.few else _COUNTS_NOTE
    lost, out = formats.number(found.unknown), formats.number(found.left_out)
    if found.unknown:
        note += f" {lost} mô hình đến hạn bắt đầu nhưng chưa rõ vì chưa báo cáo kỳ này."
    return note + f" Không tính {out} mô hình chưa phê duyệt, đã hủy." * bool(found.left_out)


def _each(
    found: Timeline, spans: pd.DataFrame, view: View, today: date, illustrative: bool, key: str
) -> None:
    rows = timeline_rows.of_models(spans)
    chart(
        timeline_specs.rows(20 if view.presenting else 11),
        packed(pd.concat([rows, timeline_rows.lines(rows["last"], view.quarter, today)])),
        lambda: Written(timeline_rows.table_of_models(spans), timeline_rows.WORDS_OF_MODELS),
        title=f"Tiến trình từng mô hình, kế hoạch và thực tế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=f"Mỗi mô hình một dòng, {len(spans)} dòng. {said(found, view.quarter)}",
        key=f"{key}_dong",
        font=20 if view.presenting else 11,
        on_pick=lambda row: choose(str(row["id"])) if row.get("id") else None,
    )


def _counted(found: Timeline, view: View, today: date, illustrative: bool, key: str) -> None:
    rows = timeline_rows.by_quarter(found.pace, view.quarter)
    chart(
        timeline_specs.counts(20 if view.presenting else 11, 480 if view.presenting else 280),
        packed(pd.concat([rows, timeline_rows.lines(rows["plan_to"], view.quarter, today)])),
        lambda: Written(
            timeline_rows.table_by_quarter(found.pace),
            dict.fromkeys(timeline_rows.COUNTED.values(), formats.number),
            timeline_rows.ahead(found.pace),
        ),
        title=f"Số mô hình bắt đầu, kết thúc, kế hoạch và thực tế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=f"Mỗi quý hai cặp cột. {said(found, view.quarter)}",
        key=f"{key}_quy",
        font=20 if view.presenting else 11,
    )
