"""Models far from the others of their region: median and median deviation of logarithms.

Robust, so that the odd ones do not hide themselves; silent where a region has too few models.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from data import formats, places
from data.workbooks.books import Books
from data.workbooks.rule import Hit

FEWEST = 20
"""Models a region must have before any of them is called odd; ours."""
FAR = 6.0
"""Robust deviations from the region's median beyond which a model is odd; ours."""
_LEAST_SPREAD = 0.25
_MAD_TO_SIGMA = 1.4826


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
    new = books.frames["models"].assign(province=books.provinces("models"))
    both = pd.concat([books.known["models"], new], ignore_index=True)
    last = both.drop_duplicates("model_id", keep="last").index
    regions = places.provinces()["region"]
    region, region_of_new = both["province"].map(regions)[last], new["province"].map(regions)
    sizes, sizes_of_new = _sizes(both), _sizes(new)
    for name in SIZES:
        middle, spread = _usual(sizes[name][last], region)
        middles, spreads = (it.reindex(region_of_new).to_numpy() for it in (middle, spread))
        far = np.abs(np.log(sizes_of_new[name].to_numpy()) - middles) > FAR * spreads
        for at in np.flatnonzero(far):
            size, usual = sizes_of_new[name].iloc[at], np.exp(middles[at])
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


def _usual(
    sizes: "pd.Series[float]", region: "pd.Series[str]"
) -> "tuple[pd.Series[float], pd.Series[float]]":
    """By region: median and robust deviation of the logarithms, where there are models enough."""
    known = sizes.dropna()
    logs = pd.Series(np.log(known.to_numpy()), known.index)
    grouped = logs.groupby(region)
    middle = grouped.median()[grouped.size() >= FEWEST]
    deviation = (logs - grouped.transform("median")).abs().groupby(region).median() * _MAD_TO_SIGMA
    # Where sizes are nearly all the same, a model a few times larger is no slip yet.
    return middle, deviation.clip(lower=_LEAST_SPREAD)


def _wrong(name: str, size: float, middle: float) -> str:
    about = SIZES[name]
    digits = 1 if name == "people" else 0
    found, usual = (
        formats.money_with_unit(it) if about.money else formats.number(it, digits)
        for it in (size, middle)
    )
    return f"{about.says} {found}, khác xa các mô hình trong vùng (trung vị {usual})"
