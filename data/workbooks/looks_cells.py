"""Checks of single cells against the schema, by pandera: every failure case is a hit."""

from collections.abc import Iterator
from operator import itemgetter

import numpy as np

from data import formats, schema
from data.workbooks import sheets
from data.workbooks.books import Books
from data.workbooks.rule import Hit, Look

_WHOLE_PROGRAMME = 75_000_000_000_000
"""Đồng: what the country is to spend in 2021–2025 at least (Nghị quyết 24/2021/QH15)."""

_Cell = tuple[int, str, str]
"""Row, column, and the check that it fails."""

_DERIVED = {column for sheet in sheets.SHEETS.values() for column in sheet.derived}


def failing(*checks: str) -> Look:
    """Cells that fail one of the named pandera checks, or are empty (`not_nullable`)."""

    def look(books: Books) -> Iterator[Hit]:
        for table, cells in books.once(_failures).items():
            for at, column, check in cells:
                if check in checks:
                    yield Hit(table, at, column, _wrong(table, column, check))

    return look


def untyped(books: Books) -> Iterator[Hit]:
    """Values that are not of their column's type, and parts of a thing that is counted whole."""
    for table, at, column, value in books.untyped:
        yield Hit(table, at, column, f"“{value}” không phải {_type(table, column)}", value)
    for table, frame in books.frames.items():
        for name in schema.TABLES[table].columns:
            if str(schema.metadata(table, name)["dtype"]).lower() != "int64":
                continue
            for place in np.flatnonzero(frame[name].to_numpy() % 1 > 0):
                yield Hit(table, int(place), name, f"{_label(table, name)} phải là số nguyên")


def beyond_all(books: Books) -> Iterator[Hit]:
    """Amounts larger than the whole programme's money: đồng in a column of triệu đồng."""
    for table, frame in books.frames.items():
        for name in schema.TABLES[table].columns:
            if schema.metadata(table, name)["unit"] != "đồng":
                continue
            for at in np.flatnonzero(frame[name].to_numpy() > _WHOLE_PROGRAMME):
                amount = formats.money_with_unit(frame[name].iloc[at])
                wrong = f"{_label(table, name)} {amount}, lớn hơn vốn của cả chương trình"
                yield Hit(table, int(at), name, f"{wrong}: có phải số ghi bằng đồng?")


def _failures(books: Books) -> dict[str, list[_Cell]]:
    """By table every cell that breaks the schema, in the order of rows."""
    return {
        table: sorted(_failed(books, table), key=itemgetter(0, 1))
        for table, frame in books.frames.items()
        if len(frame)
    }


def _failed(books: Books, table: str) -> Iterator[_Cell]:
    """Types were seen to already, keys are another check."""
    said = {(at, column) for where, at, column, _ in books.untyped if where == table}
    for name, column in schema.TABLES[table].columns.items():
        cells = books.frames[table][name]
        for at in () if column.nullable else np.flatnonzero(cells.isna()).tolist():
            if (at, name) not in said and _asked(books, table, at, name):
                yield at, name, "not_nullable"
        for check in column.checks:
            failing = check(cells).failure_cases
            yield from (
                (int(at), name, check.name) for at in ([] if failing is None else failing.index)
            )


def _asked(books: Books, table: str, at: int, column: str) -> bool:
    """Whether the workbook of a row has the column: that it lacks one is told while reading."""
    columns = books.books[books.of[table][at]].columns
    held = not columns or any(key[:2] == (table, column) for key in columns)
    return held and (table, column) not in _DERIVED


def _wrong(table: str, column: str, check: str) -> str:
    label = _label(table, column)
    allowed = schema.metadata(table, column)["codes"]
    if check == "not_nullable":
        return f"Thiếu {label[0].lower()}{label[1:]}"
    if check == "isin" and allowed:
        return f"{label}: không có trong danh sách ({'; '.join(allowed.labels.values())})"
    if check == "isin":
        return f"{label}: không có trong danh mục"
    if check == "greater_than_or_equal_to":
        return f"{label} không được nhỏ hơn 0"
    if check == "in_range" and schema.metadata(table, column)["unit"] == "tỷ lệ":
        return f"{label} phải từ {formats.percent(0, 0)} đến {formats.percent(1, 0)}"
    return f"{label}: không đúng khuôn dạng"


def _type(table: str, column: str) -> str:
    dtype = str(schema.metadata(table, column)["dtype"])
    if dtype.startswith("datetime"):
        return "một ngày"
    return "“có” hoặc “không”" if dtype == "bool" else "một số"


def _label(table: str, column: str) -> str:
    return schema.label(table, column)
