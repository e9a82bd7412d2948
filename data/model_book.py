"""A snapshot's models and their reports, indexed once: each report by its model and quarter.

What is made of a quarter (`models`, `model_sums`, `model_timeline`) looks its figures up here. A
model that did not report a quarter has none of it, never the one of a quarter before. Joins are
on codes; the costs that grow with the models are a few array passes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, places
from data.codes import CodeList
from data.text import Words, fold, sort_key

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

GROUPINGS: dict[str, CodeList] = {
    "form": codes.FORMS,
    "sector": codes.SECTORS,
    "lead_kind": codes.LEAD_KINDS,
    "priority_area": codes.PRIORITY_AREAS,
}
"""Columns of a model that sums are made by."""

SPENT = codes.by_source("spent")


@dataclass(frozen=True)
class Book:
    """A snapshot's models, and their reports sorted by model and quarter.

    `models`: the schema's columns, `name_rank`, `place_rank` and `shared` (whether another
    province reports the same approved project). `texts`: what a search looks in. `at`: the model
    (row number) of each report; `when`: its quarter as a number; `stage`: its place in the list;
    `fell`: whether a cumulative figure fell in it. `received`: the provinces whose report
    arrived, by quarter.
    """

    models: pd.DataFrame
    progress: pd.DataFrame
    texts: Words
    at: Ints
    when: Ints
    stage: Ints
    fell: Bools
    received: dict[str, set[str]]
    newest: str


def book(models: pd.DataFrame, progress: pd.DataFrame, submissions: pd.DataFrame) -> Book:
    """Index the tables of a snapshot once; the frames given are not changed."""
    models = models.reset_index(drop=True)
    progress = progress.sort_values(["model_id", "quarter"], ignore_index=True)
    at = np.asarray(pd.Index(models["model_id"]).get_indexer(pd.Index(progress["model_id"])))
    listed = {name: list(allowed) for name, allowed in GROUPINGS.items()}
    listed["province"] = list(places.provinces().index)
    categories = {name: pd.Categorical(models[name], keys) for name, keys in listed.items()}
    provinces = pd.Series(categories["province"].codes, dtype="int64")
    models = models.assign(
        **categories,
        name_rank=_rank(models["name"]),
        place_rank=_rank(models["district_name"]) + len(models) * provinces,
        shared=_shared(models),
    )
    arrived = submissions[submissions["received_date"].notna()]
    received = {str(it): set(group["province"]) for it, group in arrived.groupby("quarter")}
    newest = str(submissions["quarter"].max())
    when, fell = _number(progress["quarter"]), _fell(progress, at)
    stage = np.asarray(pd.Index(list(codes.STAGES)).get_indexer(pd.Index(progress["stage"])))
    return Book(models, progress, Words(_searched(models)), at, when, stage, fell, received, newest)


def _number(quarters: "pd.Series[str]") -> Ints:
    """Quarters as numbers in the same order: `2024Q3` → 20243."""
    numbers = quarters.str.replace("Q", "", regex=False).astype("int64")
    return np.asarray(numbers, np.intp)


def _searched(models: pd.DataFrame) -> "pd.Series[str]":
    """What a search looks in: name, place, lead unit, code, folded (each text only once)."""
    columns = ("name", "commune_name", "district_name", "lead_unit", "model_id")
    parts = [_each(models[column].fillna(""), fold) for column in columns]
    provinces = _each(models["province"].map(places.provinces()["name"]), fold)
    return sum((" " + part for part in parts), provinces)


def _each(texts: "pd.Series[str]", change: Callable[[str], str]) -> "pd.Series[str]":
    numbers, unique = pd.factorize(texts)
    changed = pd.Series([change(str(text)) for text in unique], dtype="str")
    return changed.iloc[numbers].reset_index(drop=True).astype("str")


def _rank(texts: "pd.Series[str]") -> "pd.Series[int]":
    """The place of each text in Vietnamese collation."""
    return _each(texts, sort_key).rank(method="dense").astype("int64")


def _shared(models: pd.DataFrame) -> "pd.Series[bool]":
    same = models.groupby(["name", "approval_no", "approval_date"])["province"]
    return same.transform("nunique").gt(1)


def _fell(progress: pd.DataFrame, at: Ints) -> Bools:
    spent = progress[SPENT].sum(axis=1)
    figures = np.column_stack([progress["actual"], spent, progress["households_out"]])
    falls = np.zeros(len(progress), bool)
    falls[1:] = (np.diff(figures, axis=0) < 0).any(axis=1) & (at[1:] == at[:-1])
    return falls


def number_of(quarter: str) -> int:
    """The quarter as `Book.when` holds it: `2024Q3` → 20243."""
    return int(quarter.replace("Q", ""))


def stages(book: Book, quarter: str) -> tuple[Ints, Ints]:
    """The stage that each model reported for the quarter, and its last one until then, or -1."""
    until = np.flatnonzero(book.when <= number_of(quarter))
    now = until[book.when[until] == number_of(quarter)]
    reported, last = np.full((2, len(book.models)), -1, np.intp)
    last[book.at[until]] = book.stage[until]  # reports are in order: the latest stays
    reported[book.at[now]] = book.stage[now]
    return reported, last


def reports(book: Book, quarter: str) -> npt.NDArray[np.int32]:
    """The row of `book.progress` that is each model's report for the quarter, -1 without one."""
    now = np.flatnonzero(book.when == number_of(quarter))
    rows = np.full(len(book.models), -1, np.int32)
    rows[book.at[now]] = now
    return rows


def reported(book: Book, rows: npt.NDArray[np.int32], name: str) -> Floats:
    """A column of some reports, NaN where there is none (-1)."""
    figures = np.full(len(rows), np.nan)
    told = rows >= 0
    figures[told] = book.progress[name].to_numpy()[rows[told]]
    return figures


def find(book: Book, model_id: str) -> int | None:
    """The row of a model in `book.models`; None if there is none of that code."""
    rows = np.flatnonzero(book.models["model_id"].to_numpy(object) == model_id)
    return int(rows[0]) if len(rows) else None


def history(book: Book, row: int, quarter: str) -> pd.DataFrame:
    """The reports of one model up to a quarter, oldest first, in the columns of `progress`."""
    return book.progress.iloc[np.flatnonzero((book.at == row) & (book.when <= number_of(quarter)))]
