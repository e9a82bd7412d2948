"""The map of a measure: its colours, labels and legend, and what a click on it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from components import state, wording
from components.map import NONE_REPORTED, NONE_REPORTED_CSS, national_map, standalone_html
from data import figures, geography, measures, view_readers
from data.figures import Board, Figures
from data.measures import MEASURES, Measure
from data.view import View

Sums = Mapping[str, float]

NOTHING = "#ffffff"
"""The fill of a unit that reported but has nothing to measure."""
FADED = "55"
"""Alpha of units outside a chosen region."""


def atlas(
    snapshot_id: str,
    view: View,
    measure: Measure,
    found: Figures,
    *,
    key: str,
    height: int,
) -> None:
    """Map and legend of a measure; a click goes to the unit, on the chosen one to the country."""
    painted = _paint(snapshot_id, *_named(view), measure.key, view, found.board)
    national_map(
        view.units,
        painted.fills,
        painted.labels,
        selected=view.area.code if view.area.is_unit else None,
        on_pick=lambda: state.pick(st.session_state[key].pick),
        key=key,
        height=height,
        presenting=view.presenting,
        alt=f"Bản đồ {measure.label.lower()} theo tỉnh; bảng số liệu bên dưới có cùng số",
    )
    st.html(painted.legend)


def html_file(
    snapshot_id: str, view: View, measure: Measure, found: Figures, heading: Sequence[str]
) -> bytes:
    """The same map as one file that opens without a network; `heading` says what it is."""
    painted = _paint(snapshot_id, *_named(view), measure.key, view, found.board)
    title = f"{measure.label}. {' · '.join(heading)}"
    note = f"{geography.boundary_note()}. Cách tính: {measure.explained}"
    return standalone_html(view.units, painted.fills, painted.labels, title, note).encode()


def _named(view: View) -> tuple[tuple[str, ...], str]:
    """What of a view the paint depends on: form, source, quarter and units; the region."""
    region = view.area.slug if view.area.kind == "region" else ""
    return (view.form, view.source, view.quarter, view.units), region


@dataclass(frozen=True)
class Paint:
    """Colours and labels by unit, and the legend; the same whichever province is chosen."""

    fills: dict[str, str]
    labels: dict[str, str]
    legend: str


@st.cache_resource(show_spinner=False, max_entries=256)
def _paint(
    snapshot_id: str,
    where: tuple[str, ...],
    region: str,
    measure_key: str,
    _view: View,
    _board: Board,
) -> Paint:
    """The paint of a board; the arguments without underscore name it."""
    measure = MEASURES[measure_key]
    limits = view_readers.limits(snapshot_id, measure_key, _view.units, _view.form, _view.source)
    classed = measures.classes(limits, measures.values(measure, _board.units))
    inside = set(figures.inside(_view))
    ranks = dict(zip(classed.index, classed, strict=True))
    names = figures.unit_names(_view.units).to_dict()
    return Paint(
        {
            code: _fill(measure, sums, ranks[code], code in inside)
            for code, sums in _board.sums.items()
        },
        {code: _label(measure, sums, names[code]) for code, sums in _board.sums.items()},
        _legend(measure, _board.units, classed, limits),
    )


def _fill(measure: Measure, sums: Sums, rank: int, inside: bool) -> str:
    if not pd.isna(rank):
        return measure.scale[rank] + ("" if inside else FADED)
    unreported = measure.needs_report and not sums["reports"] > 0
    return NONE_REPORTED if unreported else NOTHING


def _label(measure: Measure, sums: Sums, name: str) -> str:
    reached = wording.reached(measure, sums)
    lines = [
        name,
        f"{measure.label}: {wording.shown_or_why(measure, sums)}",
        reached,
    ]
    if sums["reports_due"] > 1:
        lines.append(wording.reports(sums))
    return "\n".join(line for line in lines if line)


def _legend(
    measure: Measure, units: pd.DataFrame, classed: pd.Series, limits: tuple[float, ...]
) -> str:
    counts = classed.value_counts()
    rows = [
        (colour, words, int(counts.get(rank, 0)))
        for rank, (colour, words) in enumerate(
            zip(measure.scale, wording.class_words(measure, limits), strict=True)
        )
    ]
    unreported = (units["reports"] == 0) & measure.needs_report
    rows.append((NONE_REPORTED_CSS, "chưa báo cáo", int((unreported & classed.isna()).sum())))
    rows.append((NOTHING, measure.nothing, int((~unreported & classed.isna()).sum())))
    return (
        '<ul style="display:flex;flex-wrap:wrap;gap:0.15rem 0.9rem;margin:0;padding:0;'
        f'list-style:none;font-size:0.875rem" aria-label="Chú giải">'
        f"<li>{wording.unit_line(measure)}</li>{''.join(map(_item, rows))}</ul>"
        '<p style="margin:0.4rem 0 0;font-size:0.875rem">'
        f"Cách tính: {escape(measure.explained)}</p>"
    )


def _item(row: tuple[str, str, int]) -> str:
    colour, words, count = row
    if not count and words != "chưa báo cáo":
        return _swatch(colour, words)
    return _swatch(colour, f"{words}: {count}")


def _swatch(colour: str, words: str) -> str:
    return (
        f'<li style="white-space:nowrap"><span style="display:inline-block;width:0.9rem;'
        f"height:0.9rem;margin-right:0.3rem;vertical-align:-0.1rem;border:1px solid #8a96a3;"
        f'background:{colour}"></span>{escape(words)}</li>'
    )
