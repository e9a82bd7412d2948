"""Money against work: each province a point in one of four named quarters."""

import math
from functools import cache
from itertools import pairwise

import altair as alt
import pandas as pd
import streamlit as st

from components import budget, state
from components.charts import PICK, QUIET, Spec, chart, checked
from components.models import type_of
from data import balance, figures, formats, places, readers
from data.figures import Figures
from data.view import View

COLOURS = {
    "cả hai tốt": "#155d86",
    "việc đi trước tiền": "#5b9bc4",
    "tiền đi trước việc": "#d8a55d",
    "cả hai chậm": "#a6611a",
}
PATH = "đường các quý"


def money_and_work(
    snapshot_id: str, view: View, found: Figures, illustrative: bool, *, key: str
) -> None:
    """The chart, its table and one sentence on how to read it; a click goes to the province."""
    country = readers.trend(snapshot_id, view.form, view.source, places.country().members)
    rate = balance.country_rate(country.loc[view.quarter].to_dict())
    frame = balance.standing(found.board.units, rate)
    if frame.empty or math.isnan(rate):
        st.caption("Chưa đủ số liệu để đối chiếu tiền và việc trong kỳ này.")
        return
    rows = _rows(view, frame, found)
    chart(
        _spec(20 if view.presenting else 11, 700 if view.presenting else 420, round(rate, 4)),
        rows,
        _table(view, frame),
        title="Tiền và việc: giải ngân so với tiến độ mô hình",
        heading=budget.heading(view, illustrative),
        alt=_alt(frame),
        key=key,
        words=dict.fromkeys(("Tỷ lệ giải ngân", "Tiến độ (SPI)"), formats.percent)
        | {"Khối lượng / chi (CPI)": lambda value: formats.number(value, 2)},
        on_pick=lambda point: state.pick(str(point["code"])),
    )
    st.html(f'<p style="font-size:0.875rem;margin:0">{_how(rate)}</p>')


def _rows(view: View, frame: pd.DataFrame, found: Figures) -> pd.DataFrame:
    """code, name, money, work, kind, chosen, and the steps of the chosen area's path."""
    names = figures.unit_names(view.units)
    points = frame.assign(code=frame.index, name=names.reindex(frame.index), kind=frame["quarter"])
    points["chosen"] = points["code"] == view.area.code
    if view.area.kind not in ("province", "unit34"):
        return points
    steps = balance.path(found.trend)
    lines = [
        {"money": a.money, "work": a.work, "money2": b.money, "work2": b.work, "kind": PATH}
        for a, b in pairwise(steps.itertuples())
    ]
    return pd.concat([points, pd.DataFrame(lines)], ignore_index=True) if lines else points


def _table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    names = figures.unit_names(view.units).reindex(frame.index)
    return pd.DataFrame(
        {
            "Địa bàn": names,
            "Tỷ lệ giải ngân": frame["money"],
            "Tiến độ (SPI)": frame["work"],
            "Khối lượng / chi (CPI)": frame["cost"],
            "Nhóm": frame["quarter"],
        }
    )


def _alt(frame: pd.DataFrame) -> str:
    told = ", ".join(f"{many} {name}" for name, many in balance.counted(frame).items())
    return f"Mỗi tỉnh một điểm, giải ngân ngang, tiến độ dọc: {told}; bảng bên dưới có cùng số"


def _how(rate: float) -> str:
    return (
        f"Vạch dọc: tỷ lệ giải ngân cả nước ({formats.percent(rate)}); vạch ngang: "
        f"{formats.percent(balance.ON_PLAN, 0)} kế hoạch đến kỳ. Tiến độ là khối lượng hoàn thành "
        "/ kế hoạch đến kỳ (SPI); khối lượng / chi (CPI) là khối lượng hoàn thành / đã giải ngân "
        "của mô hình. Đường nối: các quý trong năm của tỉnh đang chọn."
    )


@cache
def _spec(font: int, height: int, rate: float) -> Spec:
    """The chart without its rows: Altair checks it once for each country's rate."""
    axis = {"format": ".0%", "tickCount": 6, "grid": False, **type_of(font)}
    x = alt.X("money:Q", title="Tỷ lệ giải ngân năm", scale=alt.Scale(zero=False, padding=12))
    y = alt.Y("work:Q", title="Tiến độ so với kế hoạch", scale=alt.Scale(zero=False, padding=12))
    x, y = x.axis(**axis), y.axis(**axis)
    legend = alt.Legend(
        title=None, orient="top", labelFontSize=font, labelColor=QUIET, columns=2, offset=4
    )
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()]), legend=legend
    )
    points = alt.Chart().transform_filter(f"datum.kind !== '{PATH}'")
    dots = points.mark_point(filled=True, opacity=0.85, cursor="pointer").encode(
        x=x,
        y=y,
        color=colour,
        size=alt.condition("datum.chosen", alt.value(16 * font), alt.value(6 * font)),
        tooltip=[
            alt.Tooltip("name:N", title="Địa bàn"),
            alt.Tooltip("money:Q", title="Giải ngân", format=".1%"),
            alt.Tooltip("work:Q", title="Tiến độ (SPI)", format=".1%"),
            alt.Tooltip("cost:Q", title="CPI", format=".2f"),
            alt.Tooltip("kind:N", title="Nhóm"),
        ],
    )
    dots = dots.add_params(alt.selection_point(PICK, fields=["code"], on="click", toggle=False))
    name = points.transform_filter("datum.chosen").mark_text(
        dy=-1.5 * font, fontWeight="bold", fontSize=font
    )
    name = name.encode(x=x, y=y, text="name:N")
    steps = alt.Chart().transform_filter(f"datum.kind === '{PATH}'")
    steps = steps.mark_rule(color="#1d2733", strokeWidth=1.5).encode(
        x=x, y=y, x2="money2:Q", y2="work2:Q"
    )
    across = alt.Chart(alt.Data(values=[{"money": rate}]))
    across = across.mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x=x)
    up = alt.Chart(alt.Data(values=[{"work": balance.ON_PLAN}]))
    up = up.mark_rule(color=QUIET, strokeDash=[4, 3]).encode(y=y)
    return checked(alt.layer(dots, across, up, steps, name).properties(height=height))
