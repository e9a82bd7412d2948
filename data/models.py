"""The models as they stand at the end of a quarter: who reported, how far, in which words.

A `Book` holds a snapshot's models and their reports, indexed once; `standing` reads one quarter
from it, `narrow` keeps what a filter leaves, and the sums, the points and the page of a table
are made from that. A model that did not report the quarter has no figure of it, never the one of
a quarter before. Joins are on codes; the costs that grow with the models are a few array passes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, measures, periods, places, rules
from data.codes import CodeList
from data.text import Words, fold, sort_key

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

GROUPINGS: dict[str, CodeList] = {
    "form": codes.FORMS,
    "sector": codes.SECTORS,
    "lead_kind": codes.LEAD_KINDS,
    "priority_area": codes.PRIORITY_AREAS,
}
"""Columns of a model that sums are made by."""

PEOPLE = ("poor", "near_poor", "newly_escaped", "women_headed", "women", "ethnic_minority")
"""Counts of a report; with `households` (the first three) and `households_out` they are shown."""
BUDGET = codes.by_source("budget")
SPENT = codes.by_source("spent")
PREPARING = ("announced_date", "file_date", "appraised_date")


@dataclass(frozen=True)
class Book:
    """A snapshot's models, and their reports sorted by model and quarter.

    `models`: the schema's columns, `name_rank`, `place_rank` and `shared` (whether another
    province reports the same approved project). `texts`: what a search looks in. `at`: the model
    (row number) of each report; `when`: its quarter as a number; `stage`: its place in the list;
    `fell`: whether a cumulative figure fell in it. `received`: the provinces whose report
    arrived, by quarter.
    """

    models: pd.DataFrame
    progress: pd.DataFrame
    texts: Words
    at: Ints
    when: Ints
    stage: Ints
    fell: Bools
    received: dict[str, set[str]]
    newest: str


def book(models: pd.DataFrame, progress: pd.DataFrame, submissions: pd.DataFrame) -> Book:
    """Index the tables of a snapshot once; the frames given are not changed."""
    models = models.reset_index(drop=True)
    progress = progress.sort_values(["model_id", "quarter"], ignore_index=True)
    at = np.asarray(pd.Index(models["model_id"]).get_indexer(pd.Index(progress["model_id"])))
    listed = {name: list(allowed) for name, allowed in GROUPINGS.items()}
    listed["province"] = list(places.provinces().index)
    categories = {name: pd.Categorical(models[name], keys) for name, keys in listed.items()}
    provinces = pd.Series(categories["province"].codes, dtype="int64")
    models = models.assign(
        **categories,
        name_rank=_rank(models["name"]),
        place_rank=_rank(models["district_name"]) + len(models) * provinces,
        shared=_shared(models),
    )
    arrived = submissions[submissions["received_date"].notna()]
    received = {str(it): set(group["province"]) for it, group in arrived.groupby("quarter")}
    newest = str(submissions["quarter"].max())
    when, fell = _number(progress["quarter"]), _fell(progress, at)
    stage = np.asarray(pd.Index(list(codes.STAGES)).get_indexer(pd.Index(progress["stage"])))
    return Book(models, progress, Words(_searched(models)), at, when, stage, fell, received, newest)


def _number(quarters: "pd.Series[str]") -> Ints:
    """Quarters as numbers in the same order: `2024Q3` → 20243."""
    numbers = quarters.str.replace("Q", "", regex=False).astype("int64")
    return np.asarray(numbers, np.intp)


def _searched(models: pd.DataFrame) -> "pd.Series[str]":
    """What a search looks in: name, place, lead unit, code, folded (each text only once)."""
    columns = ("name", "commune_name", "district_name", "lead_unit", "model_id")
    parts = [_each(models[column].fillna(""), fold) for column in columns]
    provinces = _each(models["province"].map(places.provinces()["name"]), fold)
    return sum((" " + part for part in parts), provinces)


def _each(texts: "pd.Series[str]", change: Callable[[str], str]) -> "pd.Series[str]":
    numbers, unique = pd.factorize(texts)
    changed = pd.Series([change(str(text)) for text in unique], dtype="str")
    return changed.iloc[numbers].reset_index(drop=True).astype("str")


def _rank(texts: "pd.Series[str]") -> "pd.Series[int]":
    """The place of each text in Vietnamese collation."""
    return _each(texts, sort_key).rank(method="dense").astype("int64")


def _shared(models: pd.DataFrame) -> "pd.Series[bool]":
    same = models.groupby(["name", "approval_no", "approval_date"])["province"]
    return same.transform("nunique").gt(1)


def _fell(progress: pd.DataFrame, at: Ints) -> Bools:
    spent = progress[SPENT].sum(axis=1)
    figures = np.column_stack([progress["actual"], spent, progress["households_out"]])
    falls = np.zeros(len(progress), bool)
    falls[1:] = (np.diff(figures, axis=0) < 0).any(axis=1) & (at[1:] == at[:-1])
    return falls


def standing(book: Book, quarter: str) -> pd.DataFrame:
    """One row per model known at the quarter's end (index: its row in `book.models`).

    Columns: province, those of `GROUPINGS`, `stage` and `word` (all categorical), `planned`,
    `actual`, `gap` (fractions), `households`, `PEOPLE`, `households_out`, `budget_<source>` and
    `spent_<source>` (đồng), `name_rank`, `place_rank`. What was not reported this quarter is NaN.
    """
    models, end = book.models, pd.Timestamp(periods.end(quarter))
    now, last = _stages(book, quarter)
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


def _stages(book: Book, quarter: str) -> tuple[Ints, Ints]:
    """The stage that each model reported for the quarter, and its last one until then, or -1."""
    until = np.flatnonzero(book.when <= _code(quarter))
    now = until[book.when[until] == _code(quarter)]
    reported, last = np.full((2, len(book.models)), -1, np.intp)
    last[book.at[until]] = book.stage[until]  # reports are in order: the latest stays
    reported[book.at[now]] = book.stage[now]
    return reported, last


def _figures(book: Book, quarter: str) -> dict[str, Floats]:
    """The quarter's figures by model, NaN without a report."""
    rows = reports(book, quarter)
    names = ("planned", "actual", *PEOPLE, "households_out", *SPENT)
    return {name: reported(book, rows, name) for name in names}


def reports(book: Book, quarter: str) -> npt.NDArray[np.int32]:
    """The row of `book.progress` that is each model's report for the quarter, -1 without one."""
    now = np.flatnonzero(book.when == _code(quarter))
    rows = np.full(len(book.models), -1, np.int32)
    rows[book.at[now]] = now
    return rows


def reported(book: Book, rows: npt.NDArray[np.int32], name: str) -> Floats:
    """A column of some reports, NaN where there is none (-1)."""
    figures = np.full(len(rows), np.nan)
    told = rows >= 0
    figures[told] = book.progress[name].to_numpy()[rows[told]]
    return figures


def _code(quarter: str) -> int:
    return int(quarter.replace("Q", ""))


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


def find(book: Book, model_id: str) -> int | None:
    """The row of a model in `book.models`; None if there is none of that code."""
    rows = np.flatnonzero(book.models["model_id"].to_numpy(object) == model_id)
    return int(rows[0]) if len(rows) else None


def history(book: Book, row: int, quarter: str) -> pd.DataFrame:
    """The reports of one model up to a quarter, oldest first, in the columns of `progress`."""
    return book.progress.iloc[np.flatnonzero((book.at == row) & (book.when <= _code(quarter)))]


def to_check(book: Book, quarter: str, row: int | None = None) -> pd.DataFrame:
    """What the rules of models look at: all models, or the one of a row, with its report.

    The columns of `book.models` and of the quarter's report (NaN where there is none), and
    `fell`: whether a cumulative figure ever fell until now (<NA> without any report).
    """
    _, last = _stages(book, quarter)
    fell = np.zeros(len(book.models), bool)
    fell[book.at[book.fell & (book.when <= _code(quarter))]] = True
    figures = _figures(book, quarter)
    frame = book.models.assign(
        **figures,
        households=figures["poor"] + figures["near_poor"] + figures["newly_escaped"],
        fell=pd.array(fell, "boolean"),
    )
    frame.loc[last < 0, "fell"] = pd.NA
    return frame if row is None else frame.iloc[[row]]
