"""When models were to begin and end, and when their reports say that they did.

Reports are by quarter, so an actual day is known to the quarter: work began in the first quarter
reported at “Triển khai” or later (from the day of its contract, if that was in this quarter) and
ended with the first one reported at “Nghiệm thu” or later. Nothing is guessed for a model whose
reports do not say. What is drawn are the models approved and not cancelled by the quarter.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, model_book, model_sums, periods
from data.model_book import Book
from data.model_sums import Tally, Where
from data.models import WORDS

Ints = npt.NDArray[np.intp]

MOST_ROWS = 40
"""More models than this are drawn as counts by quarter, one row each no longer."""
FINISHED_STAGES = ("nghiem_thu", "quay_vong")
NEVER = 9_999 * 4
"""Later than every quarter: the number of what has not happened in any report."""
FIRST, LAST = 2021 * 4, 2026 * 4 + 3
"""The quarters an axis may show: those of the programme and a year more (`_numbered`)."""
OUT_OF_FORCE = ("chua_phe_duyet", "huy")


@dataclass(frozen=True)
class Milestones:
    """Per row of `book.models`, the number of a quarter: planned, and reported or `NEVER`."""

    planned_start: Ints
    planned_end: Ints
    started: Ints
    finished: Ints


@dataclass(frozen=True)
class Timeline:
    """The models in force of a view at a quarter's end.

    `few`: so few that each has a row, see `spans`. `pace`: quarter × `to_start`, `started`,
    `to_end`, `ended`, counts up to its end; actual ones are NaN after the view's quarter.
    `unknown`: models that were to have begun, of which no report says so and none came this
    quarter. `left_out`: models not approved, or cancelled.
    """

    few: bool
    pace: pd.DataFrame
    models: int
    unknown: int
    left_out: int


def milestones(book: Book) -> Milestones:
    """The quarters of a snapshot's models, found once."""
    started = np.isin(book.stage, _stages(codes.STARTED_STAGES))
    finished = np.isin(book.stage, _stages(FINISHED_STAGES))
    return Milestones(
        planned_start=_of_days(book.models["planned_start"]),
        planned_end=_of_days(book.models["planned_end"]),
        started=_first(book, started),
        finished=_first(book, finished),
    )


def _stages(keys: tuple[str, ...]) -> list[int]:
    return [list(codes.STAGES).index(key) for key in keys]


def _of_days(days: "pd.Series[pd.Timestamp]") -> Ints:
    return np.asarray(days.dt.year * 4 + days.dt.quarter - 1, np.intp)


def _first(book: Book, told: npt.NDArray[np.bool_]) -> Ints:
    """The first quarter of each model among some reports."""
    quarters = np.full(len(book.models), NEVER, np.intp)
    reports = np.flatnonzero(told)[::-1]  # they are in order: the earliest is written last
    years, numbers = np.divmod(book.when[reports], 10)
    quarters[book.at[reports]] = years * 4 + numbers - 1
    return quarters


def _numbered(quarter: str) -> int:
    return periods.year_of(quarter) * 4 + int(quarter[5]) - 1


def _named(number: int) -> str:
    return f"{number // 4}Q{number % 4 + 1}"


def timeline(book: Book, marks: Milestones, found: Tally, place: Where) -> Timeline:
    """The timeline of the models that a filter leaves."""
    shown = model_sums.shown(book, found, place)
    gone = _gone(found)
    rows = np.flatnonzero(shown & ~gone)
    now = _numbered(place.quarter)
    late = (marks.planned_start[rows] <= now) & (marks.started[rows] > now)
    silent = np.isin(found.word[rows], _words("chua_bao_cao"))
    return Timeline(
        few=len(rows) <= MOST_ROWS,
        pace=_pace(marks, rows, now),
        models=len(rows),
        unknown=int((late & silent).sum()),
        left_out=int((shown & gone).sum()),
    )


def spans(book: Book, marks: Milestones, found: Tally, place: Where) -> pd.DataFrame:
    """One row for each of these models; only for `few` of them."""
    rows = np.flatnonzero(model_sums.shown(book, found, place) & ~_gone(found))
    return _spans(book, marks, found, rows, _numbered(place.quarter))


def _gone(found: Tally) -> npt.NDArray[np.bool_]:
    return np.isin(found.word, _words(*OUT_OF_FORCE))


def _words(*keys: str) -> list[int]:
    return [list(WORDS).index(key) for key in keys]


def _pace(marks: Milestones, rows: Ints, now: int) -> pd.DataFrame:
    starts, ends = marks.planned_start[rows], marks.planned_end[rows]
    first = max(FIRST, int(starts.min(initial=now)))
    last = min(LAST, max(now, int(ends.max(initial=now))))
    quarters = np.arange(first, last + 1)
    reached = quarters <= now
    return pd.DataFrame(
        {
            "to_start": _until(starts, quarters),
            "started": np.where(reached, _until(marks.started[rows], quarters), np.nan),
            "to_end": _until(ends, quarters),
            "ended": np.where(reached, _until(marks.finished[rows], quarters), np.nan),
        },
        index=pd.Index([_named(int(it)) for it in quarters], name="quarter"),
    )


def _until(happened: Ints, quarters: Ints) -> Ints:
    """How many happened until the end of each quarter, those before the first one included."""
    places = np.clip(happened - quarters[0], 0, len(quarters))
    counted = np.bincount(places, minlength=len(quarters) + 1)[: len(quarters)]
    return np.asarray(counted.cumsum(), np.intp)


def _spans(book: Book, marks: Milestones, found: Tally, rows: Ints, now: int) -> pd.DataFrame:
    """Model (row of the book) → its days, NaT where unknown, and how it stands; in order.

    Columns: `id`, `name`, `planned_start`, `planned_end`, `began`, `until` (end of the last
    quarter reported, or of the one in which it was finished), `finished`, `actual` (fraction,
    NaN when not reported), `word` (key).
    """
    texts = book.models.iloc[rows]
    finished = marks.finished[rows] <= now
    ends = np.where(finished, marks.finished[rows], _reported(book, rows, now))
    began = _began(marks.started[rows], texts["contract_date"], now)
    spans = pd.DataFrame(
        {
            "id": texts["model_id"],
            "name": texts["name"],
            "planned_start": texts["planned_start"],
            "planned_end": texts["planned_end"],
            "began": began,
            "until": _ends(ends).where(began.notna().to_numpy()).to_numpy(),
            "finished": finished,
            "actual": model_book.reported(book, found.report[rows], "actual"),
            "word": np.array(list(WORDS), object)[found.word[rows]],
        },
        index=texts.index,
    )
    return spans.sort_values(["planned_start", "planned_end", "id"])


def _reported(book: Book, rows: Ints, now: int) -> Ints:
    """The last quarter that each model reported until now; -1 where there is none."""
    years, numbers = np.divmod(book.when, 10)
    quarters = years * 4 + numbers - 1
    last = np.full(len(book.models), -1, np.intp)
    until = quarters <= now
    last[book.at[until]] = quarters[until]
    return np.asarray(last[rows], np.intp)


def _began(started: Ints, signed: "pd.Series[pd.Timestamp]", now: int) -> pd.Series:
    known = pd.Series(started <= now, signed.index)
    days = [_opening(int(it)) for it in started]
    opening = pd.Series(days, signed.index, dtype="datetime64[ms]")
    in_it = _of_days(signed.fillna(pd.Timestamp(0))) == started
    return signed.where(in_it, opening).where(known)


def _opening(number: int) -> pd.Timestamp | None:
    """The first day of a quarter; None for `NEVER`."""
    if number == NEVER:
        return None
    return pd.Timestamp(periods.end(_named(number - 1))) + pd.Timedelta(days=1)


def _ends(numbers: Ints) -> "pd.Series[pd.Timestamp]":
    days = [pd.NaT if it < 0 else pd.Timestamp(periods.end(_named(int(it)))) for it in numbers]
    return pd.Series(days, dtype="datetime64[ms]")
