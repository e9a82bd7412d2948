"""What a template holds before anybody fills it in: one dict per Excel row, by field.

What identifies a record is carried in (models, months, sessions, open questions), and figures
that no quarter changes: an officer updates instead of retyping. A figure that this quarter must
report is left empty; the last one that was reported stands beside it in a grey column.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data import codes, formats, periods
from data.workbooks import scope, sheets
from data.workbooks.fields import Key

Value = Any
"""A cell as a frame holds it: text, number, date, flag, or one of pandas' missing values."""

Row = dict[Key, Value]
"""Value by `Field.key` (or by a reference column's heading, as a tuple of one)."""

LAST_PROGRESS = ("Kỳ", "Kế hoạch lũy kế (%)", "Thực hiện lũy kế (%)", "Đã giải ngân (triệu đồng)")
LAST_FUNDING = ("Kế hoạch giao (triệu đồng)", "Kéo dài (triệu đồng)", "Đã phân bổ (triệu đồng)")
REFERENCES: dict[str, tuple[str, ...]] = {"tien_do": LAST_PROGRESS, "kinh_phi": LAST_FUNDING}
"""Headings of a sheet's grey columns, without their prefix."""


def rows(
    province: str,
    quarter: str,
    tables: Mapping[str, pd.DataFrame],
    reported: Mapping[str, pd.DataFrame] | None = None,
) -> dict[str, list[Row]]:
    """The rows of each sheet. `reported` holds this quarter's figures where they are known."""
    known = scope.whole(tables)
    before = scope.rows(known, province, quarter)
    told = scope.rows(reported or {}, province, quarter)
    models = told["models"] if reported else known["models"]
    models = models[models["province"] == province]
    return {
        "mo_hinh": _plain("models", models),
        "tien_do": _progress(quarter, models, known["progress"], told["progress"]),
        "kinh_phi": _funding(before["funding"], told["funding"]),
        "giai_ngan": _months(quarter, before, told, bool(reported)),
        "tap_huan": _sessions(quarter, before, told if reported else None),
        "vuong_mac": _questions(before["questions"], told, reported),
    }


def _plain(table: str, frame: pd.DataFrame) -> list[Row]:
    return [
        {(table, str(column)): value for column, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _progress(
    quarter: str, models: pd.DataFrame, before: pd.DataFrame, told: pd.DataFrame
) -> list[Row]:
    """One row per model in force, and per model that reported."""
    _, last_day = scope.bounds(quarter)
    running = (models["approval_date"] <= last_day) & (models["stage"] != codes.CANCELLED)
    shown = models[running | models["model_id"].isin(told["model_id"])]
    reports = {row[("progress", "model_id")]: row for row in _plain("progress", told)}
    last = before[(before["quarter"] < quarter) & before["model_id"].isin(shown["model_id"])]
    last = last.sort_values("quarter").drop_duplicates("model_id", keep="last")
    beside = {record["model_id"]: _last_progress(record) for record in last.to_dict("records")}
    return [
        {
            ("progress", "model_id"): model,
            (sheets.TIEN_DO.passed_over[0],): name,
            **reports.get(model, {}),
            **beside.get(model, {}),
        }
        for model, name in zip(shown["model_id"], shown["name"], strict=True)
    ]


def _last_progress(record: Mapping[Any, Any]) -> Row:
    spent = sum(int(record[f"spent_{source}"]) for source in codes.SOURCES)
    values = (formats.quarter(record["quarter"]), record["planned"], record["actual"], spent)
    return {(heading,): value for heading, value in zip(LAST_PROGRESS, values, strict=True)}


def _funding(before: pd.DataFrame, told: pd.DataFrame) -> list[Row]:
    """One row per source and kind; the year's plan as last reported stands beside."""
    amounts = ("assigned", "carried_over", "allocated")
    new, old = (frame.set_index(["source", "kind"]) for frame in (told, before))
    result = []
    for source in codes.SOURCES:
        for kind in codes.KINDS:
            row: Row = {("funding", "source"): source, ("funding", "kind"): kind}
            if (source, kind) in new.index:
                row |= {("funding", name): new.at[(source, kind), name] for name in amounts}
            if (source, kind) in old.index:
                row |= {
                    (heading,): old.at[(source, kind), name]
                    for heading, name in zip(LAST_FUNDING, amounts, strict=True)
                }
            result.append(row)
    return result


def _months(
    quarter: str,
    known: Mapping[str, pd.DataFrame],
    told: Mapping[str, pd.DataFrame],
    filled: bool,
) -> list[Row]:
    """One row per month: those of earlier quarters as they were reported, this one's empty."""
    before = known["disbursements"]
    before = before[before["month"] < periods.months(quarter)[0]]
    spent = told["disbursements"] if filled else before
    cells = spent.set_index(["year", "month", "source", "kind"])["disbursed"].to_dict()
    return [
        {
            ("disbursements", "year"): year,
            ("disbursements", "month"): month,
            **{
                field.key: cells.get((year, month, *(value for _, value in field.of)))
                for field in sheets.GIAI_NGAN.fields
                if field.of
            },
        }
        for year, month in scope.months(quarter)
    ]


def _sessions(
    quarter: str, known: Mapping[str, pd.DataFrame], told: Mapping[str, pd.DataFrame] | None
) -> list[Row]:
    """One row per session, with the province's delegates; this quarter's are still to be told."""
    frames = known if told is None else told
    sessions, present = frames["trainings"], frames["attendance"]
    if told is None:
        first, _ = scope.bounds(quarter)
        past = sessions.loc[sessions["date"] < first, "session"]
        present = present[present["session"].isin(past)]
    present = present.set_index(["session", "level"])
    result = _plain("trainings", sessions)
    for row in result:
        for field in sheets.TAP_HUAN.fields:
            if field.of and (at := (row["trainings", "session"], field.of[0][1])) in present.index:
                row[field.key] = present.at[at, field.column]
    return result


def _questions(
    known: pd.DataFrame,
    told: Mapping[str, pd.DataFrame],
    reported: Mapping[str, pd.DataFrame] | None,
) -> list[Row]:
    """The questions still open; with their answers once the quarter has reported."""
    shown = told["questions"] if reported else known[known["status"] != "da_tra_loi"]
    return _plain("questions", shown)
