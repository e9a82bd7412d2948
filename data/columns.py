"""How a table and its columns are declared: each kind of column with its type, unit and checks."""

from functools import partial
from typing import Any
from unicodedata import is_normalized

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from data import codes, places
from data.codes import CodeList

QUARTER = r"^20[0-9]{2}Q[1-4]\Z"
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])\Z"


def column(
    dtype: str,
    label: str,
    meaning: str,
    *checks: pa.Check,
    unit: str = "",
    nullable: bool = False,
    allowed: CodeList | None = None,
) -> pa.Column:
    """A column that keeps unit, code list and pandas type beside what pandera checks."""
    tests = [*checks, *([pa.Check.isin(list(allowed))] if allowed else [])]
    return pa.Column(
        dtype,
        tests,
        nullable=nullable,
        title=label,
        description=meaning,
        metadata={"unit": unit, "codes": allowed, "dtype": dtype},
    )


def _nfc(values: "pd.Series[str]") -> "pd.Series[bool] | bool":
    if is_normalized("NFC", "\n".join(arrow.array(values).unique().to_pylist())):
        return True
    return values.map(partial(is_normalized, "NFC")).astype("bool")


_IS_NFC = pa.Check(_nfc, name="nfc", error="text is not in Unicode form NFC")


def text(label: str, meaning: str, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    """Free text, NFC."""
    return column("str", label, meaning, _IS_NFC, *checks, nullable=nullable)


def code(label: str, meaning: str, allowed: CodeList, nullable: bool = False) -> pa.Column:
    """One key of a code list."""
    return column("str", label, meaning, nullable=nullable, allowed=allowed)


def count(label: str, meaning: str, unit: str, nullable: bool = False) -> pa.Column:
    """A whole number of things, zero or more."""
    dtype = "Int64" if nullable else "int64"
    return column(dtype, label, meaning, pa.Check.ge(0), unit=unit, nullable=nullable)


def money(label: str, meaning: str, nullable: bool = False) -> pa.Column:
    """An amount in whole đồng, zero or more."""
    return count(label, meaning, "đồng", nullable)


def rate(label: str, meaning: str, nullable: bool = False) -> pa.Column:
    """A fraction from 0 to 1."""
    return column(
        "float64", label, meaning, pa.Check.in_range(0, 1), unit="tỷ lệ", nullable=nullable
    )


def day(label: str, meaning: str, nullable: bool = False) -> pa.Column:
    """A date."""
    return column("datetime64[ms]", label, meaning, unit="ngày", nullable=nullable)


def flag(label: str, meaning: str) -> pa.Column:
    """Yes or no."""
    return column("bool", label, meaning)


def province() -> pa.Column:
    known = pa.Check.isin(list(places.provinces().index))
    return text("Tỉnh", "Mã tỉnh hai chữ số của Tổng cục Thống kê", known)


def quarter() -> pa.Column:
    return text("Kỳ", "Quý báo cáo, viết 2024Q3", pa.Check.str_matches(QUARTER))


def month() -> pa.Column:
    return text("Tháng", "Tháng, viết 2024-09", pa.Check.str_matches(MONTH))


def budget_year() -> pa.Column:
    return column("int64", "Năm ngân sách", "Năm của kế hoạch vốn", pa.Check.in_range(2021, 2030))


def source() -> pa.Column:
    return code("Nguồn vốn", "Nguồn của đồng vốn", codes.SOURCES)


def kind() -> pa.Column:
    return code("Loại vốn", "Vốn đầu tư hay vốn sự nghiệp", codes.KINDS)


def table(
    name: str, label: str, meaning: str, key: list[str], columns: dict[str, pa.Column]
) -> pa.DataFrameSchema:
    """A table: its key is unique, its columns are these and no others."""
    return pa.DataFrameSchema(
        columns, name=name, title=label, description=meaning, unique=key, strict=True
    )


def money_by_source(prefix: str, label: str) -> dict[str, pa.Column]:
    """Three money columns, one per capital source: `<prefix>_trung_uong`, …"""
    return {
        f"{prefix}_{key}": money(f"{label}: {name.lower()}", f"{label} từ {name.lower()}")
        for key, name in codes.SOURCES.labels.items()
    }


def holds(spec: pa.Column, values: "pd.Series[Any]") -> bool:
    """Whether a column is of its type, lacks no value that it needs and passes its checks."""
    return bool(
        values.dtype == (spec.metadata or {})["dtype"]
        and (spec.nullable or not values.hasnans)
        and all(check(values).check_passed for check in spec.checks)
    )
