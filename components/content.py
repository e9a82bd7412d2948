"""A page's content as one fragment, so that a click resends it and not the bar above it.

A rerun costs the browser a few milliseconds for each element that is sent again, changed or not.
What depends on the area (the content, and the one thing in the bar that shows the area) is drawn
by the fragment; the other filters, the navigation and the footer only by a whole run.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import state
from data import readers
from data.view import View

Draw = Callable[[View], None]
_PLACE, _READING = "_place_in_bar", "_reading_drawn"


def leave_place(place: DeltaGenerator, draw: Draw) -> None:
    """Keep a place in the bar for what shows the area; called once by each whole run."""
    st.session_state[_PLACE] = place, draw


def content(draw: Draw) -> None:
    """Draw the page's content, and again by itself when something in it is used."""
    st.session_state[_READING] = readers.current()
    _content(draw)


@st.fragment
def _content(draw: Draw) -> None:
    if readers.current() != st.session_state[_READING]:
        st.rerun()  # another snapshot, or a notice: the frame has to say so
    view = state.in_step()
    place, show_area = st.session_state[_PLACE]
    with place:
        show_area(view)
    draw(view)
