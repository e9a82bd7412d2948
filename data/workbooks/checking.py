"""A workbook read and checked: the same way from the command line, the page and publishing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.workbooks import checks, findings_file, reading
from data.workbooks.as_read import Reading
from data.workbooks.findings import Finding, Severity


@dataclass(frozen=True)
class Checked:
    """A workbook and everything found in it, by reading and by the checks."""

    reading: Reading
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings of a severity."""
        return sum(found.severity == severity for found in self.findings)


def check(
    readings: Sequence[Reading],
    known: Mapping[str, pd.DataFrame],
    joined: Mapping[str, pd.DataFrame] | None = None,
) -> list[Checked]:
    """Each workbook with its findings; `known` are the tables of a snapshot that is not made up,
    `joined` the readings' own where somebody has joined them already."""
    found: dict[str, list[Finding]] = {}
    for it in checks.check(readings, known, joined):
        found.setdefault(it.workbook, []).append(it)
    return [Checked(one, (*one.findings, *found.get(one.workbook, ()))) for one in readings]


def check_file(name: str, content: bytes, known: Mapping[str, pd.DataFrame]) -> Checked:
    """One file, whatever it holds."""
    return check([reading.read(name, content)], known)[0]


def to_take(found: Checked, on: date) -> bytes:
    """The findings of a workbook as an Excel file."""
    return findings_file.write(
        found.findings,
        found.reading.normalised,
        province=found.reading.province or "",
        quarter=found.reading.quarter or "",
        on=on,
        illustrative=bool(found.reading.illustrative),
    )
