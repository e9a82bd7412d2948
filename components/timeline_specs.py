"""How the timeline looks: one row to a model, or counts by quarter; the same axis and lines."""

from functools import cache
from typing import Any

import altair as alt

from components.charts import PICK, Spec, checked
from components.models import COLOURS, INK, NARROW, type_of
from data.models import WORDS

PLANNED, COUNTED, DONE = "#b5d3e2", "#cfe3ee", "#155d86"
WORD_COLOURS = COLOURS | {"chua_bao_cao": "#7d8894", "thoi_bao_cao": "#3a4653"}
_FAR = "#1d2733"


@cache
def rows(font: int) -> Spec:
    """A row for each model: planned span pale, actual span dark, the share done beside them."""
    y = alt.Y("label:N", sort=None, title=None, axis=_names(font))
    models = alt.Chart().transform_filter("isValid(datum.label)")
    bar = {"cornerRadius": 1, "height": alt.RelativeBandSize(0.8)}
    planned = models.mark_bar(color=PLANNED, **bar).encode(x=_time("start", font), x2="end:T", y=y)
    actual = models.mark_bar(**bar | {"height": alt.RelativeBandSize(0.4)}).encode(
        x=_time("began", font), x2="until:T", y=y, color=_word(font)
    )
    done = models.mark_text(align="left", dx=4, fontSize=font, color=INK).encode(
        x=_time("last", font), y=y, text="done:N"
    )
    # The whole row is there to be picked, not the bar alone; last, for it must lie on top.
    picked = alt.selection_point(PICK, fields=["id"], on="click", toggle=False)
    whole = models.mark_bar(opacity=0, height=alt.RelativeBandSize(1), cursor="pointer").encode(
        x=alt.value(0), x2=alt.value("width"), y=y, tooltip=_tooltip()
    )
    layers = [planned, actual, done, *_lines(font), whole.add_params(picked)]
    return checked(alt.layer(*layers).properties(height=alt.Step(1.6 * font)))


@cache
def counts(font: int, height: int) -> Spec:
    """Pairs of bars for each quarter: begun above the axis, ended below it."""
    quarters = alt.Chart().transform_filter("isValid(datum.plan)")
    tips = [
        alt.Tooltip("quarter:N", title="Kỳ"),
        alt.Tooltip("kind:N", title=" "),
        alt.Tooltip("plan_words:N", title="Kế hoạch"),
        alt.Tooltip("real_words:N", title="Thực tế"),
    ]
    bars = [
        quarters.mark_bar(color=colour).encode(
            x=_time(f"{name}_from", font),
            x2=f"{name}_to:T",
            y=_many(name, font),
            y2=alt.datum(0),
            tooltip=tips,
        )
        for name, colour in (("plan", COUNTED), ("real", DONE))
    ]
    told = [
        quarters.transform_filter(f"isValid(datum.told) && datum.of == '{side}'")
        .mark_text(align="right", dy=dy * font, fontSize=font, fontWeight="bold", color=INK)
        .encode(x=_time("plan_to", font), y=_many("edge", font), text="told:N")
        for side, dy in (("start", -0.8), ("end", 0.8))
    ]
    layers = alt.layer(*bars, *told, *_lines(font))
    return checked(layers.properties(height=height))


def _time(field: str, font: int) -> alt.X:
    look: dict[str, Any] = type_of(font) | {"labelOverlap": True, "labelFlush": False}
    axis = alt.Axis(format="%m/%Y", tickCount={"interval": "month", "step": 3}, **look)
    scale = alt.Scale(type="utc", nice=False)
    return alt.X(f"{field}:T", title=None, axis=axis, scale=scale)


def _many(field: str, font: int) -> alt.Y:
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',')", **type_of(font))
    return alt.Y(f"{field}:Q", title="Kết thúc  –  Bắt đầu", axis=axis)


def _names(font: int) -> alt.Axis:
    narrow = f"windowSize()[0] < 640 ? {11 * font} : {32 * font}"
    return alt.Axis(
        labelLimit={"expr": narrow},
        labelOverlap=False,
        labelFlush=False,
        ticks=False,
        domain=False,
        **type_of(font),
    )


def _word(font: int) -> alt.Color:
    scale = alt.Scale(
        domain=[WORDS.label(key) for key in WORD_COLOURS], range=[*WORD_COLOURS.values()]
    )
    legend = alt.Legend(
        title=None,
        orient="bottom",
        columns=alt.ExprRef(f"windowSize()[0] > 1200 ? 7 : {NARROW} ? 1 : 4"),
        labelLimit=300,
        offset=4,
        padding=2,
        labelFontSize=font,
        labelColor=INK,
        symbolType="square",
    )
    return alt.Color("word:N", scale=scale, legend=legend)


def _tooltip() -> list[alt.Tooltip]:
    named = {"name": "Mô hình", "plan": "Kế hoạch", "real": "Báo cáo", "word": "Tiến độ"}
    fields = named | {"done": "Thực hiện"}
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in fields.items()]


def _lines(font: int) -> list[alt.Chart]:
    """The day of the figures, dashed, and today; each with its words on its own side."""
    lines = alt.Chart().transform_filter("isValid(datum.line)")
    dash = alt.condition("datum.side == 'now'", alt.value([1, 0]), alt.value([4, 3]))
    rules = lines.mark_rule(color=_FAR).encode(x=_time("rule", font), strokeDash=dash)
    # Today beyond the axis is told at its end, a line higher: the other may stand there.
    sides = (("figures", "right", 1), ("now", "left", 1), ("beyond", "right", 2.4))
    told = [
        lines.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, fontSize=font, color=_FAR, baseline="bottom")
        .encode(x=_time("at", font), y=alt.value(-up * font), text="line:N")
        for side, align, up in sides
    ]
    return [rules, *told]
