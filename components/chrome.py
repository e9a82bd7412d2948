"""What frames every page: late-data line, footer, and the page shown when there is no data."""

from datetime import date
from pathlib import Path

import streamlit as st

from components import wording
from data import formats, periods, readers
from data.snapshots import Snapshot
from data.view import View

MARK = Path(__file__).parent / "mark.svg"
"""The product's mark, shown in the browser's tab."""
WIDE_TEXT = '<style>[data-testid="stTable"] td > div { max-width: none !important }</style>'
"""Streamlit breaks the texts of a table at 375 pixels, however wide their column is."""

# Streamlit's link past the navigation is in English, and its links there show no focus to speak of.
_KEYBOARD = """<style>
[data-testid="stSkipToContent"] { font-size: 0 !important; }
[data-testid="stSkipToContent"]::after { content: "Đến nội dung chính"; font-size: 0.875rem; }
[data-testid="stTopNavLink"]:focus-visible { outline: 2px solid #155d86; }
</style>"""


def no_snapshot(notice: str | None) -> None:
    """A clear page that says what to do when no snapshot can be read."""
    st.title("Sinh kế 63")
    st.error(notice or "Chưa có bản số liệu nào.", icon=":material/database_off:")
    st.write(
        "Người quản trị chạy `python -m data snapshots` để xem các bản số liệu, "
        "`python -m data rollback ID` để quay về một bản còn nguyên, hoặc "
        "`python -m data demo` để dựng lại bản số liệu minh họa. Trang tự hiện khi có số liệu."
    )
    _look_again()


@st.fragment(run_every="3s")
def _look_again() -> None:
    if readers.current().snapshot:
        st.rerun()


def to_top(page: str) -> None:
    """Show another page from its top: a slow browser would keep the place of the one before."""
    st.html(
        f"<script>/* {page} */ document.querySelector('[data-testid=stMain]').scrollTo(0, 0)"
        "</script>",
        unsafe_allow_javascript=True,
    )


def footer(snapshot: Snapshot, view: View, today: date) -> None:
    """What the figures are, until when, from which snapshot, and whether a report is overdue."""
    until = formats.day(periods.end(view.quarter))
    late = wording.overdue(view.quarters[-1], today)
    tail = f" · {late}" if late else ""
    mark = f"**{wording.ILLUSTRATIVE}** · " if snapshot.manifest.illustrative else ""
    said = f"{mark}Số liệu đến ngày {until} · bản số liệu {snapshot.id}{tail}"
    st.caption(said + _KEYBOARD, unsafe_allow_html=True)  # one element the less
