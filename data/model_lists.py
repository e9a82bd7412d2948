"""Sums, chart points and table pages of the models that a filter leaves.

All are made from a frame of `models.standing` by `narrow`. Sums count the models that reported
the quarter, as the cubes do; what a screen is sent is bounded, however many models there are.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, places
from data.codes import ALL
from data.models import BEHIND, PEOPLE, REPORTED, WORDS, Book
from data.text import fold

Ints = npt.NDArray[np.intp]

COUNTS = ("households", *PEOPLE, "households_out")
MONEY = ("budget", "spent", "planned_value", "earned_value")

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
MOST_POINTS = 1_500
"""More models than this are drawn as counts on a grid, so that a chart's size stays bounded."""
_GRID = 20


def narrow(
    standing: pd.DataFrame, members: Sequence[str], form: str = ALL, source: str = ALL
) -> pd.DataFrame:
    """The models of some provinces, of a form, with money from a source; adds `MONEY` (đồng).

    Money is that of the source, as in the cubes; `budget` is known for every model, the others
    only for those that reported.
    """
    budget = _of_source(standing, "budget", source)
    kept = np.ones(len(standing), bool) if source == ALL else (budget > 0).to_numpy(copy=True)
    if len(members) < len(places.provinces()):
        kept &= standing["province"].isin(members).to_numpy()
    if form != ALL:
        kept &= (standing["form"] == form).to_numpy()
    frame, budget = standing[kept], budget[kept]
    return frame.assign(
        budget=budget,
        spent=_of_source(frame, "spent", source),
        # Rounded half up, as the cubes do.
        planned_value=np.floor(budget * frame["planned"] + 0.5),
        earned_value=np.floor(budget * frame["actual"] + 0.5),
    )


def _of_source(frame: pd.DataFrame, prefix: str, source: str) -> pd.Series:
    if source != ALL:
        return frame[f"{prefix}_{source}"]
    first, *others = (frame[f"{prefix}_{key}"] for key in codes.SOURCES)
    return sum(others, first)


def counts(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """How many models have each value of a categorical column (`word`, `stage`), zeros too."""
    found = frame[column].cat
    numbers = np.bincount(found.codes[found.codes >= 0], minlength=len(found.categories))
    return dict(zip(map(str, found.categories), map(int, numbers), strict=True))


def total(frame: pd.DataFrame) -> dict[str, float]:
    """Sums over the models that reported: `models`, `behind`, `COUNTS`, `MONEY`."""
    return {str(key): float(value) for key, value in _terms(frame).sum().items()}


def sums_by(frame: pd.DataFrame, grouping: str) -> pd.DataFrame:
    """The same sums by a grouping's value, in its list's order; groups without models left out.

    `known` counts every model, reported or not.
    """
    terms = _terms(frame).assign(known=1)
    sums = terms.groupby(frame[grouping], observed=False).sum()
    return sums[sums["known"] > 0]


def _terms(frame: pd.DataFrame) -> pd.DataFrame:
    reported = frame["word"].isin(REPORTED)
    terms = frame[[*COUNTS, *MONEY]].fillna(0.0)
    return terms.assign(
        budget=frame["budget"].where(reported, 0),
        models=reported.astype("int64"),
        behind=frame["word"].isin(BEHIND).astype("int64"),
    )


def points(book: Book, frame: pd.DataFrame) -> pd.DataFrame:
    """What the planned × actual chart draws: planned, actual, word, form, name, id, models.

    One row per model that reported; above `MOST_POINTS` one per cell of a grid, without an id.
    """
    shown = frame[frame["word"].isin(REPORTED)]
    if len(shown) > MOST_POINTS:
        return _cells(shown)
    texts = book.models.loc[shown.index, ["name", "model_id"]]
    return pd.DataFrame(
        {
            "planned": shown["planned"].round(4),
            "actual": shown["actual"].round(4),
            "word": shown["word"].astype("str").map(WORDS.labels),
            "form": shown["form"].astype("str").map(codes.FORMS.labels),
            "name": texts["name"],
            "id": texts["model_id"],
            "models": 1,
        }
    )


def _cells(shown: pd.DataFrame) -> pd.DataFrame:
    """Models counted by cell of the grid, word and form, through one number for each."""
    across, words, forms = _GRID + 1, len(WORDS.labels), len(codes.FORMS.labels)
    planned, actual = ((shown[it].to_numpy() * _GRID).round() for it in ("planned", "actual"))
    cell = (planned * across + actual) * words + shown["word"].cat.codes.to_numpy("int64")
    counted = np.bincount((cell * forms + shown["form"].cat.codes.to_numpy("int64")).astype(int))
    filled = np.flatnonzero(counted)
    rest, form = np.divmod(filled, forms)
    rest, word = np.divmod(rest, words)
    planned, actual = np.divmod(rest, across)
    return pd.DataFrame(
        {
            "planned": planned / _GRID,
            "actual": actual / _GRID,
            "word": np.array(list(WORDS.labels.values()))[word],
            "form": np.array(list(codes.FORMS.labels.values()))[form],
            "name": "",
            "id": "",
            "models": counted[filled],
        }
    )


def order(book: Book, frame: pd.DataFrame, sort: str, query: str) -> Ints:
    """Row numbers in `book.models` of the frame's models that a search finds, in order.

    Every word of the query must be found, with or without diacritics. Unknown figures go last.
    """
    frame = frame if not query.strip() else frame.loc[_found(book, frame.index, query)]
    column, rises = SORTS[sort]
    values = frame[column].cat.codes if column == "stage" else frame[column]
    numbers = values.to_numpy("float64", copy=True)
    if column == "stage":
        numbers[numbers < 0] = np.nan
    placed = np.argsort(numbers if rises else -numbers, kind="stable")
    return np.asarray(frame.index[placed], np.intp)


def _found(book: Book, rows: pd.Index, query: str) -> pd.Index:
    texts = book.models["found"] if len(rows) == len(book.models) else book.models["found"][rows]
    for word in sorted(fold(query).split(), key=len, reverse=True):
        texts = texts[texts.str.contains(word, regex=False)]
    return texts.index


def pages(rows: int) -> int:
    """How many pages of a table so many rows fill; at least one."""
    return max(1, -(-rows // PAGE_ROWS))


def page(rows: Ints, number: int) -> Ints:
    """The rows of a page (0 is the first); of the last one when there are fewer."""
    first = PAGE_ROWS * min(max(number, 0), pages(len(rows)) - 1)
    return rows[first : first + PAGE_ROWS]
