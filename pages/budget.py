"""Ngân sách: what was planned, allocated and disbursed, how fast, and what is still to spend."""

import streamlit as st

from components import budget, wording
from components.balance import money_and_work
from components.budget_curve import curve
from components.budget_grid import behind, grid
from components.budget_plan import plan_table
from components.content import content
from components.copying import said
from components.why import province_reasons
from data import readers, view_readers
from data.view import View


def budget_page(view: View) -> None:
    snapshot, _ = readers.current()
    money = view_readers.money(snapshot.id, view)
    found = view_readers.figures(snapshot.id, view)
    illustrative = snapshot.manifest.illustrative

    sentence = budget.sentence(view, money, wording.reports(found.now), illustrative)
    said(view, sentence)
    province_reasons(view, found.board.concerns, "budget", key="ly_do")

    plan, year = st.columns(2, gap="medium")
    with plan:
        plan_table(snapshot.id, view, money, illustrative)
    with year:
        curve(snapshot.id, view, money, illustrative, key="duong_luy_ke")

    money_and_work(snapshot.id, view, illustrative, key="tien_viec")

    by_month, beside = st.columns([3, 2], gap="medium")
    with by_month:
        grid(snapshot.id, view, money, illustrative, key="theo_thang")
    with beside:
        behind(snapshot.id, view, found, key="xep_hang_von")


content(budget_page)
