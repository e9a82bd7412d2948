"""Models that look like one model reported twice: near-equal name and place.

Only models that share a district, a place's name or a decision are compared, each with its
neighbours in the order of their names, so that the cost grows with the models and not with their
square. Names are compared folded, their words sorted; numbers in them must be the same ones, and
a word that only one has a spelling of one that only the other has: goats are no cattle.
"""

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.process import cdist, cpdist

from data import places
from data.text import fold, remembered
from data.workbooks.books import Books
from data.workbooks.rule import Hit

ALIKE = 92
"""Likeness of two names from which they may be one (rapidfuzz's ratio, 100: equal); ours."""
SPELLING = 75
"""Likeness of two words from which one may be the other, misspelt; ours."""
_NEIGHBOURS = 40
_DIGITS = re.compile(r"\d+")
_COLUMNS = ["model_id", "name", "province", "district", "district_name", "commune", "commune_name"]
_COLUMNS += ["approval_no", "approval_date"]
_REPORT = ["province", "quarter"]

Pairs = npt.NDArray[np.intp]


def within(books: Books) -> Iterator[Hit]:
    """Models of one province with near-equal name and place, under different codes."""
    models = books.once(_models)
    place = models["quarter"] + models["province"] + models["district"]
    pairs = _alike(models, _neighbours(models, place))
    left, right = (models.iloc[pairs[:, side]] for side in (0, 1))
    known = left["commune"].notna().to_numpy() & right["commune"].notna().to_numpy()
    one_place = ~known | (left["commune"].to_numpy() == right["commune"].to_numpy())
    yield from _hits(books, models, pairs[one_place], across=False)


def across(books: Books) -> Iterator[Hit]:
    """Models of two provinces with near-equal name and the same place or decision."""
    models = books.once(_models)
    commune, district, decision = (
        models[column].map(_folded, na_action="ignore").astype("str")  # all of it may be missing
        for column in ("commune_name", "district_name", "approval_no")
    )
    decision = decision + models["approval_date"].astype("str")
    place = commune.fillna("") + " " + district
    pairs = [_neighbours(models, models["quarter"] + key) for key in (place, decision)]
    each = np.unique(np.concatenate(pairs) @ [len(models), 1])
    alike = _alike(models, np.column_stack(np.divmod(each, max(len(models), 1))))
    yield from _hits(books, models, alike, across=True)


def _models(books: Books) -> pd.DataFrame:
    """The models of each quarter's workbooks, and those published that they do not replace (`at`
    -1); `folded`, `digits`: the name as it is compared."""
    new = books.frames["models"][_COLUMNS]
    new = new.assign(
        at=np.arange(len(new)),
        province=books.provinces("models"),
        quarter=books.quarters("models"),
    )
    reported = books.listed()
    known = books.known["models"][_COLUMNS]
    known = known[~known["province"].isin(reported["province"])].assign(at=-1)
    known = known.merge(reported[["quarter"]].drop_duplicates(), how="cross")
    both = pd.concat([new, known]).dropna(subset=["name", "model_id"])
    both = both.drop_duplicates([*_REPORT, "model_id"], ignore_index=True)
    words = both["name"].map(_folded)
    digits = [" ".join(_DIGITS.findall(it)) for it in words]
    return both.assign(folded=words, digits=pd.Series(digits, dtype="str"))


@remembered(32768)  # the same places and forms of words in every quarter
def _folded(text: str) -> str:
    return " ".join(sorted(fold(text).split()))


def _neighbours(models: pd.DataFrame, key: "pd.Series[str]") -> Pairs:
    """Pairs of positions with the same key, near in the order of names; the lower one first."""
    held = np.flatnonzero(key.notna())
    numbers = pd.factorize(key.iloc[held])[0]
    order = np.lexsort((models["folded"].iloc[held].to_numpy(object), numbers))
    held, numbers = held[order], numbers[order]
    found = [np.zeros((0, 2), np.intp)]
    for step in range(1, min(_NEIGHBOURS, len(held) - 1) + 1):
        same = np.flatnonzero(numbers[step:] == numbers[:-step])
        if not len(same):
            break
        found.append(np.column_stack([held[same], held[same + step]]))
    return np.sort(np.concatenate(found), axis=1)


def _alike(models: pd.DataFrame, pairs: Pairs) -> Pairs:
    digits, names = models["digits"].to_numpy(object), models["folded"].to_numpy(object)
    left, right = pairs[:, 0], pairs[:, 1]
    pairs = pairs[digits[left] == digits[right]]
    left, right = pairs[:, 0], pairs[:, 1]
    likeness = cpdist(names[left], names[right], scorer=fuzz.ratio, score_cutoff=ALIKE)
    near: Pairs = pairs[np.asarray(likeness) >= ALIKE] if len(pairs) else pairs
    same: list[bool] = [_same_words(names[one], names[other]) for one, other in near]
    return near[np.flatnonzero(same)]


def _same_words(one: str, other: str) -> bool:
    """Whether each word that only one has is a spelling of one that only the other has."""
    ours, theirs = Counter(one.split()), Counter(other.split())
    left, right = list((ours - theirs).elements()), list((theirs - ours).elements())
    if not left or not right:
        return True
    return bool((cdist(left, right, scorer=fuzz.ratio).max(axis=1) >= SPELLING).all())


def _hits(books: Books, models: pd.DataFrame, pairs: Pairs, across: bool) -> Iterator[Hit]:
    """Each new model of a pair once, told of the other one."""
    ids, at = models["model_id"].to_numpy(object), models["at"].to_numpy()
    names, provinces = models["name"].to_numpy(object), models["province"].to_numpy(object)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[(provinces[both[:, 0]] != provinces[both[:, 1]]) == across]
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    told = set()
    for one, other in both:
        if at[one] < 0 or one in told:
            continue
        told.add(one)
        whose = f" của {_province(provinces[other])}" if across else ""
        row = books.rows["models"][at[other]] if at[other] >= 0 and not across else 0
        where = f" (dòng {row})" if row else ""
        wrong = f"Tên và địa bàn gần giống mô hình {ids[other]}{whose}{where}: {names[other]}"
        yield Hit("models", int(at[one]), "name", wrong)


def _province(code: str) -> str:
    found = places.province(code)
    return found.name if found else code
