"""The one way an Altair chart gets on a page: Vietnamese, described, with its figures to take.

A chart is a specification that Altair has checked once (`checked`, 30 ms; the caller keeps it)
and the rows that it draws. The browser builds a chart anew whenever its specification or its
label changes, and only exchanges the rows when nothing else did: so title, heading and
description stand above the chart as text. The files have them too (`pictures`, `tables`), and
Streamlit's own toolbar, whose picture would lack them, is not shown.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
import pyarrow as arrow
import streamlit as st

from components import tables, wording
from components.filters import in_words
from components.pictures import QUIET, Picture, Spec
from data import formats, periods
from data.view import View

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

PICK = "chon"
"""The name of a chart's selection parameter, where it has one."""

_TURN = "luot"
"""The column that tells one pick from the next, or the same mark could not be picked again."""

LABEL = "Biểu đồ; mô tả ở ngay trên, bảng số liệu ở ngay dưới"
"""What a screen reader calls every chart; the same words always, see above."""


class Written(NamedTuple):
    """A table, how its columns write their numbers, and what stands where there is none.

    `absent` has the same rows and some of the columns.
    """

    table: pd.DataFrame
    words: tables.Words = MappingProxyType({})
    absent: pd.DataFrame | None = None


def heading(view: View, illustrative: bool) -> list[str]:
    """What a picture and its files say of themselves below their title."""
    until = f"Số liệu đến ngày {formats.day(periods.end(view.quarter))}"
    source = wording.ILLUSTRATIVE if illustrative else "nguồn: báo cáo của các tỉnh"
    return [in_words(view), f"{until}; {source}"]


def axis_type(font: int) -> dict[str, object]:
    """The type of an axis, dark enough to be read from afar."""
    look = {"labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal"}
    return {"labelFontSize": font, "titleFontSize": font, **look}


def checked(chart: alt.TopLevelMixin) -> Spec:
    """The chart as Altair checks it, with the Vietnamese locale; slow, so keep what it gives."""
    spec: Spec = chart.to_dict()
    for stand_in in ("data", "datasets"):
        spec.pop(stand_in, None)
    for layer in spec.get("spec", spec).get("layer", []):
        # What Altair puts where a chart has no data of its own: Streamlit would draw no marks.
        if layer.get("data", {}).get("name") == "empty":
            del layer["data"]
    for param in spec.get("params", []):
        if param["name"] == PICK:
            param["select"]["fields"].append(_TURN)
    # Marks without names would be read one by one: the description and the table say it all.
    config = {"locale": LOCALE, "mark": {"aria": False}}
    room = {"left": 4, "right": 4}  # Streamlit leaves none, and an upright title is cut off
    return spec | {"config": spec.get("config", {}) | config, "padding": room}


def packed(rows: pd.DataFrame) -> arrow.Table:
    """Rows as a browser is sent them; that takes a millisecond, so keep what it gives."""
    return arrow.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()


def chart(
    spec: Spec,
    rows: arrow.Table,
    figures: Callable[[], Written],
    *,
    title: str,
    heading: Sequence[str],
    alt: str,
    key: str,
    font: int = 12,
    marks: str = "",
    on_pick: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Draw the rows (`packed`), above them what they are, below them `figures` with their files.

    `heading` is what the chart and its files say below the title: filters, period, source,
    whether illustrative; `marks` what a legend in the chart does not say of them; `alt` says the
    chart in words; `font` is the type of the specification in pixels. `on_pick` gets the fields
    of the mark that was picked.
    """
    st.html(_above(title, heading, marks, alt))
    if on_pick:
        st.vega_lite_chart(
            rows.append_column(_TURN, arrow.array([_turn()] * len(rows))),
            spec,
            alt=LABEL,
            key=key,
            on_select=lambda: _picked(key, on_pick),
            selection_mode=PICK,
        )
    else:
        st.vega_lite_chart(rows, spec, alt=LABEL, key=key)

    def picture() -> Picture:
        lines = [*heading, marks] if marks else heading
        return Picture(spec, rows.to_pandas(), title, lines, font)

    twin(figures, title=title, heading=heading, key=f"{key}_bang", picture=picture)


def _above(title: str, heading: Sequence[str], marks: str, alt: str) -> str:
    return (
        f'{tables.NO_TOOLBAR}<p style="font-size:1.05rem;font-weight:600;margin:0">'
        f'{escape(title)}</p><p style="font-size:0.875rem;margin:0;color:{QUIET}">'
        f"{escape(' · '.join(heading))}{'<br>' * bool(marks)}{escape(marks)}</p>"
        '<p style="position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;'
        f'margin:0">{escape(alt)}</p>'
    )


def _turn() -> int:
    return int(st.session_state.setdefault(_TURN, 0))


def _picked(key: str, on_pick: Callable[[Mapping[str, Any]], None]) -> None:
    st.session_state[_TURN] += 1
    for mark in st.session_state[key].selection.get(PICK, []):
        on_pick(mark)


def twin(
    figures: Callable[[], Written],
    *,
    title: str,
    heading: Sequence[str],
    key: str,
    label: str = "Bảng số liệu của biểu đồ; ảnh và tệp tải về",
    picture: Callable[[], Picture] | None = None,
) -> None:
    """The figures as a table with its files, in a box; they are made when it is opened."""
    box = st.expander(label, on_change="rerun", key=key)
    if not box.open:
        return
    table, words, absent = figures()
    with box:
        _draw(table, words, absent, title)
        whole, lines = filled(table, absent), [title, *heading]
        files = tables.pictures(picture) if picture else []
        files += tables.sheets(whole, lines, words)
        tables.downloads(files, tables.file_name(title, heading[0]))


def _draw(
    table: pd.DataFrame, words: tables.Words, absent: pd.DataFrame | None, title: str
) -> None:
    """The table on screen; numbers stay numbers, so that a column sorts as such.

    The browser writes one word in all empty cells: a table whose figures are absent for several
    reasons has the columns with gaps as text.
    """
    gaps = [] if absent is None else [name for name in absent if table[name].isna().any()]
    reasons = {said for name in gaps for said in absent[name][table[name].isna()]}
    if len(reasons) > 1:
        told = {name: table[name].map(words[name], na_action="ignore") for name in gaps}
        table = filled(table.assign(**told), absent[gaps])
        words = {name: word for name, word in words.items() if name not in gaps}
    word = reasons.pop() if len(reasons) == 1 else None
    st.dataframe(table.style.format(dict(words)), hide_index=True, alt=title, placeholder=word)


def filled(table: pd.DataFrame, absent: pd.DataFrame | None) -> pd.DataFrame:
    """For files: words where a figure is absent, so that no blank reads as zero."""
    if absent is None:
        return table
    return table.assign(
        **{name: table[name].astype("object").fillna(absent[name]) for name in absent}
    )
