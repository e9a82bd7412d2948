"""A page for the tests of the map: the map beside what it does, and a page to scroll."""

from pathlib import Path

import streamlit as st

from components.map import NONE_REPORTED, national_map
from data import places

SHADES = ("#deebf3", "#a9cbe0", "#6aa3c8", "#33749f", "#124a70")


def pick() -> None:
    picked = st.session_state["map"].pick
    chosen = st.session_state.get("chosen")
    st.session_state["chosen"] = None if picked == chosen else picked
    st.session_state["picks"] = st.session_state.get("picks", 0) + 1


def draw() -> None:
    st.set_page_config(layout="wide", page_title="Bản đồ")
    query = st.query_params
    if "big" in query:
        st.html("<style>html { font-size: 24px; }</style>")
    st.html(f"<div style='height: {int(query.get('above', 0))}px'></div>")
    units = st.segmented_control("Đơn vị", ["63", "34"], default="63")
    shift = st.segmented_control("Chỉ tiêu", [0, 1, 2], default=0)
    left, right = st.columns([int(query.get("left", 520)), int(query.get("right", 750))])
    table = places.provinces() if units == "63" else places.units34()
    shades = {code: SHADES[(7 * i + shift) % 5] for i, code in enumerate(table.index)}
    with left:
        national_map(
            units,
            fills=shades | dict.fromkeys(table.index[::15], NONE_REPORTED),
            labels={code: f"{name}\n{shift},{code}%" for code, name in table["name"].items()},
            selected=st.session_state.get("chosen"),
            on_pick=pick,
            key="map",
            height=int(query.get("height", 600)),
            presenting="big" in query,
            alt="Bản đồ tiến độ theo tỉnh",
        )
    with right:
        st.text(f"[{st.session_state.get('chosen')}] sau {st.session_state.get('picks', 0)} lần")
        if "chart" in query:
            st.bar_chart({"x": [1, 2, 3]})
    st.html("<div style='height: 900px'></div>")


if st.runtime.exists() and st.runtime.scriptrunner.get_script_run_ctx():
    draw()
else:
    from app import middleware, routes

    app = st.App(Path(__file__), routes=routes, middleware=middleware)
