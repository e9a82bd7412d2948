"""Before the first visitor: each quarter of the country, whole and by form, is drawn already."""

from dataclasses import replace

import pytest
import streamlit as st

from components import (
    balance,
    budget_curve,
    budget_grid,
    budget_plan,
    model_funnel,
    model_groups,
    model_points,
    model_table,
    warming,
)
from data import places, readers, view_readers

SNAPSHOT = readers.current().snapshot.id
PARTS = {
    balance.drawn: (balance, "_rows"),
    budget_curve.drawn: (budget_curve, "_rows"),
    budget_grid.html: (budget_grid, "_row"),
    budget_grid.risks: (budget_grid, "_rule"),
    budget_plan.html: (budget_plan, "_row"),
    model_funnel.html: (model_funnel, "_step"),
    model_groups.html: (model_groups, "_cells"),
    model_points.drawn: (model_points, "_alt"),
    model_table.first_page: (model_table, "_row"),
}
"""What each drawer cannot draw anything without."""


@pytest.fixture
def warm(monkeypatch):
    """The drawings made, and nothing there any more to draw with."""
    st.cache_resource.clear()  # what other tests looked at
    warming.warm(SNAPSHOT)

    def drawn_again(*_):
        raise AssertionError("drawn again")

    for module, name in PARTS.values():
        monkeypatch.setattr(module, name, drawn_again)


def test_a_first_look_at_the_country_finds_its_drawings_made(warm):
    assert [*PARTS] == [*warming.DRAWERS]
    for view in view_readers.first_looks(SNAPSHOT):
        for draw in warming.DRAWERS:
            draw(SNAPSHOT, view)


def test_a_first_look_at_a_region_is_drawn_when_somebody_comes(warm):
    region = replace(view_readers.first_looks(SNAPSHOT)[-1], area=places.region("tay-nguyen"))
    for draw in warming.DRAWERS:
        with pytest.raises(AssertionError, match="drawn again"):
            draw(SNAPSHOT, region)
