"""Tiến độ mô hình: how far the models are, and everything about one of them."""

import streamlit as st

from components import model_readers, models
from components.content import content
from components.copying import copy_button
from components.model_page import model_page
from components.model_table import model_table
from data import readers
from data.view import View


def progress(view: View) -> None:
    snapshot, _ = readers.current()
    illustrative = snapshot.manifest.illustrative
    if model_page(snapshot.id, view, illustrative):
        return

    found = model_readers.summary(snapshot.id, model_readers.where(view))
    sentence = models.situation(view, found.words, illustrative)
    said, copied = st.columns([11, 1], vertical_alignment="center")
    said.markdown(sentence)
    with copied:
        copy_button(sentence, key="sao_chep")

    stages, work = st.columns(2, gap="medium")
    with stages:
        models.funnel(found)
    with work:
        models.planned_and_actual(view, found.points, illustrative, key="ke_hoach_thuc_hien")

    models.groups(snapshot.id, view, key="nhom")
    model_table(snapshot.id, view, key="bang_mo_hinh")


content(progress)
