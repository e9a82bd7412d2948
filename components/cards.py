"""The cards of an area: each a measure with its change, its plan and its trend."""

import math
from base64 import b64encode
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import wording
from data import measures, periods
from data.codes import ALL
from data.figures import Figures
from data.measures import MEASURES, Measure
from data.view import View

TREND_QUARTERS = 8
CARDS = ("mo-hinh", "ho", "ho-phu-nu", "tien-do", "ke-hoach-von", "da-giai-ngan")


def cards(view: View, found: Figures) -> None:
    """Six cards, three in a row."""
    with st.grid(3, gap="small", min_column_width=190):
        for key in CARDS:
            _card(view, MEASURES[key], found)


def _card(view: View, measure: Measure, found: Figures) -> None:
    now, known = found.now, measures.values(measure, found.trend)
    st.metric(
        measure.label,
        f"{_value(measure, now)}{_trend(known)}",
        _delta(view, measure, found, known),
        delta_color="normal" if measure.more_is_better else "off",
        delta_description=wording.reached(measure, now) or _beside(measure, found),
        help=_help(view, measure),
        border=True,
        height="stretch",
    )


def _value(measure: Measure, now: dict[str, float]) -> str:
    """The figure without the noun its label already says."""
    words = wording.shown_or_why(measure, now)
    return words.removesuffix(f" {wording.noun(measure)}") if measure.unit != "money" else words


def _delta(view: View, measure: Measure, found: Figures, known: "pd.Series[float]") -> str | None:
    """The change since the quarter before, where the line under the figure has room for it.

    Money of another budget year is not compared.
    """
    before = periods.shift(view.quarter, -1)
    other_year = not measure.by_form and before[:4] != view.quarter[:4]
    crowded = measure.done or _beside(measure, found) or (view.presenting and measure.planned)
    if before not in known.index or other_year or crowded:
        return None
    return wording.change(measure, known[view.quarter], known[before])


def _beside(measure: Measure, found: Figures) -> str | None:
    """A rate of the region and the country beside a chosen province's."""
    if measure.unit != "percent" or not found.beside:
        return None
    return " · ".join(f"{name} {wording.shown_or_why(measure, it)}" for name, it in found.beside)


def _help(view: View, measure: Measure) -> str:
    """How the figure is computed, and what of the filter it cannot follow."""
    words = f"{measure.explained} Mũi tên: thay đổi so với quý trước; nét vẽ: hai năm gần nhất."
    if measure.by_form or view.form == ALL:
        return words
    return f"{words} Vốn của tỉnh không tách theo hình thức: đây là số của mọi hình thức."


def _trend(known: "pd.Series[float]") -> str:
    """The last two years as a word-sized line in the value's text.

    `st.metric(chart_data=…)` draws a Vega chart a card: six of them took three quarters of the
    time from a click to the last change of the page, and half of a laptop's height.
    """
    points = [value for value in known.tolist()[-TREND_QUARTERS:] if not math.isnan(value)]
    return f" ![Xu hướng {len(points)} quý]({sparkline(points)})" if len(points) > 1 else ""


def sparkline(points: Sequence[float]) -> str:
    """An SVG line through the points as a data URI, the last one dotted; 3:1."""
    low, high = min(points), max(points)
    across, up = 54 / (len(points) - 1), 14 / ((high - low) or 1)
    path = [(3 + index * across, 17 - (point - low) * up) for index, point in enumerate(points)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    (x, y) = path[-1]
    return (
        "data:image/svg+xml;base64,"
        + b64encode(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
            f'<polyline points="{line}" fill="none" stroke="#155d86" stroke-width="1.5"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#155d86"/></svg>'.encode()
        ).decode()
    )
