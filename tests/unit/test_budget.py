"""The money of the page Ngân sách is what plain SQL finds in the tables beside the cube."""

import random
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data import budget, codes, money, notes, places, readers, snapshots
from data.codes import ALL
from data.forecast import CLOSING, Outlook

# Provinces whose quarter is reported and whose months up to its end are all there.
KNOWN = """
known as (select province from submissions s where quarter = $reported and received_date notnull
    and $position = (select count(distinct month) from disbursements d
        where d.province = s.province and year = $year and month <= $month))
"""
LINES = f"""
with {KNOWN}, spent as (select province, source, kind, sum(disbursed) as money
    from disbursements where year = $year and month <= $month group by all)
select f.source, f.kind, sum(assigned), sum(carried_over), sum(allocated),
    sum(assigned + carried_over) filter (province in (from known)),
    sum(money) filter (province in (from known))
from funding f left join spent using (province, source, kind)
where year = $year and list_contains($members, province)
    and ($source = 'tat_ca' or f.source = $source)
group by f.source, f.kind having sum(assigned + carried_over) > 0
"""
RATE = f"""
with {KNOWN}
select sum(money) / sum(plan) from
    (select province, sum(assigned + carried_over) as plan from funding
        where year = $year and ($source = 'tat_ca' or source = $source) group by province)
    left join (select province, sum(disbursed) as money from disbursements
        where year = $year and month <= $month and ($source = 'tat_ca' or source = $source)
        group by province) using (province)
where province in (from known) and list_contains($members, province)
"""

SNAPSHOT = readers.current().snapshot.id
QUARTERS = readers.quarters(SNAPSHOT)
AREAS = (
    [places.country()]
    + [places.region(slug) for slug in places.regions().index]
    + [places.province(code) for code in places.provinces().index]
    + [places.unit34(code) for code in places.units34().index]
)
dice = random.Random(63)
FILTERS = [
    (dice.choice(AREAS), dice.choice(QUARTERS), dice.choice([ALL, *codes.SOURCES]))
    for _ in range(50)
]
NAMES = [f"{area.slug}-{quarter}-{source}" for area, quarter, source in FILTERS]


@pytest.fixture(scope="module")
def stored():
    """The committed snapshot's Parquet files as views of a bare DuckDB connection."""
    folder = Path(snapshots.__file__).parent / "extracts" / SNAPSHOT
    with duckdb.connect() as connection:
        for file in folder.glob("*.parquet"):
            connection.execute(f"create view {file.stem} as select * from '{file}'")
        yield connection


@pytest.fixture(scope="module")
def months():
    return budget.prepared(readers.cube(SNAPSHOT, "province_month"))


def asked(connection, query, area, year: int, position: int, source: str) -> list[tuple]:
    """Rows of plain SQL for an area at the end of a month of a budget year."""
    closing = position == CLOSING
    month = f"{year + 1}-01" if closing else f"{year}-{position:02d}"
    reported = f"{year + 1}Q1" if closing else f"{year}Q{(position + 2) // 3}"
    given = {"year": year, "month": month, "position": position, "reported": reported}
    return connection.execute(
        query, given | {"source": source, "members": list(area.members)}
    ).fetchall()


@pytest.mark.parametrize(("area", "quarter", "source"), FILTERS, ids=NAMES)
def test_each_line_of_the_plan_and_their_sum_are_what_plain_sql_finds(
    stored, months, area, quarter, source
):
    position = budget.last_position(quarter)
    rows = asked(stored, LINES, area, int(quarter[:4]), position, source)
    expected = {(each[0], each[1]): each[2:] for each in rows}
    found = money.lines(months, area.members, quarter, source)
    columns = found[money.SUMS[:5]].to_numpy("float64")
    assert {key for key in found.index if key[1] != ALL} == set(expected)
    for key, sums in zip(found.index[:-1], columns[:-1], strict=True):
        plain = [np.nan if each is None else float(each) for each in expected[key]]
        assert sums.tolist() == pytest.approx(plain, nan_ok=True)
    if len(found) > 1:
        assert columns[-1].tolist() == pytest.approx(np.nansum(columns[:-1], axis=0).tolist()) or (
            np.isnan(columns[-1]).any() and np.isnan(columns[:-1, 3]).all()
        )


@pytest.mark.parametrize(("area", "quarter", "source"), FILTERS, ids=NAMES)
def test_points_of_the_curve_are_what_plain_sql_finds(stored, months, area, quarter, source):
    by, key = budget.area_key(area)
    curve = budget.this_year(budget.curves(months, source, by), quarter).loc[key]
    for position in (1, *dice.sample(range(2, CLOSING), 3), CLOSING):
        rate = asked(stored, RATE, area, int(quarter[:4]), position, source)[0][0]
        late = position > budget.shown_until(quarter)
        plain = np.nan if late or rate is None else float(rate)
        assert float(curve[position]) == pytest.approx(plain, nan_ok=True), position


def test_a_month_not_reported_is_a_gap_and_never_zero(months):
    # Hải Dương did not report the first and the third quarter of 2024.
    curve = budget.curves(months, ALL, "63").loc[("30", 2024)]
    assert curve[[1, 2, 3, 7, 8, 9]].isna().all()
    assert (curve[[4, 5, 6, 10, 11, 12]] > 0).all()


def test_a_province_without_a_plan_has_no_line_and_no_rate(months):
    lines = money.lines(months, ("01",), "2024Q3", "trung_uong")
    assert list(lines.index) == [("trung_uong", ALL)]
    assert lines["assigned"].tolist() == [0]
    assert budget.curves(months, "trung_uong", "63").loc["01"].isna().all(axis=None)
    assert money.remaining(lines.iloc[0].to_dict(), "2024Q3") is None


@pytest.mark.parametrize(
    ("quarter", "by_year_end", "by_closing"),
    [("2024Q1", 10.0, 9.0), ("2024Q3", 30.0, 22.5), ("2024Q4", None, 90.0)],
)
def test_what_is_left_is_spread_over_the_months_that_remain(quarter, by_year_end, by_closing):
    left = money.remaining({"plan_known": 100.0, "disbursed": 10.0}, quarter)
    assert (left.money, left.by_year_end, left.by_closing) == (90.0, by_year_end, by_closing)


def test_nothing_is_left_where_all_is_spent_or_nothing_was_reported():
    assert money.remaining({"plan_known": 100.0, "disbursed": 104.0}, "2024Q2") is None
    assert money.remaining({"plan_known": np.nan, "disbursed": np.nan}, "2024Q2") is None


def test_the_closing_january_shows_with_the_last_quarter_only(months):
    curves = budget.curves(months, ALL, "6")
    assert budget.this_year(curves, "2024Q4").loc[budget.COUNTRY, CLOSING] > 0.7
    assert np.isnan(budget.this_year(curves, "2024Q3").loc[budget.COUNTRY, 10:]).all()


def outlook(high: float) -> Outlook:
    ends = pd.DataFrame({"rate": [0.5], "low": [0.4], "high": [high]}, index=[CLOSING])
    return Outlook(6, ends)


def test_carried_over_money_is_at_risk_when_even_the_high_forecast_is_below_this_years_plan():
    plans = pd.DataFrame(
        {"assigned": [80, 80, 100, 80], "carried_over": [20, 20, 0, 20]}, ["a", "b", "c", "d"]
    )
    ahead = {"a": outlook(0.79), "b": outlook(0.81), "c": outlook(0.5)}
    named = budget.at_risk(plans, ahead)
    assert list(named.index) == ["a"]
    assert named.loc["a", "expected"] == pytest.approx(79)


def test_each_note_names_its_document_and_says_how_it_was_read():
    assert {note.topic for note in notes.NOTES} == set(notes.TOPICS)
    for note in notes.NOTES:
        assert note.grade in notes.GRADES
        named = note.basis.split()[0] in ("Nghị", "Quyết", "Thông")
        assert named == bool(note.grade)  # without a document there is no grade, and the other way
