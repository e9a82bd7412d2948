"""Vietnamese text as people type it: folding for search, collation for sorting."""

import re
import unicodedata

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order
_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SEPARATORS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case words without diacritics, one space apart: `TP.HCM` → `tp hcm`.

    NFC, NFD, non-breaking spaces, dashes and both spellings of tone marks fold alike.
    """
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", plain).strip()


def sort_key(text: str) -> str:
    """A key that sorts by Vietnamese collation: a ă â b c d đ e ê …, tones only break ties."""
    lowered = unicodedata.normalize("NFC", text.casefold())
    split = [_letter_and_tone(c) for c in _SEPARATORS.sub(" ", lowered).strip()]
    ranks = "".join(_rank(letter) for letter, _ in split)
    return f"{ranks}\0{''.join(tone for _, tone in split)}"


def _letter_and_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = max((_TONES.find(mark) + 1 for mark in marks), default=0)
    letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
    return letter, str(tone)


def _rank(letter: str) -> str:
    place = _ALPHABET.find(letter)
    # A letter the Vietnamese alphabet lacks goes after z, by code point.
    return chr(1 + place) if place >= 0 else chr(len(_ALPHABET) + 1 + ord(letter[0]))
