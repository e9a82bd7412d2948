"""What a workbook tells, as the report that is merged: its tables, and its findings as rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from data import schema
from data.workbooks import sheets
from data.workbooks.as_read import Reading
from data.workbooks.findings import Finding
from data.workbooks.frames import Lists


@dataclass(frozen=True, kw_only=True)
class Report:
    """One province's report of a quarter: its tables without a refused value, when it came.

    `findings` are its rows of the `findings` table, in any order.
    """

    province: str
    quarter: str
    sha256: str
    received: date
    tables: Mapping[str, Lists]
    findings: Sequence[Sequence[str]] = ()


def reports(
    sent: Sequence[tuple[Reading, date]], found: Mapping[str, Sequence[Finding]]
) -> list[Report]:
    """The report of each workbook and the day it came; `found` are findings by workbook.

    The workbooks are of one province and quarter each, no two of the same; one that is not in
    `found` has no findings.
    """
    return [
        Report(
            province=str(it.province),
            quarter=str(it.quarter),
            sha256=it.sha256,
            received=received,
            tables=it.tables,
            findings=list(_rows(it, found.get(it.workbook, ()))),
        )
        for it, received in sent
    ]


def _rows(of: Reading, found: Sequence[Finding]) -> Iterator[list[str]]:
    """A workbook's findings as rows of the table."""
    names = _names(of)
    for it in found:
        column = names.get((it.table, it.column), "")
        row = [it.rule, it.severity, it.table, column, it.key, it.value, it.wrong]
        yield [str(of.province), str(of.quarter), *row]


def _names(of: Reading) -> dict[tuple[str, str], str]:
    """The schema's name of each column, by table and label: as the workbook has it, and as the
    template has it where the workbook lacks the column."""
    ours = {(key[0], label): key[1] for key, label in reversed(of.columns.items())}
    return _template_names() | ours


@cache
def _template_names() -> dict[tuple[str, str], str]:
    known = {
        (table, schema.label(table, name)): name
        for table in sheets.TABLES
        for name in schema.TABLES[table].columns
    }
    fields = (held for sheet in sheets.SHEETS.values() for held in sheet.fields)
    return known | {(held.table, held.label): held.column for held in fields}
