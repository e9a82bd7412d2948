"""What is told of single models: points of a chart, and pages of a table in any order.

All is looked up by the rows that a filter leaves (`model_sums.shown`); what a screen is sent is
bounded, however many models there are.
"""

from collections.abc import Iterable
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, model_book, model_sums
from data.model_book import Book
from data.model_sums import Floats, Tally, Where
from data.models import WORDS

Rows = npt.NDArray[np.int32]
Index = Rows | npt.NDArray[np.intp]

SORTS: dict[str, tuple[str, bool]] = {
    "cham_truoc": ("gap", True),
    "ten": ("name_rank", True),
    "dia_ban": ("place_rank", True),
    "giai_doan": ("stage", True),
    "ke_hoach": ("planned", False),
    "thuc_hien": ("actual", False),
    "so_ho": ("households", False),
    "kinh_phi": ("budget", False),
}
"""Key → column of the order and whether it rises; first come those furthest behind their plan."""
PAGE_ROWS = 25
MOST_POINTS = 300
"""More models than this are drawn as counts on a grid: a browser takes 0,2 ms for each mark."""

_HOUSEHOLDS = ("poor", "near_poor", "newly_escaped")


def points(book: Book, found: Tally, place: Where) -> pd.DataFrame:
    """What the planned × actual chart draws: planned, actual, word, form, name, id, models.

    One row per model that reported; above `MOST_POINTS` one per cell of a grid, without an id.
    """
    if model_sums.total(found, place)["models"] > MOST_POINTS:
        return model_sums.gathered(found, place).assign(name="", id="")
    kept = model_sums.shown(book, found, place) & (found.report >= 0)
    shown = rows(book, found, np.flatnonzero(kept), place.source)
    return pd.DataFrame(
        {
            "planned": shown["planned"].round(4),
            "actual": shown["actual"].round(4),
            "word": shown["word"].map(WORDS.labels),
            "form": shown["form"].map(codes.FORMS.labels),
            "name": shown["name"],
            "id": shown["model_id"],
            "models": 1,
        }
    )


def rows(book: Book, found: Tally, chosen: Index, source: str) -> pd.DataFrame:
    """The figures and texts of some models (index: rows of the book), in their order.

    `planned`, `actual`, `households` (NaN where none counts), `budget` (of the source, đồng),
    `word`, `stage` (None where not known), `form`, `province` as keys; `model_id`, `name` and the
    names of the place.
    """
    texts = ("model_id", "name", "province", "form", "district_name", "commune_name")
    figures = ("planned", "actual", "households", "budget")
    # Column by column: a frame of several would first be copied whole.
    told: dict[str, Any] = {it: book.models[it].array.take(chosen).to_numpy() for it in texts}
    for name, keys, each in (("word", WORDS, found.word), ("stage", codes.STAGES, found.stage)):
        told[name] = np.array([*keys, None], object)[each[chosen]]
    index = pd.Index(chosen)
    columns: dict[str, Any] = {it: pd.Series(each, index, "object") for it, each in told.items()}
    columns |= {it: figure(book, found, it, source, chosen) for it in figures}
    return pd.DataFrame(columns, index)


def frame(book: Book, found: Tally, place: Where) -> pd.DataFrame:
    """All models that a filter leaves (index: rows of the book).

    `word`, `stage` (categorical), `planned`, `actual` (NaN where they do not count).
    """
    kept = np.flatnonzero(model_sums.shown(book, found, place))
    listed = {"word": (found.word, WORDS), "stage": (found.stage, codes.STAGES)}
    columns: dict[str, Any] = {
        name: pd.Categorical.from_codes(each[kept], pd.Index(list(keys)))
        for name, (each, keys) in listed.items()
    }
    columns |= {
        it: model_book.reported(book, found.report[kept], it) for it in ("planned", "actual")
    }
    return pd.DataFrame(columns, pd.Index(kept))


def figure(book: Book, found: Tally, name: str, source: str, chosen: Index) -> Floats:
    """A figure of some models: a column of `SORTS`, NaN where none is known."""
    reports = found.report[chosen]
    if name in ("planned", "actual"):
        return model_book.reported(book, reports, name)
    if name == "gap":
        actual, planned = (model_book.reported(book, reports, it) for it in ("actual", "planned"))
        return actual - planned
    if name == "households":
        return _added(model_book.reported(book, reports, it) for it in _HOUSEHOLDS)
    if name == "stage":
        return np.where(found.stage[chosen] < 0, np.nan, found.stage[chosen])
    columns = model_sums.of_source("budget", source) if name == "budget" else [name]
    return _added(book.models[it].to_numpy()[chosen].astype("float64") for it in columns)


def _added(columns: Iterable[Floats]) -> Floats:
    return reduce(np.add, columns)


def ranking(book: Book, found: Tally, sort: str, source: str) -> Rows:
    """All rows of the book in an order, what is unknown last."""
    column, rises = SORTS[sort]
    values = figure(book, found, column, source, np.arange(len(book.models)))
    return np.argsort(values if rises else -values, kind="stable").astype(np.int32)


def order(book: Book, found: Tally, place: Where, ranked: Rows, query: str) -> Rows:
    """The rows of a `ranking` that a filter leaves and a search finds.

    Every word of the query must be found, with or without diacritics.
    """
    kept = model_sums.shown(book, found, place)
    if query.strip():
        kept &= book.texts.find(query)
    return ranked[kept[ranked]]


def pages(rows: int) -> int:
    """How many pages of a table so many rows fill; at least one."""
    return max(1, -(-rows // PAGE_ROWS))


def page(rows: Rows, number: int) -> Rows:
    """The rows of a page (0 is the first); of the last one when there are fewer."""
    first = PAGE_ROWS * min(max(number, 0), pages(len(rows)) - 1)
    return rows[first : first + PAGE_ROWS]
