"""Screen-share mode: large type, no chrome, the filters in force, arrow keys, Esc to leave."""

import streamlit as st

from components import content, state
from components.filters import in_words
from data import places
from data import view as views
from data.view import View

# The theme has one font size and cannot change at run time; everything follows the root's.
# 1.45% of 1920 px is 27.8 px, so that the smallest text, 0.875 of it, has 24. The header with the
# navigation gives its place to the view.
_BIG = """<style>
html { font-size: max(15px, 1.45vw) !important; }
[data-testid="stHeader"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 1rem 2.5rem; }
[data-testid="stButton"] kbd { color: inherit; }
</style>"""


def presenter_bar(view: View) -> None:
    """The filters in force and three quiet buttons with their keys."""
    st.html(_BIG)
    with st.container(horizontal=True, vertical_alignment="center"):
        content.leave_place(st.container(width="stretch"), _filters_in_force)
        st.button(
            "Trước", icon=":material/arrow_back:", shortcut="Left", on_click=_step, args=(-1,)
        )
        st.button(
            "Sau", icon=":material/arrow_forward:", shortcut="Right", on_click=_step, args=(1,)
        )
        st.button(
            "Thoát", icon=":material/close:", shortcut="Esc", on_click=state.present, args=(False,)
        )


def _filters_in_force(view: View) -> None:
    st.markdown(f"**Sinh kế 63** · {in_words(view)}")


def _step(by: int) -> None:
    """To the next province in official order; the country stands before the first."""
    view = state.view()
    frame = places.units34() if view.units == "34" else places.provinces()
    stops = ["", *("tinh:" + frame["slug"])]
    here = stops.index(view.area_key) if view.area_key in stops else 0
    state.show(views.with_area(view, stops[(here + by) % len(stops)]))
