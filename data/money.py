"""The money of a view: plan and disbursement by source and kind, what is left, what is to come.

Sums of `budget.prepared`, of the provinces whose months are all known; amounts are in đồng.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data import budget, periods
from data.budget import Judged, Year
from data.codes import ALL, KINDS, SOURCES
from data.forecast import CLOSING, Outlook

SUMS = ["assigned", "carried_over", "allocated", "plan_known", "disbursed", "known"]


def lines(months: pd.DataFrame, members: Sequence[str], quarter: str, source: str) -> pd.DataFrame:
    """(source, kind) × `SUMS` of some provinces at the quarter's end; (source, ALL) sums them up.

    Only the lines there is a plan or money for; `source` ALL gives those of every source.
    """
    sources = list(SOURCES) if source == ALL else [source]
    here = months[
        (months["year"] == periods.year_of(quarter))
        & (months["position"] == budget.last_position(quarter))
        & months["province"].isin(members)
    ]
    sums = here.groupby(["source", "kind"])[SUMS].sum(min_count=1)
    order = [(each, kind) for each in sources for kind in KINDS]
    sums = sums.reindex([*order, (source, ALL)])
    planned = sums["assigned"].fillna(0) + sums["carried_over"].fillna(0)
    return sums[(planned > 0) | (sums.index.get_level_values("kind") == ALL)]


@dataclass(frozen=True)
class Remaining:
    """What is left to spend (đồng) and what that is for each month that remains, or None."""

    money: float
    by_year_end: float | None
    by_closing: float


def remaining(line: Mapping[str, float], quarter: str) -> Remaining | None:
    """Of a row of `lines`; None when nothing was reported or nothing is left."""
    left = line["plan_known"] - line["disbursed"]
    if not left > 0:
        return None
    at = budget.last_position(quarter)
    months = 12 - at
    return Remaining(left, left / months if months else None, left / (CLOSING - at))


@dataclass(frozen=True)
class Money:
    """The money of a view: `lines`, what is `left`, the area's curves and forecast.

    `past`: year × 13 of the area; `rates` and `outlook` are the area's own, `units` those of the
    63 or 34.
    """

    lines: pd.DataFrame
    left: Remaining | None
    past: pd.DataFrame
    rates: "pd.Series[float]"
    outlook: Outlook | None
    judged: Judged | None
    units: Year

    @property
    def total(self) -> dict[str, float]:
        return {str(name): float(each) for name, each in self.lines.iloc[-1].items()}
