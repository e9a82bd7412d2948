"""Money against work: each province a point in one of four named quarters.

The quarters are drawn as what they are, tinted fields with their name and count in the corner, so
that the picture needs no legend. All of it comes from the rows: the specification never changes.
"""

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import budget, state
from components.charts import PICK, QUIET, Spec, Written, axis_type, chart, checked
from components.tables import Words
from data import balance, figures, formats, places, readers
from data.figures import Figures
from data.view import View

COLOURS = {
    "cả hai tốt": "#155d86",
    "việc đi trước tiền": "#5b9bc4",
    "tiền đi trước việc": "#d8a55d",
    "cả hai chậm": "#a6611a",
}
INK = "#1d2733"
_BESIDE, _ABOVE = 0.05, 0.16
"""Shares of the range of points that are left free on each side, for the fields' words."""
_LINE = {"part": "vạch"}
_WORDS: Words = {
    "Tỷ lệ giải ngân": formats.percent,
    "Tiến độ (SPI)": formats.percent,
    "Khối lượng / chi (CPI)": lambda value: formats.number(value, 2),
}


def money_and_work(
    snapshot_id: str, view: View, found: Figures, illustrative: bool, *, key: str
) -> None:
    """The chart, its table and one sentence on how to read it; a click goes to the province."""
    country = readers.trend(snapshot_id, view.form, view.source, places.country().members)
    rate = balance.country_rate(country.loc[view.quarter].to_dict())
    where = (view.form, view.source, view.quarter, view.units, view.area_key)
    frame, rows, said = _drawn(snapshot_id, where, view, found, rate)
    if rows is None:
        st.caption("Chưa đủ số liệu để đối chiếu tiền và việc trong kỳ này.")
        return
    font = 22 if view.presenting else 12
    chart(
        _spec(font, 700 if view.presenting else 420),
        rows,
        lambda: Written(_table(view, frame), _WORDS),
        title="Tiền và việc: giải ngân so với tiến độ mô hình",
        heading=budget.heading(view, illustrative),
        alt=said,
        key=key,
        font=font,
        on_pick=lambda point: state.pick(str(point["code"])),
    )
    st.html(f'<p style="font-size:0.875rem;margin:0">{_how(rate)}</p>')


@st.cache_resource(show_spinner=False, max_entries=512)
def _drawn(
    snapshot_id: str, where: tuple[str, ...], _view: View, _found: Figures, rate: float
) -> tuple[pd.DataFrame, pd.DataFrame | None, str]:
    """Where the units stand, the chart's rows, what it shows in words.

    The arguments without underscore name them.

    None instead of rows where there is nothing to draw; do not modify them.
    """
    frame = balance.standing(_found.board.units, rate)
    known = not frame.empty and not math.isnan(rate)
    return frame, _rows(_view, frame, _found, rate) if known else None, _alt(frame)


def _rows(view: View, frame: pd.DataFrame, found: Figures, rate: float) -> pd.DataFrame:
    """What is drawn, by `part`: fields, lines, points, and the steps of the chosen area's path.

    money, work to money2, work2; of fields also name, kind, side (right 1, left -1) and edge (top
    1, bottom -1); of points also code, name, kind, chosen, cost.
    """
    names = figures.unit_names(view.units)
    points = frame.assign(code=frame.index, name=names.reindex(frame.index), kind=frame["quarter"])
    points["chosen"] = points["code"] == view.area.code
    points["part"] = "điểm"
    steps = balance.path(found.trend) if view.area.kind in ("province", "unit34") else frame[:0]
    path = [
        {"part": "đường", "money": a.money, "work": a.work, "money2": b.money, "work2": b.work}
        for a, b in pairwise(steps.itertuples())
    ]
    around = pd.concat([frame[["money", "work"]], steps[["money", "work"]]])
    beneath = _fields(view, frame, around, rate)
    return pd.concat([pd.DataFrame(beneath + path), points], ignore_index=True)


def _fields(
    view: View, frame: pd.DataFrame, around: pd.DataFrame, rate: float
) -> list[dict[str, object]]:
    """The four fields with their words, and the two lines between them."""
    left, right = _ends(around["money"], rate, _BESIDE)
    low, high = _ends(around["work"], balance.ON_PLAN, _ABOVE)
    counts, unit = balance.counted(frame), "đơn vị" if view.units == "34" else "tỉnh"
    fields: list[dict[str, object]] = [
        {
            "part": "ô",
            "kind": name,
            "name": f"{name}\n{formats.number(counts[name])} {unit}",
            "side": 1 if fast else -1,
            "edge": 1 if good else -1,
            "money": right if fast else left,
            "money2": rate,
            "work": high if good else low,
            "work2": balance.ON_PLAN,
        }
        for (fast, good), name in balance.QUARTERS.items()
    ]
    upright = {"money": rate, "money2": rate, "work": low, "work2": high}
    level = {"money": left, "money2": right, "work": balance.ON_PLAN, "work2": balance.ON_PLAN}
    return [*fields, _LINE | upright, _LINE | level]


def _ends(values: "pd.Series[float]", line: float, share: float) -> tuple[float, float]:
    """Where the fields end: around all points and the line, with room for the words."""
    low, high = min(values.min(), line), max(values.max(), line)
    room = share * ((high - low) or 1.0)
    return low - room, high + room


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
def _spec(font: int, height: int) -> Spec:
    """The chart without its rows: Altair checks it once for each size."""
    axis = {"format": ".0%", "tickCount": 6, "grid": False, **axis_type(font)}
    scale = alt.Scale(zero=False, nice=False, padding=0)
    x = alt.X("money:Q", title="Tỷ lệ giải ngân năm", scale=scale).axis(**axis)
    y = alt.Y("work:Q", title="Tiến độ so với kế hoạch", scale=scale).axis(**axis)
    here = {"x": x, "y": y}
    there = here | {"x2": "money2:Q", "y2": "work2:Q"}
    kinds = alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()])
    colour = alt.Color("kind:N", scale=kinds, legend=None)
    fields = _part("ô").mark_rect(opacity=0.1).encode(color=colour, **there)
    lines = (
        _part("vạch")
        .mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=font / 12)
        .encode(**there)
    )
    steps = _part("đường").mark_rule(color=INK, strokeWidth=font / 8).encode(**there)
    layers = [fields, lines, _corners(font, here), steps, _dots(font, here, colour)]
    layers += [_name(font, here, stroke="white", strokeWidth=4), _name(font, here, color=INK)]
    return checked(alt.layer(*layers).properties(height=height))


def _part(name: str) -> alt.Chart:
    return alt.Chart().transform_filter(f"datum.part === '{name}'")


def _corners(font: int, here: Mapping[str, Any]) -> alt.Chart:
    """The name of each field and how many are in it, as quiet text in its outer corner."""
    words = _part("ô").mark_text(
        fontSize=font,
        color=QUIET,
        lineBreak="\n",
        align=alt.ExprRef("datum.side > 0 ? 'right' : 'left'"),
        baseline=alt.ExprRef("datum.edge > 0 ? 'top' : 'bottom'"),
        dx=alt.ExprRef(f"datum.side * -{0.6 * font}"),
        # Two lines hang below their place, so the lower ones start a line higher.
        dy=alt.ExprRef(f"datum.edge > 0 ? {0.6 * font} : {-2 * font}"),
        lineHeight=1.3 * font,
    )
    return words.encode(text="name:N", **here)


def _name(font: int, here: Mapping[str, Any], **look: object) -> alt.Chart:
    """The name of the chosen area above its point."""
    chosen = _part("điểm").transform_filter("datum.chosen")
    named = chosen.mark_text(dy=-1.5 * font, fontWeight="bold", fontSize=font, **look)
    return named.encode(text="name:N", **here)


def _dots(font: int, here: Mapping[str, Any], colour: alt.Color) -> alt.Chart:
    dots = _part("điểm").mark_point(filled=True, opacity=0.9, cursor="pointer")
    dots = dots.encode(
        color=colour,
        size=alt.condition("datum.chosen", alt.value(16 * font), alt.value(6 * font)),
        tooltip=[
            alt.Tooltip("name:N", title="Địa bàn"),
            alt.Tooltip("money:Q", title="Giải ngân", format=".1%"),
            alt.Tooltip("work:Q", title="Tiến độ (SPI)", format=".1%"),
            alt.Tooltip("cost:Q", title="CPI", format=".2f"),
            alt.Tooltip("kind:N", title="Nhóm"),
        ],
        **here,
    )
    return dots.add_params(alt.selection_point(PICK, fields=["code"], on="click", toggle=False))
