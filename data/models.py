"""The models as they stand at the end of a quarter: who reported, how far, in which words.

`standing` reads one quarter from a `model_book.Book`; the sums, the points and the page of a table
are made from that. `to_check` is the same for the rules of models. What was not reported in the
quarter has a word, but no figure.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, measures, model_book, periods, rules
from data.codes import CodeList
from data.model_book import GROUPINGS, SPENT, Book

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LATE, AHEAD = measures.MEASURES["tien-do"].breaks[2:]
FAR_BEHIND = rules.BEHIND

WORDS = CodeList(
    "Tiến độ",
    {
        "vuot": "vượt kế hoạch",
        "dung": "đúng tiến độ",
        "cham": "chậm",
        "cham_nhieu": "chậm nhiều",
        "chua_den_ky": "chưa đến kỳ",
        "chua_bao_cao": "chưa báo cáo",
        "thoi_bao_cao": "đã xong, thôi báo cáo",
        "chua_phe_duyet": "chưa phê duyệt",
        "huy": "đã hủy",
    },
)
"""Thực hiện / kế hoạch lũy kế: from `AHEAD` “vượt”, from `LATE` “đúng”, from `FAR_BEHIND` “chậm”,
below “chậm nhiều”; nothing due and nothing done is “chưa đến kỳ”. The rest has no figure."""

REPORTED = ("vuot", "dung", "cham", "cham_nhieu", "chua_den_ky")
"""Words of the models that count in figures: approved, not cancelled, reported this quarter."""
BEHIND = ("cham", "cham_nhieu")

PEOPLE = ("poor", "near_poor", "newly_escaped", "women_headed", "women", "ethnic_minority")
"""Counts of a report; with `households` (the first three) and `households_out` they are shown."""
BUDGET = codes.by_source("budget")
PREPARING = ("announced_date", "file_date", "appraised_date")


def standing(book: Book, quarter: str) -> pd.DataFrame:
    """One row per model known at the quarter's end (index: its row in `book.models`).

    Columns: province, those of `GROUPINGS`, `stage` and `word` (all categorical), `planned`,
    `actual`, `gap` (fractions), `households`, `PEOPLE`, `households_out`, `budget_<source>` and
    `spent_<source>` (đồng), `name_rank`, `place_rank`. What was not reported this quarter is NaN.
    """
    models, end = book.models, pd.Timestamp(periods.end(quarter))
    now, last = model_book.stages(book, quarter)
    approved = (models["approval_date"] <= end).to_numpy(bool)
    prepared = [(models[it] <= end).to_numpy(bool) for it in PREPARING]
    figures = _figures(book, quarter)
    received = models["province"].isin(book.received.get(quarter, set())).to_numpy(bool)
    word = _word(figures["planned"], figures["actual"], now, last, approved, received)
    counted = np.isin(word, _places(WORDS, *REPORTED))
    stage = _stage(word, counted, now, prepared)
    figures = {name: np.where(counted, column, np.nan) for name, column in figures.items()}
    kept = ["province", *GROUPINGS, *BUDGET, "name_rank", "place_rank"]
    frame = models[kept].assign(
        **figures,
        households=figures["poor"] + figures["near_poor"] + figures["newly_escaped"],
        gap=figures["actual"] - figures["planned"],
        word=pd.Categorical.from_codes(word, pd.Index(list(WORDS))),
        stage=pd.Categorical.from_codes(stage, pd.Index(list(codes.STAGES))),
    )
    known = approved | (last >= 0) | np.any(prepared, axis=0) | (quarter == book.newest)
    chosen: pd.DataFrame = frame if known.all() else frame.loc[known]
    return chosen


def _places(listed: CodeList, *keys: str) -> list[int]:
    return [list(listed).index(key) for key in keys]


def _figures(book: Book, quarter: str) -> dict[str, Floats]:
    """The quarter's figures by model, NaN without a report."""
    rows = model_book.reports(book, quarter)
    names = ("planned", "actual", *PEOPLE, "households_out", *SPENT)
    return {name: model_book.reported(book, rows, name) for name in names}


def _word(
    planned: Floats, actual: Floats, now: Ints, last: Ints, approved: Bools, received: Bools
) -> Ints:
    rotating, cancelled = _places(codes.STAGES, "quay_vong", codes.CANCELLED)
    cases = {
        "chua_phe_duyet": ~approved,
        "huy": last == cancelled,
        "thoi_bao_cao": (now < 0) & received & (last == rotating),
        "chua_bao_cao": now < 0,
    }
    rest = _by_ratio(planned, actual)
    return np.asarray(np.select(list(cases.values()), _places(WORDS, *cases), rest), np.intp)


def _by_ratio(planned: Floats, actual: Floats) -> Ints:
    cases = {
        "chua_den_ky": (planned == 0) & (actual == 0),
        "vuot": actual >= planned * AHEAD,
        "dung": actual >= planned * LATE,
        "cham": actual >= planned * FAR_BEHIND,
    }
    rest = _places(WORDS, "cham_nhieu")[0]
    return np.asarray(np.select(list(cases.values()), _places(WORDS, *cases), rest), np.intp)


def words_of(reports: pd.DataFrame) -> list[str]:
    """The word's key for each report of the `progress` table."""
    figures = (reports[it].to_numpy("float64") for it in ("planned", "actual"))
    cancelled = reports["stage"] == codes.CANCELLED
    keys = np.array(list(WORDS), object)[_by_ratio(*figures)]
    return [str(key) for key in np.where(cancelled, "huy", keys)]


def _stage(word: Ints, counted: Bools, reported: Ints, prepared: Sequence[Bools]) -> Ints:
    """Reported, or told by the dates of a model still being prepared; -1 where not known."""
    before = _places(codes.STAGES, "tham_dinh", "lap_ho_so", "khao_sat", "chon_dia_ban")
    by_dates = np.select(prepared[::-1], before[:3], before[3])
    cancelled = _places(codes.STAGES, codes.CANCELLED)[0]
    unapproved, gone = (word == place for place in _places(WORDS, "chua_phe_duyet", "huy"))
    stages = [reported, by_dates, np.full(len(word), cancelled)]
    return np.asarray(np.select([counted, unapproved, gone], stages, -1), np.intp)


def to_check(book: Book, quarter: str, row: int | None = None) -> pd.DataFrame:
    """What the rules of models look at: all models, or the one of a row, with its report.

    The columns of `book.models` and of the quarter's report (NaN where there is none), and
    `fell`: whether a cumulative figure ever fell until now (<NA> without any report).
    """
    _, last = model_book.stages(book, quarter)
    fell = np.zeros(len(book.models), bool)
    fell[book.at[book.fell & (book.when <= model_book.number_of(quarter))]] = True
    figures = _figures(book, quarter)
    frame = book.models.assign(
        **figures,
        households=figures["poor"] + figures["near_poor"] + figures["newly_escaped"],
        fell=pd.array(fell, "boolean"),
    )
    frame.loc[last < 0, "fell"] = pd.NA
    return frame if row is None else frame.iloc[[row]]
