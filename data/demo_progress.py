"""Illustrative progress: how far each model is, quarter by quarter, as its province reported it."""

import numpy as np
import pandas as pd

from data import demo_shapes as shapes
from data import demo_texts, periods
from data.demo_shapes import FULL, Draw, Ints

_QUARTERS = [periods.shift(shapes.FIRST_QUARTER, by) for by in range(len(shapes.MISSING))]
_ENDS = pd.Series([periods.end(quarter) for quarter in _QUARTERS], dtype="datetime64[ms]")
_NEVER = np.iinfo(np.int32).max


def draw_progress(
    seed: int, models: pd.DataFrame, ranks: pd.Series, submissions: pd.DataFrame
) -> pd.DataFrame:
    """Models × quarters that were reported, from approval to a quarter or two after the end."""
    hidden = _courses(Draw(seed, 4), models, ranks)
    rows = hidden[hidden["approval_date"].notna()].merge(
        pd.DataFrame({"quarter": _QUARTERS, "quarter_end": _ENDS, "day": _days(_ENDS)}), how="cross"
    )
    received = submissions.loc[submissions["received_date"].notna(), ["province", "quarter"]]
    rows = rows[rows["approved"] <= rows["day"]].merge(received, on=["province", "quarter"])
    rows = rows.sort_values(["model_id", "quarter"], ignore_index=True)
    return _notes(Draw(seed, 5), _people(_stages(_work(rows))))


def _courses(draw: Draw, models: pd.DataFrame, ranks: pd.Series) -> pd.DataFrame:
    """The models with what decides their course: pace, delay, people, a stop on the way."""
    n, order = len(models), ranks.loc[models["province"]].to_numpy()
    start, end = (_days(models[column]) for column in ("planned_start", "planned_end"))
    stop = start + (end - start) * draw.ints(10, 60, n) // 100
    fate = draw.ints(0, 999, n)
    poor_tilt = np.where(models["area_kind"] == "dbkk", 6, -6)
    joined = np.maximum(6, models["households_planned"] - draw.spread((0, 0, 1, 3), n))
    poor = (joined * (shapes.POOR + poor_tilt + draw.ints(-8, 8, n)) + 50) // 100
    near = ((joined - poor) * draw.ints(60, 75, n) + 50) // 100
    union = models["lead_kind"] == "hoi_lhpn"
    women = np.where(union, draw.ints(76, 97, n), draw.ints(38, 60, n))
    minority = models["province"].map({p: m for p, (_, m) in shapes.PROVINCES.items()})
    people = models["participants_planned"] * joined // models["households_planned"]
    return models.assign(
        start=start,
        length=end - start,
        delay=draw.spread((0, 0, 8, 20, 45), n),
        pace=shapes.quantile(shapes.PACE, order) * draw.ints(84, 116, n) // 100,
        stop=np.where(fate < 32, stop, _NEVER),
        cancelled=fate < 11,
        after_end=draw.ints(2, 3, n),
        pays=draw.ints(70, 97, n),
        settles=draw.spread((93, 96, 98, 100, 100), n),
        escapes=draw.ints(15, 50, n),
        joined=joined,
        poor_joined=poor,
        near_joined=near,
        headed=joined * np.where(union, draw.ints(42, 80, n), draw.ints(12, 34, n)) // 100,
        women_joined=people * women // 100,
        minority_joined=people * (minority * draw.ints(85, 108, n) // 100).clip(upper=100) // 100,
    )


def _work(rows: pd.DataFrame) -> pd.DataFrame:
    """Planned and actual work in ten-thousandths, money spent: never falling over quarters."""
    since = np.minimum(rows["day"], rows["stop"]) - rows["start"] - rows["delay"]
    actual = _s_curve(since * rows["pace"] * (FULL // 100) // rows["length"])
    planned = _s_curve((rows["day"] - rows["start"]) * FULL // rows["length"])
    # Payment lags behind work until both are done.
    paid = actual * (rows["pays"] * FULL + (100 - rows["pays"]) * actual) // (100 * FULL)
    paid = paid * rows["settles"] // 100
    spent = {
        f"spent_{key}": rows[f"budget_{key}"] * paid // FULL // 1000 * 1000
        for key in ("trung_uong", "dia_phuong", "khac")
    }
    return rows.assign(
        done=actual, due=planned, actual=actual / FULL, planned=planned / FULL, **spent
    )


def _s_curve(part: pd.Series) -> pd.Series:
    """Slow, fast, slow: 3t² − 2t³ of a part of the way, both in ten-thousandths."""
    t = part.clip(0, FULL)
    return t * t * (3 * FULL - 2 * t) // FULL**2


def _stages(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row's stage; rows after the end, or after the first one cancelled, are dropped."""
    stopped = rows["day"] >= rows["stop"]
    finished = rows["done"] == FULL
    cancelled, suspended = stopped & rows["cancelled"], stopped & ~rows["cancelled"]
    after = finished.groupby(rows["model_id"]).cumsum()
    gone = cancelled.groupby(rows["model_id"]).cumsum()
    signed = rows["contract_date"] <= rows["quarter_end"]
    stage = np.select(
        [cancelled, suspended, after > 1, rows["done"] >= 9500, rows["done"] > 0, signed],
        ["huy", "tam_dung", "quay_vong", "nghiem_thu", "trien_khai", "ky_hop_dong"],
        "phe_duyet",
    )
    return rows.assign(stage=stage)[(after <= rows["after_end"]) & (gone <= 1)]


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """Who takes part: nobody before the contract is signed."""
    joined = (rows["stage"] != "phe_duyet").astype("int64")
    return rows.assign(
        poor=rows["poor_joined"] * joined,
        near_poor=rows["near_joined"] * joined,
        newly_escaped=(rows["joined"] - rows["poor_joined"] - rows["near_joined"]) * joined,
        women_headed=rows["headed"] * joined,
        women=rows["women_joined"] * joined,
        ethnic_minority=rows["minority_joined"] * joined,
        households_out=rows["poor_joined"]
        * rows["done"]
        * rows["escapes"]
        // (100 * FULL)
        * joined,
    )


def _notes(draw: Draw, rows: pd.DataFrame) -> pd.DataFrame:
    """A reason where work is far behind, suspended or cancelled."""
    behind = (rows["done"] * 100 < rows["due"] * 60) & draw.chance(600, len(rows))
    cases: list[tuple[pd.Series, tuple[str, ...]]] = [
        (rows["stage"] == "huy", demo_texts.NOTES_CANCELLED),
        (rows["stage"] == "tam_dung", demo_texts.NOTES_SUSPENDED),
        (behind, demo_texts.NOTES_LATE),
    ]
    words = [np.array(texts)[draw.ints(0, len(texts) - 1, len(rows))] for _, texts in cases]
    notes = pd.Series(np.select([case for case, _ in cases], words, ""), rows.index)
    return rows.assign(note=notes.where(notes != ""))


def last_stage(models: pd.DataFrame, progress: pd.DataFrame) -> pd.Series:
    """The stage last reported; without a report, the one that the dates tell."""
    dates = models[["announced_date", "file_date", "appraised_date", "approval_date"]].notna()
    told = np.select(
        [
            dates["approval_date"],
            dates["appraised_date"],
            dates["file_date"],
            dates["announced_date"],
        ],
        ["phe_duyet", "tham_dinh", "lap_ho_so", "khao_sat"],
        "chon_dia_ban",
    )
    last = progress.groupby("model_id")["stage"].last()
    return models["model_id"].map(last).fillna(pd.Series(told, models.index))


def _days(dates: pd.Series) -> Ints:
    return np.asarray(dates.to_numpy().astype("datetime64[D]").astype(np.int64))
