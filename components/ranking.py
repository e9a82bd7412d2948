"""The ranking beside the map: level, or change since last quarter; a click filters the page."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import state, wording
from data import figures, measures
from data.figures import Figures
from data.measures import Measure
from data.view import View

ACCENT, CHOSEN, BESIDE = "#8fb8d3", "#155d86", "#9aa5b1"
EDGE_ROWS = 7
"""Rows from the top and from the bottom; the table below the page's fold has all of them."""


def ranking(view: View, measure: Measure, found: Figures, *, key: str, height: int) -> None:
    """Bars, best first, the chosen unit marked; level, or change since the quarter before."""
    change = st.segmented_control(
        "Xếp hạng",
        [False, True],
        key=f"{key}_theo",
        default=False,
        required=True,
        format_func=lambda change: "Thay đổi so với quý trước" if change else "Mức đạt",
        label_visibility="collapsed",
    )
    rows = figures.ranked(measure, found, view, bool(change))
    if rows.empty:
        st.caption("Không có số liệu để xếp hạng trong kỳ này.")
        return
    chart = f"{key}_bieu_do"
    rows = _with_beside(edges(rows, view.area.code), measure, found, bool(change))
    st.vega_lite_chart(
        _data(rows, measure, view.area.code, bool(change)),
        _spec(height),
        key=chart,
        on_select=lambda: _picked(chart),
        selection_mode="unit",
        alt=f"Xếp hạng {measure.label.lower()}; bảng số liệu bên dưới có cùng số",
    )


def _picked(chart: str) -> None:
    for point in st.session_state[chart].selection.get("unit", []):
        state.pick(point["code"])


def _data(rows: pd.DataFrame, measure: Measure, chosen: str, change: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": rows.index,
            "place": rows["rank"] + rows["name"],
            "value": rows["value"].to_numpy(),
            "text": [_text(measure, value, change) for value in rows["value"]],
            "colour": [{chosen: CHOSEN, "": BESIDE}.get(code, ACCENT) for code in rows.index],
        }
    )


def _with_beside(
    rows: pd.DataFrame, measure: Measure, found: Figures, change: bool
) -> pd.DataFrame:
    """A rate of the region and the country as rows of their own where a province is chosen."""
    rows = rows.assign(rank=rows["rank"].astype("str") + ". ")
    if measure.over is None or change or not found.beside:
        return rows
    beside = pd.DataFrame(
        [("", name.capitalize(), measures.value(measure, sums)) for name, sums in found.beside],
        columns=["rank", "name", "value"],
        index=[""] * len(found.beside),
    )
    return pd.concat([rows, beside]).sort_values("value", ascending=False, kind="stable")


def _text(measure: Measure, value: float, change: bool) -> str:
    if change:
        return wording.change(measure, value, 0.0) or ""
    return wording.figure(measure, value)


def edges(rows: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """The first and last rows of a long ranking, with the chosen one between them."""
    if len(rows) <= 2 * EDGE_ROWS + 1:
        return rows
    keep = [*rows.index[:EDGE_ROWS], *rows.index[-EDGE_ROWS:]]
    return rows[rows.index.isin([*keep, chosen])]


@cache
def _spec(height: int) -> dict[str, Any]:
    """The chart without its data: Altair checks it once, since each check costs 30 ms."""
    place = alt.Y("place:N", sort=None, title=None, axis=_place_axis())
    tooltip = [alt.Tooltip("place:N", title="Tỉnh"), alt.Tooltip("text:N", title="Giá trị")]
    bars = (
        alt.Chart()
        .mark_bar(cursor="pointer", cornerRadiusEnd=2)
        .encode(
            y=place,
            x=alt.X("value:Q", axis=None),
            color=alt.Color("colour:N", scale=None),
            tooltip=tooltip,
        )
        .add_params(alt.selection_point("unit", fields=["code"], on="click", toggle=False))
    )
    words = alt.Chart().mark_text(align="left", dx=4, fontSize=11)
    words = words.encode(y=place, x="value:Q", text="text:N")
    chart = alt.layer(bars, words).properties(height=height, padding={"right": 48})
    return chart.configure_view(stroke=None).to_dict()


def _place_axis() -> alt.Axis:
    return alt.Axis(
        ticks=False,
        domain=False,
        labelLimit=180,
        labelPadding=6,
        labelOverlap=False,
        labelFlush=False,
        labelFontSize=11,
    )
