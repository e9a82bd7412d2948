"""What a publishing run did, in figures and in words for the one who ran it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import pandas as pd

from data import codes, cubes, formats, periods, places, schema, snapshots
from data.snapshots import Snapshot
from data.workbooks import checks
from data.workbooks.findings import SEVERITIES, Finding

COMPARED = {
    "models": "Mô hình",
    "households": "Hộ tham gia",
    "budget": "Kinh phí mô hình",
    "disbursed_ytd": "Giải ngân trong năm",
}
"""Columns of `province_quarter` whose sums are held against the quarter before."""

_MONEY = ("budget", "disbursed_ytd")


@dataclass(frozen=True)
class Total:
    """A sum over the provinces that reported: this quarter, the quarter before (None: nobody)."""

    label: str
    now: str
    before: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`id` is the snapshot now in force, None when nothing was published.

    `reports` are the (province, quarter) published, or that would have been; `rows` by table;
    `received` and `missing` are provinces' codes by quarter.
    """

    id: str | None
    unchanged: bool
    workbooks: tuple[str, ...]
    refused: tuple[str, ...]
    findings: tuple[Finding, ...]
    findings_files: tuple[Path, ...]
    passed_over: tuple[str, ...]
    reports: tuple[tuple[str, str], ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    received: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: Mapping[str, tuple[Total, ...]] = field(default_factory=dict)


class Totals(TypedDict, total=False):
    """The part of a summary that is read from the snapshot in force."""

    rows: Mapping[str, int]
    received: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, tuple[str, ...]]
    totals: Mapping[str, tuple[Total, ...]]


def totals(snapshot: Snapshot | None) -> Totals:
    """Rows by table, who reported each quarter, and its sums against the quarter before."""
    if snapshot is None:
        return {}
    cube = snapshots.read_table(snapshot, "province_quarter").to_pandas()
    nation = cubes.member(cube, codes.ALL, codes.ALL)
    reported = {
        str(quarter): (
            tuple(rows.droplevel("quarter").index[rows["reports"] > 0]),
            tuple(rows.droplevel("quarter").index[rows["reports"] == 0]),
        )
        for quarter, rows in nation.groupby(level="quarter")
    }
    return {
        "rows": {name: snapshot.manifest.files[name].rows for name in schema.TABLES},
        "received": {quarter: yes for quarter, (yes, _) in reported.items()},
        "missing": {quarter: no for quarter, (_, no) in reported.items()},
        "totals": {quarter: _compared(nation, quarter) for quarter in reported},
    }


def _compared(nation: pd.DataFrame, quarter: str) -> tuple[Total, ...]:
    before = periods.shift(quarter, -1)
    return tuple(
        Total(label, _sum(nation, quarter, name), _sum(nation, before, name))
        for name, label in COMPARED.items()
    )


def _sum(nation: pd.DataFrame, quarter: str, column: str) -> str:
    """The sum over the provinces whose figure is known, as people read it."""
    held = quarter in nation.index.get_level_values("quarter")
    known = nation[column].xs(quarter, level="quarter").dropna() if held else pd.Series()
    if known.empty:
        return "chưa có"
    value = float(known.sum())
    shown = formats.money_with_unit(value) if column in _MONEY else formats.number(value)
    return f"{shown} ({len(known)} tỉnh)"


def text(summary: Summary) -> str:
    """The summary as it is printed."""
    parts = [_outcome(summary), _found(summary)]
    if summary.id:
        parts += [_provinces(summary), _sums(summary), _rows(summary)]
    if summary.passed_over:
        parts.append(["Không phải bảng tính, không đọc: " + "; ".join(summary.passed_over)])
    return "\n".join(line for part in parts for line in part)


def _outcome(summary: Summary) -> list[str]:
    read = f"Đã đọc {len(summary.workbooks)} tệp báo cáo, {len(summary.refused)} tệp bị từ chối."
    names = [f"  từ chối: {name}" for name in summary.refused]
    if summary.id is None:
        names.append("Không xuất bản gì; bản đang dùng giữ nguyên.")
    elif summary.unchanged:
        names.append(f"Không có gì thay đổi; đang dùng bản số liệu {summary.id}.")
    else:
        left = " (không có các tệp bị từ chối)" if summary.refused else ""
        names.append(f"Đang dùng bản số liệu mới {summary.id}{left}.")
    return [read, *names]


def _found(summary: Summary) -> list[str]:
    counted = Counter((it.severity, it.rule) for it in summary.findings)
    lines = []
    for severity, word in SEVERITIES.items():
        rules = {rule: n for (grave, rule), n in counted.items() if grave == severity}
        lines.append(f"Phát hiện, {word}: {formats.number(sum(rules.values()))}")
        for rule, count in sorted(rules.items(), key=lambda it: -it[1]):
            label = checks.RULES[rule].label if rule in checks.RULES else rule
            lines.append(f"  {formats.number(count):>7}  {label}")
    if summary.findings_files:
        folder = summary.findings_files[0].parent
        lines.append(
            f"Tệp phát hiện để gửi lại các tỉnh: {len(summary.findings_files)}, ở {folder}"
        )
    return lines


def _quarters(summary: Summary) -> list[str]:
    return sorted({quarter for _, quarter in summary.reports})


def _provinces(summary: Summary) -> list[str]:
    names = places.provinces()["name"]
    lines = []
    for quarter in _quarters(summary):
        missing = summary.missing[quarter]
        count = len(summary.received[quarter])
        lines.append(f"{formats.quarter(quarter)}: {count}/{count + len(missing)} tỉnh đã báo cáo")
        if missing:
            lines.append("  chưa báo cáo: " + ", ".join(names[code] for code in missing))
    return lines


def _sums(summary: Summary) -> list[str]:
    lines = []
    for quarter in _quarters(summary):
        before = formats.quarter(periods.shift(quarter, -1))
        lines.append(f"{formats.quarter(quarter)} so với {before}:")
        lines += [f"  {it.label}: {it.now}; kỳ trước {it.before}" for it in summary.totals[quarter]]
    return lines


def _rows(summary: Summary) -> list[str]:
    lines = (
        f"  {formats.number(count):>9}  {schema.TABLES[name].title}"
        for name, count in summary.rows.items()
    )
    return ["Số dòng của các bảng:", *lines]
