"""What a viewer looks at: period, area, form, capital source, measure; and its URL.

`View` is the one state of every page. `from_query` never fails: an unknown value is dropped and
named, so that a screen can say so. `to_query` leaves out what is at its default, so that a saved
link without a period always opens the newest one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from data import codes, measures, places
from data.codes import ALL
from data.places import Area

Units = Literal["63", "34"]


@dataclass(frozen=True)
class View:
    """One view of the dashboard; `quarters` are those the snapshot holds, oldest first.

    `model` is the id of the one model that `/tien-do` shows, or empty.
    """

    quarters: tuple[str, ...]
    quarter: str
    area: Area
    units: Units = "63"
    form: str = ALL
    source: str = ALL
    measure: str = measures.DEFAULT
    presenting: bool = False
    model: str = ""

    @property
    def area_key(self) -> str:
        """`""` for the country, `vung:<slug>` or `tinh:<slug>`."""
        prefix = {"country": "", "region": "vung:"}.get(self.area.kind, "tinh:")
        return prefix + (self.area.slug if prefix else "")


def opening(quarters: Sequence[str]) -> View:
    """The view of a link without a query: the country, newest quarter, everything."""
    return View(tuple(quarters), quarters[-1], places.country())


def cleared(view: View) -> View:
    """The same page with no filter; measure and screen-share mode stay."""
    return replace(opening(view.quarters), measure=view.measure, presenting=view.presenting)


def find_area(key: str, units: Units) -> Area | None:
    """The area of an `area_key`; None when there is none of that name."""
    kind, _, slug = key.partition(":")
    if kind == "vung":
        return places.region(slug)
    if kind == "tinh":
        return places.unit34(slug) if units == "34" else places.province(slug)
    return places.country() if not key else None


def with_area(view: View, key: str) -> View:
    """The view moved to another area; unchanged when the key is unknown."""
    area = find_area(key, view.units)
    return replace(view, area=area) if area else view


def with_units(view: View, units: Units) -> View:
    """The view in 63 or 34 units; a chosen province becomes the unit it is in, and back."""
    area = view.area
    if units == "34" and area.kind == "province":
        area = places.unit34(places.codes34(area.code)) or area
    elif units == "63" and area.kind == "unit34":
        # By slug: a code of the 34 is not always that of the province of the same name.
        area = places.province(area.slug) or area
    return replace(view, units=units, area=area)


def from_query(query: Mapping[str, str], quarters: Sequence[str]) -> tuple[View, list[str]]:
    """The view of a URL, and the parameters that were dropped as `name=value`."""
    dropped: list[str] = []

    def take(name: str, allowed: Sequence[str], default: str) -> str:
        value = query.get(name, default)
        if value in allowed:
            return value
        dropped.append(f"{name}={value}")
        return default

    units: Units = "34" if take("don_vi", ("63", "34"), "63") == "34" else "63"
    view = View(
        quarters=tuple(quarters),
        quarter=take("ky", quarters, quarters[-1]),
        area=places.country(),
        units=units,
        form=take("hinh_thuc", (ALL, *codes.FORMS), ALL),
        source=take("nguon", (ALL, *codes.SOURCES), ALL),
        measure=take("chi_so", tuple(measures.MEASURES), measures.DEFAULT),
        presenting=take("trinh_chieu", ("0", "1"), "0") == "1",
        model=query.get("mo_hinh", "")[:64],
    )
    for name in ("tinh", "vung"):
        if name not in query:
            continue
        area = find_area(f"{name}:{query[name]}", units)
        if area is None or view.area.kind != "country":
            dropped.append(f"{name}={query[name]}")
        else:
            view = replace(view, area=area)
    return view, dropped


def to_query(view: View) -> dict[str, str]:
    """The shortest query that opens this view again."""
    base = opening(view.quarters)
    pairs = {
        "ky": (view.quarter, base.quarter),
        "don_vi": (view.units, base.units),
        "hinh_thuc": (view.form, base.form),
        "nguon": (view.source, base.source),
        "chi_so": (view.measure, base.measure),
        "trinh_chieu": ("1" if view.presenting else "0", "0"),
        "mo_hinh": (view.model, ""),
    }
    query = {name: value for name, (value, default) in pairs.items() if value != default}
    name, _, slug = view.area_key.partition(":")
    return {name: slug, **query} if slug else query
