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
    rows = _rows(view, measure, found, bool(change))
    if rows.empty:
        st.caption("Không có số liệu để xếp hạng trong kỳ này.")
        return
    chart = f"{key}_bieu_do"
    st.vega_lite_chart(
        rows,
        _spec(height, 18 if view.presenting else 11),
        key=chart,
        on_select=lambda: _picked(chart),
        selection_mode="unit",
        alt=f"Xếp hạng {measure.label.lower()}; bảng số liệu bên dưới có cùng số",
    )


def _picked(chart: str) -> None:
    for point in st.session_state[chart].selection.get("unit", []):
        state.pick(point["code"])


def _rows(view: View, measure: Measure, found: Figures, change: bool) -> pd.DataFrame:
    """code, place, value, text, colour of the bars, best first."""
    ranked = figures.ranked(measure, found.board, view, change)
    bars = [
        (str(row.Index), f"{row.rank}. {row.name}", float(row.value))
        for row in edges(ranked, view.area.code).itertuples()
    ]
    if measure.over and not change:
        bars += [("", name.capitalize(), measures.value(measure, it)) for name, it in found.beside]
    bars.sort(key=lambda bar: -bar[2])
    codes, names, values = zip(*bars, strict=True) if bars else ((), (), ())
    colours = {view.area.code: CHOSEN, "": BESIDE}
    return pd.DataFrame(
        {
            "code": codes,
            "place": names,
            "value": values,
            "text": [_text(measure, value, change) for value in values],
            "colour": [colours.get(code, ACCENT) for code in codes],
        }
    )


def _text(measure: Measure, value: float, change: bool) -> str:
    if change:
        return wording.change(measure, value, 0.0) or "0"
    return wording.figure(measure, value)


def edges(rows: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """The first and last rows of a long ranking, with the chosen one between them."""
    if len(rows) <= 2 * EDGE_ROWS + 1:
        return rows
    keep = [*rows.index[:EDGE_ROWS], *rows.index[-EDGE_ROWS:]]
    return rows[rows.index.isin([*keep, chosen])]


@cache
def _spec(height: int, font: int) -> dict[str, Any]:
    """The chart without its data: Altair checks it once, since each check costs 30 ms."""
    place = alt.Y("place:N", sort=None, title=None, axis=_place_axis(font))
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
    words = alt.Chart().mark_text(align="left", dx=4, fontSize=font)
    words = words.encode(y=place, x="value:Q", text="text:N")
    chart = alt.layer(bars, words).properties(height=height, padding={"right": 4.4 * font})
    return chart.configure_view(stroke=None).to_dict()


def _place_axis(font: int) -> alt.Axis:
    return alt.Axis(
        ticks=False,
        domain=False,
        labelLimit=240,
        labelPadding=6,
        labelOverlap=False,
        labelFlush=False,
        labelFontSize=font,
    )
