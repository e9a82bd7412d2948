"""Tiến độ mô hình: how far the models are, and everything about one of them."""

from datetime import date

import streamlit as st

from components import model_funnel, models
from components.content import content
from components.copying import said
from components.model_groups import groups
from components.model_map import model_map
from components.model_page import model_page
from components.model_points import planned_and_actual
from components.model_table import model_table
from components.model_timeline import timeline
from components.why import province_reasons
from data import model_readers, model_sums, readers, view_readers
from data.view import View


def progress(view: View) -> None:
    snapshot, _ = readers.current()
    illustrative = snapshot.manifest.illustrative
    if models.without_list(snapshot) or model_page(snapshot.id, view, illustrative):
        return

    found = model_readers.summary(snapshot.id, model_sums.where(view))
    sentence = models.situation(view, found.words, illustrative)
    said(view, sentence)
    board = view_readers.board(snapshot.id, view.form, view.source, view.quarter, view.units)
    province_reasons(view, board.concerns, "progress", key="ly_do")

    stages, work = st.columns(2, gap="medium")
    with stages:
        st.html(model_funnel.html(snapshot.id, view))
    with work:
        planned_and_actual(snapshot.id, view, illustrative, key="ke_hoach_thuc_hien")

    with st.container(horizontal=True, gap="medium"):  # in place where no province is chosen
        model_map(snapshot.id, view, found.words, illustrative, key="vi_tri_mo_hinh")
    with st.container():  # stays in place where no model is in force
        timeline(snapshot.id, view, date.today(), illustrative, key="tien_trinh")
    groups(snapshot.id, view, illustrative, key="nhom")
    model_table(snapshot.id, view, illustrative, key="bang_mo_hinh")


content(progress)
