"""Tables of many quarters as the provinces reported one of them, and what was known before it."""

from collections.abc import Mapping

import pandas as pd

from data import periods

Frames = dict[str, pd.DataFrame]


def as_reported(frames: Mapping[str, pd.DataFrame], quarter: str) -> Frames:
    """The rows of the quarter's reports, of the provinces whose report arrived.

    A model counts from its approval, an unapproved one in the newest quarter; its stage is the
    last one reported until then. Plans are those of the quarter's year.
    """
    owed = frames["submissions"]
    sent = owed["province"][(owed["quarter"] == quarter) & owed["received_date"].notna()]
    progress, money = frames["progress"], frames["disbursements"]
    year, year_starts = periods.year_of(quarter), f"{quarter[:4]}-01"
    funding, trainings = frames["funding"], frames["trainings"]
    held = _in_quarter(trainings["date"], quarter)
    now = {
        "models": _models(frames, quarter),
        "progress": progress[progress["quarter"] == quarter],
        "funding": funding[funding["year"] == year],
        "disbursements": money[money["month"].between(year_starts, periods.last_month(quarter))],
        "trainings": trainings[held],
        "attendance": frames["attendance"][
            frames["attendance"]["session"].isin(trainings["session"][held])
        ],
        "questions": frames["questions"][_in_quarter(frames["questions"]["asked_date"], quarter)],
    }
    for table in ("models", "funding", "disbursements", "attendance", "questions"):
        now[table] = now[table][now[table]["province"].isin(sent)]
    now["progress"] = now["progress"][now["progress"]["model_id"].isin(now["models"]["model_id"])]
    return now


def before(frames: Mapping[str, pd.DataFrame], quarter: str) -> Frames:
    """What the reports before the quarter hold of it; sessions are known whenever they are held."""
    year_starts, money = f"{quarter[:4]}-01", frames["disbursements"]
    return {
        "progress": frames["progress"][frames["progress"]["quarter"] < quarter],
        "funding": frames["funding"][frames["funding"]["year"] < periods.year_of(quarter)],
        "disbursements": money[money["month"] < year_starts],
        "trainings": frames["trainings"],
    }


def _models(frames: Mapping[str, pd.DataFrame], quarter: str) -> pd.DataFrame:
    models, progress = frames["models"], frames["progress"]
    if quarter != progress["quarter"].max():
        models = models[models["approval_date"] <= pd.Timestamp(periods.end(quarter))]
    until = progress[progress["quarter"] <= quarter].sort_values("quarter")
    last = until.drop_duplicates("model_id", keep="last").set_index("model_id")["stage"]
    told = last.reindex(models["model_id"]).set_axis(models.index)
    return models.assign(stage=told.where(told.notna(), models["stage"]))


def _in_quarter(days: "pd.Series[pd.Timestamp]", quarter: str) -> "pd.Series[bool]":
    first = pd.Timestamp(periods.end(periods.shift(quarter, -1)))
    return (days > first) & (days <= pd.Timestamp(periods.end(quarter)))
