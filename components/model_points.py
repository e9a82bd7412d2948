"""Planned against actual: each model a point, or counts of them where there are many."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

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
_SHAPES = {"square": "vuông", "circle": "tròn", "triangle-up": "tam giác", "diamond": "thoi"}
"""In words: with signs, a picture would set the line in whatever font has them."""
_ANY_FORM = "Mọi hình thức"
_ONE = 0.06
"""The size of a single model, as a share of the largest dot's area."""
_SHAPED = "; ".join(  # a line ends between two of them, not within one
    f"{shape}: {name.lower()}".replace(" ", "\u00a0")
    for shape, name in zip(_SHAPES.values(), codes.FORMS.labels.values(), strict=True)
).capitalize()
_GATHERED = "Mỗi chấm gộp các mô hình trong ô 5%, càng to càng nhiều"
_TOOLTIP = [
    alt.Tooltip("name:N", title="Mô hình"),
    alt.Tooltip("form:N", title="Hình thức"),
    alt.Tooltip("planned:Q", title="Kế hoạch", format=".1%"),
    alt.Tooltip("actual:Q", title="Thực hiện", format=".1%"),
    alt.Tooltip("word:N", title="Tiến độ"),
]


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
        _spec(font, 660 if view.presenting else 350),
        rows,
        lambda: Written(_table(points, gathered), _WORDS),
        title=f"Thực hiện so với kế hoạch lũy kế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=said,
        key=key,
        font=font,
        marks=_GATHERED if gathered else _SHAPED,
        on_pick=_pick,
    )


def _pick(point: Mapping[str, Any]) -> None:
    if point["id"]:  # a cell of many leads nowhere
        choose(str(point["id"]))


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
    points = _by_cell(points, view.form) if gathered else points.assign(size=_ONE)
    return Drawn(points, packed(points), gathered, _alt(points, gathered))


def _by_cell(points: pd.DataFrame, form: str) -> pd.DataFrame:
    """One dot for the models of a cell, the smaller ones on top of the larger."""
    cells = points.groupby(["planned", "actual", "word"], sort=False)["models"].sum()
    dots = cells.reset_index().sort_values("models", ascending=False, ignore_index=True)
    return dots.assign(
        id="",
        name=[f"{formats.number(many)} mô hình" for many in dots["models"]],
        form=_ANY_FORM if form == codes.ALL else codes.FORMS.label(form),
        size=dots["models"] / dots["models"].max(),
    )


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
def _spec(font: int, height: int) -> Spec:
    """The chart without its data: Altair checks it once, and a browser draws it anew only then.

    So it is the same for points and for cells of points.
    """
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **type_of(font))
    scale = alt.Scale(domain=[-0.02, 1.02], nice=False)
    x = alt.X("planned:Q", title="Kế hoạch lũy kế", axis=axis, scale=scale)
    y = alt.Y("actual:Q", title="Thực hiện lũy kế", axis=axis, scale=scale)
    line = alt.Chart(alt.Data(values=[{"planned": end, "actual": end} for end in (0, 1)]))
    line = line.mark_line(color="#5c6b7a", strokeDash=[4, 3], strokeWidth=1).encode(x=x, y=y)
    area = alt.Scale(domain=[0, 1], range=[0, 5 * font**2])
    dots = alt.Chart().mark_point(filled=True, opacity=0.7)
    dots = dots.encode(
        x=x,
        y=y,
        color=_colour(font),
        shape=alt.Shape("form:N", legend=None, scale=_shapes()),
        size=alt.Size("size:Q", legend=None, scale=area),
        tooltip=_TOOLTIP,
    )
    picked = alt.selection_point(PICK, fields=["id"], on="click", toggle=False)
    return checked(alt.layer(dots.add_params(picked), line).properties(height=height))


def _shapes() -> alt.Scale:
    names = [*codes.FORMS.labels.values(), _ANY_FORM]
    return alt.Scale(domain=names, range=[*_SHAPES, "circle"])


def _colour(font: int) -> alt.Color:
    scale = alt.Scale(domain=[WORDS.label(key) for key in COLOURS], range=[*COLOURS.values()])
    legend = alt.Legend(
        title=None,
        orient="bottom",
        columns=alt.ExprRef(f"{NARROW} ? 3 : 5"),
        labelFontSize=font,
        labelColor=INK,
        labelLimit=300,
        columnPadding=font,
        offset=4,
        padding=2,
        rowPadding=0,
    )
    return alt.Color("word:N", scale=scale, legend=legend)
