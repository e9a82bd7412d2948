"""The filter bar, the same on every page: period, area, units, form, capital source."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from components import content, state
from components.area_box import area_box
from data import codes, formats
from data import view as views
from data.codes import ALL, CodeList
from data.measures import MEASURES, Measure
from data.view import View

AREA_KEY = "dia_ban_box"


def filter_bar(view: View) -> None:
    """One row of filters; every choice replaces the view and its URL.

    The widths make two pairs on a 390 px wide phone.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _choice("Kỳ", "ky", view.quarter, view.quarters[::-1], formats.quarter, _quarter, 140)
        content.leave_place(st.container(width=205), _area_filter)
        _choice("Hình thức", "hinh_thuc", view.form, *_with_all(codes.FORMS), _form, 170)
        _choice("Nguồn vốn", "nguon", view.source, *_with_all(codes.SOURCES), _source, 175)
        _units(view)
        st.button("Xóa lọc", icon=":material/filter_alt_off:", on_click=_clear)
        st.button(
            "Trình chiếu",
            icon=":material/present_to_all:",
            on_click=state.present,
            args=(True,),
        )


def _area_filter(view: View) -> None:
    area_box(view.area_key, view.units, _area, key=AREA_KEY)


def in_words(view: View) -> str:
    """The filters in force: `Quý III/2024 · Bến Tre · Theo nhiệm vụ`."""
    parts = [formats.quarter(view.quarter), view.area.name]
    parts += [codes.FORMS.label(view.form)] if view.form != ALL else []
    parts += [codes.SOURCES.label(view.source)] if view.source != ALL else []
    parts += ["34 đơn vị sau 01/07/2025"] if view.units == "34" else []
    return " · ".join(parts)


def _with_all(allowed: CodeList) -> tuple[list[str], Callable[[str], str]]:
    words = {ALL: "Tất cả", **allowed.labels}
    return [*words], words.__getitem__


def _choice(
    label: str,
    key: str,
    value: str,
    options: Sequence[str],
    words: Callable[[str], str],
    on_change: Callable[[], None],
    width: int,
) -> None:
    st.session_state[key] = value
    st.selectbox(label, options, format_func=words, key=key, on_change=on_change, width=width)


def _units(view: View) -> None:
    st.session_state["don_vi"] = view.units
    st.segmented_control(
        "Đơn vị hành chính",
        ["63", "34"],
        key="don_vi",
        required=True,
        on_change=_units_changed,
        help="63 tỉnh, thành phố trước 01/07/2025, hoặc 34 đơn vị theo Nghị quyết 202/2025/QH15",
    )


def _quarter() -> None:
    _take("quarter", "ky", state.view().quarters)


def _form() -> None:
    _take("form", "hinh_thuc", (ALL, *codes.FORMS))


def _source() -> None:
    _take("source", "nguon", (ALL, *codes.SOURCES))


def _take(field: str, key: str, allowed: tuple[str, ...]) -> None:
    """Widget options are checked in the browser only: check again before taking one."""
    if st.session_state[key] in allowed:
        state.show(replace(state.view(), **{field: st.session_state[key]}))


def _area() -> None:
    state.show(views.with_area(state.view(), str(st.session_state[AREA_KEY].chosen or "")))


def _units_changed() -> None:
    units: Literal["63", "34"] = "34" if st.session_state["don_vi"] == "34" else "63"
    state.show(views.with_units(state.view(), units))


def _clear() -> None:
    state.show(views.cleared(state.view()))


def measure_box(view: View) -> Measure:
    """The measure that map and ranking show."""
    st.session_state["chi_so"] = view.measure
    st.selectbox(
        "Chỉ số trên bản đồ và xếp hạng",
        list(MEASURES),
        format_func=lambda key: MEASURES[key].label,
        key="chi_so",
        on_change=lambda: state.measure(st.session_state["chi_so"]),
        help=MEASURES[view.measure].explained,
        label_visibility="collapsed",
    )
    return MEASURES[view.measure]
