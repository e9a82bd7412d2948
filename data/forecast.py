"""What share of its plan an area will have disbursed when the budget year's books close.

A curve is thirteen shares of the plan, disbursed from January to the end of each month:
positions 1–12 are the year's months, 13 the January in which the books close (31/01). NaN is a
month not reported. Each method is plain arithmetic; `choose` takes the one with the smallest
error on earlier years (back-test), and the range is what most of those errors stay within.

The last method is known from insurance as Benktander's: development by a curve of shares, held
by last year's closing rate as long as little of the year is known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

Rates = npt.NDArray[np.float64]

CLOSING = 13
FADE = 0.5
"""Weight of a year in the curve of shares, against the year after it."""
COUNTRY_WEIGHT = 0.5
"""Weight of the country's curve in an area's own, where last year's own weighs 1."""
RANGE = 0.8
"""Part of the back-test's cases whose error the forecast's range covers, up or down."""
MIN_YEARS = 2
"""Closed years needed before a forecast: one to learn from, one to be tested on."""


@dataclass(frozen=True)
class Past:
    """Closed years of some areas, oldest first: `years` area × year × 13, `country` year × 13."""

    years: Rates
    country: Rates

    @classmethod
    def of(cls, curves: pd.DataFrame, country: pd.DataFrame, before: int) -> Self:
        """From (area, year) × 13 and year × 13 frames: the years earlier than `before`."""
        areas = curves.index.get_level_values(0).unique()
        years = country.index[country.index < before]
        block = curves.reindex(pd.MultiIndex.from_product([areas, years])).to_numpy("float64")
        shape = (len(areas), len(years), CLOSING)
        return cls(block.reshape(shape), country.loc[years].to_numpy("float64"))

    @property
    def last(self) -> Rates:
        """Area × 13: last year, the country's where an area did not report its closing."""
        known = ~np.isnan(self.years[:, -1, -1:])
        return np.where(known, self.years[:, -1], self.country[-1])

    @property
    def shares(self) -> Rates:
        """Area × 13: the part of the closing sum that each month had reached, on average."""
        fade = FADE ** np.arange(len(self.country))[::-1]
        own, country = _of_closing(self.years), _of_closing(self.country)
        weight = np.where(np.isnan(own), 0.0, fade[None, :, None])
        common = np.average(country, axis=0, weights=fade)
        top = (weight * np.nan_to_num(own)).sum(axis=1) + COUNTRY_WEIGHT * common
        return np.asarray(top / (weight.sum(axis=1) + COUNTRY_WEIGHT))

    def until(self, count: int) -> Self:
        """Only the first `count` years."""
        return type(self)(self.years[:, :count], self.country[:count])


def _of_closing(curves: Rates) -> Rates:
    closing = np.where(curves[..., -1:] > 0, curves[..., -1:], np.nan)
    return np.asarray(curves / closing)


@dataclass(frozen=True)
class Method:
    """A way to the closing rate from what is reached (`now`, by area) after `at` months."""

    key: str
    label: str
    explained: str
    closing: Callable[[Rates, int, Past], Rates]


def _last_share(now: Rates, at: int, past: Past) -> Rates:
    return _developed(now, _of_closing(past.last)[:, at - 1])


def _straight(now: Rates, at: int, past: Past) -> Rates:
    return now * CLOSING / at


def _curve(now: Rates, at: int, past: Past) -> Rates:
    return _developed(now, past.shares[:, at - 1])


def _held(now: Rates, at: int, past: Past) -> Rates:
    share = past.shares[:, at - 1]
    doubt = (1 - share) ** 2
    # In a month that no earlier year had reached anything by, all is doubt.
    developed = np.nan_to_num(_developed(now, share))
    return np.where(np.isnan(now), np.nan, (1 - doubt) * developed + doubt * past.last[:, -1])


def _developed(now: Rates, share: Rates) -> Rates:
    return now / np.where(share > 0, share, np.nan)


METHODS = {
    method.key: method
    for method in (
        Method(
            "nam_truoc",
            "cùng tỷ phần như năm trước",
            "lấy số đã giải ngân chia cho phần mà cùng tháng năm trước đã đạt so với cả năm",
            _last_share,
        ),
        Method(
            "duong_thang",
            "đường thẳng",
            "kéo dài mức giải ngân bình quân tháng từ đầu năm",
            _straight,
        ),
        Method(
            "duong_ty_phan",
            "đường tỷ phần",
            "lấy số đã giải ngân chia cho phần mà tháng này thường chiếm trong cả năm, bình quân "
            "các năm trước của địa bàn và cả nước",
            _curve,
        ),
        Method(
            "ty_phan_co_neo",
            "đường tỷ phần có neo",
            "lấy số đã giải ngân chia cho phần mà tháng này thường chiếm trong cả năm (bình quân "
            "các năm trước của địa bàn và cả nước), đầu năm nghiêng về tỷ lệ cả năm của năm trước",
            _held,
        ),
    )
}


def closing(method: str, now: Rates, at: int, past: Past) -> Rates:
    """Each area's closing rate after `at` months: at least what is reached, at most the plan."""
    found = METHODS[method].closing(now, at, past)
    return np.asarray(np.clip(found, now, np.maximum(1.0, now)))


def backtest(method: str, past: Past) -> Rates:
    """Area × tested year × 12 cut months: true closing rate less the forecast; NaN if unknown.

    Each year is forecast from the years before it alone.
    """
    count = len(past.country)
    errors = [_errors(method, past, year) for year in range(1, count)]
    return np.stack(errors, axis=1) if errors else np.empty((len(past.years), 0, CLOSING - 1))


def _errors(method: str, past: Past, year: int) -> Rates:
    before, truth = past.until(year), past.years[:, year]
    cuts = range(1, CLOSING)
    found = [closing(method, truth[:, at - 1], at, before) for at in cuts]
    return np.asarray(truth[:, -1:] - np.stack(found, axis=1))


def mean_errors(past: Past) -> dict[str, float]:
    """Method → mean absolute error of the closing rate, over the cases all methods can answer."""
    errors = {key: np.abs(backtest(key, past)) for key in METHODS}
    common = ~np.isnan(np.stack(list(errors.values()))).any(axis=0)
    return {key: float(found[common].mean()) for key, found in errors.items() if common.any()}


def choose(errors: dict[str, float]) -> str:
    """The method with the smallest error."""
    return min(errors, key=lambda key: errors[key])


@dataclass(frozen=True)
class Outlook:
    """A forecast: months after the last known one, as shares of the plan, with their range.

    The frame `path` is position × (`rate`, `low`, `high`), the last known month first.
    """

    at: int
    path: pd.DataFrame

    def closing(self) -> tuple[float, float, float]:
        """Rate, low, high when the books close."""
        rate, low, high = self.path.to_numpy()[-1]
        return float(rate), float(low), float(high)


def outlooks(method: str, curves: pd.DataFrame, past: Past) -> dict[str, Outlook]:
    """Area → outlook, from this year's curves (area × 13) cut at the last known month.

    Areas without a known month, or with their closing known already, have none.
    """
    spread = _spread(backtest(method, past))
    shares, block = past.shares, curves.to_numpy("float64")
    found = {}
    for row, area in enumerate(curves.index):
        known = np.flatnonzero(~np.isnan(block[row]))
        if not len(known) or known[-1] == CLOSING - 1:
            continue
        at = int(known[-1]) + 1
        now = block[:, at - 1]
        end = float(closing(method, now, at, past)[row])
        path = _path(float(now[row]), end, float(spread[at - 1]), shares[row], at)
        if not path.isna().any(axis=None):
            found[str(area)] = Outlook(at, path)
    return found


def _spread(errors: Rates) -> Rates:
    """By cut month, the size that `RANGE` of all errors stay within; NaN where none was made."""
    sizes = pd.DataFrame(np.abs(errors).reshape(-1, CLOSING - 1))
    return np.asarray(sizes.quantile(RANGE).to_numpy("float64"))


def _path(now: float, end: float, spread: float, share: Rates, at: int) -> pd.DataFrame:
    """From `now` to the closing rate and its range, along the curve of shares."""
    steps = (share[at - 1 :] - share[at - 1]) / (1 - share[at - 1])
    low, high = np.clip((end - spread, end + spread), now, max(1.0, now))
    ends = {"rate": end, "low": low, "high": high}
    columns = {name: now + (each - now) * steps for name, each in ends.items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(at, CLOSING + 1))
