"""The programme's rules of `data/model_rules.py`, over workbooks' models and their progress."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from data import codes, formats, model_checks, model_looks, schema
from data.model_checks import Failure
from data.model_rules import MODEL_RULES
from data.workbooks.books import Books, Ints
from data.workbooks.rule import Hit, Look

PROGRAMME_START = date(2021, 1, 1)
"""First day of the programme (giai đoạn 2021–2025)."""

_BUDGET = codes.by_source("budget")
_MONEY = ("spent", "budget")
_PROGRESS = ["planned", "actual", "poor", "near_poor", "newly_escaped", "women_headed", "women"]
_PROGRESS += ["ethnic_minority", "households_out", *codes.by_source("spent")]
_DATES = [
    (table, column)
    for table in ("models", "trainings", "questions")
    for column in schema.TABLES[table].columns
    if schema.metadata(table, column)["unit"] == "ngày"
]


def unmet(key: str, table: str, column: str, wrong: str) -> Look:
    """Models that do not meet a rule of `MODEL_RULES`; told at a column of models or progress."""
    return partial(_unmet, key, table, column, wrong)


def _unmet(key: str, table: str, column: str, wrong: str, books: Books) -> Iterator[Hit]:
    judged = books.once(_judge)
    failure = judged.failures.get(key)
    if failure is None:
        return
    # Money is judged as a whole: an unreadable source is not a source without money.
    read = [*_BUDGET, column] if column in (*_BUDGET, "direct_spending") else [column]
    needed = [it for it in read if not schema.TABLES[table].columns[it].nullable]
    lost = judged.models[needed].iloc[failure.rows].isna().any(axis=1).to_numpy()
    for place, model in enumerate(failure.rows):
        if not lost[place]:
            row = int(judged.reports[model]) if table == "progress" else int(model)
            yield Hit(table, row, column, f"{wrong}. {failure.said(place)}")


def spent_over_budget(books: Books) -> Iterator[Hit]:
    """Sources of which a model has spent more than its budget holds."""
    judged = books.once(_judge)
    failure = judged.failures.get("spent_within_budget")
    for model in failure.rows if failure else ():
        for source, label in codes.SOURCES.labels.items():
            spent, budget = (judged.models[f"{it}_{source}"].iloc[model] for it in _MONEY)
            if spent > budget:
                wrong = (
                    f"{label}: đã giải ngân {formats.money_with_unit(spent)}, lớn hơn kinh phí "
                    f"({formats.money_with_unit(budget)})"
                )
                yield Hit("progress", int(judged.reports[model]), f"spent_{source}", wrong)


def outside_programme(books: Books) -> Iterator[Hit]:
    """Dates before the programme or after it; a model's planned end has a rule of its own."""
    first, last = pd.Timestamp(PROGRAMME_START), pd.Timestamp(model_looks.PROGRAMME_END)
    for table, column in _DATES:
        days = books.frames[table][column]
        late = (days > last) & (column != "planned_end")
        for at in np.flatnonzero((days < first) | late):
            wrong = (
                f"{schema.label(table, column)} {formats.day(days.iloc[at])} nằm ngoài giai đoạn "
                f"{PROGRAMME_START.year}–{model_looks.PROGRAMME_END.year}"
            )
            yield Hit(table, int(at), column, wrong)


def answered_first(books: Books) -> Iterator[Hit]:
    """Questions answered before they were asked."""
    questions = books.frames["questions"]
    for at in np.flatnonzero(questions["answered_date"] < questions["asked_date"]):
        yield Hit("questions", int(at), "answered_date", "Ngày trả lời trước ngày nêu câu hỏi")


class _Judged(NamedTuple):
    """Models in the columns of `models.to_check`; by rule those that do not meet it (`rows` are
    positions); the position of each model's report, -1 without one."""

    models: pd.DataFrame
    failures: dict[str, Failure]
    reports: Ints


def _judge(books: Books) -> _Judged:
    models, progress = books.frames["models"], books.frames["progress"]
    reports = np.full(len(models), -1, np.intp)
    known = np.flatnonzero(books.model_of >= 0)
    reports[books.model_of[known]] = known
    figures = progress[_PROGRESS].reindex(reports).set_axis(models.index)
    frame = pd.concat([models, figures], axis=1).assign(
        has_contract=models["has_contract"].fillna(False).astype("bool"),
        households=figures[["poor", "near_poor", "newly_escaped"]].sum(axis=1, skipna=False),
        # These two are told by rules that name the cell or the other province.
        fell=pd.array(np.zeros(len(models), bool), "boolean"),
        shared=False,
    )
    failures = model_checks.failures(frame, MODEL_RULES.values())
    return _Judged(frame, {failure.rule.key: failure for failure in failures}, reports)
