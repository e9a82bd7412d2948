"""What is wrong with a register's tables, counted where they are: the database does the work.

The schema's own checks as Ibis expressions: DuckDB, PostgreSQL and Spark run the same ones. One
query per table counts everything that can be wrong with its columns; only what was found wrong
is asked about again, for a few examples.
"""

from collections.abc import Callable, Iterator, Mapping

import ibis
import pandera.pandas as pa
from ibis.expr.datatypes import DataType
from ibis.expr.types import BooleanValue, Column, Table

from data import formats, schema

EXAMPLES = 3
_COMBINING = "[\u0300-\u036f]"  # what NFD text has and Vietnamese in NFC never

Rule = Callable[[Column, Mapping[str, object]], BooleanValue]


def missing(name: str, table: Table) -> list[str]:
    """Columns of a table that are not there or hold another kind of value, a line each."""
    title = schema.TABLES[name].title
    problems = []
    for column in schema.TABLES[name].columns:
        where = f"Bảng {title} ({name}), cột {column}"
        if column not in table.columns:
            problems.append(f"{where}: không có trong cơ sở dữ liệu.")
        elif not _fits(schema.metadata(name, column)["dtype"], kind := table[column].type()):
            problems.append(f"{where}: kiểu {kind} không dùng được cho cột này.")
    return problems


def typed(name: str, table: Table) -> Table:
    """The schema's columns of a table, in the schema's types."""
    kinds = {
        column: _ibis_type(schema.metadata(name, column)["dtype"])
        for column in schema.TABLES[name].columns
    }
    return table.select(**{column: table[column].cast(kind) for column, kind in kinds.items()})


def wrong_values(name: str, table: Table) -> list[str]:
    """What breaks the schema in the columns of a table as it is stored, a line each."""
    tests = list(_tests(name, table))
    sums = {
        f"test_{number}": ibis.ifelse(broken, 1, 0).sum()
        for number, (_, _, broken) in enumerate(tests)
    }
    counted = table.aggregate(**sums).to_pyarrow().to_pylist()[0]
    return [
        _line(name, column, what, int(counted[f"test_{number}"]), _examples(table, column, broken))
        for number, (column, what, broken) in enumerate(tests)
        if counted[f"test_{number}"]
    ]


def repeated_keys(name: str, table: Table) -> list[str]:
    """Keys that stand in more than one row, in one line."""
    keys = list(schema.TABLES[name].unique or [])
    repeated = table.group_by(keys).agg(rows_=table.count()).filter(lambda rows: rows.rows_ > 1)
    found = _count(repeated)
    if not found:
        return []
    rows = repeated.select(keys).limit(EXAMPLES).to_pyarrow().to_pylist()
    shown = "; ".join("|".join(str(value) for value in row.values()) for row in rows)
    where = f"Bảng {schema.TABLES[name].title} ({name}), khóa {', '.join(keys)}"
    return [f"{where}: {formats.number(found)} khóa có ở nhiều dòng (ví dụ {shown})."]


def broken_references(tables: Mapping[str, Table]) -> list[str]:
    """Rows that refer to one that is not there, a line for each reference of the schema."""
    problems = []
    for name, column, target in schema.REFERENCES:
        lost = tables[name].filter(tables[name][column].notnull())
        lost = lost.anti_join(tables[target], column)
        if found := _count(lost):
            what = f"không có trong bảng {schema.TABLES[target].title}"
            shown = _values(lost[column])
            problems.append(_line(name, column, what, found, shown))
    return problems


def _tests(name: str, table: Table) -> Iterator[tuple[str, str, BooleanValue]]:
    """Column, what is wrong, and where it is, for everything that the schema asks."""
    for column, spec in schema.TABLES[name].columns.items():
        value = table[column]
        if not spec.nullable:
            yield column, "bị để trống", value.isnull()
        if schema.metadata(name, column)["dtype"].lower() == "int64" and not _is_whole(value):
            yield column, "không phải số nguyên", value.notnull() & (value != value.floor())
        for check in spec.checks:
            what, rule = _RULES[_key(check)]
            yield column, what, value.notnull() & rule(value, check.statistics or {})


def _key(check: pa.Check) -> str:
    """The name of a check in `_RULES`; KeyError there for one that has no expression yet."""
    return "nfc" if "NFC" in str(check.error) else str(check.name)


def _outside(value: Column, limits: Mapping[str, object]) -> BooleanValue:
    return (value < limits["min_value"]) | (value > limits["max_value"])


def _unlike(value: Column, limits: Mapping[str, object]) -> BooleanValue:
    # Python's \Z is not every engine's; $ is the end of the text in all of them.
    return ~value.re_search(str(limits["pattern"]).replace(r"\Z", "$"))


_RULES: dict[str, tuple[str, Rule]] = {
    "isin": ("ngoài danh mục", lambda value, limits: ~value.isin(limits["allowed_values"])),
    "greater_than_or_equal_to": ("là số âm", lambda value, limits: value < limits["min_value"]),
    "in_range": ("ngoài khoảng cho phép", _outside),
    "str_matches": ("không đúng mẫu", _unlike),
    "nfc": ("có dấu rời (không phải Unicode NFC)", lambda value, _: value.re_search(_COMBINING)),
}


def _line(name: str, column: str, what: str, count: int, shown: str) -> str:
    title = schema.TABLES[name].title
    where = f"Bảng {title} ({name}), cột {column} ({schema.label(name, column)})"
    examples = f" (ví dụ {shown})" if shown else ""
    return f"{where}: {formats.number(count)} dòng {what}{examples}."


def _examples(table: Table, column: str, broken: BooleanValue) -> str:
    return _values(table.filter(broken)[column])


def _values(column: Column) -> str:
    rows = column.name("value").as_table().limit(EXAMPLES).to_pyarrow().to_pylist()
    return "; ".join(str(row["value"])[:60] for row in rows if row["value"] is not None)


def _count(table: Table) -> int:
    return int(table.count().to_pyarrow().as_py())


def _is_whole(value: Column) -> bool:
    return bool(value.type().is_integer())


def _fits(wanted: str, kind: DataType) -> bool:
    if wanted in ("int64", "Int64", "float64"):
        return bool(kind.is_numeric())
    if wanted == "datetime64[ms]":
        return bool(kind.is_date() or kind.is_timestamp())
    return bool(kind.is_boolean() if wanted == "bool" else kind.is_string())


def _ibis_type(wanted: str) -> str:
    return {"str": "string", "bool": "boolean", "datetime64[ms]": "date"}.get(
        wanted, wanted.lower()
    )
