"""Before the first visitor: each quarter of the country, whole and by form, is drawn already."""

from dataclasses import replace

import pytest

from components import balance, budget_curve, budget_grid, budget_plan, warming
from data import places, readers

SNAPSHOT = readers.current().snapshot.id
PARTS = ((balance, "_rows"), (budget_curve, "_rows"), (budget_grid, "_row"), (budget_plan, "_row"))
"""What the drawers cannot draw anything without."""


@pytest.fixture
def warm(monkeypatch):
    """The drawings made, and nothing there any more to draw with."""
    for draw in warming.DRAWERS:
        draw.clear()  # of what other tests looked at
    warming.warm(SNAPSHOT)

    def drawn_again(*_):
        raise AssertionError("drawn again")

    for module, name in PARTS:
        monkeypatch.setattr(module, name, drawn_again)


def test_a_first_look_at_the_country_finds_its_drawings_made(warm):
    for view in readers.first_looks(SNAPSHOT):
        for draw in warming.DRAWERS:
            draw(SNAPSHOT, view)


@pytest.mark.parametrize("draw", [balance.drawn, budget_curve.drawn, budget_plan.html])
def test_a_first_look_at_a_province_is_drawn_when_somebody_comes(warm, draw):
    province = replace(readers.first_looks(SNAPSHOT)[0], area=places.province("02"))
    with pytest.raises(AssertionError, match="drawn again"):
        draw(SNAPSHOT, province)
