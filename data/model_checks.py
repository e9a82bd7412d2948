"""What the rules say of models: met, not met, or not enough information.

A rule concerns the models of its forms that were approved while it held (planned to start, when
they are not approved yet); of others it says nothing. Given the frame of `models.to_check`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import schema
from data.model_looks import Looked
from data.model_rules import MODEL_RULES, SEVERITIES, ModelRule

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

    `rows`: their labels in the frame's index; `values`, `limits`: for each the figure looked at
    and its threshold, put in words only when they are asked for.
    """

    rule: ModelRule
    rows: Ints
    values: Objects
    limits: Objects

    def of(self, kept: "npt.NDArray[np.bool_]") -> "Failure":
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
    held: dict[object, pd.DataFrame] = {}  # many rules concern the same models
    found = []
    for rule in rules:
        if rule.severity != "note":
            about = (rule.forms, rule.source)
            if about not in held:
                held[about] = frame[concerned(rule, frame)]
            found.append(_failure(rule, held[about]))
    return [each for each in found if len(each.rows)]


def gravest_first(found: Iterable[Failure]) -> list[Failure]:
    """Errors before warnings, each in the order of the rules."""
    severities, keys = list(SEVERITIES), list(MODEL_RULES)
    ranks = {key: (severities.index(MODEL_RULES[key].severity), keys.index(key)) for key in keys}
    return sorted(found, key=lambda each: ranks[each.rule.key])


def _failure(rule: ModelRule, frame: pd.DataFrame) -> Failure:
    met, looked = _judge(rule, frame)
    broken = (~met).fillna(False).to_numpy(bool) & _spoken_of(rule, frame, looked)
    limit = looked.threshold
    limits = (
        limit if isinstance(limit, pd.Series) else pd.Series([limit] * len(frame), dtype=object)
    )
    values, limits = looked.value[broken], limits[broken]
    order = np.argsort(-_excess(values, limits), kind="stable")
    return Failure(
        rule,
        frame.index.to_numpy()[broken][order],
        values.to_numpy(object)[order],
        limits.to_numpy(object)[order],
    )


def _excess(values: pd.Series, limits: pd.Series) -> "npt.NDArray[np.float64]":
    """How far each figure is from its threshold; nothing where they cannot be compared."""
    if pd.api.types.is_datetime64_dtype(values):
        days = pd.to_datetime(values).to_numpy() - pd.to_datetime(limits).to_numpy()
        return np.asarray(days / np.timedelta64(1, "D"), np.float64)
    figures, most = (pd.to_numeric(it, errors="coerce").to_numpy(float) for it in (values, limits))
    return np.asarray(np.nan_to_num(np.abs(figures - most)), np.float64)


def verdicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Model (the frame's index) × rule: a verdict, or "" where the rule does not concern it."""
    return pd.DataFrame({key: _verdict(rule, frame)[0] for key, rule in MODEL_RULES.items()})


def concerned(rule: ModelRule, frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the rule is about the model's form and held on its day."""
    day = frame["approval_date"].fillna(frame["planned_start"])
    here = frame["form"].isin(rule.forms) if rule.forms else pd.Series(True, frame.index)
    if rule.valid_from:
        here &= day >= pd.Timestamp(rule.valid_from)
    if rule.valid_to:
        here &= day <= pd.Timestamp(rule.valid_to)
    return here


def _judge(rule: ModelRule, frame: pd.DataFrame) -> tuple["pd.Series[Any]", Looked]:
    """Whether each model meets a rule (<NA>: not known), asked of all of them."""
    looked = rule.look(frame)
    return looked.met.astype("boolean"), looked


def _spoken_of(rule: ModelRule, frame: pd.DataFrame, looked: Looked) -> "npt.NDArray[np.bool_]":
    """The models of which a rule says something."""
    held = concerned(rule, frame)
    held = held if looked.about is None else held & looked.about
    return held.to_numpy(bool)


def _verdict(rule: ModelRule, frame: pd.DataFrame) -> tuple["pd.Series[Any]", Looked]:
    met, looked = _judge(rule, frame)
    cases = [met.fillna(False).to_numpy(bool), (~met).fillna(False).to_numpy(bool)]
    words = np.select(cases, ["met", "not_met"], "unknown")
    return pd.Series(np.where(_spoken_of(rule, frame, looked), words, ""), frame.index), looked


def _say(rule: ModelRule, frame: pd.DataFrame, only: Verdict | None = None) -> Iterator[Check]:
    verdict, looked = _verdict(rule, frame)
    limit = looked.threshold
    for row in frame.index[verdict == only if only else verdict != ""]:
        threshold = limit.at[row] if isinstance(limit, pd.Series) else limit
        told: Verdict = verdict.at[row]  # type: ignore[assignment]
        model = frame.loc[row]
        said = _missing(rule, model) if told == "unknown" else ""
        said = said or _said(rule, looked.value.at[row], threshold)
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
