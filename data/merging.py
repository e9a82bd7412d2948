"""New reports in the tables already published: these provinces' quarters are replaced, no more.

What a report replaces is what its workbook asks for (`workbooks.scope`). A province that sends
an older quarter again, after a newer one, corrects that quarter's figures; the texts of its
models and the year's plan stay those of the newest report. A file that was published already,
byte for byte, keeps the findings told of it then: publishing it again changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from data import periods, places, schema
from data.workbooks import frames, scope, sheets
from data.workbooks.frames import Lists

Frames = Mapping[str, pd.DataFrame]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One province's report of a quarter: its tables without a refused value, when it came.

    `findings` are its rows of the `findings` table.
    """

    province: str
    quarter: str
    sha256: str
    received: date
    tables: Mapping[str, Lists]
    findings: pd.DataFrame = field(default_factory=lambda: scope.empty("findings"))


def merge(base: Frames, reports: Sequence[Report]) -> Tables:
    """Every table of the schema: `base` with the reports' quarters replaced, sorted by key.

    At most one report of a province and quarter.
    """
    merged = _by_quarter(base, reports, _merge_quarter)
    merged["models"] = _with_last_stage(merged["models"], merged["progress"])
    return {name: _in_order(name, frame) for name, frame in merged.items()}


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


def _merge_quarter(base: Frames, reports: Sequence[Report], quarter: str) -> Tables:
    """The tables with one quarter of some provinces replaced."""
    new = _joined(reports)
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
    reports = _as_told_before(base, reports)
    return {
        "submissions": _submissions(base["submissions"], reports, quarter),
        "findings": _findings(base["findings"], reports, quarter),
    }


def _models(base: pd.DataFrame, new: pd.DataFrame, latest: set[str]) -> pd.DataFrame:
    """Models by id: the newest report's texts; one that it does not name stays."""
    taken = new[new["province"].isin(latest) | ~new["model_id"].isin(base["model_id"])]
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


def _findings(base: pd.DataFrame, reports: Sequence[Report], quarter: str) -> pd.DataFrame:
    ours = base["province"].isin({report.province for report in reports})
    new = schema.typed("findings", pd.concat([report.findings for report in reports]))
    return _replaced("findings", base, ours & (base["quarter"] == quarter), new)


def _as_told_before(base: Frames, reports: Sequence[Report]) -> list[Report]:
    """The reports; one whose very file is published already has the findings told of it then."""
    sent = base["submissions"].set_index(["province", "quarter"])["file_sha256"].to_dict()
    told = dict(list(base["findings"].groupby(["province", "quarter"])))
    none = base["findings"].iloc[:0]
    return [
        replace(report, findings=told.get(place, none))
        if sent.get(place := (report.province, report.quarter)) == report.sha256
        else report
        for report in reports
    ]


def _submissions(base: pd.DataFrame, reports: Sequence[Report], quarter: str) -> pd.DataFrame:
    """A row for each of the 63 provinces; a report sent again keeps the day it first came."""
    before = base[base["quarter"] == quarter].set_index("province")
    rows = before.reindex(pd.Index(places.provinces().index, name="province"))
    rows["due_date"] = rows["due_date"].fillna(pd.Timestamp(periods.due(quarter)))
    new = pd.DataFrame([_submission(report) for report in reports]).set_index("province")
    new["received_date"] = new["received_date"].astype(rows["received_date"].dtype)
    first = pd.concat([rows["received_date"], new["received_date"]]).groupby(level=0).min()
    rows.loc[new.index, list(new)] = new
    filled = rows.assign(quarter=quarter, received_date=first).fillna({"errors": 0, "warnings": 0})
    return pd.concat(
        [base[base["quarter"] != quarter], schema.typed("submissions", filled.reset_index())]
    )


def _submission(report: Report) -> dict[str, object]:
    return {
        "province": report.province,
        "received_date": pd.Timestamp(report.received),
        "file_sha256": report.sha256,
        "errors": 0,  # a report with an error is not published
        "warnings": int((report.findings["severity"] == "warn").sum()),
    }


def _with_last_stage(models: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """The stage last reported; a model without a report keeps the one its sheet names."""
    last = progress.sort_values("quarter").groupby("model_id")["stage"].last()
    return models.assign(stage=models["model_id"].map(last).fillna(models["stage"]))


def _reported_after(submissions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The reports of later quarters that have been received."""
    return submissions[(submissions["quarter"] > quarter) & submissions["received_date"].notna()]


def _dated(days: "pd.Series[pd.Timestamp]", quarter: str) -> "pd.Series[bool]":
    return days.between(*scope.bounds(quarter))


def _replaced(
    name: str, base: pd.DataFrame, told: "pd.Series[bool]", new: pd.DataFrame
) -> pd.DataFrame:
    """`new` in place of what it tells of, and of whatever else has one of its keys."""
    keys = list(schema.TABLES[name].unique or [])
    held = pd.MultiIndex.from_frame(base[keys]).isin(pd.MultiIndex.from_frame(new[keys]))
    return pd.concat([base[~(told | held)], new])


def _joined(reports: Sequence[Report]) -> Tables:
    """The tables of some reports as one frame each."""
    made = {name: frames.frame(name, [it.tables[name] for it in reports]) for name in sheets.TABLES}
    return {name: schema.typed(name, frame) for name, frame in made.items()}


def _in_order(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return schema.typed(name, frame).sort_values(
        list(schema.TABLES[name].unique or []), ignore_index=True
    )
