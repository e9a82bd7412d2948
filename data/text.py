"""Vietnamese text as people type it: folding for search, collation for sorting."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as arrow
import pyarrow.compute as compute

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order
_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SEPARATORS = re.compile(r"[\W_]+")
_LAST_KEPT = 0x3000
_LONGEST_KEPT = 300
Made = TypeVar("Made")


class _Letters(dict[int, str]):
    """A table for `str.translate` that asks once what becomes of each letter.

    Letters that no text of ours holds are asked for each time: a file could hold them all.
    """

    def __init__(self, becomes: Callable[[str], str]) -> None:
        self._becomes = becomes

    def __missing__(self, code: int) -> str:
        found = self._becomes(chr(code))
        if code < _LAST_KEPT:
            self[code] = found
        return found


def remembered(most: int) -> Callable[[Callable[[str], Made]], Callable[[str], Made]]:
    """Keep what a function made of the last `most` texts; of long ones, which a stranger's file
    may be full of, nothing."""

    def keeping(make: Callable[[str], Made]) -> Callable[[str], Made]:
        kept = lru_cache(maxsize=most)(make)
        return wraps(make)(lambda text: kept(text) if len(text) <= _LONGEST_KEPT else make(text))

    return keeping


def _plain(char: str) -> str:
    letters = unicodedata.normalize("NFKD", char.casefold()).replace("đ", "d").replace("ð", "d")
    return _SEPARATORS.sub(" ", "".join(c for c in letters if not unicodedata.combining(c)))


_PLAIN = _Letters(_plain)


def fold(text: str) -> str:
    """Lower-case words without diacritics, one space apart: `TP.HCM` → `tp hcm`.

    NFC, NFD, non-breaking spaces, dashes and both spellings of tone marks fold alike.
    """
    return " ".join(text.translate(_PLAIN).split())


def sort_key(text: str) -> str:
    """A key that sorts by Vietnamese collation: a ă â b c d đ e ê …, tones only break ties."""
    lowered = unicodedata.normalize("NFC", text.casefold())
    words = _SEPARATORS.sub(" ", lowered).strip()
    return f"{words.translate(_RANKS)}\0{words.translate(_TONE_OF)}"


def _letter_and_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = max((_TONES.find(mark) + 1 for mark in marks), default=0)
    letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
    return letter, str(tone)


def _rank(letter: str) -> str:
    place = _ALPHABET.find(letter)
    # A letter the Vietnamese alphabet lacks goes after z, by code point.
    return chr(1 + place) if place >= 0 else chr(len(_ALPHABET) + 1 + ord(letter[0]))


_RANKS = _Letters(lambda char: _rank(_letter_and_tone(char)[0]))
_TONE_OF = _Letters(lambda char: _letter_and_tone(char)[1])


class Words:
    """An index of folded texts by their words: a search costs no more for more texts alike."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = compute.split_pattern(arrow.array(list(texts), arrow.large_string()), " ")
        listed = words.flatten().dictionary_encode()
        order = np.argsort(listed.indices, kind="stable")
        self._words: list[str] = listed.dictionary.to_pylist()
        self._texts = compute.list_parent_indices(words).to_numpy().astype("int32")[order]
        ends = np.bincount(listed.indices, minlength=len(self._words)).cumsum()
        self._at = np.concatenate([[0], ends])
        self._size = len(words)

    def find(self, query: str) -> npt.NDArray[np.bool_]:
        """Which texts hold every word of the query, diacritics or not, perhaps within a word."""
        found = np.ones(self._size, bool)
        for part in fold(query).split():
            here = np.zeros(self._size, bool)
            for place, word in enumerate(self._words):
                if part in word:
                    here[self._texts[self._at[place] : self._at[place + 1]]] = True
            found &= here
        return found
