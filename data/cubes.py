"""Sums computed once, at publishing, so that no screen's cost grows with the number of models.

`province_quarter`: province × quarter × form × capital source.
`province_month`: province × budget year × month × capital source × kind of capital.

Each dimension but the province and the time also has the member `tat_ca` (all of them), so a
screen picks one member and sums over provinces, never over members. A measure of models that
have money from a source counts for that source; money counts in the source it came from.
Columns are whole numbers: counts, or đồng. NULL means the province did not report the quarter;
0 means it reported none. How they are summed is said in `data/cube_queries.py`, once for every
engine.
"""

import pandas as pd
import pyarrow as arrow

from data.codes import ALL

MODEL_COUNTS = (
    "models",
    "models_started",
    "models_due",
    "models_suspended",
    "households",
    "households_planned",
    "poor",
    "near_poor",
    "newly_escaped",
    "women_headed",
    "women",
    "ethnic_minority",
    "households_out",
)
MODEL_MONEY = ("budget", "planned_value", "earned_value", "spent")
REPORTS = ("reports", "reports_due", "reports_in_time")
PLAN = ("assigned", "carried_over", "allocated")
FUNDING = ("plan_reported", "disbursed_ytd")

KEYS = {
    "province_quarter": ("province", "quarter", "form", "source"),
    "province_month": ("province", "year", "month", "source", "kind"),
}


def in_order(name: str, cube: arrow.Table) -> arrow.Table:
    """A cube in its types, sorted by its keys: engines sum in wider types and collate otherwise."""
    keys = KEYS[name]
    texts = [column for column in keys if column != "year"]
    types = [
        (column, arrow.string() if column in texts else arrow.int64())
        for column in cube.column_names
    ]
    return cube.cast(arrow.schema(types)).sort_by([(key, "ascending") for key in keys])


def member(cube: pd.DataFrame, form: str, source: str) -> pd.DataFrame:
    """The full (quarter, province) frame of one form and one source of `province_quarter`.

    The province's money, not split by form, is that of all forms.
    """
    chosen = _slice(cube, form, source)
    if form != ALL:
        money = [*PLAN, *FUNDING]
        chosen = chosen.assign(**_slice(cube, ALL, source)[money])
    return chosen


def _slice(cube: pd.DataFrame, form: str, source: str) -> pd.DataFrame:
    rows = cube[(cube["form"] == form) & (cube["source"] == source)]
    return rows.drop(columns=["form", "source"]).set_index(["quarter", "province"]).sort_index()
