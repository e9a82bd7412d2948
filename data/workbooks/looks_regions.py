"""Models far from the others of their region: median and median deviation of logarithms.

Robust, so that the odd ones do not hide themselves; silent where a region has too few models.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, formats, places
from data.workbooks.books import Books, Bools, Ints
from data.workbooks.rule import Hit

FEWEST = 20
"""Models a region must have before any of them is called odd; ours."""
FAR = 6.0
"""Robust deviations from the region's median beyond which a model is odd; ours."""
_LEAST_SPREAD = 0.25
_MAD_TO_SIGMA = 1.4826
_COLUMNS = ["model_id", "province", "households_planned", "participants_planned"]
_COLUMNS += codes.by_source("budget")

Floats = npt.NDArray[np.float64]


class _Size(NamedTuple):
    column: str
    says: str
    money: bool


SIZES = {
    "total": _Size("budget_trung_uong", "Tổng kinh phí", True),
    "support": _Size("budget_trung_uong", "Vốn nhà nước bình quân một hộ", True),
    "households": _Size("households_planned", "Số hộ theo kế hoạch", False),
    "people": _Size("participants_planned", "Số người bình quân một hộ", False),
}


def outliers(books: Books) -> Iterator[Hit]:
    """Models whose size is far from the region's; those published count in the median."""
    known, new = books.known["models"][_COLUMNS], books.frames["models"][_COLUMNS]
    both = pd.concat([known, new.assign(province=books.provinces("models"))], ignore_index=True)
    counted = ~both.duplicated("model_id", keep="last").to_numpy()
    regions = pd.factorize(both["province"].map(places.provinces()["region"]))[0]
    for name, sizes in _sizes(both).items():
        logs = np.log(sizes.to_numpy())
        middles, spreads = _usual(logs, regions, counted)
        far = np.abs(logs - middles) > FAR * spreads
        for at in np.flatnonzero(far[len(known) :]):
            size, usual = sizes.iloc[len(known) + at], np.exp(middles[len(known) + at])
            yield Hit("models", int(at), SIZES[name].column, _wrong(name, size, usual))


def _sizes(models: pd.DataFrame) -> "dict[str, pd.Series[float]]":
    """The sizes of each model, missing where it has none above zero."""
    state = models["budget_trung_uong"] + models["budget_dia_phuong"]
    households = models["households_planned"].where(models["households_planned"] > 0)
    sizes = {
        "total": state + models["budget_khac"],
        "support": state / households,
        "households": households,
        "people": models["participants_planned"] / households,
    }
    return {name: size.where(size > 0) for name, size in sizes.items()}


def _usual(logs: Floats, regions: Ints, counted: Bools) -> tuple[Floats, Floats]:
    """For each model its region's median and robust deviation of the logarithms of those that are
    counted; missing where there are too few of them."""
    middles, spreads = np.full((2, len(logs)), np.nan)
    for region in range(regions.max(initial=-1) + 1):
        here = regions == region
        known = logs[here & counted & ~np.isnan(logs)]
        if len(known) >= FEWEST:
            middles[here] = np.median(known)
            deviation = np.median(np.abs(known - np.median(known))) * _MAD_TO_SIGMA
            # Where sizes are nearly all the same, a model a few times larger is no slip yet.
            spreads[here] = max(deviation, _LEAST_SPREAD)
    return middles, spreads


def _wrong(name: str, size: float, middle: float) -> str:
    about = SIZES[name]
    digits = 1 if name == "people" else 0
    found, usual = (
        formats.money_with_unit(it) if about.money else formats.number(it, digits)
        for it in (size, middle)
    )
    return f"{about.says} {found}, khác xa các mô hình trong vùng (trung vị {usual})"
