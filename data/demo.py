"""The illustrative tables: plausible figures around public ones, from a fixed seed.

`python -m data demo` publishes them as the snapshot that ships with the product. Nothing here
is a fact about a province: the manifest, every page and every export say so. Each table draws
from a stream of its own, in whole numbers, so that every machine makes the same rows. Findings
are not drawn: they are what the checks of workbooks say of the tables.
"""

import hashlib

import numpy as np
import pandas as pd

from data import demo_shapes as shapes
from data import periods, places, schema
from data.demo_models import draw_models
from data.demo_money import draw_money
from data.demo_progress import draw_progress, last_stage
from data.demo_shapes import FULL, Draw
from data.demo_training import draw_attendance, draw_questions, draw_trainings
from data.workbooks import checks

_QUARTERS = [periods.shift(shapes.FIRST_QUARTER, by) for by in range(len(shapes.MISSING))]


def tables(seed: int = 63) -> dict[str, pd.DataFrame]:
    """One frame for each table of the schema, sorted by its key; the same for the same seed.

    Needs the package `vietnamadminunits` for the names of districts and communes.
    """
    provinces = pd.Index(places.provinces().index)
    ranks = pd.Series(Draw(seed, 0).ints(0, FULL - 1, len(provinces)), provinces)
    submissions = _submissions(seed, ranks)
    models = draw_models(seed)
    progress = draw_progress(seed, models, ranks, submissions)
    funding, disbursements = draw_money(seed, models, ranks)
    sessions = draw_trainings()
    drawn = {
        "models": models.assign(stage=last_stage(models, progress)),
        "progress": progress,
        "funding": funding,
        "disbursements": _reported_only(disbursements, submissions),
        "trainings": sessions,
        "attendance": draw_attendance(seed, sessions, provinces),
        "questions": draw_questions(seed, sessions),
        "submissions": submissions.assign(errors=0, warnings=0),
    }
    made = {name: _typed(name, frame) for name, frame in drawn.items()}
    found = checks.findings_of_tables(made, *_QUARTERS)
    sent = _counted(made["submissions"], found)
    return {**made, "submissions": sent, "findings": _typed("findings", found)}


def _counted(submissions: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The submissions with their errors and warnings, as the checks found them."""
    key = ["province", "quarter"]
    sent = submissions[key]
    counts = findings.groupby([*key, "severity"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["refuse", "warn"], fill_value=0)
    counts = sent.join(counts, on=key).fillna(0).astype({"refuse": "int64", "warn": "int64"})
    return submissions.assign(errors=counts["refuse"], warnings=counts["warn"])


def _typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The schema's columns in the schema's types, sorted by the key."""
    table = schema.TABLES[name]
    types = {column: schema.metadata(name, column)["dtype"] for column in table.columns}
    frame = frame[list(types)].astype(types)
    return frame.sort_values(list(table.unique or []), ignore_index=True)


def _submissions(seed: int, ranks: pd.Series) -> pd.DataFrame:
    """Province × quarter: due, received or missing; slow provinces miss more often."""
    draw, n = Draw(seed, 2), len(ranks)
    frames = []
    for quarter, missing in zip(_QUARTERS, shapes.MISSING, strict=True):
        bound = [quarter in shapes.MUST_REPORT.get(code, ()) for code in ranks.index]
        tardy = np.where(bound, -1, draw.ints(0, 3 * FULL, n) + FULL - ranks.to_numpy())
        received = ~np.isin(np.arange(n), np.argsort(tardy, kind="stable")[n - missing :])
        late = draw.chance(shapes.LATE_PER_MILLE, n)
        days = np.where(late, draw.ints(1, 21, n), -draw.ints(0, 7, n))
        due = pd.Timestamp(periods.due(quarter))
        dates = pd.Series(due + pd.to_timedelta(days, unit="D")).where(received)
        names = [f"minh họa {code} {quarter}" for code in ranks.index]
        hashes = pd.Series([hashlib.sha256(name.encode()).hexdigest() for name in names])
        draw.ints(
            0, FULL - 1, n
        )  # drawn once for warnings; without it the years after would change
        frame = {
            "province": ranks.index,
            "quarter": quarter,
            "due_date": due,
            "received_date": dates,
            "file_sha256": hashes.where(received),
        }
        frames.append(pd.DataFrame(frame))
    return pd.concat(frames)


def _reported_only(disbursements: pd.DataFrame, submissions: pd.DataFrame) -> pd.DataFrame:
    """Months that some report tells of: a late or missed one is made up by the next."""
    received = submissions[submissions["received_date"].notna()]
    newest = disbursements["province"].map(received.groupby("province")["quarter"].max())
    quarters = {month: quarter for quarter in _QUARTERS for month in periods.months(quarter)}
    return disbursements[disbursements["month"].map(quarters) <= newest]
