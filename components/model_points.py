"""Planned against actual: each model a point, or counts of them where there are many."""

from functools import cache
from typing import NamedTuple

import altair as alt
import pandas as pd
import pyarrow as arrow
import streamlit as st

from components.charts import PICK, Spec, Written, chart, checked, heading, packed
from components.models import COLOURS, INK, NARROW, choose, type_of
from data import codes, formats, model_readers, model_sums
from data.models import WORDS
from data.view import View

_WORDS = {"Kế hoạch": formats.percent, "Thực hiện": formats.percent}


def planned_and_actual(snapshot_id: str, view: View, illustrative: bool, *, key: str) -> None:
    """Each model a point, the late ones below the line; a click goes to the model.

    Many models come gathered by cell of a grid: then each dot is a cell, as large as its models.
    """
    points, rows, gathered, said = drawn(snapshot_id, view)
    if points.empty:
        st.caption("Không có mô hình nào có báo cáo trong kỳ này.")
        return
    font = 20 if view.presenting else 11
    chart(
        _spec(font, 660 if view.presenting else 350, gathered),
        rows,
        lambda: Written(_table(points, gathered), _WORDS),
        title=f"Thực hiện so với kế hoạch lũy kế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=said,
        key=key,
        font=font,
        on_pick=None if gathered else lambda point: choose(str(point["id"])),
    )


class Drawn(NamedTuple):
    """The points of the chart, what the browser is sent of them, whether each stands for the
    models of a cell, all of it in words."""

    points: pd.DataFrame
    rows: arrow.Table
    gathered: bool
    said: str


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=model_readers.BY_MODELS)
def drawn(snapshot_id: str, view: View) -> Drawn:
    """What the chart of a view is drawn from; do not modify it."""
    points = model_readers.summary(snapshot_id, model_sums.where(view)).points
    gathered = not points.empty and not points["id"].iloc[0]
    points = _by_cell(points) if gathered else points
    return Drawn(points, packed(points), gathered, _alt(points, gathered))


def _by_cell(points: pd.DataFrame) -> pd.DataFrame:
    """One dot for the models of all forms in a cell, the smaller ones on top of the larger."""
    cells = points.groupby(["planned", "actual", "word"], sort=False)["models"].sum()
    return cells.reset_index().sort_values("models", ascending=False, ignore_index=True)


def _table(points: pd.DataFrame, gathered: bool) -> pd.DataFrame:
    each = {"id": "Mã", "name": "Mô hình", "form": "Hình thức"}
    labels = {
        **({"models": "Số mô hình"} if gathered else each),
        "planned": "Kế hoạch",
        "actual": "Thực hiện",
        "word": "Tiến độ",
    }
    return points[list(labels)].rename(columns=labels)


def _alt(points: pd.DataFrame, gathered: bool) -> str:
    by_word = points.groupby("word")["models"].sum()
    told = ", ".join(f"{formats.number(many)} {word}" for word, many in by_word.items())
    dot = "Mỗi chấm là các mô hình trong một ô 5%" if gathered else "Mỗi mô hình một điểm"
    return f"{dot}, kế hoạch lũy kế ngang, thực hiện lũy kế dọc; chậm nằm dưới đường chéo: {told}"


@cache
def _spec(font: int, height: int, gathered: bool) -> Spec:
    """The chart without its data: Altair checks it once."""
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **type_of(font))
    scale = alt.Scale(domain=[-0.02, 1.02], nice=False)
    title = ["Kế hoạch lũy kế"]
    if gathered:
        title.append("Mỗi chấm gộp các mô hình trong ô 5%, càng to càng nhiều")
    x = alt.X("planned:Q", title=title, axis=axis, scale=scale)
    y = alt.Y("actual:Q", title="Thực hiện lũy kế", axis=axis, scale=scale)
    line = alt.Chart(alt.Data(values=[{"planned": end, "actual": end} for end in (0, 1)]))
    line = line.mark_line(color="#5c6b7a", strokeDash=[4, 3], strokeWidth=1).encode(x=x, y=y)
    dots = alt.Chart().mark_point(filled=True, opacity=0.7, size=3 * font)
    dots = dots.encode(x=x, y=y, color=_colour(font), tooltip=_tooltip(gathered))
    if gathered:
        area = alt.Scale(range=[0, 5 * font**2], zero=True)
        dots = dots.encode(size=alt.Size("models:Q", legend=None, scale=area))
    else:
        picked = alt.selection_point(PICK, fields=["id"], on="click", toggle=False)
        dots = dots.encode(shape=_shape(font)).add_params(picked)
    spec = checked(alt.layer(dots, line).properties(height=height))
    # Altair's schema does not know Vega's way of putting two legends one below the other.
    beneath = {"layout": {"bottom": {"direction": "vertical", "anchor": "start"}}}
    return spec | {"config": spec["config"] | {"legend": beneath}}


def _legend(font: int, columns: str) -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="bottom",
        columns=alt.ExprRef(columns),
        labelFontSize=font,
        labelColor=INK,
        labelLimit=300,
        columnPadding=font,
        offset=4,
        padding=2,
        rowPadding=0,
    )


def _colour(font: int) -> alt.Color:
    scale = alt.Scale(domain=[WORDS.label(key) for key in COLOURS], range=[*COLOURS.values()])
    return alt.Color("word:N", scale=scale, legend=_legend(font, f"{NARROW} ? 3 : 5"))


def _shape(font: int) -> alt.Shape:
    names = list(codes.FORMS.labels.values())
    scale = alt.Scale(domain=names, range=["square", "circle", "triangle-up", "diamond"])
    return alt.Shape(
        "form:N", scale=scale, legend=_legend(font, f"{NARROW} ? 1 : {2 if font > 11 else 4}")
    )


def _tooltip(gathered: bool) -> list[alt.Tooltip]:
    many = [alt.Tooltip("models:Q", title="Số mô hình", format=",")]
    named = [alt.Tooltip("name:N", title="Mô hình"), alt.Tooltip("form:N", title="Hình thức")]
    return [
        *(many if gathered else named),
        alt.Tooltip("planned:Q", title="Kế hoạch", format=".1%"),
        alt.Tooltip("actual:Q", title="Thực hiện", format=".1%"),
        alt.Tooltip("word:N", title="Tiến độ"),
    ]
