"""“Cần quan tâm”: the provinces that need attention, each with its reasons in words."""

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

import pandas as pd
import streamlit as st

from components.block import block
from data import places
from data.rules import RULES, Finding

FIRST = 9
"""Provinces shown at once; the rest opens below."""


def attention(found: Sequence[Finding], on_pick: Callable[[str], None], *, key: str) -> None:
    """The gravest provinces as a list to pick from, then all of them with each rule's basis."""
    grouped = [(code, list(group)) for code, group in groupby(found, lambda it: it.code)]
    block(_html(grouped[:FIRST]), on_pick, key=key)
    with st.container():  # stays in place where nothing needs attention
        if grouped:
            _all(grouped)


def _html(grouped: Sequence[tuple[str, list[Finding]]]) -> str:
    items = "".join(
        f'<li><button type="button" data-pick="{code}">'
        f"{escape(_name(code))}</button>"
        f"<p>{escape('; '.join(it.reason for it in reasons))}</p></li>"
        for code, reasons in grouped
    )
    none = "<p>Không có tỉnh nào cần quan tâm theo các ngưỡng đang dùng.</p>"
    return f'<h2>Cần quan tâm</h2><ul class="list">{items}</ul>{"" if items else none}'


def _name(code: str) -> str:
    return str(places.provinces().loc[code, "name"])


def _all(grouped: Sequence[tuple[str, list[Finding]]]) -> None:
    label = f"Cần quan tâm: cả {len(grouped)} tỉnh và căn cứ"
    box = st.expander(label, on_change="rerun", key="quan_tam_ca")
    if not box.open:
        return
    rows = [
        {"Tỉnh": _name(code), "Lý do": reason.reason, "Căn cứ": RULES[reason.rule].basis}
        for code, reasons in grouped
        for reason in reasons
    ]
    box.table(pd.DataFrame(rows), hide_index=True, alt="Các tỉnh cần quan tâm và lý do")
