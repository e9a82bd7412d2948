"""The one way an Altair chart gets on a page: Vietnamese, described, with its figures to take.

A chart is a specification that Altair has checked once (`checked`, 30 ms; the caller keeps it)
and the rows that it draws. Title and heading are part of the picture, so that the PNG of
Streamlit's toolbar says what it shows, of when, and whether it is illustrative. An SVG is not
offered: Streamlit turns Vega's own menu off.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from components import tables, wording
from components.filters import in_words
from data import formats, periods
from data.view import View

Spec = dict[str, Any]
Words = Mapping[str, Callable[[float], str]]
"""Column → how its numbers are written."""

_MONTHS = [f"Tháng {month}" for month in range(1, 13)]
_DAYS = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"]
LOCALE = {
    "number": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["", " đồng"],
        "percent": "%",
    },
    "time": {
        "dateTime": "%H:%M %d/%m/%Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["SA", "CH"],
        "days": _DAYS,
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": _MONTHS,
        "shortMonths": [f"Th{month}" for month in range(1, 13)],
    },
}
"""D3's Vietnamese locale: dot for thousands, comma for decimals, day before month."""

QUIET = "#4a5764"
"""The colour of what stands beside the figures: axes, legends, subtitles."""

PICK = "chon"
"""The name of a chart's selection parameter, where it has one."""


def heading(view: View, illustrative: bool) -> list[str]:
    """What a picture and its files say of themselves below their title."""
    until = f"Số liệu đến ngày {formats.day(periods.end(view.quarter))}"
    source = wording.ILLUSTRATIVE if illustrative else "nguồn: báo cáo của các tỉnh"
    return [in_words(view), f"{until}; {source}"]


def checked(chart: alt.TopLevelMixin) -> Spec:
    """The chart as Altair checks it, with the Vietnamese locale; slow, so keep what it gives."""
    spec: Spec = chart.to_dict()
    for stand_in in ("data", "datasets"):
        spec.pop(stand_in, None)
    for layer in spec.get("layer", []):
        # What Altair puts where a chart has no data of its own: Streamlit would draw no marks.
        if layer.get("data", {}).get("name") == "empty":
            del layer["data"]
    # Marks without names would be read one by one: the description and the table say it all.
    config = {"locale": LOCALE, "mark": {"aria": False}}
    return spec | {"config": spec.get("config", {}) | config}


def chart(
    spec: Spec,
    rows: pd.DataFrame,
    table: pd.DataFrame,
    *,
    title: str,
    heading: Sequence[str],
    alt: str,
    key: str,
    font: int = 12,
    words: Words | None = None,
    absent: pd.DataFrame | None = None,
    on_pick: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Draw the rows, and below them the same figures as a table with its files.

    `heading` is what the picture and the files say below the title: filters, period, source,
    whether illustrative; `font` is their size in pixels. `on_pick` gets the fields of the mark
    that was picked.
    """
    top = {"text": title, "fontSize": font * 4 / 3, "anchor": "start"}
    top |= {"subtitle": list(heading), "subtitleFontSize": font, "subtitleColor": QUIET}
    drawn = spec | {"title": top}
    if on_pick:
        st.vega_lite_chart(
            rows,
            drawn,
            alt=alt,
            key=key,
            on_select=lambda: _picked(key, on_pick),
            selection_mode=PICK,
        )
    else:
        st.vega_lite_chart(rows, drawn, alt=alt, key=key)
    twin(table, title=title, heading=heading, key=f"{key}_bang", words=words, absent=absent)


def _picked(key: str, on_pick: Callable[[Mapping[str, Any]], None]) -> None:
    for mark in st.session_state[key].selection.get(PICK, []):
        on_pick(mark)


def twin(
    table: pd.DataFrame,
    *,
    title: str,
    heading: Sequence[str],
    key: str,
    words: Words | None = None,
    absent: pd.DataFrame | None = None,
    label: str = "Bảng số liệu của biểu đồ",
) -> None:
    """The figures as a table with its files, in a box that is filled when it is opened.

    `words` are how columns write their numbers, `absent` what stands where there is none (the
    same rows, some of the columns).
    """
    box = st.expander(label, on_change="rerun", key=key)
    if not box.open:
        return
    with box:
        st.dataframe(_styled(table, words or {}, absent), hide_index=True, alt=title)
        whole, lines = filled(table, absent), [title, *heading]
        files: list[tables.File] = [
            ("Tải Excel", "xlsx", tables.XLSX, partial(tables.xlsx, whole, lines)),
            ("Tải CSV", "csv", "text/csv", partial(tables.csv, whole, lines)),
        ]
        tables.downloads(files, key.replace("_", "-"))


def _styled(table: pd.DataFrame, words: Words, absent: pd.DataFrame | None) -> Styler:
    """Numbers stay numbers, so that a column sorts as such; where there is none, words."""
    styled = table.style.format(dict(words))
    for column in [] if absent is None else absent:
        lost = table[column].isna()
        for said, cells in absent[column][lost].groupby(absent[column][lost]):
            where = pd.IndexSlice[cells.index, [column]]
            styled = styled.format(partial(_instead, said), subset=where)
    return styled


def _instead(said: str, _none: float) -> str:
    return said


def filled(table: pd.DataFrame, absent: pd.DataFrame | None) -> pd.DataFrame:
    """For files: words where a figure is absent, so that no blank reads as zero."""
    if absent is None:
        return table
    return table.assign(
        **{name: table[name].astype("object").fillna(absent[name]) for name in absent}
    )
