"""The committed cubes hold what plain SQL finds in the tables beside them."""

import random
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import codes, cube_sql, cubes, schema, snapshots
from data.codes import ALL

WORK = cubes.MODEL_COUNTS + cubes.MODEL_MONEY
QUARTER = "province_quarter where quarter = $quarter and form = $form and source = $source"
MONTH = "province_month where year = $year and month = $month and source = $source and kind = $kind"

REPORTED = "(select province from submissions where quarter = $quarter and received_date notnull)"
WORK_SQL = """
with work as (
    select *, poor + near_poor + newly_escaped as in_all, p.stage as now, planned_start <= $end due,
        {budget} as money, {spent} as paid
    from progress p join models m using (model_id)
    where quarter = $quarter and p.stage <> 'huy' and approval_date <= $end
        and ($form = 'tat_ca' or form = $form) and ($source = 'tat_ca' or {budget} > 0)
)
select province, count(model_id),
    count(*) filter (now in ('trien_khai', 'nghiem_thu', 'quay_vong')),
    count(*) filter (due), count(*) filter (now = 'tam_dung'), sum(in_all),
    sum(households_planned) filter (due), sum(poor), sum(near_poor), sum(newly_escaped),
    sum(women_headed), sum(women), sum(ethnic_minority), sum(households_out),
    sum(money), sum(floor(money * planned + 0.5)), sum(floor(money * actual + 0.5)), sum(paid)
from {reported} left join work using (province) group by province order by province
"""
PLAN_SQL = """
select province, sum(assigned), sum(carried_over), sum(allocated)
from funding where year = $year and ($source = 'tat_ca' or source = $source)
    and ($kind = 'tat_ca' or kind = $kind)
group by province order by province
"""
SPENT_SQL = """
select province, any_value(plan), sum(disbursed)
from {reported}
join (select province, sum(assigned + carried_over) as plan from funding
    where year = $year and ($source = 'tat_ca' or source = $source) group by province)
    using (province)
left join (select province, disbursed from disbursements
    where year = $year and month <= $month and ($source = 'tat_ca' or source = $source))
    using (province)
group by province order by province
"""
MONTH_SQL = """
select province, sum(disbursed) filter (month = $month), sum(disbursed) from disbursements
where year = $year and month <= $month and ($source = 'tat_ca' or source = $source)
    and ($kind = 'tat_ca' or kind = $kind) and province in {reported}
group by province order by province
"""

dice = random.Random(63)
YEARS = (2022, 2023, 2024)
QUARTERS = [f"{year}Q{number}" for year in YEARS for number in (1, 2, 3, 4)] + ["2025Q1", "2025Q2"]
SLICES = [("2024Q3", ALL, ALL)] + [
    (dice.choice(QUARTERS), dice.choice([ALL, *codes.FORMS]), dice.choice([ALL, *codes.SOURCES]))
    for _ in range(12)
]
MONTHS = [(2024, "2025-01", ALL, ALL)] + [
    (year, f"{year}-{dice.randint(1, 12):02d}", dice.choice([ALL, *codes.SOURCES]), kind)
    for year in YEARS
    for kind in (ALL, *codes.KINDS)
]


@pytest.fixture(scope="module")
def stored():
    """The committed snapshot's Parquet files as views of a bare DuckDB connection."""
    place = Path(snapshots.__file__).parent / "extracts"
    folder = place / (place / "CURRENT").read_text().strip()
    with duckdb.connect() as connection:
        for file in folder.glob("*.parquet"):
            connection.execute(f"create view {file.stem} as select * from '{file}'")
        yield connection


def rows(connection, query: str, given: dict[str, object]) -> list[tuple]:
    """Province and whole numbers, a sum over nothing as 0."""
    known = {name: value for name, value in given.items() if f"${name}" in query}
    found = connection.execute(query, known).fetchall()
    return [(province, *(int(each or 0) for each in sums)) for province, *sums in found]


def cube_rows(connection, columns, where: str, given: dict[str, object]) -> list[tuple]:
    query = f"select province, {', '.join(columns)} from {where} order by province"
    known = {name: value for name, value in given.items() if f"${name}" in query}
    return connection.execute(query, known).fetchall()


@pytest.mark.parametrize(("quarter", "form", "source"), SLICES)
def test_a_quarter_holds_the_sums_that_plain_sql_finds(stored, quarter, form, source):
    year, last = int(quarter[:4]), int(quarter[5]) * 3
    given = {"quarter": quarter, "form": form, "source": source, "kind": ALL, "year": year}
    given |= {"month": f"{year}-{last:02d}", "end": date(year, last, 31 if last in (3, 12) else 30)}
    chosen = codes.SOURCES if source == ALL else [source]
    terms = {name: " + ".join(f"{name}_{key}" for key in chosen) for name in ("budget", "spent")}

    work = rows(stored, WORK_SQL.format(**terms, reported=REPORTED), given)
    assert cube_rows(stored, WORK, f"{QUARTER} and reports > 0", given) == work
    assert {each[1:] for each in cube_rows(stored, WORK, f"{QUARTER} and reports = 0", given)} <= {
        (None,) * len(WORK)
    }
    every_form = given | {"form": ALL}
    assert cube_rows(stored, cubes.PLAN, QUARTER, every_form) == rows(stored, PLAN_SQL, given)
    spent = rows(stored, SPENT_SQL.format(reported=REPORTED), given)
    assert cube_rows(stored, cubes.FUNDING, f"{QUARTER} and reports > 0", every_form) == spent
    assert sum(each[2] for each in spent) > 0
    assert len(work) > 40


@pytest.mark.parametrize(("year", "month", "source", "kind"), MONTHS)
def test_a_month_holds_the_sums_that_plain_sql_finds(stored, year, month, source, kind):
    quarter = f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"
    given = {"year": year, "month": month, "source": source, "kind": kind, "quarter": quarter}
    spent = rows(stored, MONTH_SQL.format(reported=REPORTED), given)
    known = cube_rows(
        stored, ("disbursed", "disbursed_ytd"), f"{MONTH} and disbursed_ytd > 0", given
    )
    assert [(p, now or 0, so_far) for p, now, so_far in known] == [it for it in spent if it[2]]
    assert cube_rows(stored, cubes.PLAN, MONTH, given) == rows(stored, PLAN_SQL, given)
    assert len(spent) > 30 or source == "khac"


@pytest.mark.parametrize("cube", cubes.KEYS)
def test_the_committed_cubes_are_those_that_this_code_builds(stored, cube):
    tables = {name: stored.table(name).to_arrow_table() for name in schema.TABLES}
    built, committed = cube_sql.build(tables)[cube], stored.table(cube).to_arrow_table()
    assert built.to_pandas().equals(committed.to_pandas())
