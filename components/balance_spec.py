"""How money against work is drawn: fields, lines, points, a path; all of it comes from the rows."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt

from components.charts import PICK, QUIET, Spec, axis_type, checked

COLOURS = {
    "cả hai tốt": "#155d86",
    "việc đi trước tiền": "#5b9bc4",
    "tiền đi trước việc": "#d8a55d",
    "cả hai chậm": "#a6611a",
}
INK = "#1d2733"


@cache
def spec(font: int, height: int) -> Spec:
    """The chart without its rows: Altair checks it once for each size."""
    axis = {"format": ".2~%", "tickCount": 6, "grid": False, **axis_type(font)}
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
    passed = _part("mốc").mark_point(filled=True, color=INK, opacity=1, size=3 * font)
    told = [alt.Tooltip("name:N", title="Quý"), alt.Tooltip("words:N", title="Khi ấy")]
    layers = [fields, lines, _corners(font, here), steps, passed.encode(tooltip=told, **here)]
    # Of few points and of the path's quarters; no name hides another point.
    others = alt.Chart().transform_filter("datum.label && !datum.chosen")
    layers += [*_names(others, "label:N", font, here), _dots(font, here, colour)]
    layers += _names(_part("điểm").transform_filter("datum.chosen"), "name:N", font, here)
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


def _names(of: alt.Chart, text: str, font: int, here: Mapping[str, Any]) -> list[alt.Chart]:
    """Names above their points, each on a white rim; that of the chosen area stands out."""
    chosen = text == "name:N"
    weight, up = ("bold", -1.5 * font) if chosen else ("normal", -font)
    rim: dict[str, object] = {"stroke": "white", "strokeWidth": font / 3}
    return [
        of.mark_text(dy=up, fontSize=font, fontWeight=weight, **look).encode(text=text, **here)
        for look in (rim, {"color": INK})
    ]


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
