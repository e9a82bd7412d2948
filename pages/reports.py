"""Báo cáo & chất lượng số liệu: who has reported, what to mend, check a workbook, the template."""

from datetime import date

import streamlit as st

from components import report_trends, reports
from components.checker import checker
from components.content import content
from components.copying import copy_button
from components.dictionary import dictionary
from components.history import history
from components.template_box import template_box
from data import readers, reporting
from data.view import View


def reports_page(view: View) -> None:
    snapshot, _ = readers.current()
    illustrative = snapshot.manifest.illustrative
    standing = readers.reports(snapshot.id, date.today())
    now = reporting.of_quarter(standing, view.quarter, view.area.members)

    sentence = reports.sentence(view, now, illustrative)
    said, copied = st.columns([11, 1], vertical_alignment="center")
    said.markdown(sentence)
    if not view.presenting:
        with copied:
            copy_button(sentence, key="sao_chep")

    own, all_provinces = st.columns([2, 3], gap="medium")
    with own:
        reports.status(snapshot.id, view, now, key="tinh_hinh")
        checker(snapshot, key="kiem_tra")
        template_box(snapshot, view, date.today(), key="quy_bao_cao")
        report_trends.over_time(view, standing, illustrative, key="gui_bao_cao")
        report_trends.by_region(view, standing)
        report_trends.by_rule(snapshot.id, view)
    with all_provinces:
        reports.matrix(snapshot.id, view, standing, key="ma_tran")

    dictionary(key="tu_dien")
    history(snapshot, key="ban_so_lieu")


content(reports_page)
