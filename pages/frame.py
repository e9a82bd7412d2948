"""What every page shares: navigation, notices, filter bar or presenter's bar, footer."""

from datetime import date

import streamlit as st

from components import chrome, state
from components.filters import filter_bar
from components.presenting import presenter_bar
from data import readers

st.set_page_config(page_title="Sinh kế 63", page_icon=str(chrome.MARK), layout="wide")

snapshot, notice = readers.current()
if snapshot is None:
    chrome.no_snapshot(notice)
    st.stop()

state.carry()
page = st.navigation(
    [
        st.Page("overview.py", title="Tổng quan", icon=":material/map:", default=True),
        st.Page("progress.py", title="Tiến độ", icon=":material/trending_up:", url_path="tien-do"),
        st.Page("budget.py", title="Ngân sách", icon=":material/payments:", url_path="ngan-sach"),
        st.Page("reports.py", title="Báo cáo", icon=":material/fact_check:", url_path="bao-cao"),
        st.Page("guide.py", title="Hướng dẫn", icon=":material/help:", url_path="huong-dan"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Sinh kế 63")
quarters = readers.quarters(snapshot.id)
turned = state.turns_to(page.url_path)
view = state.sync(quarters, page.url_path)

with st.container():  # a place of its own, so that the rest stays where it is without a notice
    if notice:
        st.warning(notice, icon=":material/history:")
if view.presenting:
    presenter_bar(view)
else:
    filter_bar(view)

page.run()

chrome.footer(snapshot, view, date.today())
if turned:  # last, since it takes a line's room
    chrome.to_top(page.url_path)
