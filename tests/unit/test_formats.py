"""Numbers, money, dates and quarters as Vietnam writes them; an absent figure is never zero."""

from datetime import date

import pytest

from data import formats


def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals():
    assert formats.number(1_234_567.8, 1) == "1.234.567,8"
    assert formats.number(1_482) == "1.482"
    assert formats.number(999) == "999"
    assert formats.number(-1_234.5, 1) == "-1.234,5"
    assert formats.number(0) == "0"


def test_decimals_are_always_written_unless_only_those_there_are_were_asked_for():
    assert formats.number(3, 2) == "3,00"
    assert [formats.exact(it) for it in (12.5, 75_000, 1.23456)] == ["12,5", "75.000", "1,235"]


def test_a_rate_is_a_percentage():
    assert formats.percent(0.642) == "64,2%"
    assert formats.percent(0.8, 0) == "80%"
    assert formats.percent(1.155) == "115,5%"
    assert formats.percent(12.3456) == "1.234,6%"
    assert formats.percent(0.0) == "0,0%"


def test_money_is_in_ty_for_provinces_and_trieu_for_models():
    assert formats.money_with_unit(12_400_000_000) == "12,4 tỷ đồng"
    assert formats.money_with_unit(350_000_000) == "350 triệu đồng"
    assert formats.money_with_unit(1_000_000_000) == "1,0 tỷ đồng"
    assert formats.money_with_unit(-2_500_000_000) == "-2,5 tỷ đồng"
    assert formats.money_with_unit(72_000_000_000_000) == "72.000,0 tỷ đồng"


def test_money_under_a_heading_has_no_unit_of_its_own():
    assert formats.money(12_400_000_000) == "12,4"
    assert formats.money(350_000_000, "triệu") == "350"
    assert formats.money(1_234_567, "đồng") == "1.234.567"
    assert formats.money(1_250_000, "triệu", 2) == "1,25"


def test_a_small_amount_is_not_shown_as_nothing():
    assert not formats.money_with_unit(400_000).startswith("0 ")


def test_an_amount_that_rounds_to_a_thousand_trieu_is_a_ty():
    assert formats.money_with_unit(999_999_999) == "1,0 tỷ đồng"


@pytest.mark.parametrize("absent", [None, float("nan")])
def test_an_absent_figure_is_not_reported_never_zero(absent):
    for shown in (
        formats.number(absent),
        formats.percent(absent),
        formats.money(absent),
        formats.money_with_unit(absent),
        formats.done_of_planned(absent, 9_000),
        formats.done_of_planned(10_393, absent),
    ):
        assert shown == "chưa báo cáo"
    assert formats.missing(absent)
    assert not formats.missing(0.0)


def test_done_of_planned_is_the_offices_own_wording_and_may_pass_100_percent():
    assert formats.done_of_planned(10_393, 9_000) == "10.393/9.000, đạt 115,5%"
    assert formats.done_of_planned(0, 9_000) == "0/9.000, đạt 0,0%"
    assert formats.done_of_planned(12, 0) == "12 (không có kế hoạch)"


def test_a_change_carries_its_sign_and_a_rate_changes_in_points():
    assert [formats.signed(it) for it in (12, -12, 0, 1_234)] == ["+12", "-12", "0", "+1.234"]
    assert formats.points(0.031) == "+3,1 điểm %"
    assert formats.points(-0.031) == "-3,1 điểm %"


def test_a_change_that_rounds_to_nothing_has_no_sign():
    assert formats.signed(-0.4) == formats.signed(0.4) == "0"
    assert formats.signed(-0.04, 1) == "0,0"


@pytest.mark.parametrize("change", [0.05, -0.05])
def test_a_change_at_the_half_is_nothing_or_has_a_digit(change):
    assert formats.signed(change, 1) in ("0,0", "+0,1", "-0,1")


def test_there_is_no_negative_zero():
    assert formats.number(-0.4) == "0"


def test_halves_are_rounded_up_as_in_school_and_in_excel():
    assert (formats.percent(0.6425), formats.number(2.5)) == ("64,3%", "3")


def test_days_quarters_and_months():
    assert formats.day(date(2024, 9, 30)) == "30/09/2024"
    assert formats.day(date(2024, 1, 2)) == "02/01/2024"
    assert [formats.quarter(f"2024Q{n}") for n in (1, 2, 3, 4)] == [
        "Quý I/2024",
        "Quý II/2024",
        "Quý III/2024",
        "Quý IV/2024",
    ]
    assert formats.month("2024-09") == "09/2024"
