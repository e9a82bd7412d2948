"""Quarters: their order, months and ends, and when their reports are due."""

from datetime import date

import pytest

from data import periods


@pytest.mark.parametrize(
    ("quarter", "by", "there"),
    [
        ("2024Q3", 1, "2024Q4"),
        ("2024Q4", 1, "2025Q1"),
        ("2024Q1", -1, "2023Q4"),
        ("2024Q3", 0, "2024Q3"),
        ("2022Q1", 13, "2025Q2"),
        ("2025Q2", -13, "2022Q1"),
    ],
)
def test_quarters_follow_each_other_over_the_year(quarter, by, there):
    assert periods.shift(quarter, by) == there


def test_a_quarter_has_three_months_and_an_end():
    assert periods.months("2024Q1") == ("2024-01", "2024-02", "2024-03")
    assert periods.last_month("2024Q4") == "2024-12"
    assert [periods.end(f"2024Q{n}") for n in (1, 2, 3, 4)] == [
        date(2024, 3, 31),
        date(2024, 6, 30),
        date(2024, 9, 30),
        date(2024, 12, 31),
    ]
    assert periods.year_of("2024Q3") == 2024


def test_a_report_is_due_on_the_10th_of_the_next_month():
    assert periods.due("2024Q3") == date(2024, 10, 10)
    assert periods.due("2024Q4") == date(2025, 1, 10)


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (date(2024, 9, 30), "2024Q2"),
        (date(2024, 10, 10), "2024Q2"),
        (date(2024, 10, 11), "2024Q3"),
        (date(2025, 1, 1), "2024Q3"),
        (date(2025, 1, 11), "2024Q4"),
    ],
)
def test_a_report_is_overdue_from_the_day_after(today, quarter):
    assert periods.newest_due(today) == quarter
