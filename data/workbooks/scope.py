"""Which rows of the tables a workbook speaks of: those of its province and its quarter.

Publishing replaces these rows of the snapshot in force by the workbook's; the template carries
some of them in.
"""

from collections.abc import Mapping
from functools import cache

import pandas as pd

from data import periods
from data.workbooks import frames, sheets


def rows(
    tables: Mapping[str, pd.DataFrame], province: str, quarter: str
) -> dict[str, pd.DataFrame]:
    """The rows that the workbook of `province` (GSO code) and `quarter` reports, by table.

    All the province's models; the quarter's progress of them; the plan of the budget year; its
    months so far (`months`); questions that were asked, answered or open in the quarter; the
    sessions of the quarter and those where such a question was asked, with the province's
    delegates. A table that is missing is empty.
    """
    held = whole(tables)
    here = {
        name: frame[frame["province"] == province] if "province" in frame else frame
        for name, frame in held.items()
    }
    progress, questions = here["progress"], _alive(here["questions"], quarter)
    sessions = _sessions(here["trainings"], questions, quarter)
    ours = progress["model_id"].isin(here["models"]["model_id"])
    funding, spent, present = here["funding"], here["disbursements"], here["attendance"]
    told = pd.MultiIndex.from_tuples(months(quarter), names=["year", "month"])
    return {
        "models": here["models"],
        "progress": progress[ours & (progress["quarter"] == quarter)],
        "funding": funding[funding["year"] == periods.year_of(quarter)],
        "disbursements": spent[pd.MultiIndex.from_frame(spent[["year", "month"]]).isin(told)],
        "trainings": sessions,
        "attendance": present[present["session"].isin(sessions["session"])],
        "questions": questions,
    }


def months(quarter: str) -> list[tuple[int, str]]:
    """Budget year and month of the lines of Giải ngân, oldest first.

    The year's months so far; in the first quarter also the January in which the books of the
    year before close.
    """
    year = periods.year_of(quarter)
    closing = [(year - 1, f"{year}-01")] if quarter.endswith("Q1") else []
    return closing + [(year, f"{year}-{month:02d}") for month in range(1, int(quarter[5]) * 3 + 1)]


def _sessions(trainings: pd.DataFrame, questions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    first, last = bounds(quarter)
    asked = trainings["session"].isin(questions["session"].dropna())
    return trainings[trainings["date"].between(first, last) | asked]


def bounds(quarter: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The quarter's first and last day."""
    return pd.Timestamp(f"{periods.months(quarter)[0]}-01"), pd.Timestamp(periods.end(quarter))


def whole(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table that workbooks report; those that are missing without rows."""
    return {name: tables[name] if name in tables else empty(name) for name in sheets.TABLES}


def empty(name: str) -> pd.DataFrame:
    """A table without rows, in the schema's types."""
    return _empty(name).copy()


@cache
def _empty(name: str) -> pd.DataFrame:
    return frames.frame(name, []).reset_index(drop=True)


def _alive(questions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    first, last = bounds(quarter)
    asked, answered = questions["asked_date"], questions["answered_date"]
    open_still = (questions["status"] != "da_tra_loi") | (answered >= first)
    return questions[(asked <= last) & ((asked >= first) | open_still)]
