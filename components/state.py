"""The view of this browser tab, and its URL kept in step: the one place that knows both.

A widget's own URL binding writes formatted labels (`?tinh=Bến+Tre`) and drops unknown values in
silence; the contract is slugs and a notice. So the view lives in session state, callbacks replace
it, and `sync` writes it to the URL, or reads it back when the browser went to another one (a
link, the back button).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data import places
from data import view as views
from data.measures import MEASURES
from data.places import Area
from data.view import View

_VIEW, _QUERY, _PAGE = "view", "_query_in_step", "_page_in_step"
_GOING, _SCRIPT = "_page_asked_for", "_script_in_step"


def carry() -> None:
    """Write the view to the URL where a link of the navigation leads to another page without it.

    Call it before `st.navigation`: a browser that hears of the page first may keep its bare
    address among those that one goes back to. Streamlit tells no other way that a page turns.
    """
    turns = _SCRIPT in st.session_state and st.session_state[_SCRIPT] != _script()
    if turns and not st.query_params and not view().model:
        st.query_params.from_dict(views.to_query(view()))


def _script() -> str:
    """What Streamlit knows the page by that was asked for, or, after `st.navigation`, is drawn."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def sync(quarters: Sequence[str], page: str) -> View:
    """The view of this run; says what an address asked for in vain. Call once, first."""
    query = st.query_params.to_dict()
    state = st.session_state
    turned_page = turns_to(page) and not query
    if _VIEW not in state or (query != state[_QUERY] and not turned_page):
        state[_VIEW], dropped = views.from_query(query, quarters)
        _say(dropped)
    elif state[_VIEW].quarters != tuple(quarters):
        state[_VIEW], _ = views.from_query(views.to_query(state[_VIEW]), quarters)
    if page != "tien-do":
        show(replace(view(), model=""))
    state[_PAGE], state[_QUERY], state[_SCRIPT] = page, query, _script()
    return in_step()


def turns_to(page: str) -> bool:
    """Whether this run is the first one on another page than before; ask before `sync`."""
    return st.session_state.get(_PAGE, page) != page


def in_step() -> View:
    """The view of this run, written to the URL where it has changed; or off to another page."""
    query = views.to_query(view())
    if page := st.session_state.pop(_GOING, ""):
        st.switch_page(page, query_params=query)
    if query != st.session_state[_QUERY]:
        st.session_state[_QUERY] = query
        st.query_params.from_dict(query)
    return view()


def view() -> View:
    """The view of this tab."""
    current: View = st.session_state[_VIEW]
    return current


def show(changed: View) -> None:
    """Make another view this tab's; for callbacks, which run before the page."""
    st.session_state[_VIEW] = changed


def go_to_province(code: str) -> None:
    """Move to one of the 63, or to the unit of the 34 that it is in."""
    if area := area_of(code):
        show(replace(view(), area=area))


def area_of(code: str) -> Area | None:
    """One of the 63 by its code, or the unit of the 34 that it is in, as the view has them."""
    area = places.province(code)
    if area and view().units == "34":
        return places.unit34(places.codes34(area.code))
    return area


def go(page: str, changed: View) -> None:
    """Show a view on another page, `progress.py`; for callbacks, which run before the page.

    A callback cannot turn the page itself: the run that follows does, before it draws anything.
    """
    show(changed)
    st.session_state[_GOING] = page


def pick(code: str) -> None:
    """Move to a province or unit by its code; picked again, back to the country."""
    current = view()
    find = places.unit34 if current.units == "34" else places.province
    area = find(str(code))
    if area:
        show(replace(current, area=places.country() if area == current.area else area))


def measure(key: str) -> None:
    """Show another measure."""
    if key in MEASURES:
        show(replace(view(), measure=key))


def present(on: bool) -> None:
    """Enter or leave screen-share mode."""
    show(replace(view(), presenting=on))


def _say(dropped: list[str]) -> None:
    if dropped:
        # An address is a stranger's text: letters, digits and a few signs of it are repeated.
        parts = ", ".join(re.sub(r"[^\w=-]", "", part)[:32] for part in dropped)
        st.toast(
            f"Không hiểu phần “{parts}” của địa chỉ nên đã bỏ qua.",
            icon=":material/link_off:",
            duration="long",
        )
