"""Tổng quan: how things stand, where, and what needs attention."""

from datetime import date
from functools import partial

import streamlit as st

from components import tables, wording
from components.atlas import atlas, html_file
from components.attention import attention
from components.block import block
from components.cards import cards
from components.content import content
from components.copying import said
from components.filters import measure_box
from components.ranking import picked, ranking
from components.sources import public_figures
from data import readers, view_readers
from data.view import View


def overview(view: View) -> None:
    snapshot, _ = readers.current()
    found = view_readers.figures(snapshot.id, view)
    concerns = [it for it in found.board.concerns if it.code in view.area.members]
    illustrative = snapshot.manifest.illustrative

    sentence = wording.situation(view, found.now, concerns, illustrative)
    said(view, sentence, wording.overdue_mark(view.quarters[-1], date.today()))

    where, what = st.columns([2, 3], gap="medium")
    with where:
        measure = measure_box(view)
        atlas(
            snapshot.id, view, measure, found, key="ban_do", height=540 if view.presenting else 410
        )
    with what:
        html = cards(view, found) + ranking(snapshot.id, view, measure, found)
        block(html, picked, key="xep_hang")

    attention(snapshot.id, view, found, key="quan_tam")
    map_file = partial(html_file, snapshot.id, view, measure, found)
    tables.units_box(view, found, illustrative, map_file)
    with st.container():  # stays in place where an area has none
        public_figures(view.area)


content(overview)
