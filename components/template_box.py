"""The workbook that a province fills in, made when its button is pressed."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from components import reports, tables
from components.mending import STYLE
from data import formats, periods, readers
from data.snapshots import Snapshot
from data.view import View
from data.workbooks import template

SHOWN = 6
"""Quarters to choose from: the newest that has ended, and those before."""


def template_box(
    snapshot: Snapshot, view: View, standing: pd.DataFrame, today: date, *, key: str
) -> None:
    """The quarter to report, and the buttons; a province has to be chosen first.

    The quarter on the page stands first while its report is missing.
    """
    with st.container(gap="xsmall"):
        st.html(f'{STYLE}<h2 class="mend">Mẫu báo cáo quý</h2>')
        _template(snapshot, view, standing, today, key)


def _template(
    snapshot: Snapshot, view: View, standing: pd.DataFrame, today: date, key: str
) -> None:
    if view.area.kind != "province":
        st.markdown("Chọn tỉnh ở ô Địa bàn để tải mẫu của tỉnh, có sẵn các mô hình kỳ trước.")
        return
    newest = _ended(today)
    missing = standing.at[(view.area.code, view.quarter), "state"] == "chua_gui"
    asked = [view.quarter] if missing else []
    ended = [periods.shift(newest, -by) for by in range(SHOWN)]
    quarters = list(dict.fromkeys([*asked, *ended]))
    quarter = st.selectbox(
        "Quý báo cáo",
        quarters,
        format_func=formats.quarter,
        key=f"{key}_{'_'.join(asked)}",
        width=280,
    )
    quarter = quarter if quarter in quarters else quarters[0]
    st.markdown(reports.due_line(quarter, today))
    name = f"bao-cao-{view.area.slug}-{quarter}"
    tables.downloads(_files(snapshot, view.area.code, quarter), name)


def _files(snapshot: Snapshot, province: str, quarter: str) -> list[tables.File]:
    """The template with the models carried in; an empty one as well while those are made up."""
    illustrative = snapshot.manifest.illustrative
    filled = partial(_workbook, snapshot.id, province, quarter, illustrative)
    blank = partial(template.workbook, province, quarter, {}, illustrative=False)
    if not illustrative:
        return [("Tải mẫu có sẵn mô hình", "xlsx", tables.XLSX, filled)]
    return [
        ("Tải mẫu trống", "xlsx", tables.XLSX, blank),
        ("Tải mẫu tập điền (số liệu minh họa)", "xlsx", tables.XLSX, filled),
    ]


def _workbook(snapshot_id: str, province: str, quarter: str, illustrative: bool) -> bytes:
    known = readers.tables(snapshot_id)
    return template.workbook(province, quarter, known, illustrative=illustrative)


def _ended(today: date) -> str:
    """The newest quarter that has ended."""
    return periods.shift(f"{today.year}Q{(today.month - 1) // 3 + 1}", -1)
