"""What the rules say of models: met, not met, or not enough information.

A rule concerns the models of its forms that were approved while it held (planned to start, when
they are not approved yet); of others it says nothing. Given the frame of `models.to_check`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import schema
from data.model_looks import Looked
from data.model_rules import MODEL_RULES, SEVERITIES, ModelRule

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]
Objects = npt.NDArray[np.object_]

_REPORTED = {"actual", "fell", "households"}
"""Needs of a rule that the report of a quarter fills."""
Verdict = Literal["met", "not_met", "unknown"]

VERDICTS: dict[Verdict, str] = {
    "not_met": "không đạt",
    "unknown": "chưa đủ thông tin",
    "met": "đạt",
}


@dataclass(frozen=True)
class Check:
    """What one rule says of one model, the figure and the threshold in words."""

    model_id: str
    rule: ModelRule
    verdict: Verdict
    said: str


@dataclass(frozen=True)
class Failure:
    """The models that do not meet one rule, gravest first.

    `rows`: their labels in the frame's index; `values`, `limits`: for each the figure (or figures)
    looked at and its threshold, put in words only when they are asked for.
    """

    rule: ModelRule
    rows: Ints
    values: Objects
    limits: Objects

    def of(self, kept: Bools) -> "Failure":
        """The same of some of its models."""
        return Failure(self.rule, self.rows[kept], self.values[kept], self.limits[kept])

    def said(self, place: int) -> str:
        """Figure and threshold of one of them in words."""
        return _said(self.rule, self.values[place], self.limits[place])


def checks(frame: pd.DataFrame) -> list[Check]:
    """What every rule says of each model that it concerns, rule by rule."""
    return [check for rule in MODEL_RULES.values() for check in _say(rule, frame)]


def findings(frame: pd.DataFrame) -> list[Check]:
    """Only what is not met, the gravest first."""
    ranks = list(SEVERITIES)
    rules = sorted(MODEL_RULES.values(), key=lambda rule: ranks.index(rule.severity))
    return [check for rule in rules for check in _say(rule, frame, only="not_met")]


def of_reports(rule: ModelRule) -> bool:
    """Whether a rule looks at the quarter's report; the others look at the model alone."""
    return not _REPORTED.isdisjoint(rule.needs)


def failures(frame: pd.DataFrame, rules: Iterable[ModelRule]) -> list[Failure]:
    """The rules that some models do not meet, in the order of `rules`.

    A note only says who has priority; nobody has to attend to it: it is left out.
    """
    held: dict[object, Bools] = {}  # many rules concern the same models
    found = []
    for rule in rules:
        if rule.severity == "note":
            continue
        about = (rule.forms, rule.source)
        if about not in held:
            held[about] = concerned(rule, frame)
        looked = rule.look(frame)
        at = np.flatnonzero(_not_met(looked) & _spoken_of(looked, held[about]))
        if len(at):
            found.append(_failure(rule, frame, looked, at))
    return found


def gravest_first(found: Iterable[Failure]) -> list[Failure]:
    """Errors before warnings, each in the order of the rules."""
    severities, keys = list(SEVERITIES), list(MODEL_RULES)
    ranks = {key: (severities.index(MODEL_RULES[key].severity), keys.index(key)) for key in keys}
    return sorted(found, key=lambda each: ranks[each.rule.key])


def _failure(rule: ModelRule, frame: pd.DataFrame, looked: Looked, at: Ints) -> Failure:
    limit, values = looked.threshold, looked.value.iloc[at]
    each = limit.iloc[at] if isinstance(limit, pd.Series) else pd.Series([limit] * len(at))
    order = np.argsort(-_excess(values, each), kind="stable")
    return Failure(
        rule,
        frame.index.to_numpy()[at][order],
        values.to_numpy(object)[order],
        each.to_numpy(object)[order],
    )


def _excess(values: pd.Series | pd.DataFrame, limits: pd.Series) -> "npt.NDArray[np.float64]":
    """How far each figure is from its threshold; nothing where they cannot be compared."""
    if isinstance(values, pd.DataFrame):
        return np.zeros(len(values))
    if pd.api.types.is_datetime64_dtype(values):
        days = pd.to_datetime(values).to_numpy() - pd.to_datetime(limits).to_numpy()
        return np.asarray(days / np.timedelta64(1, "D"), np.float64)
    figures, most = (pd.to_numeric(it, errors="coerce").to_numpy(float) for it in (values, limits))
    return np.asarray(np.nan_to_num(np.abs(figures - most)), np.float64)


def verdicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Model (the frame's index) × rule: a verdict, or "" where the rule does not concern it."""
    return pd.DataFrame({key: _verdict(rule, frame)[0] for key, rule in MODEL_RULES.items()})


def concerned(rule: ModelRule, frame: pd.DataFrame) -> Bools:
    """Whether the rule is about the model's form and held on its day."""
    every = np.ones(len(frame), bool)
    here = frame["form"].isin(rule.forms).to_numpy(bool) if rule.forms else every
    if not (rule.valid_from or rule.valid_to):
        return here
    day = frame["approval_date"].fillna(frame["planned_start"]).to_numpy("datetime64[D]")
    first, last = rule.valid_from or date.min, rule.valid_to or date.max
    return here & (day >= np.datetime64(first)) & (day <= np.datetime64(last))


def _not_met(looked: Looked) -> Bools:
    return np.asarray(~looked.met.to_numpy(bool, na_value=True))


def _spoken_of(looked: Looked, concerned: Bools) -> Bools:
    """The models of which a rule says something."""
    return concerned if looked.about is None else concerned & looked.about.to_numpy(bool)


def _verdict(rule: ModelRule, frame: pd.DataFrame) -> tuple["pd.Series[Any]", Looked]:
    looked = rule.look(frame)
    silent = ~_spoken_of(looked, concerned(rule, frame))
    cases = [silent, looked.met.to_numpy(bool, na_value=False), _not_met(looked)]
    words = np.select(cases, ["", "met", "not_met"], "unknown")
    return pd.Series(words, frame.index), looked


def _say(rule: ModelRule, frame: pd.DataFrame, only: Verdict | None = None) -> Iterator[Check]:
    verdict, looked = _verdict(rule, frame)
    limit = looked.threshold
    for row in frame.index[verdict == only if only else verdict != ""]:
        threshold = limit.at[row] if isinstance(limit, pd.Series) else limit
        told: Verdict = verdict.at[row]  # type: ignore[assignment]
        model = frame.loc[row]
        said = _missing(rule, model) if told == "unknown" else ""
        said = said or _said(rule, looked.value.loc[row], threshold)
        yield Check(str(model["model_id"]), rule, told, said)


def _said(rule: ModelRule, value: object, threshold: object) -> str:
    limit = "" if threshold is None else rule.words(threshold)
    return rule.message.format(value=rule.words(value), threshold=limit)


def _missing(rule: ModelRule, model: "pd.Series[Any]") -> str:
    """Why a model cannot be judged: what it lacks, else that there is nothing to hold it to."""
    lost = dict.fromkeys(_label(column) for column in rule.needs if pd.isna(model[column]))
    return f"Chưa có: {', '.join(lost).lower()}" if lost else "Chưa có căn cứ để đối chiếu"


def _label(column: str) -> str:
    known = column in schema.MODELS.columns
    return schema.label("models", column) if known else "Báo cáo của kỳ"
