"""A page for the tests of the area box: the box beside a native one, and what it says."""

from pathlib import Path

import streamlit as st

from components.area_box import ROUTE, area_box

REFUSED = "vung:dong-nam-bo"


def choose() -> None:
    chosen = st.session_state["dia_ban_box"].chosen
    if chosen != REFUSED:
        st.session_state["area"] = chosen
    st.session_state["picks"] = st.session_state.get("picks", 0) + 1


def draw() -> None:
    st.set_page_config(layout="wide", page_title="Địa bàn")
    quarter, area, units, more = st.columns(4)
    with quarter:
        st.selectbox("Kỳ", ["Quý III/2024", "Quý II/2024"])
    with units:
        st.segmented_control("Đơn vị", ["63", "34"], default="63", key="units")
    with area:
        area_box(st.session_state.get("area", ""), st.session_state["units"], choose)
    with more:
        st.button("Nút khác", shortcut="b", on_click=lambda: st.session_state.update(area=""))
    st.text(f"[{st.session_state.get('area', '')}] sau {st.session_state.get('picks', 0)} lần")


if st.runtime.exists() and st.runtime.scriptrunner.get_script_run_ctx():
    draw()
else:
    app = st.App(Path(__file__), routes=[ROUTE])
