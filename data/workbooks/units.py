"""Districts and communes until 30/06/2025, by province: for drop-downs and for reading names.

Source: the table `admin_units_legacy` of the package `vietnamadminunits` (codes of the General
Statistics Office). The frames are cached: do not modify them.
"""

import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import as_file, files

import pandas as pd
from rapidfuzz import fuzz, process

from data.text import fold, sort_key

_LOOKS_LIKE = 72.0  # likeness, 0 to 100, of a name that is offered in a question
_KINDS = ("thanh pho", "thi xa", "thi tran", "huyen", "quan", "phuong", "xa", "tp", "tx", "tt")
_SHORT = {"h": "huyen", "q": "quan", "x": "xa", "p": "phuong", "tp": "thanh pho", "tx": "thi xa"}


@cache
def _table() -> pd.DataFrame:
    query = """SELECT provinceCode AS province, districtCode AS district,
        district AS district_name, wardCode AS commune, ward AS commune_name
        FROM admin_units_legacy WHERE wardCode IS NOT NULL"""
    with as_file(files("vietnamadminunits") / "data" / "dataset.db") as path:
        connection = sqlite3.connect(path)
        try:
            return pd.read_sql(query, connection)
        finally:
            connection.close()


@cache
def communes(province: str) -> pd.DataFrame:
    """The province's communes: district, district_name, commune, commune_name.

    Sorted by the names' Vietnamese order, districts first; empty for an unknown province.
    """
    here = _table()[_table()["province"] == province].drop(columns="province")
    keys = ("district_name", "commune_name")
    order = here.assign(**{name: [sort_key(it) for it in here[name]] for name in keys})
    return here.loc[order.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


@cache
def districts(province: str) -> dict[str, str]:
    """The province's districts by code, in the names' Vietnamese order: name."""
    here = communes(province).drop_duplicates("district")
    return dict(zip(here["district"], here["district_name"], strict=True))


@cache
def communes_of(province: str, district: str) -> dict[str, str]:
    """A district's communes by code: name; empty for an unknown district."""
    here = communes(province)
    here = here[here["district"] == district]
    return dict(zip(here["commune"], here["commune_name"], strict=True))


def matches(text: str, named: dict[str, str]) -> list[str]:
    """The codes whose name `text` may mean; one code is an answer, more are a question.

    Names come with or without `Huyện`, `TX.`, `Xã` …, diacritics and capitals. A kind that is
    written must fit (`Thị xã Kỳ Anh` is not Huyện Kỳ Anh); diacritics decide where the plain
    letters fit two names (Hoằng Phú, Hoằng Phụ).
    """
    kind, rest = _split(text)
    plain = [
        code
        for code, name in named.items()
        if _split(name)[1] == rest and (not kind or kind == _split(name)[0])
    ]
    if len(plain) < 2:
        return plain
    toned = [code for code in plain if _tones(named[code]).endswith(_tones(_bare(text)))]
    return toned if len(toned) == 1 else plain


def names(codes: Iterable[str], named: dict[str, str]) -> str:
    """The names of some codes, for a question."""
    return ", ".join(named[code] for code in codes)


@lru_cache(maxsize=4096)  # asked with whatever a workbook holds
def _split(name: str) -> tuple[str, str]:
    """The kind of unit, folded (empty if not written), and the folded name without spaces."""
    words = fold(name)
    first, _, after = words.partition(" ")
    if first in _SHORT and after:
        words = f"{_SHORT[first]} {after}"
    for kind in _KINDS:
        if words.startswith(f"{kind} "):
            rest = words.removeprefix(f"{kind} ")
            full = {"tp": "thanh pho", "tx": "thi xa", "tt": "thi tran"}.get(kind, kind)
            return full, _without_zeros(rest)
    return "", _without_zeros(words)


def _without_zeros(words: str) -> str:
    """`01` and `1` are one: Quận 1, Phường 01."""
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words.split())


def _bare(text: str) -> str:
    """The words of a name without its kind, diacritics kept."""
    words = text.split()
    kind, _ = _split(text)
    return " ".join(words[len(kind.split()) if kind and len(words) > len(kind.split()) else 0 :])


def _tones(text: str) -> str:
    """Letters and marks of each word, so that `Hòa` and `Hoà` are one and `Hoa` is another."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join("".join(sorted(word)) for word in words)


def near(name: str, named: dict[str, str]) -> list[str]:
    """At most two names that look like a name which is none of them, for a question."""
    bare = {code: _split(one)[1] for code, one in named.items()}
    found = process.extract(
        _split(name)[1], bare, scorer=fuzz.ratio, score_cutoff=_LOOKS_LIKE, limit=2
    )
    return [named[code] for _, _, code in found]
