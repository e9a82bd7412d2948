"""What the first look at each quarter would have to wait for, made before the first visitor.

The figures are made by `data.view_readers` and `data.model_readers`; here is what screens draw.
"""

from components import (
    balance,
    budget_curve,
    budget_grid,
    budget_plan,
    model_funnel,
    model_groups,
    model_points,
    model_table,
)
from data import model_readers, view_readers

DRAWERS = (
    balance.drawn,
    budget_curve.drawn,
    budget_grid.html,
    budget_grid.risks,
    budget_plan.html,
    model_funnel.html,
    model_groups.html,
    model_points.drawn,
    model_table.first_page,
)
"""What keeps its drawing of a view: each is called with the snapshot's id and the view."""


def warm(snapshot_id: str) -> None:
    """Make the figures of the country in each quarter and form, then their drawings."""
    view_readers.warm(snapshot_id)
    model_readers.warm(snapshot_id)
    for view in view_readers.first_looks(snapshot_id):
        for draw in DRAWERS:
            draw(snapshot_id, view)
