"""Checks of a workbook as a whole: that it reports anything, and the month that closes a year."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from data import codes, formats
from data.workbooks.books import Book, Books
from data.workbooks.rule import Hit

_FIRST_YEAR = 2022
"""The first budget year with money of the programme (Quyết định 90/QĐ-TTg, 18/01/2022)."""

Line = tuple[str, str]
"""Capital source and kind."""

Lines = dict[tuple[Any, ...], set[Line]]


def nothing_reported(books: Books) -> Iterator[Hit]:
    """Workbooks of a known province and quarter without a row in any table."""
    filled = set(np.concatenate(list(books.of.values())).tolist())
    for place, book in enumerate(books.books):
        told = any(it.severity == "refuse" for it in book.told)
        if book.name and book.province and book.quarter and place not in filled and not told:
            yield Hit("", -1, "", "Chưa có số liệu nào trong tệp", "", place)


def closing_missing(books: Books) -> Iterator[Hit]:
    """First quarters' workbooks without the January in which the year before closes.

    Each line with a plan for that year owes it; where no plan of that year is known, the
    workbook owes the month, on whatever line.
    """
    money = set(books.of["funding"].tolist())
    closing = {place: _closed(book) for place, book in enumerate(books.books) if place in money}
    closing = {place: year for place, year in closing.items() if year >= _FIRST_YEAR}
    if not closing:
        return
    told, plans = _told(books), _plans(books)
    for place, closed in closing.items():
        month = f"{closed + 1}-01"
        held = told.get((place, closed, month), set())
        owed = plans.get((books.books[place].province, closed))
        lost = sorted(owed - held) if owed else []
        if lost or not (owed or held):
            names = ": " + "; ".join(_name(*line) for line in lost) if lost else ""
            wrong = f"Chưa báo cáo tháng {formats.month(month)} của năm ngân sách {closed}{names}"
            yield Hit("disbursements", -1, "month", wrong, "", place)


def _closed(book: Book) -> int:
    """The budget year whose books close in the workbook's quarter; 0 for none."""
    return int(book.quarter[:4]) - 1 if book.province and book.quarter.endswith("Q1") else 0


def _told(books: Books) -> Lines:
    """Workbook, budget year, month → the lines that tell it, readable or not."""
    frame = books.frames["disbursements"].assign(book=books.of["disbursements"])
    return _lines(frame, ["book", "year", "month"])


def _plans(books: Books) -> Lines:
    """Province, budget year → the lines with money, published or in a workbook of this run."""
    own = books.frames["funding"].assign(province=books.provinces("funding"))
    plans = pd.concat([books.known["funding"], own], ignore_index=True)
    given = plans[plans["assigned"] + plans["carried_over"] > 0]
    return _lines(given, ["province", "year"])


def _lines(frame: pd.DataFrame, by: list[str]) -> Lines:
    known = frame["source"].isin(list(codes.SOURCES)) & frame["kind"].isin(list(codes.KINDS))
    found: Lines = {}
    for *key, source, kind in frame.loc[known, [*by, "source", "kind"]].itertuples(index=False):
        found.setdefault(tuple(key), set()).add((source, kind))
    return found


def _name(source: str, kind: str) -> str:
    name = codes.SOURCES.label(source)
    return f"{codes.KINDS.label(kind)}, {name[0].lower()}{name[1:]}"
