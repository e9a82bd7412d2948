"""Words of a code list, as people write them: near-equal, shortened, with abbreviations."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz, process

from data.codes import CodeList
from data.text import fold, remembered
from data.workbooks.cells import Unreadable, shown

NEAR = 88.0
"""Likeness (0 to 100) from which two spellings are one word; below it they are two."""

CLEAR = 12.0
"""How much likelier the best must be than the second, or it is a question."""

_SHORTEST = 5  # letters; shorter words are too alike to correct
_SAME_WORD = 66.0  # likeness of a word and its slip: “nghèo” is no slip of “người”
NUMBER_BEFORE = re.compile(r"^\W*\d{1,2}\s*[.):/–-]\s*(?=[^\W\d])")
"""A number before words, `2.` or `(2)`: a list's own, or a column's."""
_MEANINGS = {
    "lhpn": "lien hiep phu nu",
    "hlhpn": "hoi lien hiep phu nu",
    "htx": "hop tac xa",
    "tht": "to hop tac",
    "dn": "doanh nghiep",
    "dbkk": "dac biet kho khan",
    "dtts": "dan toc thieu so",
    "ptsx": "phat trien san xuat",
    "ns": "ngan sach",
    "nstw": "ngan sach trung uong",
    "nsdp": "ngan sach dia phuong",
    "vdt": "von dau tu",
    "vsn": "von su nghiep",
    "tw": "trung uong",
    "dp": "dia phuong",
    "kh": "ke hoach",
    "th": "thuc hien",
    "gn": "giai ngan",
    "kp": "kinh phi",
    "pn": "phu nu",
    "pct": "pho chu tich",
    "ct": "chu tich",
    "qd": "quyet dinh",
    "sl": "so",
}
_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(_MEANINGS)})\b")


@remembered(4096)  # asked with whatever a workbook holds
def spelled_out(words: str) -> str:
    """Folded words with the offices' abbreviations written out; `y` and `i` are one letter."""
    return _ABBREVIATION.sub(lambda match: _MEANINGS[match[0]], fold(words)).replace("y", "i")


def nearest(key: str, known: Sequence[str]) -> list[int]:
    """Positions in `known` that `key` may mean; several are too near each other to choose.

    A slip is within words: a word more or less is another meaning (`Hộ nghèo`, `Hộ cận nghèo`),
    unless only the space between two words is missing.
    """
    if len(key) < _SHORTEST:
        return []
    joined, length = key.replace(" ", ""), key.count(" ")
    found = [
        (score, position)
        for text, score, position in process.extract(
            key, known, scorer=fuzz.ratio, score_cutoff=NEAR - CLEAR, limit=None
        )
        if text.count(" ") == length or text.replace(" ", "") == joined
    ]
    best = max(found, default=(0.0, 0))[0]
    if best < NEAR:
        return []
    close = [position for score, position in found if score > best - CLEAR]
    return close if any(_is_slip(key, known[position]) for position in close) else []


def _is_slip(key: str, text: str) -> bool:
    """Whether each word is its counterpart or like it: `Hộ nghèo …` is no `Số người …`."""
    if key.replace(" ", "") == text.replace(" ", ""):
        return True
    pairs = zip(key.split(), text.split(), strict=True)
    return all(one == other or fuzz.ratio(one, other) >= _SAME_WORD for one, other in pairs)


def code(cell: str, allowed: CodeList) -> str:
    """The key of a code list that a cell names; Unreadable if none or more than one.

    A number before the words (`2. Khó khăn`) is the list's own and says nothing.
    """
    exact = _exact(allowed.name, tuple(allowed.labels.items()))
    named = NUMBER_BEFORE.sub("", cell)
    key = fold(named)
    if key in exact:
        return exact[key]
    found = _meant(spelled_out(named), exact)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Unreadable("unknown_word", f"“{shown(cell)}” không có trong danh sách {allowed.name}")
    labels = " hay ".join(f"“{allowed.label(one)}”" for one in found)
    raise Unreadable("unknown_word", f"“{shown(cell)}” là {labels}?")


@cache
def _exact(_: str, labels: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Folded labels, their spelled-out forms and the keys themselves → key."""
    keys = {fold(key): key for key, _ in labels}
    for way in (spelled_out, fold):
        keys |= {way(label): key for key, label in labels}
    return keys


def _meant(key: str, exact: dict[str, str]) -> list[str]:
    """Keys whose label is near, or contains the words, or is contained in them."""
    if key in exact:
        return [exact[key]]
    names = list(exact)
    near = list(dict.fromkeys(exact[names[at]] for at in nearest(key, names)))
    if near or len(key) < _SHORTEST:
        return near
    inside = [exact[name] for name in names if f" {key} " in f" {name} "]
    return list(dict.fromkeys(inside))
