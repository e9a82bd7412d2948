"""“Cần quan tâm”: the provinces that need attention, each with its reasons in words."""

from collections.abc import Callable, Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from data import places
from data.rules import RULES, Finding

FIRST = 9
"""Provinces shown at once; the rest opens below."""


def attention(found: Sequence[Finding], on_pick: Callable[[str], None]) -> None:
    """The gravest provinces as a grid, then all of them as a table with each rule's basis."""
    names, slugs = places.provinces()["name"], places.provinces()["slug"]
    provinces = [(code, list(group)) for code, group in groupby(found, lambda it: it.code)]
    if not provinces:
        st.write("Không có tỉnh nào cần quan tâm theo các ngưỡng đang dùng.")
        return
    with st.grid(3, gap="small", min_column_width=260):
        for code, reasons in provinces[:FIRST]:
            with st.container(gap=None):
                st.button(
                    names[code],
                    key=f"quan_tam_{code}",
                    type="tertiary",
                    icon=":material/chevron_right:",
                    on_click=on_pick,
                    args=(f"tinh:{slugs[code]}",),
                )
                st.caption("; ".join(reason.reason for reason in reasons))
    _all(provinces, names)


def _all(provinces: list[tuple[str, list[Finding]]], names: pd.Series) -> None:
    box = st.expander(f"Cả {len(provinces)} tỉnh và căn cứ", on_change="rerun", key="quan_tam_ca")
    if not box.open:
        return
    rows = [
        {
            "Tỉnh": names[code],
            "Lý do": reason.reason,
            "Căn cứ": RULES[reason.rule].basis,
        }
        for code, reasons in provinces
        for reason in reasons
    ]
    box.table(pd.DataFrame(rows), hide_index=True, alt="Các tỉnh cần quan tâm và lý do")
