"""Provinces × months as one slide: the grid of `budget_grid` for those who take it away."""

from collections.abc import Sequence
from functools import cache
from math import ceil

import altair as alt
import pandas as pd

from components import wording
from components.charts import Picture, Spec, checked
from data import formats, measures
from data.forecast import CLOSING
from data.measures import MEASURES

RATE = MEASURES["giai-ngan"]
WORDS = wording.class_words(RATE, RATE.breaks)
NO_PLAN = RATE.nothing
COLOURS = dict(zip(WORDS, RATE.scale, strict=True)) | {
    formats.NOT_REPORTED: "#b8c1ca",
    NO_PLAN: "#ffffff",
}
_ROWS = 32
"""More units than these stand in two columns, so that the 63 are as tall as a slide."""
_SLIDE = 400
"""Pixels that the rows have in all; rows of a few units are not drawn taller than `_TALLEST`."""
_TALLEST = 26
_MONTHS = [*(f"T{at}" for at in range(1, CLOSING)), "31/01"]
_BARE = {"domain": False, "ticks": False, "grid": False}


def grid_picture(
    rates: pd.DataFrame,
    plans: "pd.Series[float]",
    names: "pd.Series[str]",
    title: str,
    heading: Sequence[str],
) -> Picture:
    """The picture of unit × position of rates; plan and name by unit."""
    columns = 2 if len(rates) > _ROWS else 1
    lines = ceil(len(rates) / columns)
    ranks = rates.apply(lambda month: measures.classes(RATE.breaks, month))
    rows = [
        {"place": place, "column": place // lines, "name": names[unit], "at": _MONTHS[int(at) - 1]}
        | _cell(rate, ranks.at[unit, at], plans[unit])
        for place, unit in enumerate(rates.index)
        for at, rate in rates.loc[unit].items()
    ]
    return Picture(_spec(columns, lines), pd.DataFrame(rows), title, heading)


def _cell(rate: float, rank: int, plan: float) -> dict[str, object]:
    if rate == rate:
        last = rank == len(WORDS) - 1
        return {"kind": WORDS[rank], "words": formats.number(rate * 100), "light": last}
    lost = (formats.NOT_REPORTED, "") if plan > 0 else (NO_PLAN, "–")
    return {"kind": lost[0], "words": lost[1], "light": False}


@cache
def _spec(columns: int, lines: int) -> Spec:
    """One panel or two, with a legend of the measure's classes."""
    tall = min(_SLIDE / lines, _TALLEST)
    small = min(tall * 0.72, 12)
    x = alt.X("at:N", title=None, scale=alt.Scale(domain=_MONTHS))
    x = x.axis(orient="top", labelAngle=0, labelFontSize=small, **_BARE)
    y = alt.Y("name:N", title=None, sort=alt.SortField("place"))
    y = y.axis(labelFontSize=small + 1, labelLimit=200, **_BARE)
    legend = alt.Legend(
        title="Đơn vị tính: %",
        titleOrient="left",
        titleFontWeight="normal",
        orient="top",
        values=[*WORDS, formats.NOT_REPORTED],  # where there is no plan a dash says so
        symbolStrokeColor="#8a96a3",
    )
    scale = alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()])
    cells = alt.Chart().mark_rect(stroke="#ffffff", strokeWidth=1)
    cells = cells.encode(x=x, y=y, color=alt.Color("kind:N", scale=scale, legend=legend))
    words = alt.Chart().mark_text(fontSize=small)
    white = alt.condition("datum.light", alt.value("#ffffff"), alt.value("#101820"))
    words = words.encode(x=x, y=y, text="words:N", color=white)
    wide = 350 if columns > 1 else 760
    both = alt.layer(cells, words).properties(width=wide, height=tall * lines)
    panel = alt.Column("column:O", title=None, header=alt.Header(labels=False))
    faceted = both.facet(column=panel, data=alt.NamedData("rows"))
    return checked(faceted.resolve_scale(y="independent"))
