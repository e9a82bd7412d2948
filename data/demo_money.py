"""Illustrative money: a province's plan, what is carried over, and how it is spent by month."""

import numpy as np
import pandas as pd

from data import codes, periods
from data import demo_shapes as shapes
from data.demo_shapes import FULL, Draw, Ints

_KEYS = ["province", "source", "kind"]
_MONTHS = 13  # January to the next January, when the year's books close


def draw_money(
    seed: int, models: pd.DataFrame, speed: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Funding and all disbursements to the end of the data, reported or not.

    `speed` is each province's rank (0 to FULL - 1) in spending. What a year leaves of its
    central money is partly carried over to the next.
    """
    draw = Draw(seed, 3)
    plan = _plan(draw, models)
    carried = np.zeros(len(plan), np.int64)
    funding, disbursements = [], []
    for year in shapes.YEARS:
        assigned = _rounded(
            plan["four_years"].to_numpy() * _weights(draw, year, len(plan)) // 10_000, 10**6
        )
        total = assigned + carried
        rank = (2 * speed.loc[plan["province"]].to_numpy() + draw.ints(0, FULL, len(plan))) // 3
        spent = _spent(draw, year, plan["kind"], total, rank)
        part = draw.spread((84, 90, 95, 98, 101, 104), len(plan)).clip(max=100)
        allocated = np.maximum(spent, _rounded(total * part // 100, 10**6))
        money = {"assigned": assigned, "carried_over": carried, "allocated": allocated}
        funding.append(plan[_KEYS].assign(year=year, **money))
        disbursements.append(_by_month(draw, year, plan, total, spent, rank))
        kept = (total - spent) * draw.ints(60, 95, len(plan)) // 100
        central = plan["source"].to_numpy() == "trung_uong"
        carried = _rounded(np.where(central, kept, 0), 10**6)
    return pd.concat(funding), pd.concat(disbursements)


def _plan(draw: Draw, models: pd.DataFrame) -> pd.DataFrame:
    """Each province's lines of the plan with the money of all years (`four_years`, đồng)."""
    budgets = models.groupby("province")[codes.by_source("budget")].sum()
    n = len(budgets)
    part, more = draw.spread(shapes.MODELS_IN_RECURRENT, n), draw.spread(shapes.INVESTMENT, n)
    lines = []
    for source in codes.SOURCES:
        recurrent = budgets[f"budget_{source}"].to_numpy() * 100 // part
        has = recurrent > 0 if source == "trung_uong" else np.ones(n, np.bool_)
        recurrent = recurrent + np.where(has, 1_000_000_000, 0)
        lines.append(_line(budgets.index, source, "su_nghiep", recurrent))
        if source != "khac":
            lines.append(_line(budgets.index, source, "dau_tu", recurrent * more // 100))
    return pd.concat(lines, ignore_index=True).sort_values(_KEYS, ignore_index=True)


def _line(provinces: pd.Index, source: str, kind: str, money: Ints) -> pd.DataFrame:
    return pd.DataFrame(
        {"province": provinces, "source": source, "kind": kind, "four_years": money}
    )


def _weights(draw: Draw, year: int, size: int) -> Ints:
    """A year's part of the four years, in ten-thousandths."""
    return shapes.YEAR_WEIGHTS[year] * draw.ints(88, 112, size)


def _spent(draw: Draw, year: int, kind: pd.Series, total: Ints, rank: Ints) -> Ints:
    """What the line has spent when the year's books close."""
    closed = [shapes.quantile(shapes.CLOSED[year, key], rank) for key in codes.KINDS]
    percent = np.select([kind == key for key in codes.KINDS], closed).clip(max=100)
    exact = total * percent // 100 * draw.ints(970, 1000, len(total)) // 1000
    return np.where(percent == 100, total, _rounded(exact, 1000))


def _by_month(
    draw: Draw, year: int, plan: pd.DataFrame, total: Ints, spent: Ints, rank: Ints
) -> pd.DataFrame:
    """The year's spending by month, up to the last month of the data."""
    # Recurrent money starts later than investment money; slow provinces later than quick ones.
    late = np.where(plan["kind"] == "su_nghiep", 20, 0) + (FULL - rank) * 80 // FULL
    steps = _steps(year, late) * draw.ints(60, 140, _MONTHS * len(plan)).reshape(-1, _MONTHS)
    reached = np.cumsum(steps, axis=1)
    to_date = _rounded(spent[:, None] * reached // reached[:, -1:], 1000)
    to_date[:, -1] = spent
    in_month = np.diff(to_date, axis=1, prepend=0)
    frames = [
        plan[_KEYS].assign(year=year, month=month, disbursed=in_month[:, position])[total > 0]
        for position, month in enumerate(_month_names(year))
        if month <= periods.last_month(shapes.LAST_QUARTER)
    ]
    return pd.concat(frames)


def _steps(year: int, late: Ints) -> Ints:
    """Each line's weight of each month, between the early and the late curve."""
    early, slow, first = (
        np.diff(np.array(curve), prepend=0)
        for curve in (shapes.CURVE_EARLY, shapes.CURVE_LATE, shapes.CURVE_FIRST_YEAR)
    )
    if year == shapes.YEARS[0]:
        return np.tile(first, (len(late), 1))
    return np.asarray(early * (100 - late[:, None]) + slow * late[:, None], np.int64)


def _month_names(year: int) -> list[str]:
    return [f"{year}-{month:02d}" for month in range(1, 13)] + [f"{year + 1}-01"]


def _rounded(money: Ints, unit: int) -> Ints:
    return money // unit * unit
