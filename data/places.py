"""The provinces of Việt Nam: 63 until 30/06/2025, the 34 units they became part of, 6 regions.

Source: `reference/provinces.csv`: codes and names of the General Statistics Office (GSO);
units of 01/07/2025 by Nghị quyết 202/2025/QH15. The frames are cached: do not modify them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.text import fold

Kind = Literal["country", "region", "province", "unit34"]

_FILE = Path(__file__).parent / "reference" / "provinces.csv"

# From north to south, as the National Assembly's resolutions list them.
_REGIONS = (
    "Trung du và miền núi phía Bắc",
    "Đồng bằng sông Hồng",
    "Bắc Trung Bộ và Duyên hải miền Trung",
    "Tây Nguyên",
    "Đông Nam Bộ",
    "Đồng bằng sông Cửu Long",
)
_CITIES34 = {"01", "31", "46", "48", "79", "92"}

# What people write besides the name; folded. Initials that belong to one province alone
# are added to these; `hn` also fits Hà Nam but nobody means it.
_SHORT_FORMS = {
    "01": ("hn", "ha noi city"),
    "06": ("bac can",),
    "46": ("thua thien hue", "tt hue", "thua thien", "tth"),
    "62": ("con tum", "cong tum"),
    "66": ("dac lac", "dac lak", "dak lac", "darlac"),
    "67": ("dac nong",),
    "77": ("br vt", "vung tau", "ba ria", "ba ria vt", "br vung tau", "vt"),
    "79": ("hcm", "tphcm", "tp hcm", "hcmc", "ho chi minh city", "sai gon", "sg"),
}
_REGION_SHORT_FORMS = {
    "Trung du và miền núi phía Bắc": ("mien nui phia bac", "tdmnpb"),
    "Đồng bằng sông Hồng": ("dbsh",),
    "Bắc Trung Bộ và Duyên hải miền Trung": ("mien trung", "btb"),
    "Tây Nguyên": (),
    "Đông Nam Bộ": ("dnb",),
    "Đồng bằng sông Cửu Long": ("dbscl", "mien tay", "tay nam bo"),
}
_LONG = 8  # letters; shorter names of different places are too alike to correct
_PREFIX = re.compile(r"^(?:tinh|thanh ?pho|tp|t p(?= )|t(?= )) ?")


@dataclass(frozen=True)
class Area:
    """A part of the country; `members` are the codes (of the 63) it consists of."""

    kind: Kind
    code: str
    name: str
    slug: str
    members: tuple[str, ...]

    @property
    def is_unit(self) -> bool:
        """Whether it is one unit, of the 63 or of the 34, and no region or country."""
        return self.kind in ("province", "unit34")


@cache
def _table() -> pd.DataFrame:
    table = pd.read_csv(_FILE, dtype=str).rename(columns={"gso_code": "code"})
    table["region"] = table["region"].map(_slug)
    return table.rename(columns={"unit34_code": "unit34"}).set_index("code")


@cache
def provinces() -> pd.DataFrame:
    """The 63 by `code`, in GSO order: name, full_name, slug, region (slug), unit34 (code)."""
    return _table()[["name", "full_name", "slug", "region", "unit34"]]


@cache
def regions() -> pd.DataFrame:
    """The 6 by slug (index `region`), from north to south: name."""
    slugs = pd.Index([_slug(name) for name in _REGIONS], name="region")
    return pd.DataFrame({"name": _REGIONS}, index=slugs)


@cache
def units34() -> pd.DataFrame:
    """The 34 of 01/07/2025 by `code`, in GSO order: name, full_name, slug, region (slug).

    Name, slug and region are those of the province a unit is named after. Its code may be
    another one's: 15 is Yên Bái among the 63 and Lào Cai among the 34.
    """
    namesakes = _table()[_table()["name"] == _table()["unit34_name"]]
    table = namesakes.set_index("unit34").rename_axis("code").sort_index()
    kinds = ["Thành phố" if code in _CITIES34 else "Tỉnh" for code in table.index]
    return table.assign(
        full_name=[f"{kind} {name}" for kind, name in zip(kinds, table["name"], strict=True)]
    )[["name", "full_name", "slug", "region"]]


@cache
def country() -> Area:
    """The whole country."""
    return Area("country", "VN", "Cả nước", "ca-nuoc", tuple(provinces().index))


@lru_cache(maxsize=256)  # asked with whatever an address holds
def region(slug: str) -> Area | None:
    """The region with this slug; None if there is none."""
    if slug not in regions().index:
        return None
    name = _text(regions(), slug, "name")
    return Area("region", slug, name, slug, _members("region", slug))


@lru_cache(maxsize=256)  # asked with whatever an address holds
def province(slug_or_code: str) -> Area | None:
    """The province with this slug or GSO code; None if there is none."""
    code = _code(provinces(), slug_or_code)
    if code is None:
        return None
    name, slug = (_text(provinces(), code, column) for column in ("name", "slug"))
    return Area("province", code, name, slug, (code,))


@lru_cache(maxsize=256)  # asked with whatever an address holds
def unit34(slug_or_code: str) -> Area | None:
    """The unit of 01/07/2025 with this slug or code; None if there is none."""
    code = _code(units34(), slug_or_code)
    if code is None:
        return None
    name, slug = (_text(units34(), code, column) for column in ("name", "slug"))
    return Area("unit34", code, name, slug, _members("unit34", code))


def codes34(code63: str) -> str:
    """The code of the unit that province `code63` became part of; KeyError if unknown."""
    return _text(provinces(), code63, "unit34")


def aliases(area: Area) -> tuple[str, ...]:
    """Folded search keys of an area for a typing box, its own name first.

    A unit of the 34 is also found by the names of the provinces in it.
    """
    if area.kind == "country":
        return ("ca nuoc", "toan quoc", "viet nam")
    if area.kind == "region":
        return (fold(area.name), *_REGION_SHORT_FORMS[area.name])
    namesake_first = sorted(area.members, key=lambda code: _name(code) != area.name)
    return tuple(alias for code in namesake_first for alias in _province_aliases(code))


def find(text: str) -> str | None:
    """The code of the province that `text` names, as people write it; None if unknown.

    Names come with or without diacritics, spaces, hyphens and `Tỉnh`, `TP.` …; short forms
    too. In a long name one letter missing, doubled or swapped is forgiven when no other
    province is near; a different letter is not (Minh Long is no Vĩnh Long). Numbers are never
    read: `83` is Bến Tre to the GSO and Sóc Trăng on a number plate.
    """
    words = fold(text)
    key = _squeeze(_PREFIX.sub("", words))
    return _keys().get(_squeeze(words)) or _keys().get(key) or _nearest(key)


@cache
def _keys() -> dict[str, str]:
    return {
        _squeeze(alias): code for code in provinces().index for alias in _province_aliases(code)
    }


@cache
def _province_aliases(code: str) -> tuple[str, ...]:
    name = fold(_name(code))
    known = (name, _squeeze(name), *_SHORT_FORMS.get(code, ()), *_own_initials(code))
    squeezed = (_squeeze(alias) for alias in known)
    return tuple(dict.fromkeys((*known, *squeezed)))


def _own_initials(code: str) -> tuple[str, ...]:
    """The initials of the name (`bp`), where no other province could be meant by them."""
    initials = _initials(code)
    shared = [_initials(other) for other in provinces().index].count(initials) > 1
    claimed = any(initials in forms for forms in _SHORT_FORMS.values())
    return () if shared or claimed or len(initials) < 2 else (initials,)


@cache
def _initials(code: str) -> str:
    return "".join(word[0] for word in fold(_name(code)).split())


def _nearest(key: str) -> str | None:
    if len(key) < _LONG or not key.isalpha():
        return None
    near = process.extract(key, list(_keys()), scorer=OSA.distance, score_cutoff=2, limit=None)
    codes = {_keys()[found] for found, _, _ in near}
    slips = [found for found, distance, _ in near if distance == 1 and _is_slip(key, found)]
    return codes.pop() if slips and len(codes) == 1 else None


def _is_slip(key: str, name: str) -> bool:
    return len(key) != len(name) or sorted(key) == sorted(name)


def _name(code: str) -> str:
    return _text(provinces(), code, "name")


def _text(table: pd.DataFrame, row: str, column: str) -> str:
    return str(table.at[row, column])


def _code(table: pd.DataFrame, slug_or_code: str) -> str | None:
    if slug_or_code in table.index:
        return slug_or_code
    matches = table.index[table["slug"] == slug_or_code]
    return str(matches[0]) if len(matches) else None


def _members(column: str, value: str) -> tuple[str, ...]:
    return tuple(provinces().index[provinces()[column] == value])


def _squeeze(words: str) -> str:
    return words.replace(" ", "")


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")
