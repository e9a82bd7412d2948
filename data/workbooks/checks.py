"""What is wrong with workbooks: every rule that looks at tables, over all of them at once.

The command line, the browser and the illustrative snapshot use the same rules.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import pandas as pd

from data import formats, schema
from data.workbooks import books as made
from data.workbooks import keys, past, sheets
from data.workbooks.as_read import Reading
from data.workbooks.books import Book, Books
from data.workbooks.findings import Finding
from data.workbooks.rule import Hit, Rule
from data.workbooks.rules import RULES as RULES

MOST = 500
"""Findings told of one rule in one workbook; the last says how many more there are."""

MOST_LETTERS = 500
"""Letters of what a finding says."""

_ORDER = {table: number for number, table in enumerate(sheets.TABLES)}
_Cell = tuple[str, int, str]


def check(
    readings: Sequence[Reading],
    known: Mapping[str, pd.DataFrame],
    joined: Mapping[str, pd.DataFrame] | None = None,
) -> list[Finding]:
    """What is wrong with workbooks already read; what reading told is not told again.

    `known` are the tables of the snapshot in force, or empty where nothing real is published.
    `joined` are the readings' tables where somebody has joined them already. In the order of
    workbooks, sheets and rows. Nothing is raised for whatever the cells hold.
    """
    books = made.of_readings(readings, known, joined)
    held = [_told(book) for book in books.books]
    found = [
        (place, _ORDER.get(hit.table, -1), finding.row, finding)
        for rule in RULES.values()
        for place, hit, finding in _findings(rule, books)
        if (hit.table, finding.row, finding.column) not in held[place]
    ]
    return [finding for *_, finding in sorted(found, key=lambda it: it[:3])]


def findings_of_tables(frames: Mapping[str, pd.DataFrame], *quarters: str) -> pd.DataFrame:
    """The `findings` table of quarters, oldest first, for tables without workbooks (the
    illustrative ones): as if each province whose report arrived had sent it in a workbook.

    `frames` holds every table of the schema with all its quarters; what comes after a quarter is
    not looked at.
    """
    reports = {quarter: past.as_reported(frames, quarter) for quarter in quarters}
    books = made.of_tables(reports, past.before(frames, quarters[0]))
    rows = [
        (
            *(it.province, it.quarter, it.rule, it.severity),
            *(it.table, hit.column, it.key, it.value, it.wrong),
        )
        for rule in RULES.values()
        for _, hit, it in _findings(rule, books)
    ]
    return findings_table(rows)


def findings_table(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Rows of the `findings` table in its types, sorted by its key, each key once."""
    key = [str(column) for column in schema.FINDINGS.unique or []]
    frame = pd.DataFrame(rows, columns=list(schema.FINDINGS.columns), dtype="str")
    return frame.drop_duplicates(key).sort_values(key, ignore_index=True)


def _findings(rule: Rule, books: Books) -> Iterator[tuple[int, Hit, Finding]]:
    """(workbook, hit, finding) of a rule; of one workbook no more than `MOST`."""
    if rule.look is None:
        return
    counts = [0] * len(books.books)
    for hit in rule.look(books):
        place = int(books.of[hit.table][hit.at]) if hit.at >= 0 else hit.book
        counts[place] += 1
        if counts[place] <= MOST:
            yield place, hit, _finding(rule, books, books.books[place], hit)
    for place, count in enumerate(counts):
        if count > MOST:
            more = Hit("", -1, "", f"{rule.label}: còn {count - MOST} chỗ khác", "", place)
            yield place, more, _finding(rule, books, books.books[place], more)


def _finding(rule: Rule, books: Books, book: Book, hit: Hit) -> Finding:
    return Finding(
        workbook=book.name,
        sheet=sheets.sheet_of(hit.table).title if hit.table else "",
        row=int(books.rows[hit.table][hit.at]) if hit.at >= 0 else 0,
        column=_column(books, book, hit),
        value=_brief(_value(books, hit) if hit.value is None else hit.value),
        rule=rule.key,
        severity=rule.severity,
        wrong=_brief(hit.wrong),
        remedy=rule.remedy,
        province=book.province,
        quarter=book.quarter,
        table=hit.table,
        key=_key(books, hit),
    )


def _brief(words: str) -> str:
    """A name or a code in it may be as long as a cell."""
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _told(book: Book) -> set[_Cell]:
    """The cells that reading has told of."""
    return {(it.table, it.row, it.column) for it in book.told if it.row and it.column}


def _column(books: Books, book: Book, hit: Hit) -> str:
    """`C: Ngày phê duyệt` as the workbook has it; without a workbook, or the column, its label."""
    if not hit.column:
        return ""
    key = (hit.table, hit.column)
    label = schema.label(*key)
    frame = books.frames[hit.table]
    parts = keys.WIDE.get(hit.table, ()) if hit.at >= 0 else ()
    wide = (*key, *(str(frame[column].iloc[hit.at]) for column in parts))
    return book.columns.get(wide, book.columns.get(key, label))


def _value(books: Books, hit: Hit) -> str:
    """What stands in the cell, in words; empty where nothing does."""
    if hit.at < 0 or not hit.column:
        return ""
    return words(hit.table, hit.column, books.frames[hit.table][hit.column].iloc[hit.at])


def words(table: str, column: str, value: object) -> str:
    """A value of a table as an office writes it: `350 triệu đồng`, `64,2%`, `30/09/2024`."""
    return "" if _missing(value) else _writer(table, column)(value)


@cache
def _writer(table: str, column: str) -> Callable[..., str]:
    about = schema.metadata(table, column)
    if about["codes"]:
        labels: dict[str, str] = about["codes"].labels
        return lambda value: labels.get(value, str(value))
    by_unit: dict[str, Callable[..., str]] = {
        "ngày": formats.day,
        "đồng": formats.money_with_unit,
        "tỷ lệ": formats.percent,
    }
    by_type: dict[str, Callable[..., str]] = {
        "bool": lambda value: "có" if value else "không",
        "int64": formats.exact,
        "Int64": formats.exact,
    }
    if column == "year":
        return "{:.0f}".format
    return by_unit.get(about["unit"]) or by_type.get(about["dtype"], str)


_missing: Callable[..., bool] = pd.isna


def _key(books: Books, hit: Hit) -> str:
    """A model's id, or the key of another row, its parts joined by `|`."""
    if hit.at < 0:
        return hit.value or ""
    return keys.of_row(hit.table, books.frames[hit.table], hit.at)
