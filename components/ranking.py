"""The ranking beside the map: level, or change since last quarter; a pick filters the page."""

from html import escape

import streamlit as st

from components import state, wording
from data import figures, measures, view_readers
from data.figures import Figures
from data.measures import Measure
from data.view import View

EDGE_ROWS, EDGE_ROWS_ON_STAGE = 6, 3
"""Rows from the top and from the bottom; the table below the page's fold has all of them."""

Bar = tuple[str, str, float]
"""Code (empty for the region and the country), label, value."""


CHANGE = "xep_hang_theo_thay_doi"
"""Session key: whether the ranking is by change."""


def ranking(snapshot_id: str, view: View, measure: Measure, found: Figures) -> str:
    """The ranking as HTML for a `block` whose picks go to `picked`: a switch, then the bars."""
    change = bool(st.session_state.get(CHANGE))
    return _switch(change) + _ranked(snapshot_id, view, measure, found, change)


def picked(value: str) -> None:
    """What a pick in the ranking does: another order, or a unit by its code."""
    if value in ("muc", "thay-doi"):
        st.session_state[CHANGE] = value == "thay-doi"
    else:
        state.pick(value)


def _switch(change: bool) -> str:
    options = (("muc", "Mức đạt", not change), ("thay-doi", "Thay đổi so với quý trước", change))
    buttons = "".join(
        f'<button type="button" data-pick="{key}" aria-pressed="{str(on).lower()}">{label}</button>'
        for key, label, on in options
    )
    return f'<div class="switch" role="group" aria-label="Xếp hạng theo">{buttons}</div>'


def _ranked(snapshot_id: str, view: View, measure: Measure, found: Figures, change: bool) -> str:
    """Bars, best first, the chosen unit marked; or why there are none."""
    if change and not figures.comparable(measure, view.quarter):
        return "<p>Quý I mở năm ngân sách mới: vốn không so với quý trước.</p>"
    bars = _bars(snapshot_id, view, measure, found, change)
    if not bars:
        return "<p>Không có số liệu để xếp hạng trong kỳ này.</p>"
    return _html(view, measure, bars, change)


def _bars(
    snapshot_id: str, view: View, measure: Measure, found: Figures, change: bool
) -> list[Bar]:
    where = (view.form, view.source, view.quarter, view.units)
    region = view.area.slug if view.area.kind == "region" else ""
    ranked = view_readers.ranked(snapshot_id, where, measure.key, region, change, view)
    edge = EDGE_ROWS_ON_STAGE if view.presenting else EDGE_ROWS
    bars = [
        (code, f"{rank}. {name}", value)
        for code, name, value, rank in ranked
        if _kept(rank, len(ranked), edge) or code == view.area.code
    ]
    if measure.over and not change:
        bars += [("", name.capitalize(), measures.value(measure, it)) for name, it in found.beside]
    return sorted((bar for bar in bars if bar[2] == bar[2]), key=lambda bar: -bar[2])


def _kept(rank: int, among: int, edge: int) -> bool:
    """Whether a long ranking shows this rank: its first and its last rows."""
    return among <= 2 * edge + 1 or not edge < rank <= among - edge


def _html(view: View, measure: Measure, bars: list[Bar], change: bool) -> str:
    most = max(abs(value) for _, _, value in bars) or 1.0
    rows = "".join(_row(view, measure, bar, most, change) for bar in bars)
    return f'<div class="bars" role="group" aria-label="Xếp hạng {measure.label}">{rows}</div>'


def _row(view: View, measure: Measure, bar: Bar, most: float, change: bool) -> str:
    code, label, value = bar
    marks = 'class="beside" disabled' if not code else f'data-pick="{code}"'
    current = ' aria-current="true"' if code == view.area.code else ""
    less = ' class="less"' if value < 0 else ""
    # 80% of the width, so that the figure has room after the longest bar.
    return (
        f'<button type="button" {marks}{current}><span class="name">{escape(label)}</span>'
        f'<span class="bar"><i{less} style="width:{80 * abs(value) / most:.1f}%"></i>'
        f"{_words(measure, value, change)}</span></button>"
    )


def _words(measure: Measure, value: float, change: bool) -> str:
    if change:
        return wording.change(measure, value, 0.0) or ""
    return wording.figure(measure, value)
