"""The models of a quarter, counted once for every filter, so that no screen counts them again.

A `Tally` holds sums by province, form, source and grouping, and counts on the grid of the planned
× actual chart: any filter is then a sum over a few thousand numbers, however many models there
are. What is told of single models (a page of a table, a province's points) is looked up in it.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, model_book, models, places
from data.codes import ALL
from data.model_book import GROUPINGS, Book
from data.models import BEHIND, PEOPLE, REPORTED, WORDS
from data.view import View

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Small = npt.NDArray[np.int8]
Number = TypeVar("Number", np.float64, np.intp)

COUNTS = ("households", *PEOPLE, "households_out")
MONEY = ("budget", "spent", "planned_value", "earned_value")
TERMS = ("known", "models", "behind", *COUNTS, *MONEY)
"""What is summed: `known` counts every model, the others those that reported; money in đồng."""
GRID = 20
"""Steps of the chart's grid, on either axis, from 0 to 1."""

_SOURCES = (ALL, *codes.SOURCES)
_SUMMED = ("sector", "lead_kind", "priority_area")
_COUNTED: dict[str, codes.CodeList] = {"word": WORDS, "stage": codes.STAGES}
_REPORTED = [list(WORDS).index(key) for key in REPORTED]
_WORDS, _FORMS, _CELLS = len(list(WORDS)), len(list(codes.FORMS)), (GRID + 1) ** 2


class Where(NamedTuple):
    """What of a view decides which models it shows: quarter, provinces, form, capital source."""

    quarter: str
    members: tuple[str, ...]
    form: str = ALL
    source: str = ALL


def where(view: View) -> Where:
    """The models that a view shows."""
    return Where(view.quarter, view.area.members, view.form, view.source)


@dataclass(frozen=True)
class Tally:
    """One quarter of a book, for every filter.

    `word`, `stage`, `report`: by model (row of the book) its word (-1: not known yet), its stage
    and the row of `book.progress` that is its report (-1: none that counts).
    `sums`: grouping → source × province × form × value (one more for none) × `TERMS`. `counts`:
    `word`, `stage` → source × province × form × value. `cells`: source → province, cell (of
    form, word and the grid) and how many models reported there, sorted by province.
    """

    word: Small
    stage: Small
    report: npt.NDArray[np.int32]
    sums: dict[str, Floats]
    counts: dict[str, Ints]
    cells: dict[str, tuple[Ints, Ints, Ints]]


def tally(book: Book, quarter: str) -> Tally:
    """Count the models as they stand at the quarter's end; grows with the models, so do it once."""
    frame = models.standing(book, quarter)
    rows = frame.index.to_numpy()
    word, stage = np.full((2, len(book.models)), -1, np.int8)
    word[rows], stage[rows] = frame["word"].cat.codes, frame["stage"].cat.codes
    parts = [_of_source(frame, source) for source in _SOURCES]
    return Tally(
        word=word,
        stage=stage,
        report=np.where(np.isin(word, _REPORTED), model_book.reports(book, quarter), np.int32(-1)),
        sums={by: np.stack([_sums(it, by) for it in parts]) for by in _SUMMED},
        counts={by: np.stack([_counts(it, by) for it in parts]) for by in _COUNTED},
        cells={source: _cells(it) for source, it in zip(_SOURCES, parts, strict=True)},
    )


def of_source(prefix: str, source: str) -> list[str]:
    """The columns with the money of a source, or of all: `budget_<source>`."""
    return [f"{prefix}_{key}" for key in (codes.SOURCES if source == ALL else [source])]


def _of_source(frame: pd.DataFrame, source: str) -> pd.DataFrame:
    """The models with money from a source, with `TERMS`; money is that of the source."""
    # NaN where there is no report: `skipna` would make it 0.
    budget, spent = (
        frame[of_source(it, source)].sum(axis=1, skipna=False) for it in ("budget", "spent")
    )
    money = frame.assign(
        budget=budget,
        spent=spent,
        # Rounded half up, as the cubes do.
        planned_value=np.floor(budget * frame["planned"] + 0.5),
        earned_value=np.floor(budget * frame["actual"] + 0.5),
    )
    money = money if source == ALL else money[budget > 0]
    reported = money["word"].isin(REPORTED)
    behind = money["word"].isin(BEHIND)
    budgets = money["budget"].where(reported, 0)
    return money.assign(known=1, models=reported, behind=behind, budget=budgets)


def _at(frame: pd.DataFrame, value: "pd.Series[int]", size: int) -> Ints:
    """Province, form and a value of each model as one number; the last value is none."""
    place = frame["province"].cat.codes.to_numpy("int64") * _FORMS + frame["form"].cat.codes
    return np.asarray(place * size + value.where(value >= 0, size - 1), np.intp)


def _shape(size: int) -> tuple[int, int, int]:
    return len(places.provinces()), _FORMS, size


def _sums(frame: pd.DataFrame, by: str) -> Floats:
    shape = _shape(len(list(GROUPINGS[by])) + 1)
    at, cells = _at(frame, frame[by].cat.codes.astype("int64"), shape[-1]), int(np.prod(shape))
    terms = (frame[name].fillna(0).to_numpy("float64") for name in TERMS)
    sums = np.stack([np.bincount(at, term, cells) for term in terms], axis=-1)
    return np.asarray(sums.reshape(*shape, len(TERMS)), np.float64)


def _counts(frame: pd.DataFrame, by: str) -> Ints:
    shape = _shape(len(list(_COUNTED[by])) + 1)
    at = _at(frame, frame[by].cat.codes.astype("int64"), shape[-1])
    return np.bincount(at, minlength=int(np.prod(shape))).reshape(shape)


def _cells(frame: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    told = frame[frame["models"]]
    across, up = (
        (told[it].to_numpy() * GRID).round().clip(0, GRID).astype("int64")
        for it in ("planned", "actual")
    )
    word = told["word"].cat.codes.astype("int64")
    cell = word * _CELLS + across * (GRID + 1) + up
    at, many = np.unique(_at(told, cell, _WORDS * _CELLS), return_counts=True)
    province, rest = np.divmod(at, _FORMS * _WORDS * _CELLS)
    return province, rest, many


def counts(found: Tally, place: Where, by: str) -> dict[str, int]:
    """How many of the models have each `word` or `stage`, zeros too."""
    sums = _cut(found.counts[by], place).sum(axis=(0, 1))
    return dict(zip(_COUNTED[by], map(int, sums), strict=False))


def total(found: Tally, place: Where) -> dict[str, float]:
    """Sums over the models that reported, by `TERMS`."""
    sums = _cut(found.sums[_SUMMED[-1]], place).sum(axis=(0, 1, 2))
    return dict(zip(TERMS, map(float, sums), strict=True))


def sums_by(found: Tally, place: Where, by: str) -> pd.DataFrame:
    """The value of a grouping × `TERMS`; values of no known model are left out."""
    if by == "form":
        sums = _cut(found.sums[_SUMMED[-1]], place).sum(axis=(0, 2))
        keys = list(codes.FORMS) if place.form == ALL else [place.form]
    else:
        sums, keys = _cut(found.sums[by], place).sum(axis=(0, 1)), list(GROUPINGS[by])
    table = pd.DataFrame(sums[: len(keys)], pd.Index(keys, name=by), list(TERMS))
    return table[table["known"] > 0]


def gathered(found: Tally, place: Where) -> pd.DataFrame:
    """The models that reported, counted on the grid: planned, actual, word, form, models."""
    province, cell, many = found.cells[place.source]
    kept = _members(place)[province]
    if place.form != ALL:
        kept &= cell // (_WORDS * _CELLS) == list(codes.FORMS).index(place.form)
    counted = np.bincount(cell[kept], many[kept])
    filled = np.flatnonzero(counted)
    rest, at = np.divmod(filled, _CELLS)
    form, word = np.divmod(rest, _WORDS)
    across, up = np.divmod(at, GRID + 1)
    return pd.DataFrame(
        {
            "planned": across / GRID,
            "actual": up / GRID,
            "word": _labels(WORDS)[word],
            "form": _labels(codes.FORMS)[form],
            "models": counted[filled].astype("int64"),
        }
    )


def _labels(listed: codes.CodeList) -> npt.NDArray[np.object_]:
    return np.array([listed.label(key) for key in listed], object)


def _members(place: Where) -> Bools:
    return np.asarray(places.provinces().index.isin(place.members))


def _cut(array: npt.NDArray[Number], place: Where) -> npt.NDArray[Number]:
    """The part of source × province × form × … that a filter leaves."""
    forms = slice(None)
    if place.form != ALL:
        first = list(codes.FORMS).index(place.form)
        forms = slice(first, first + 1)
    chosen: npt.NDArray[Number] = array[_SOURCES.index(place.source), _members(place)]
    return chosen[:, forms]


def shown(book: Book, found: Tally, place: Where) -> Bools:
    """Whether a filter leaves each model of the book."""
    kept: Bools = found.word >= 0
    if len(place.members) < len(places.provinces()):
        kept &= _members(place)[book.models["province"].cat.codes]
    if place.form != ALL:
        kept &= (book.models["form"] == place.form).to_numpy()
    if place.source != ALL:
        kept &= (book.models[f"budget_{place.source}"] > 0).to_numpy()
    return kept
