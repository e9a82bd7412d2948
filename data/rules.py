"""Every check: what is looked at, when it speaks, how grave it is and what it rests on.

“Cần quan tâm” reads `RULES`; a new rule is one entry. A rule looks at a frame of summed cube
columns (one row per province) and says which rows it concerns, with the figure and threshold.
Severity never exceeds the grade of the rule's source; these three rest on the reporting calendar
and on thresholds of the dashboard's own, so none is an error.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data import formats, measures

BEHIND = 0.8
"""Earned / planned below which a province is “chậm nhiều”."""

SLOW_SHARE = 0.6
"""Disbursement rate, as a share of the country's, below which a province is slow."""


@dataclass(frozen=True)
class Finding:
    """One rule that speaks about one province, in words."""

    code: str
    rule: str
    reason: str
    weight: float


Figures = dict[str, tuple[float, float]]
"""GSO code → the figure looked at and the threshold it fails."""


@dataclass(frozen=True)
class Rule:
    """A check over province sums; `figures` holds the provinces it concerns and no others."""

    key: str
    label: str
    severity: Literal["error", "warning", "note"]
    basis: str
    figures: Callable[[pd.DataFrame], Figures]
    message: str


def _not_reported(sums: pd.DataFrame) -> Figures:
    return {str(code): (0.0, 1.0) for code in sums.index[sums["reports"] == 0]}


def _behind(sums: pd.DataFrame) -> Figures:
    return _below("tien-do", sums, BEHIND, BEHIND)


def _slow_money(sums: pd.DataFrame) -> Figures:
    country = measures.value(measures.MEASURES["giai-ngan"], _record(sums.sum()))
    return _below("giai-ngan", sums, country * SLOW_SHARE, country)


def _record(sums: pd.Series) -> dict[str, float]:
    return {str(column): float(value) for column, value in sums.items()}


def _below(measure: str, sums: pd.DataFrame, limit: float, said: float) -> Figures:
    known = measures.values(measures.MEASURES[measure], sums)
    return {str(code): (float(value), said) for code, value in known[known < limit].items()}


RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "no_report",
            "Chưa báo cáo",
            "warning",
            "Lịch báo cáo quý của Hội (mặc định ngày 10 tháng đầu quý sau)",
            _not_reported,
            "Chưa gửi báo cáo của kỳ",
        ),
        Rule(
            "behind_plan",
            "Chậm tiến độ",
            "warning",
            f"Ngưỡng của bảng theo dõi: dưới {formats.percent(BEHIND, 0)} kế hoạch đến kỳ",
            _behind,
            "Tiến độ đạt {value} kế hoạch đến kỳ (ngưỡng {threshold})",
        ),
        Rule(
            "slow_disbursement",
            "Giải ngân chậm",
            "warning",
            f"Ngưỡng của bảng theo dõi: dưới {formats.percent(SLOW_SHARE, 0)} mức cả nước",
            _slow_money,
            "Giải ngân {value} kế hoạch vốn năm (cả nước {threshold})",
        ),
    )
}


def findings(sums: pd.DataFrame) -> list[Finding]:
    """What needs attention among provinces: most reasons first, then the gravest figures.

    `sums` holds all provinces of the country for one quarter (index: GSO code), since the
    disbursement rule compares with the country.
    """
    found = [finding for rule in RULES.values() for finding in _apply(rule, sums)]
    gravity: dict[str, tuple[int, float]] = {}
    for finding in found:
        reasons, worst = gravity.get(finding.code, (0, 1.0))
        gravity[finding.code] = (reasons - 1, min(worst, finding.weight))
    return sorted(found, key=lambda finding: (gravity[finding.code], finding.code))


def _apply(rule: Rule, sums: pd.DataFrame) -> list[Finding]:
    return [
        Finding(code, rule.key, _said(rule.message, value, threshold), value / threshold)
        for code, (value, threshold) in rule.figures(sums).items()
    ]


def _said(message: str, value: float, threshold: float) -> str:
    return message.format(value=formats.percent(value), threshold=formats.percent(threshold))
