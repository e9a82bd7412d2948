"""Checks of amounts and counts against one another: money within its plan, parts within wholes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from data import codes, columns, formats, periods, schema
from data.workbooks.books import Books
from data.workbooks.rule import Hit

_LINE = ["source", "kind"]
_YEAR_LINE = ["year", *_LINE]
_Line = tuple[float, str, str]
_CLOSING = 13
"""The January in which a budget year's books close, counted from its own January."""


class Part(NamedTuple):
    """A count or amount that another one, or a sum of some, holds."""

    table: str
    column: str
    wholes: tuple[str, ...]
    said: str


PARTS = (
    Part("progress", "households_out", ("poor", "near_poor", "newly_escaped"), "số hộ tham gia"),
    Part("attendance", "leaders", ("delegates",), "số đại biểu"),
    Part("models", "households_planned", ("participants_planned",), "số người tham gia"),
    Part("models", "priority_planned", ("participants_planned",), "số người tham gia"),
    Part(
        "models",
        "direct_spending",
        ("budget_trung_uong", "budget_dia_phuong"),
        "vốn nhà nước của mô hình",
    ),
)


def part_over_whole(books: Books) -> Iterator[Hit]:
    for part in PARTS:
        frame = books.frames[part.table]
        whole = frame[list(part.wholes)].sum(axis=1, skipna=False)
        words = formats.money_with_unit if _is_money(part) else formats.number
        for at in np.flatnonzero(frame[part.column] > whole):
            label = schema.label(part.table, part.column)
            found, most = words(frame[part.column].iloc[at]), words(whole.iloc[at])
            wrong = f"{label} ({found}) lớn hơn {part.said} ({most})"
            yield Hit(part.table, int(at), part.column, wrong)


def _is_money(part: Part) -> bool:
    return bool(schema.metadata(part.table, part.column)["unit"] == "đồng")


def no_budget(books: Books) -> Iterator[Hit]:
    """Approved models without any money: they would weigh nothing in the sums."""
    models = books.frames["models"]
    total = models[codes.by_source("budget")].sum(axis=1, skipna=False)
    for at in np.flatnonzero((total == 0) & models["approval_date"].notna()):
        wrong = "Mô hình đã phê duyệt nhưng kinh phí của mọi nguồn đều bằng 0"
        yield Hit("models", int(at), "budget_trung_uong", wrong)


def allocated_over_plan(books: Books) -> Iterator[Hit]:
    frame = books.frames["funding"]
    plan = frame["assigned"] + frame["carried_over"]
    for at in np.flatnonzero(frame["allocated"] > plan):
        found, most = frame["allocated"].iloc[at], plan.iloc[at]
        wrong = (
            f"Đã phân bổ {formats.money_with_unit(found)}, lớn hơn kế hoạch giao cộng kéo dài "
            f"({formats.money_with_unit(most)})"
        )
        yield Hit("funding", int(at), "allocated", wrong)


def disbursed_over_plan(books: Books) -> Iterator[Hit]:
    """The month by which a line of a year has spent more than was allocated and carried over."""
    limits = _limits(books)
    planned = {(book, year) for book, (year, *_) in limits}
    for (book, line), months in sorted(_with_earlier(books).items()):
        # A line that the year's plan lacks has nothing to spend; an unreadable one is not known.
        limit, to_date = limits.get((book, line), 0.0), 0.0
        for month, (at, amount) in sorted(months.items()):
            to_date += amount
            if at >= 0 and to_date > limit and (book, line[0]) in planned:
                wrong = (
                    f"Lũy kế đến tháng {formats.month(month)} {formats.money_with_unit(to_date)}, "
                    f"lớn hơn đã phân bổ cộng kéo dài của năm {line[0]:.0f} "
                    f"({formats.money_with_unit(limit)})"
                )
                yield Hit("disbursements", at, "disbursed", wrong)
                break


def _own(books: Books) -> pd.DataFrame:
    """The workbooks' disbursements that are whole: `book`, `at` beside the table's columns, and
    `number`, 1 for the January of the budget year."""
    frame = books.frames["disbursements"]
    frame = frame.assign(book=books.of["disbursements"], at=np.arange(len(frame)))
    whole = frame[[*_LINE, "disbursed"]].notna().all(axis=1)
    whole &= frame["month"].str.fullmatch(columns.MONTH).astype("bool")
    frame = frame[whole & frame["year"].between(2000, 2100)]
    months = frame["month"].str
    years = months[:4].astype("int64") - frame["year"].astype("int64")
    return frame.assign(number=years * 12 + months[5:].astype("int64"))


def _with_earlier(books: Books) -> dict[tuple[int, _Line], dict[str, tuple[int, float]]]:
    """By workbook and line: its months (row, amount), and before them (row -1) those of the same
    line published or in another workbook of the province: a first quarter's workbook holds only
    the closing month of a year."""
    own, known = books.once(_own), books.known["disbursements"].dropna()
    known = known[known["year"].isin(own["year"])]
    told: dict[tuple[int, _Line], dict[str, tuple[int, float]]] = {}
    all_told: dict[tuple[str, _Line], list[tuple[str, float]]] = {}
    for province, line, month, amount in _lines(known, "province", "month", "disbursed"):
        all_told.setdefault((province, line), []).append((month, amount))
    for book, line, month, amount, at in _lines(own, "book", "month", "disbursed", "at"):
        all_told.setdefault((books.books[book].province, line), []).append((month, amount))
        told.setdefault((book, line), {})[month] = (at, amount)
    for (book, line), months in told.items():
        before, last = all_told[(books.books[book].province, line)], max(months)
        told[book, line] = {month: (-1, it) for month, it in before if month <= last} | months
    return told


def _limits(books: Books) -> dict[tuple[int, _Line], float]:
    """Đồng by workbook and line; a workbook's own plan replaces the published one."""
    known, own = (it["funding"].dropna(subset=_YEAR_LINE) for it in (books.known, books.frames))
    own = own.assign(book=books.of["funding"][own.index])
    plans: dict[str, dict[_Line, float]] = {}
    for province, line, allocated, carried in _lines(
        known, "province", "allocated", "carried_over"
    ):
        plans.setdefault(province, {})[line] = allocated + carried
    mine = {}
    for book, line, allocated, carried in _lines(own, "book", "allocated", "carried_over"):
        plans.setdefault(books.books[book].province, {})[line] = allocated + carried
        mine[(book, line)] = allocated + carried
    ours = {
        (place, line): limit
        for place, book in enumerate(books.books)
        for line, limit in plans.get(book.province, {}).items()
    }
    return ours | mine


def _lines(frame: pd.DataFrame, owner: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Owner, line and other columns of each row."""
    lines = zip(*(frame[column].tolist() for column in _YEAR_LINE), strict=True)
    others = (frame[column].tolist() for column in columns)
    return zip(frame[owner].tolist(), lines, *others, strict=True)


def months_missing(books: Books) -> Iterator[Hit]:
    """Lines with a plan for the workbook's year of which a month until its quarter is missing."""
    funding, own = books.frames["funding"], books.once(_own)
    held = {(book, month, *line) for book, (_, *line), month in _lines(own, "book", "month")}
    planned = (funding["assigned"] + funding["carried_over"] > 0).tolist()
    lines = _lines(funding.assign(book=books.of["funding"], planned=planned), "book", "planned")
    for at, (book, (year, *line), planned) in enumerate(lines):
        owed = _owed(books.books[book].quarter, year) if planned and _is_known(*line) else []
        lost = [formats.month(month) for month in owed if (book, month, *line) not in held]
        if lost:
            wrong = f"{_line(*line)}: chưa báo cáo tháng {', '.join(lost)}"
            yield Hit("funding", at, "kind", wrong, "")


def _is_known(source: str, kind: str) -> bool:
    return source in codes.SOURCES and kind in codes.KINDS


def _owed(quarter: str, year: float) -> list[str]:
    """The months of a budget year until a quarter of it; of another year none."""
    if not quarter or quarter[:4] != f"{year:.0f}":
        return []
    return [f"{quarter[:4]}-{number:02}" for number in range(1, int(quarter[5]) * 3 + 1)]


def outside_year(books: Books) -> Iterator[Hit]:
    """Months before a budget year, or after the January in which its books close."""
    own = books.once(_own)
    for row in own[~own["number"].between(1, _CLOSING)].to_dict("records"):
        wrong = (
            f"Tháng {formats.month(row['month'])} không thuộc năm ngân sách {row['year']:.0f} "
            f"(thanh toán đến 31/01/{row['year'] + 1:.0f})"
        )
        yield Hit("disbursements", row["at"], "month", wrong)


def after_quarter(books: Books) -> Iterator[Hit]:
    """Money spent in months after the quarter that is reported."""
    own = books.once(_own)
    last = [periods.last_month(it.quarter) if it.quarter else "9999-12" for it in books.books]
    late = [month > last[book] for book, _, month in _lines(own, "book", "month")]
    for row in own[np.array(late, bool) & (own["disbursed"] > 0)].to_dict("records"):
        wrong = f"Tháng {formats.month(row['month'])} sau kỳ báo cáo"
        yield Hit("disbursements", row["at"], "month", wrong)


def _line(source: str, kind: str) -> str:
    name = codes.SOURCES.label(source)
    return f"{codes.KINDS.label(kind)}, {name[0].lower()}{name[1:]}"
