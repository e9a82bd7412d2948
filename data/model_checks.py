"""What the rules say of models: met, not met, or not enough information.

A rule concerns the models of its forms that were approved while it held (planned to start, when
they are not approved yet); of others it says nothing. Given the frame of `models.to_check`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from data import schema
from data.model_looks import Looked
from data.model_rules import MODEL_RULES, SEVERITIES, ModelRule

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


def checks(frame: pd.DataFrame) -> list[Check]:
    """What every rule says of each model that it concerns, rule by rule."""
    return [check for rule in MODEL_RULES.values() for check in _say(rule, frame)]


def findings(frame: pd.DataFrame) -> list[Check]:
    """Only what is not met, the gravest first."""
    ranks = list(SEVERITIES)
    rules = sorted(MODEL_RULES.values(), key=lambda rule: ranks.index(rule.severity))
    return [check for rule in rules for check in _say(rule, frame, only="not_met")]


def verdicts(frame: pd.DataFrame) -> pd.DataFrame:
    """Model (the frame's index) × rule: a verdict, or "" where the rule does not concern it."""
    return pd.DataFrame({key: _judge(rule, frame)[0] for key, rule in MODEL_RULES.items()})


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
    looked = rule.look(frame)
    met = looked.met.astype("boolean")
    cases = [met.fillna(False).to_numpy(bool), (~met).fillna(False).to_numpy(bool)]
    words = np.select(cases, ["met", "not_met"], "unknown")
    held = concerned(rule, frame)
    held = held if looked.about is None else held & looked.about
    return pd.Series(np.where(held, words, ""), frame.index), looked


def _say(rule: ModelRule, frame: pd.DataFrame, only: Verdict | None = None) -> Iterator[Check]:
    verdict, looked = _judge(rule, frame)
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
