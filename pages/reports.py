"""Báo cáo & chất lượng số liệu: who has reported, what to mend, check a workbook, the template."""

from datetime import date

import streamlit as st

from components import report_todo, report_trends, reports
from components.checker import checker
from components.content import content
from components.copying import said
from components.dictionary import dictionary
from components.history import history
from components.template_box import template_box
from data import readers, reporting
from data.view import View


def reports_page(view: View) -> None:
    snapshot, _ = readers.current()
    illustrative = snapshot.manifest.illustrative
    today = date.today()
    standing = readers.reports(snapshot.id, today)
    now = reporting.of_quarter(standing, view.quarter, view.area.members)

    sentence = reports.sentence(view, now, illustrative)
    said(view, sentence, draw=lambda: reports.opening(view, now, sentence))

    # An officer's own tools stand beside what she is to mend; others have more to read there.
    officer = view.area.kind == "province"
    own, beside = st.columns(2, gap="medium") if officer else (st.container(), None)
    trends, everyone = st.columns([2, 3], gap="medium")
    with own:
        report_todo.to_mend(snapshot, view, now, standing, key="can_sua")
    if officer or not view.presenting:  # a shared screen has no box to choose a province in
        with beside or trends:
            template_box(snapshot, view, standing, today, key="quy_bao_cao")
            checker(snapshot, view, key="kiem_tra")
    with trends:
        report_trends.over_time(snapshot.id, today, view, standing, illustrative, key="gui_bao_cao")
        report_trends.by_region(snapshot.id, today, view.quarter, standing)
        report_trends.by_rule(snapshot.id, view)
    with everyone:
        reports.matrix(snapshot.id, view, standing, key="ma_tran")

    dictionary(key="tu_dien")
    history(snapshot, key="ban_so_lieu")


content(reports_page)
