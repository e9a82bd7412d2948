"""The map of a measure: its colours, labels and legend, and what a click on it does."""

from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from components import state, wording
from components.map import NONE_REPORTED, NONE_REPORTED_CSS, national_map
from data import figures, measures
from data.figures import Figures
from data.measures import Measure
from data.view import View

Sums = Mapping[str, float]

NOTHING = "#ffffff"
"""The fill of a unit that reported but has nothing to measure."""
FADED = "55"
"""Alpha of units outside a chosen region."""


def atlas(
    view: View,
    measure: Measure,
    found: Figures,
    limits: tuple[float, ...],
    *,
    key: str,
    height: int,
) -> None:
    """Map and legend of a measure; a click goes to the unit, on the chosen one to the country."""
    known = measures.values(measure, found.units)
    classed = measures.classes(limits, known)
    sums = found.units.to_dict("index")
    national_map(
        view.units,
        fills={code: _fill(view, measure, sums[code], classed[code], code) for code in sums},
        labels={code: _label(view, measure, sums[code], code) for code in sums},
        selected=view.area.code if view.area.kind in ("province", "unit34") else None,
        on_pick=lambda: state.pick(st.session_state[key].pick),
        key=key,
        height=height,
        presenting=view.presenting,
        alt=f"Bản đồ {measure.label.lower()} theo tỉnh; bảng số liệu bên dưới có cùng số",
    )
    _legend(measure, found.units, classed, limits)


def _fill(view: View, measure: Measure, sums: Sums, rank: int, code: str) -> str:
    if not pd.isna(rank):
        return measure.scale[rank] + ("" if _inside(view, code) else FADED)
    unreported = measure.needs_report and not sums["reports"] > 0
    return NONE_REPORTED if unreported else NOTHING


def _inside(view: View, code: str) -> bool:
    return view.area.kind != "region" or code in view.area.members


def _label(view: View, measure: Measure, sums: Sums, code: str) -> str:
    reached = wording.reached(measure, sums)
    lines = [
        figures.unit_names(view.units)[code],
        f"{measure.label}: {wording.shown_or_why(measure, sums)}",
        reached,
    ]
    if sums["reports_due"] > 1:
        lines.append(wording.reports(sums))
    return "\n".join(line for line in lines if line)


def _legend(
    measure: Measure, units: pd.DataFrame, classed: pd.Series, limits: tuple[float, ...]
) -> None:
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
    st.html(
        '<ul style="display:flex;flex-wrap:wrap;gap:0.15rem 0.9rem;margin:0;padding:0;'
        f'list-style:none;font-size:0.8rem" aria-label="Chú giải, {wording.unit_line(measure)}">'
        f"{''.join(map(_item, rows))}</ul>"
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
