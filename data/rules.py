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

from data import formats, measures, periods
from data.notes import GRADES, Grade

BEHIND = 0.8
"""Earned / planned below which a province is “chậm nhiều”."""

SLOW_SHARE = 0.6
"""Disbursement rate, as a share of the country's, below which a province is slow."""


@dataclass(frozen=True)
class Finding:
    """One rule that speaks about one province, in words.

    `figure` and `limit`: the figure looked at and the threshold it fails, empty for a rule that
    looks at none. `weight`: the figure as a share of what it is compared with; less is graver.
    """

    code: str
    rule: str
    reason: str
    weight: float
    figure: str = ""
    limit: str = ""


Figures = dict[str, tuple[float, float]]
"""GSO code → the figure looked at and what it is compared with."""

Shown = Literal["overview", "progress", "budget"]
"""The page on which what a rule looks at is shown."""


@dataclass(frozen=True)
class Rule:
    """A check over province sums; `figures` holds the provinces it concerns and no others.

    It speaks below `share` of what `figures` compares with; `threshold` says so in words.
    """

    key: str
    label: str
    severity: Literal["error", "warning", "note"]
    basis: str
    figures: Callable[[pd.DataFrame], Figures]
    message: str
    shown: Shown
    threshold: str = ""
    share: float = 1.0
    grade: Grade = ""

    @property
    def grounds(self) -> str:
        """What the rule rests on beside its threshold, and how that was read."""
        own = self.threshold and not self.grade
        return GRADES[self.grade] if own else f"{self.basis} ({GRADES[self.grade]})"


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
            f"Lịch báo cáo quý của Hội: ngày {periods.REPORT_DUE_DAYS} tháng đầu quý sau",
            _not_reported,
            "Chưa gửi báo cáo của kỳ",
            "overview",
        ),
        Rule(
            "behind_plan",
            "Chậm tiến độ",
            "warning",
            f"Ngưỡng của bảng theo dõi: dưới {formats.percent(BEHIND, 0)} kế hoạch đến kỳ",
            _behind,
            "Tiến độ đạt {value} kế hoạch đến kỳ (ngưỡng {threshold})",
            "progress",
            "dưới {limit} kế hoạch đến kỳ",
        ),
        Rule(
            "slow_disbursement",
            "Giải ngân chậm",
            "warning",
            f"Ngưỡng của bảng theo dõi: dưới {formats.percent(SLOW_SHARE, 0)} mức cả nước",
            _slow_money,
            "Giải ngân {value} kế hoạch vốn năm (cả nước {threshold})",
            "budget",
            f"dưới {{limit}} kế hoạch vốn năm, bằng {formats.percent(SLOW_SHARE, 0)} mức cả nước",
            SLOW_SHARE,
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
    return [_finding(rule, code, *looked) for code, looked in rule.figures(sums).items()]


def _finding(rule: Rule, code: str, value: float, compared: float) -> Finding:
    known = {"value": formats.percent(value), "threshold": formats.percent(compared)}
    reason, weight = rule.message.format(**known), value / compared
    if not rule.threshold:
        return Finding(code, rule.key, reason, weight)
    limit = rule.threshold.format(limit=formats.percent(compared * rule.share))
    return Finding(code, rule.key, reason, weight, known["value"], limit)
