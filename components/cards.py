"""The cards of an area: each a measure with its change, its plan and its trend.

Six `st.metric` took a third of the time from a click to the last change of the page (each is a
React tree of its own, its sparkline a Vega chart) and, with their charts, half of a laptop's
height: the cards are plain HTML in one block with the ranking.
"""

import math
from base64 import b64encode
from collections.abc import Sequence
from html import escape

import pandas as pd

from components import wording
from components.regulations import notes_button
from data import figures, measures
from data.codes import ALL
from data.figures import Figures
from data.measures import MEASURES, Measure
from data.notes import Topic
from data.view import View

TREND_QUARTERS = 8
CARDS = ("mo-hinh", "ho", "ho-phu-nu", "tien-do", "ke-hoach-von", "da-giai-ngan")
RULES: dict[str, Topic] = {
    "mo-hinh": "lead",
    "ho": "people",
    "tien-do": "calendar",
    "ke-hoach-von": "plan",
    "da-giai-ngan": "year",
}
"""Card → the rules on the law that it opens."""

ARROWS = {"+": "▲ ", "-": "▼ "}


def cards(view: View, found: Figures) -> str:
    """Six cards as HTML for a `block`, three in a row where there is room."""
    items = "".join(_card(view, MEASURES[key], found) for key in CARDS)
    return f'<div class="cards" role="list">{items}</div>'


def _card(view: View, measure: Measure, found: Figures) -> str:
    known = measures.values(measure, found.trend)
    notes = (_beside(measure, found) or _change(view, measure, found),)
    note = " · ".join(filter(None, (*notes, wording.reached(measure, found.now))))
    return (
        f'<div role="listitem" title="{escape(_how(view, measure))}">'
        f"<p>{escape(_label(measure))}</p>"
        f'<p class="value">{escape(_value(measure, found.now))}{_trend(known)}</p>'
        f'<p class="note">{escape(note)}</p>{_rules(measure)}</div>'
    )


def _rules(measure: Measure) -> str:
    topic = RULES.get(measure.key)
    return notes_button(measure.label, topic, f"quy-dinh-{topic}") if topic else ""


def _label(measure: Measure) -> str:
    return f"{measure.label} (tỷ\u00a0đồng)" if measure.unit == "money" else measure.label


def _value(measure: Measure, now: dict[str, float]) -> str:
    """The figure without the noun or unit that its label already says."""
    value = measures.value(measure, now)
    if math.isnan(value):
        return measures.why_missing(measure, now)
    return wording.figure(measure, value)


def _change(view: View, measure: Measure, found: Figures) -> str | None:
    """The change since the quarter before, with an arrow, unless done/planned stands there."""
    if measure.done or not figures.comparable(measure, view.quarter):
        return None
    now, before = (measures.value(measure, sums) for sums in found.same)
    words = wording.change(measure, now, before)
    return words and f"{ARROWS.get(words[0], '')}{words}"


def _beside(measure: Measure, found: Figures) -> str | None:
    """A rate of the region and the country beside a chosen province's."""
    if measure.unit != "percent" or not found.beside:
        return None
    return " · ".join(f"{name} {wording.shown_or_why(measure, it)}" for name, it in found.beside)


def _how(view: View, measure: Measure) -> str:
    """How the figure is computed, and what of the filter it cannot follow."""
    words = f"{measure.explained} Thay đổi so với quý trước: của các tỉnh báo cáo cả hai quý."
    if measure.by_form or view.form == ALL:
        return words
    return f"{words} Vốn của tỉnh không tách theo hình thức: số của mọi hình thức."


def _trend(known: "pd.Series[float]") -> str:
    """The last two years as a word-sized line; none to stand in for a figure that is absent."""
    if known.isna().iloc[-1]:
        return ""
    points = [value for value in known.tolist()[-TREND_QUARTERS:] if not math.isnan(value)]
    return sparkline(points) if len(points) > 1 else ""


def sparkline(points: Sequence[float]) -> str:
    """An SVG line through the points, the last one dotted, as an image; 4:1."""
    low, high = min(points), max(points)
    across, up = 74 / (len(points) - 1), 14 / ((high - low) or 1)
    path = [(3 + index * across, 17 - (point - low) * up) for index, point in enumerate(points)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    (x, y) = path[-1]
    drawn = b64encode(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20" width="80" height="20">'
        f'<polyline points="{line}" fill="none" stroke="#155d86" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#155d86"/></svg>'.encode()
    ).decode()
    return f'<img src="data:image/svg+xml;base64,{drawn}" alt="Xu hướng {len(points)} quý">'
