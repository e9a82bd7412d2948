"""Districts and communes until 30/06/2025, by province: for drop-downs and for reading names.

Source: the table `admin_units_legacy` of the package `vietnamadminunits` (codes of the General
Statistics Office). Everything is cached: do not modify it.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

from data.text import fold, remembered, sort_key

_LOOKS_LIKE = 72.0  # likeness, 0 to 100, of a name that is offered in a question
_KINDS = {
    **{kind: kind for kind in ("thanh pho", "thi xa", "thi tran", "huyen", "quan", "phuong", "xa")},
    **{"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran"},
    **{"t p": "thanh pho", "t x": "thi xa", "t t": "thi tran"},
    **{"h": "huyen", "q": "quan", "x": "xa", "p": "phuong"},
}
"""Folded words before a name → the kind of unit that they mean."""

_OF_DISTRICTS = frozenset({"thanh pho", "thi xa", "huyen", "quan"})


class Names:
    """Some units by code and by full name, and which of them a text may mean."""

    def __init__(self, names: dict[str, str], former_kinds: frozenset[str] = frozenset()) -> None:
        self.names = names
        self.former_kinds = former_kinds
        # Of the units of one place no two bear one full name.
        self.codes = {name: code for code, name in names.items()}

    @cached_property
    def _alike(self) -> dict[str, list[tuple[str, str]]]:
        """Kind and code of the units whose names are one without their kinds and marks."""
        alike: dict[str, list[tuple[str, str]]] = {}
        for code, name in self.names.items():
            kind, rest = _split(name)
            alike.setdefault(rest, []).append((kind, code))
        return alike

    def matches(self, text: str) -> list[str]:
        """The codes whose name `text` may mean; one code is an answer, more are a question.

        Names come with or without `Huyện`, `TX.`, `Xã` …, diacritics and capitals. A kind that is
        written must fit (`Thị xã Kỳ Anh` is not Huyện Kỳ Anh); diacritics decide where the plain
        letters fit two names (Hoằng Phú, Hoằng Phụ). One of `former_kinds` need not fit where one
        unit alone bears the name: Huyện Thủy Nguyên became a city while the programme ran.
        """
        kind, rest = _split(text)
        alike = self._alike.get(rest, ())
        plain = [code for its, code in alike if not kind or kind == its]
        if not plain and len(alike) == 1 and kind in self.former_kinds:
            return [alike[0][1]]
        if len(plain) < 2:
            return plain
        bare = _tones(_bare(text))
        toned = [code for code in plain if _tones(self.names[code]).endswith(bare)]
        return toned if len(toned) == 1 else plain

    def listed(self, codes: Iterable[str]) -> str:
        """The names of some codes, for a question."""
        return ", ".join(sorted((self.names[code] for code in codes), key=sort_key))

    def near(self, name: str) -> list[str]:
        """At most two names that look like a name which is none of them, for a question."""
        bare = {one: _split(one)[1] for one in sorted(self.names.values(), key=sort_key)}
        found = process.extract(
            _split(name)[1], bare, scorer=fuzz.ratio, score_cutoff=_LOOKS_LIKE, limit=2
        )
        return [one for _, _, one in found]


@cache
def _tree() -> dict[str, dict[str, tuple[str, dict[str, str]]]]:
    """Province → district → its name, and its communes' names by code."""
    query = """SELECT provinceCode, districtCode, district, json_group_object(wardCode, ward)
        FROM admin_units_legacy WHERE wardCode IS NOT NULL GROUP BY 1, 2, 3"""
    tree: dict[str, dict[str, tuple[str, dict[str, str]]]] = {}
    # Where the package lies, without loading it: its own search of addresses takes long to load.
    package = find_spec("vietnamadminunits")
    assert package is not None
    assert package.origin is not None
    with closing(sqlite3.connect(Path(package.origin).parent / "data" / "dataset.db")) as units:
        for province, district, name, communes in units.execute(query):
            tree.setdefault(province, {})[district] = name, json.loads(communes)
    return tree


@cache
def communes(province: str) -> pd.DataFrame:
    """The province's communes: district, district_name, commune, commune_name.

    Sorted by the names' Vietnamese order, districts first; empty for an unknown province.
    """
    rows = [
        (district, name, commune, commune_name)
        for district, (name, held) in _tree().get(province, {}).items()
        for commune, commune_name in held.items()
    ]
    rows.sort(key=lambda row: (sort_key(row[1]), sort_key(row[3])))
    columns = ["district", "district_name", "commune", "commune_name"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


@cache
def districts(province: str) -> dict[str, str]:
    """The province's districts by code, in the names' Vietnamese order: name."""
    here = {district: name for district, (name, _) in _tree().get(province, {}).items()}
    return dict(sorted(here.items(), key=lambda named: sort_key(named[1])))


@cache
def districts_of(province: str) -> Names:
    """The province's districts; none for an unknown province."""
    names = {code: name for code, (name, _) in _tree().get(province, {}).items()}
    return Names(names, _OF_DISTRICTS)


@cache
def communes_of(province: str, district: str) -> Names:
    """A district's communes; none for an unknown district."""
    return Names(_tree().get(province, {}).get(district, ("", {}))[1])


@remembered(4096)  # asked with whatever a workbook holds
def _split(name: str) -> tuple[str, str]:
    """The kind of unit, folded (empty if not written), and the folded name without spaces."""
    words = fold(name).split()
    for length in (1, 2):
        kind = _KINDS.get(" ".join(words[:length]))
        if kind and len(words) > length:
            return kind, _without_zeros(words[length:])
    return "", _without_zeros(words)


def _without_zeros(words: list[str]) -> str:
    """`01` and `1` are one: Quận 1, Phường 01."""
    joined = "".join(words)
    if joined.isalpha():
        return joined
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _bare(text: str) -> str:
    """The words of a name without its kind, diacritics kept."""
    words = text.split()
    kind, _ = _split(text)
    return " ".join(words[len(kind.split()) if kind and len(words) > len(kind.split()) else 0 :])


def _tones(text: str) -> str:
    """Letters and marks of each word, so that `Hòa` and `Hoà` are one and `Hoa` is another."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join("".join(sorted(word)) for word in words)
