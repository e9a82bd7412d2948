"""What a sheet of the workbook is, and a field of it: a column's heading, unit, and kind of cell.

Labels, units, code lists and meanings come from `data/schema.py`. In a workbook money is in triệu
đồng, a rate is a percent cell, a date is a date.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from data import schema
from data.codes import CodeList

Kind = Literal[
    "text", "code", "count", "money", "rate", "date", "flag", "district", "commune", "month", "year"
]

Key = tuple[str, ...]
"""What tells a field from all others: table, column, and the codes of a wide sheet's cell."""

MONEY_UNIT = "triệu đồng"
DONG_PER_UNIT = 1_000_000
"""The unit that the template asks money in, and how many đồng it is."""

_KINDS: dict[tuple[str, str], Kind] = {
    ("models", "district_name"): "district",
    ("models", "commune_name"): "commune",
    ("funding", "year"): "year",
    ("disbursements", "year"): "year",
    ("disbursements", "month"): "month",
}
_KIND_OF_DTYPE: dict[str, Kind] = {
    "int64": "count",
    "Int64": "count",
    "float64": "rate",
    "bool": "flag",
    "datetime64[ms]": "date",
}


@dataclass(frozen=True)
class Field:
    """One column of a sheet.

    `of` names the key columns of the table that the heading answers: the cell under “Vốn đầu
    tư, ngân sách trung ương” is a row with `source` trung_uong and `kind` dau_tu. `also` are
    other headings people write; `title` is the heading where the schema's label is not enough.
    """

    table: str
    column: str
    also: tuple[str, ...] = ()
    title: str = ""
    of: tuple[tuple[str, str], ...] = ()

    @cached_property
    def key(self) -> Key:
        """`("models", "approval_date")`; of a wide sheet `("disbursements", "disbursed", …)`."""
        return (self.table, self.column, *(value for _, value in self.of))

    @cached_property
    def kind(self) -> Kind:
        """How a cell is written and read."""
        if (self.table, self.column) in _KINDS:
            return _KINDS[self.table, self.column]
        about = schema.metadata(self.table, self.column)
        if about["codes"]:
            return "code"
        if about["unit"] == "đồng":
            return "money"
        return _KIND_OF_DTYPE.get(about["dtype"], "text")

    @cached_property
    def label(self) -> str:
        """The heading without its unit."""
        return self.title or schema.label(self.table, self.column)

    @property
    def unit(self) -> str:
        """The unit a cell is written in; empty for words."""
        if self.kind == "money":
            return MONEY_UNIT
        unit = str(schema.metadata(self.table, self.column)["unit"])
        return {"tỷ lệ": "%", "ngày": ""}.get(unit, unit)

    @cached_property
    def heading(self) -> str:
        """The heading as the template writes it: `Tên mô hình *`, `Hộ nghèo (hộ) *`."""
        unit = f" ({self.unit})" if self.unit else ""
        return f"{self.label}{unit}{' *' if self.required else ''}"

    @cached_property
    def required(self) -> bool:
        """Whether every row must fill it in; a cell of a wide sheet may be left empty."""
        nullable = schema.TABLES[self.table].columns[self.column].nullable
        return not nullable and not self.of

    @cached_property
    def codes(self) -> CodeList | None:
        """The code list, where there is one."""
        held: CodeList | None = schema.metadata(self.table, self.column)["codes"]
        return held

    @property
    def meaning(self) -> str:
        """What the column means, in Vietnamese."""
        return str(schema.TABLES[self.table].columns[self.column].description)


@dataclass(frozen=True)
class Sheet:
    """One sheet: `key` in code, `title` in Excel; `also` are other titles people give it.

    `identity` names the fields that say which record a row is; a row that fills in nothing else
    reports nothing. `derived` are the schema's columns that are not asked: they follow from the
    workbook's province and quarter, from the names of places, or from a default. `passed_over`
    are headings that repeat for the eye what another sheet says; they are not read.
    """

    key: str
    title: str
    tables: tuple[str, ...]
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    derived: tuple[tuple[str, str], ...]
    also: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def field(self, *key: str) -> Field:
        """The field with this key; KeyError if there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def of_columns(table: str, *columns: str, **also: tuple[str, ...]) -> tuple[Field, ...]:
    """Fields of a table's columns under the schema's labels; `also` by column."""
    return tuple(Field(table, column, also.get(column, ())) for column in columns)
