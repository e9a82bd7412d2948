"""The forecast beats the simple ways on earlier years, and says nothing where it knows nothing."""

import numpy as np
import pandas as pd
import pytest

from data import budget, forecast, readers
from data.codes import ALL
from data.forecast import CLOSING, METHODS, Past

SHARES = np.array([0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.0])
BASELINES = ("nam_truoc", "duong_thang")


@pytest.fixture(scope="module")
def committed():
    """Curves of the 63 and of the regions with the country, and the country's, as published."""
    cube = readers.cube(readers.current().snapshot.id, "province_month")
    months = budget.prepared(cube)
    provinces, groups = (budget.curves(months, ALL, by) for by in ("63", "6"))
    return provinces, groups, budget.country_curve(groups)


def curves(**closing: list[float]) -> pd.DataFrame:
    """(area, year from 2022) × 13: each year the same shape, closing at these rates."""
    rows = {
        (area, 2022 + at): rate * SHARES
        for area, rates in closing.items()
        for at, rate in enumerate(rates)
    }
    frame = pd.DataFrame(rows, index=range(1, CLOSING + 1)).T
    return frame.rename_axis(["unit", "year"])


def past_of(frame: pd.DataFrame, before: int = 2025) -> Past:
    return Past.of(frame, frame.groupby("year").mean(), before)


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_chosen_method_beats_last_years_share_and_the_straight_line(committed, year):
    provinces, groups, country = committed
    for name, found in (("63", provinces), ("6", groups)):
        errors = forecast.mean_errors(Past.of(found, country, year))
        print(year, name, {key: f"{error:.1%}" for key, error in errors.items()})
        chosen = errors[forecast.choose(errors)]
        assert all(chosen < errors[key] for key in BASELINES)
    assert forecast.choose(errors) == "ty_phan_co_neo"
    assert 0.05 < chosen < 0.15


def test_an_error_is_measured_without_the_year_that_is_forecast(committed):
    provinces, _, country = committed
    spoilt = [frame.copy() for frame in (provinces, country)]
    spoilt[0].loc[(slice(None), 2024), :] = 0.5
    spoilt[1].loc[2024] = 0.5
    for key in METHODS:
        true, other = (
            forecast.backtest(key, Past.of(*frames, 2025)) for frames in (committed[::2], spoilt)
        )
        assert np.array_equal(true[:, 0], other[:, 0], equal_nan=True)
        assert not np.array_equal(true[:, 1], other[:, 1], equal_nan=True)


def test_the_range_of_each_quarter_of_2024_held_the_countrys_true_closing(committed):
    _, groups, country = committed
    past, truth = Past.of(groups, country, 2024), country.loc[2024, CLOSING]
    for quarter in ("2024Q1", "2024Q2", "2024Q3"):
        year = budget.this_year(groups, quarter)
        outlook = forecast.outlooks("ty_phan_co_neo", year, past)[budget.COUNTRY]
        _, low, high = outlook.closing()
        assert outlook.at == budget.last_position(quarter)
        assert low < truth < high


@pytest.mark.parametrize("at", [2, 6, 12])
def test_a_year_like_the_others_is_forecast_exactly_by_all_but_the_straight_line(at):
    past = past_of(curves(a=[0.6, 0.6, 0.6], b=[0.9, 0.9, 0.9]))
    now = np.array([0.6, 0.9]) * SHARES[at - 1]
    for key in set(METHODS) - {"duong_thang"}:
        assert forecast.closing(key, now, at, past) == pytest.approx([0.6, 0.9])
    straight = forecast.closing("duong_thang", now, at, past)
    assert straight == pytest.approx(np.maximum(now, now * CLOSING / at))


def test_a_month_before_which_nothing_was_ever_spent_is_forecast_as_last_year_closed():
    past = past_of(curves(a=[0.4, 0.6, 0.8]))
    assert forecast.closing("ty_phan_co_neo", np.array([0.0]), 1, past) == pytest.approx([0.8])


def test_a_forecast_is_never_below_what_is_reached_nor_above_the_plan():
    past = past_of(curves(a=[0.4, 0.6, 0.8]))
    for key in METHODS:
        assert forecast.closing(key, np.array([0.7]), 6, past) <= 1.0
        assert forecast.closing(key, np.array([1.2]), 6, past) == pytest.approx([1.2])


def test_the_path_runs_from_the_last_known_month_to_the_closing_inside_its_range():
    frame = curves(a=[0.4, 0.6, 0.8], b=[0.5, 0.5, 0.9])
    year = pd.DataFrame([0.7 * SHARES, 0.8 * SHARES], ["a", "b"], range(1, CLOSING + 1))
    year.loc[:, 8:] = np.nan
    year.loc["b", 6:] = np.nan
    found = forecast.outlooks("ty_phan_co_neo", year, past_of(frame))
    assert [found[area].at for area in ("a", "b")] == [7, 5]
    path = found["a"].path
    assert list(path.index) == list(range(7, CLOSING + 1))
    assert path.loc[7].tolist() == pytest.approx([year.loc["a", 7]] * 3)
    assert (path["low"] <= path["rate"]).all()
    assert (path["rate"] <= path["high"]).all()
    assert path["rate"].is_monotonic_increasing


def test_nothing_is_forecast_for_an_area_without_a_report_or_with_its_books_closed():
    year = pd.DataFrame([[np.nan] * CLOSING, SHARES], ["a", "b"], range(1, CLOSING + 1))
    past = past_of(curves(a=[0.4, 0.6, 0.8], b=[0.5, 0.5, 0.9]))
    assert forecast.outlooks("ty_phan_co_neo", year, past) == {}


@pytest.mark.parametrize(("year", "tested"), [(2023, None), (2024, (2023,)), (2025, (2023, 2024))])
def test_there_is_no_judgement_before_a_year_could_be_tested(committed, year, tested):
    provinces, _, country = committed
    judge = budget.judged(provinces, country, year)
    assert (judge.years if judge else None) == tested
