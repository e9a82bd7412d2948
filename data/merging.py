"""New reports in the tables already published: these provinces' quarters are replaced, no more.

What a report replaces is what its workbook asks for (`workbooks.scope`). A province that sends
an older quarter again, after a newer one, corrects that quarter's figures; the texts of its
models and the year's plan stay those of the newest report. A file that was published already,
byte for byte, keeps the findings told of it then: publishing it again changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from data import conversion, periods, places, schema
from data.told import Report
from data.workbooks import checks, frames, scope

Frames = Mapping[str, pd.DataFrame]
Tables = dict[str, pd.DataFrame]


def merge(base: Frames, reports: Sequence[Report], joined: Frames | None = None) -> Tables:
    """Every table of the schema: `base` with the reports' quarters replaced, sorted by key.

    At most one report of a province and quarter. `joined` are the reports' tables where somebody
    has joined them already: those of reports of one quarter need not be joined again.
    """
    whole = joined if len({report.quarter for report in reports}) == 1 else None
    replaced = _by_quarter(base, reports, partial(_merge_quarter, whole))
    merged = {name: _in_order(name, frame) for name, frame in replaced.items()}
    merged["models"] = _with_last_stage(merged["models"], merged["progress"])
    return merged


def told(base: Frames, reports: Sequence[Report]) -> Tables:
    """`submissions` and `findings` as `merge` gives them: no other table needs the findings."""
    merged = _by_quarter(base, reports, _told)
    return {name: _in_order(name, merged[name]) for name in ("submissions", "findings")}


def _by_quarter(
    base: Frames,
    reports: Sequence[Report],
    replaced: Callable[[Frames, Sequence[Report], str], Tables],
) -> Tables:
    """The tables after each quarter in turn, the oldest first."""
    merged = {name: base.get(name, scope.empty(name)) for name in schema.TABLES}
    for quarter in sorted({report.quarter for report in reports}):
        ours = [it for it in reports if it.quarter == quarter]
        merged |= replaced(merged, ours, quarter)
    return merged


def _merge_quarter(
    joined: Frames | None, base: Frames, reports: Sequence[Report], quarter: str
) -> Tables:
    """The tables with one quarter of some provinces replaced."""
    new = _typed(joined or frames.joined([report.tables for report in reports]))
    provinces = {report.province for report in reports}
    newer = _reported_after(base["submissions"], quarter)
    latest = provinces - set(newer["province"])
    of_year = provinces - set(newer[newer["quarter"].str[:4] == quarter[:4]]["province"])
    models = _models(base["models"], new["models"], latest)
    return {
        "models": models,
        "progress": _progress(base["progress"], new["progress"], models, provinces, quarter),
        "funding": _funding(base["funding"], new["funding"], of_year, quarter),
        "disbursements": _disbursements(
            base["disbursements"], new["disbursements"], provinces, quarter
        ),
        **_sessions(base, new, reports),
        "questions": _questions(base["questions"], new["questions"], latest, provinces, quarter),
        **_told(base, reports, quarter),
    }


def _told(base: Frames, reports: Sequence[Report], quarter: str) -> Tables:
    """When the reports came, and what was found in them."""
    findings = _findings(base, reports, quarter)
    return {
        "submissions": _submissions(base["submissions"], reports, findings, quarter),
        "findings": findings,
    }


def _models(base: pd.DataFrame, new: pd.DataFrame, latest: set[str]) -> pd.DataFrame:
    """Models by id: the newest report's texts; one that it does not name stays."""
    # Not `isin`, which for texts goes through the others one by one.
    known = pd.Index(base["model_id"]).get_indexer(new["model_id"]) >= 0
    taken = new[new["province"].isin(latest) | ~known]
    return _replaced("models", base, pd.Series(False, base.index), taken)


def _progress(
    base: pd.DataFrame, new: pd.DataFrame, models: pd.DataFrame, provinces: set[str], quarter: str
) -> pd.DataFrame:
    owner = base["model_id"].map(models.set_index("model_id")["province"])
    told = (base["quarter"] == quarter) & owner.isin(provinces)
    return _replaced("progress", base, told, new)


def _funding(
    base: pd.DataFrame, new: pd.DataFrame, of_year: set[str], quarter: str
) -> pd.DataFrame:
    """The year's plan, by the newest report of the year."""
    told = base["province"].isin(of_year) & (base["year"] == periods.year_of(quarter))
    return _replaced("funding", base, told, new[new["province"].isin(of_year)])


def _disbursements(
    base: pd.DataFrame, new: pd.DataFrame, provinces: set[str], quarter: str
) -> pd.DataFrame:
    months = pd.MultiIndex.from_tuples(scope.months(quarter))
    told = pd.MultiIndex.from_frame(base[["year", "month"]]).isin(months)
    return _replaced("disbursements", base, base["province"].isin(provinces) & told, new)


def _sessions(base: Frames, new: Frames, reports: Sequence[Report]) -> Tables:
    """Trainings are national: one row per session, as the first report describes it."""
    kept = _kept_sessions(base, reports)
    trainings = pd.concat([kept, new["trainings"]]).drop_duplicates("session")
    before = base["attendance"]
    told = ~before.index.isin(_others_attendance(base, reports).index)
    attendance = _replaced("attendance", before, pd.Series(told, before.index), new["attendance"])
    return {"trainings": trainings, "attendance": attendance}


def _kept_sessions(base: Frames, reports: Sequence[Report]) -> pd.DataFrame:
    """Known sessions but those that only these provinces had told of, in these quarters."""
    others, questions = _others_attendance(base, reports), base["questions"]
    asked_there = questions[~questions["province"].isin({report.province for report in reports})]
    only_ours = set(base["attendance"]["session"]) - set(others["session"])
    only_ours -= set(asked_there["session"])
    return base["trainings"][~base["trainings"]["session"].isin(only_ours)]


def _others_attendance(base: Frames, reports: Sequence[Report]) -> pd.DataFrame:
    """Known delegates but those of these provinces at the sessions of these quarters."""
    attendance, trainings = base["attendance"], base["trainings"]
    replaced = pd.Series(False, attendance.index)
    for quarter in {report.quarter for report in reports}:
        provinces = {report.province for report in reports if report.quarter == quarter}
        sessions = trainings.loc[_dated(trainings["date"], quarter), "session"]
        replaced |= attendance["province"].isin(provinces) & attendance["session"].isin(sessions)
    return attendance[~replaced]


def _questions(
    base: pd.DataFrame, new: pd.DataFrame, latest: set[str], provinces: set[str], quarter: str
) -> pd.DataFrame:
    """Those raised in the quarter; older ones that the newest report carries on."""
    dropped = base["province"].isin(provinces) & _dated(base["asked_date"], quarter)
    carried_on = base["province"].isin(latest) & base["question_id"].isin(new["question_id"])
    kept = base[~(dropped | carried_on)]
    # A question known from a newer report of the same province is not opened again.
    stale = ~new["province"].isin(latest) & new["question_id"].isin(kept["question_id"])
    return pd.concat([kept, new[~stale]])


def _findings(base: Frames, reports: Sequence[Report], quarter: str) -> pd.DataFrame:
    """A report whose very file is published already keeps the findings told of it then."""
    sent = base["submissions"].set_index(["province", "quarter"])["file_sha256"].to_dict()
    fresh = [it for it in reports if sent.get((it.province, quarter)) != it.sha256]
    known = base["findings"]
    ours = known["province"].isin({report.province for report in fresh})
    new = checks.findings_table([row for report in fresh for row in report.findings])
    return _replaced("findings", known, ours & (known["quarter"] == quarter), new)


def _submissions(
    base: pd.DataFrame, reports: Sequence[Report], findings: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """A row for each of the 63 provinces; a report sent again keeps the day it first came."""
    ours = base["quarter"] == quarter
    rows = {code: _not_received(code, quarter) for code in places.provinces().index}
    rows |= {row["province"]: row for row in base[ours].to_dict("records")}
    told = findings[(findings["quarter"] == quarter) & (findings["severity"] == "warn")]
    warnings = Counter(told["province"].tolist())
    for report in reports:
        row = rows[report.province]
        row["received_date"] = _first(row["received_date"], report.received)
        row["file_sha256"] = report.sha256
        row["errors"] = 0  # a report with an error is not published
        row["warnings"] = warnings[report.province]
    new = pd.DataFrame(list(rows.values()))
    return pd.concat([base[~ours], conversion.typed("submissions", new)])


def _not_received(province: str, quarter: str) -> dict[str, Any]:
    return {
        "province": province,
        "quarter": quarter,
        "due_date": pd.Timestamp(periods.due(quarter)),
        "received_date": pd.NaT,
        "file_sha256": None,
        "errors": 0,
        "warnings": 0,
    }


def _first(before: pd.Timestamp, received: date) -> pd.Timestamp:
    now = pd.Timestamp(received)
    return now if pd.isna(before) else min(before, now)


def _with_last_stage(models: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """The stage last reported; a model without a report keeps the one its sheet names.

    `progress` is in the order of its key.
    """
    last = progress.drop_duplicates("model_id", keep="last").set_index("model_id")["stage"]
    told = models["model_id"].map(last).fillna(models["stage"])
    return conversion.typed("models", models.assign(stage=told))


def _reported_after(submissions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The reports of later quarters that have been received."""
    return submissions[(submissions["quarter"] > quarter) & submissions["received_date"].notna()]


def _dated(days: "pd.Series[pd.Timestamp]", quarter: str) -> "pd.Series[bool]":
    return days.between(*scope.bounds(quarter))


def _replaced(
    name: str, base: pd.DataFrame, told: "pd.Series[bool]", new: pd.DataFrame
) -> pd.DataFrame:
    """`new` in place of what it tells of, and of whatever else has one of its keys."""
    kept, keys = base[~told], list(schema.TABLES[name].unique or [])
    if kept.empty:
        return new
    again = pd.concat([kept[keys], new[keys]]).duplicated(keep="last").to_numpy()[: len(kept)]
    return pd.concat([kept[~again], new])


def _typed(joined: Frames) -> Tables:
    return {name: conversion.typed(name, frame) for name, frame in joined.items()}


def _in_order(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return conversion.typed(name, frame).sort_values(
        list(schema.TABLES[name].unique or []), ignore_index=True
    )
