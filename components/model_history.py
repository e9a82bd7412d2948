"""The reports of one model, quarter by quarter: planned and actual, and what was noted."""

from dataclasses import replace
from functools import cache
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from components.charts import Spec, Written, chart, checked, heading, packed
from components.model_facts import Model
from components.models import INK, type_of
from data import codes, formats, model_book, models, places
from data.models import WORDS
from data.view import View

_WORDS = {
    "Kế hoạch": formats.percent,
    "Thực hiện": formats.percent,
    "Hộ tham gia": formats.number,
    "Đã giải ngân (đồng)": formats.number,
}


def progress(view: View, model: Model, reports: pd.DataFrame, illustrative: bool) -> None:
    """Planned and actual by quarter, the same as a table, and what was noted."""
    if reports.empty:
        st.caption("Chưa có báo cáo nào của mô hình đến kỳ này.")
        return
    area = places.province(model["province"]) or view.area
    chart(
        _spec(20 if view.presenting else 11, 420 if view.presenting else 260),
        packed(_lines(reports)),
        lambda: Written(_table(reports), _WORDS),
        title=f"Tiến độ theo quý: {model['name']}",
        heading=heading(replace(view, area=area, units="63"), illustrative),
        alt=f"Kế hoạch và thực hiện lũy kế qua {len(reports)} quý có báo cáo",
        key="tien_do_quy",
    )
    notes = reports[reports["note"].notna()]
    told = "".join(
        f"<li>{formats.quarter(quarter)}: {escape(note)}</li>"
        for quarter, note in zip(notes["quarter"], notes["note"], strict=True)
    )
    if told:
        st.html(f"<h3>Ghi chú của tỉnh</h3><ul>{told}</ul>")


def _lines(reports: pd.DataFrame) -> pd.DataFrame:
    """quarter, series, rate: two rows for each report."""
    names = {"planned": "Kế hoạch lũy kế", "actual": "Thực hiện lũy kế"}
    rows = reports.rename(columns=names).melt("quarter", list(names.values()), "series", "rate")
    return rows.assign(quarter=rows["quarter"].map(formats.quarter))


def _table(reports: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Kỳ": reports["quarter"].map(formats.quarter),
            "Giai đoạn": reports["stage"].map(codes.STAGES.labels),
            "Kế hoạch": reports["planned"],
            "Thực hiện": reports["actual"],
            "Tiến độ": [WORDS.label(key) for key in models.words_of(reports)],
            "Hộ tham gia": reports[["poor", "near_poor", "newly_escaped"]].sum(axis=1),
            "Đã giải ngân (đồng)": reports[model_book.SPENT].sum(axis=1),
            "Ghi chú": reports["note"].fillna(""),
        }
    )


@cache
def _spec(font: int, height: int) -> Spec:
    legend = alt.Legend(
        title=None,
        orient="top",
        labelFontSize=font,
        labelColor=INK,
        offset=4,
        symbolType="stroke",  # a dashed circle would look like a cogwheel
        symbolStrokeWidth=font / 6,
        symbolSize=25 * font,
    )
    names = ["Kế hoạch lũy kế", "Thực hiện lũy kế"]
    x = alt.X("quarter:N", sort=None, title=None)
    x = x.axis(labelAngle=0, labelOverlap=True, labelLimit=12 * font, **type_of(font))
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    y = y.axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **type_of(font))
    colour = alt.Scale(domain=names, range=["#5c6b7a", "#155d86"])
    dash = alt.Scale(domain=names, range=[[5, 4], [1, 0]])
    lines = (
        alt.Chart()
        .mark_line(point=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("series:N", scale=colour, legend=legend),
            strokeDash=alt.StrokeDash("series:N", scale=dash, legend=legend),
            tooltip=[
                alt.Tooltip("quarter:N", title="Kỳ"),
                alt.Tooltip("series:N", title=" "),
                alt.Tooltip("rate:Q", title="Lũy kế", format=".1%"),
            ],
        )
    )
    return checked(lines.properties(height=height))
