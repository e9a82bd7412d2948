"""The timeline: what was planned and what the reports say was done, each in its time.

Few models are drawn one to a row, many as counts by quarter, so that what a browser is sent does
not grow with them. The two vertical lines are rows of the data, not of the specification, which
therefore stays the same whatever is filtered.
"""

from datetime import date

import pandas as pd
import streamlit as st

from components import timeline_specs
from components.charts import Written, chart, heading, packed
from components.models import choose
from data import formats, model_readers, model_sums, periods
from data.model_timeline import Timeline
from data.models import WORDS
from data.view import View

LABEL = "Biểu đồ theo thời gian: kế hoạch và thực tế"
_DAY = 86_400_000.0
"""Milliseconds."""
_COUNTED = {
    "to_start": "Phải bắt đầu theo kế hoạch",
    "started": "Đã bắt đầu",
    "to_end": "Phải kết thúc theo kế hoạch",
    "ended": "Đã kết thúc",
}
_WORDS = {
    "Thực hiện": formats.percent,
    "Bắt đầu (kế hoạch)": formats.day,
    "Kết thúc (kế hoạch)": formats.day,
}
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
    rows = _rows(spans)
    chart(
        timeline_specs.rows(20 if view.presenting else 11),
        packed(pd.concat([rows, _lines(rows["last"], view.quarter, today)])),
        lambda: Written(_row_table(spans), _WORDS),
        title=f"Tiến trình từng mô hình, kế hoạch và thực tế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=f"Mỗi mô hình một dòng, {len(spans)} dòng. {said(found, view.quarter)}",
        key=f"{key}_dong",
        font=20 if view.presenting else 11,
        on_pick=lambda row: choose(str(row["id"])) if row.get("id") else None,
    )


def _counted(found: Timeline, view: View, today: date, illustrative: bool, key: str) -> None:
    rows = _counts(found.pace, view.quarter)
    chart(
        timeline_specs.counts(20 if view.presenting else 11, 480 if view.presenting else 280),
        packed(pd.concat([rows, _lines(rows["plan_to"], view.quarter, today)])),
        lambda: Written(
            _count_table(found.pace),
            dict.fromkeys(_COUNTED.values(), formats.number),
            _ahead(found.pace),
        ),
        title=f"Số mô hình bắt đầu, kết thúc, kế hoạch và thực tế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=f"Mỗi quý hai cặp cột. {said(found, view.quarter)}",
        key=f"{key}_quy",
        font=20 if view.presenting else 11,
    )


def _rows(spans: pd.DataFrame) -> pd.DataFrame:
    """What the chart draws of each model; days as milliseconds, which every browser reads alike."""
    return pd.DataFrame(
        {
            "id": spans["id"],
            "label": _labels(spans["name"]),
            "start": _ms(spans["planned_start"]),
            "end": _ms(spans["planned_end"]),
            "began": _ms(spans["began"]),
            "until": _ms(spans["until"]),
            "last": _ms(spans[["planned_end", "until"]].max(axis=1)),
            "word": spans["word"].map(WORDS.labels),
            "done": [_done(*row) for row in zip(spans["actual"], spans["word"], strict=True)],
            "name": spans["name"],
            "plan": _between(spans["planned_start"], spans["planned_end"]),
            "real": _between(spans["began"], spans["until"]),
        }
    )


def _labels(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names without the word that they all begin with; those alike are numbered."""
    short = names.str.replace(r"^Mô hình ", "", regex=True)
    short = short.str[:1].str.upper() + short.str[1:]
    again = short.groupby(short).cumcount()
    return short.where(again == 0, short + " (" + (again + 1).astype("str") + ")")


def _ms(days: pd.Series) -> "pd.Series[float]":
    numbers: pd.Series[float] = (days - pd.Timestamp(0)) / pd.Timedelta(milliseconds=1)
    return numbers


def _done(actual: float, word: str) -> str:
    return WORDS.label(word) if pd.isna(actual) else formats.percent(actual)


def _between(first: pd.Series, last: pd.Series) -> list[str]:
    return [
        "chưa rõ" if pd.isna(a) or pd.isna(b) else f"{formats.day(a)} – {formats.day(b)}"
        for a, b in zip(first, last, strict=True)
    ]


def _row_table(spans: pd.DataFrame) -> pd.DataFrame:
    told = spans.assign(
        began=[*map(_day, spans["began"])],
        until=[*map(_day, spans["until"])],
        word=spans["word"].map(WORDS.labels),
    )
    labels = {
        "id": "Mã",
        "name": "Mô hình",
        "planned_start": "Bắt đầu (kế hoạch)",
        "planned_end": "Kết thúc (kế hoạch)",
        "began": "Bắt đầu (báo cáo)",
        "until": "Báo cáo đến ngày",
        "actual": "Thực hiện",
        "word": "Tiến độ",
    }
    return told[list(labels)].rename(columns=labels)


def _day(day: pd.Timestamp) -> str:
    return "chưa rõ" if pd.isna(day) else formats.day(day)


def _counts(pace: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Two rows a quarter: those that began above the axis, those that ended below it."""
    parts = []
    for planned, actual, sign in (("to_start", "started", 1), ("to_end", "ended", -1)):
        now = pace.index == quarter
        planned_words, actual_words = (pace[it].map(formats.number) for it in (planned, actual))
        part = pd.DataFrame(
            {
                "plan": sign * pace[planned],
                "real": sign * pace[actual],
                "edge": sign * pace[[planned, actual]].max(axis=1),
                "kind": f"{_COUNTED[planned]}, {_COUNTED[actual].lower()}",
                "quarter": [*map(formats.quarter, pace.index)],
                "plan_words": planned_words,
                "real_words": actual_words.where(pace[actual].notna(), "chưa đến"),
                "told": (actual_words + "/" + planned_words).where(now),
                "of": "start" if sign > 0 else "end",
                **_bands(pace.index),
            }
        )
        parts.append(part)
    return pd.concat(parts)


def _bands(quarters: "pd.Index[str]") -> dict[str, list[float]]:
    """Where the bars of each quarter stand: the planned one wide, the actual one within it."""
    ends = [_ms_of(periods.end(it)) for it in quarters]
    starts = [_ms_of(periods.end(periods.shift(it, -1))) + _DAY for it in quarters]
    inset = {"plan": 6 * _DAY, "real": 24 * _DAY}
    return {
        f"{name}_{side}": [day + sign * by for day in days]
        for name, by in inset.items()
        for side, days, sign in (("from", starts, 1), ("to", ends, -1))
    }


def _ms_of(day: date) -> float:
    return pd.Timestamp(day).timestamp() * 1000


def _count_table(pace: pd.DataFrame) -> pd.DataFrame:
    return (
        pace.rename(columns=_COUNTED).rename(index=formats.quarter).rename_axis("Kỳ").reset_index()
    )


def _ahead(pace: pd.DataFrame) -> pd.DataFrame:
    """The words for quarters after the one shown, which have no actual figures."""
    names = [_COUNTED["started"], _COUNTED["ended"]]
    return pd.DataFrame("chưa đến kỳ", index=range(len(pace)), columns=names)


def _lines(ends: "pd.Series[float]", quarter: str, today: date) -> pd.DataFrame:
    """The two vertical lines: the day of the figures, and today, if the axis goes so far.

    `ends` are the days (ms) on which bars end. Where the axis ends before today, today is told
    at its end, without a line.
    """
    end, now, last = _ms_of(periods.end(quarter)), _ms_of(today), float(ends.max())
    shown = now <= last
    told = f"Hôm nay {formats.day(today)}"
    return pd.DataFrame(
        {
            "rule": [end, now if shown else None],
            "at": [end, now if shown else last],
            "line": [
                f"Số liệu đến {formats.day(periods.end(quarter))}",
                told + ", ngoài biểu đồ" * (not shown),
            ],
            "side": ["figures", "now" if shown else "beyond"],
        }
    )
