"""The floor: an empty Streamlit app, one selectbox, one button, one text."""

import streamlit as st

choice = st.selectbox("Choice", ["a", "b", "c"])
pressed = st.button("Button")
st.session_state.count = st.session_state.get("count", 0) + pressed
st.text(f"Chosen {choice}, pressed {st.session_state.count}")
