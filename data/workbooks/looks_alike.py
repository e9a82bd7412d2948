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
    left, right = (models["commune"].iloc[pairs[:, side]] for side in (0, 1))
    known = left.notna().to_numpy() & right.notna().to_numpy()
    one_place = ~known | (left.to_numpy() == right.to_numpy())
    yield from _hits(books, models, pairs[one_place], across=False)


def across(books: Books) -> Iterator[Hit]:
    """Models of two provinces with near-equal name and the same place or decision."""
    models = books.once(_models)
    commune, district, decision = (
        _each_folded(models[column]) for column in ("commune_name", "district_name", "approval_no")
    )
    decision = decision + models["approval_date"].astype("str")
    place = commune.fillna("") + " " + district
    near = [_neighbours(models, models["quarter"] + key) for key in (place, decision)]
    provinces = pd.factorize(models["province"])[0]
    pairs = np.concatenate([it[provinces[it[:, 0]] != provinces[it[:, 1]]] for it in near])
    each = np.unique(pairs @ [len(models), 1])
    once = np.column_stack(np.divmod(each, max(len(models), 1)))
    yield from _hits(books, models, _alike(models, once), across=True)


def _models(books: Books) -> pd.DataFrame:
    """The models of each quarter's workbooks, and those published that they do not replace (`at`
    -1), in which `folded` is the name as it is compared, `rank` its place among those."""
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
    words = _each_folded(both["name"])
    return both.assign(folded=words, rank=pd.factorize(words, sort=True)[0])


def _each_folded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The texts as they are compared; what is missing stays so."""
    numbers, unique = pd.factorize(texts)
    folded = pd.array([*(_folded(text) for text in unique.tolist()), None], "str")  # -1: missing
    return pd.Series(folded[numbers], texts.index)


@remembered(32768)  # the same places and forms of words in every quarter
def _folded(text: str) -> str:
    return " ".join(sorted(fold(text).split()))


def _neighbours(models: pd.DataFrame, key: "pd.Series[str]") -> Pairs:
    """Pairs of positions with the same key, near in the order of names; the lower one first."""
    held = np.flatnonzero(key.notna())
    numbers = pd.factorize(key.iloc[held])[0]
    order = np.lexsort((models["rank"].to_numpy()[held], numbers))
    held, numbers = held[order], numbers[order]
    found = [np.zeros((0, 2), np.intp)]
    for step in range(1, min(_NEIGHBOURS, len(held) - 1) + 1):
        same = np.flatnonzero(numbers[step:] == numbers[:-step])
        if not len(same):
            break
        found.append(np.column_stack([held[same], held[same + step]]))
    return np.sort(np.concatenate(found), axis=1)


def _alike(models: pd.DataFrame, pairs: Pairs) -> Pairs:
    if not len(pairs):
        return pairs
    names = models["folded"].to_numpy(object)
    likeness = cpdist(*names[pairs.T], scorer=fuzz.ratio, score_cutoff=ALIKE)
    near: Pairs = pairs[np.asarray(likeness) >= ALIKE]
    same = [_same_words(names[one], names[other]) for one, other in near]
    return near[np.flatnonzero(same)]


def _same_words(one: str, other: str) -> bool:
    """Whether the numbers are the same, and each word that only one has is a spelling of one that
    only the other has."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    ours, theirs = Counter(one.split()), Counter(other.split())
    left, right = list((ours - theirs).elements()), list((theirs - ours).elements())
    if not left or not right:
        return True
    return bool((cdist(left, right, scorer=fuzz.ratio).max(axis=1) >= SPELLING).all())


def _hits(books: Books, models: pd.DataFrame, pairs: Pairs, across: bool) -> Iterator[Hit]:
    """Each new model of a pair once, told of the other one."""
    if not len(pairs):
        return
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
