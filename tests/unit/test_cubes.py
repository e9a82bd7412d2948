"""What the cubes count, on tables small enough to add up by head (test_totals has the real ones).

Two provinces: 83 reported 2024Q3, 02 did not. Money in đồng.
"""

from datetime import date

import pyarrow as arrow
import pytest

from data import build_cube_sql, conversion, cube_sql, cubes
from data.codes import ALL

PEOPLE = ("newly_escaped", "women_headed", "women", "ethnic_minority", "households_out")


def model(id: str, province: str = "83", form: str = "cong_dong", **changed: object) -> dict:
    """A model approved and due in 2024Q1: 10 households, 60 + 30 + 10 đồng by source."""
    return {
        "model_id": id,
        "province": province,
        "form": form,
        "stage": "trien_khai",
        "approval_date": date(2024, 1, 15),
        "planned_start": date(2024, 3, 1),
        "households_planned": 10,
        "budget_trung_uong": 60,
        "budget_dia_phuong": 30,
        "budget_khac": 10,
    } | changed


def report(id: str, quarter: str = "2024Q3", **changed: object) -> dict:
    """A row of a report: 6 poor and 2 near-poor households, half the work done of 80% planned."""
    return (
        {"model_id": id, "quarter": quarter, "stage": "trien_khai", "planned": 0.8, "actual": 0.5}
        | {"poor": 6, "near_poor": 2, **dict.fromkeys(PEOPLE, 0)}
        | {"spent_trung_uong": 40, "spent_dia_phuong": 0, "spent_khac": 0}
        | changed
    )


def money(province: str = "83", source: str = "trung_uong", kind: str = "su_nghiep") -> dict:
    line = {"province": province, "year": 2024, "source": source, "kind": kind}
    return line | {"assigned": 1000, "carried_over": 200, "allocated": 900}


def spent(month: str, disbursed: int, source: str = "trung_uong") -> dict:
    line = {"province": "83", "year": 2024, "source": source, "kind": "su_nghiep"}
    return line | {"month": month, "disbursed": disbursed}


def submission(province: str, quarter: str, received: date | None) -> dict:
    return {
        "province": province,
        "quarter": quarter,
        "due_date": date(2024, 10, 10),
        "received_date": received,
    }


MODELS = [model("a"), model("b", budget_khac=0), model("x", stage="huy"), model("z", "02")]
MODELS += [model("next", approval_date=date(2024, 10, 1), planned_start=date(2025, 1, 1))]
REPORTS = [report("a"), report("b", stage="tam_dung"), report("x", stage="huy"), report("z")]
REPORTS += [report("next"), report("next", "2024Q4", actual=0.45)]
FUNDING = [money(), money(source="khac"), money("02")]
SPENT = [spent("2024-02", 100), spent("2024-08", 50), spent("2024-09", 7, "khac")]
SPENT += [spent("2024-12", 30), spent("2025-01", 20)]
SPENT += [spent(f"2024-{month:02}", 0) for month in (1, 3, 4, 5, 6, 7, 9, 10, 11)]
SUBMISSIONS = [
    submission("83", "2024Q3", date(2024, 10, 12)),
    submission("83", "2024Q4", date(2024, 10, 9)),
    submission("83", "2025Q1", date(2024, 10, 10)),
    submission("02", "2024Q3", None),
]


@pytest.fixture(scope="module")
def built():
    rows = {
        "models": MODELS,
        "progress": REPORTS,
        "funding": FUNDING,
        "disbursements": SPENT,
        "submissions": SUBMISSIONS,
    }
    made = cube_sql.build(
        {
            name: arrow.Table.from_pylist(each, conversion.arrow_schema(name))
            for name, each in rows.items()
        }
    )
    return {name: table.to_pandas() for name, table in made.items()}


@pytest.fixture(scope="module")
def at(built):
    """One cell: `at("83", "models", form=…, source=…, quarter=…)`; None for NULL."""

    def cell(province, column, form=ALL, source=ALL, quarter="2024Q3"):
        cube = built["province_quarter"].set_index(list(cubes.KEYS["province_quarter"]))
        value = cube.loc[(province, quarter, form, source), column]
        return None if value != value else int(value)

    return cell


def test_only_models_in_force_are_counted(at):
    assert at("83", "models") == 2
    assert at("83", "models_started") == 1
    assert at("83", "models_suspended") == 1
    assert at("83", "households") == 16
    assert at("83", "households_planned") == 20


def test_a_model_counts_from_its_approval_and_is_due_from_its_planned_start(at):
    assert at("83", "models", quarter="2024Q4") == 1
    assert at("83", "models_due", quarter="2024Q4") == 0
    assert at("83", "households_planned", quarter="2024Q4") == 0


def test_planned_and_earned_value_are_budget_times_the_two_shares(at):
    assert at("83", "budget") == 190
    assert at("83", "planned_value") == 80 + 72
    assert at("83", "earned_value") == 50 + 45
    assert at("83", "earned_value", source="khac", quarter="2024Q4") == 5  # of 4.5


def test_a_quarter_without_a_report_is_null_even_where_rows_exist(at):
    for column in (*cubes.MODEL_COUNTS, *cubes.MODEL_MONEY, *cubes.FUNDING):
        assert at("02", column) is None
    assert (at("02", "reports"), at("02", "reports_due")) == (0, 1)


def test_the_plan_is_known_without_a_report(at):
    assert (at("02", "assigned"), at("02", "carried_over")) == (1000, 200)


def test_a_form_without_a_model_is_zero_in_a_report_and_null_without(at):
    assert at("83", "models", form="dac_thu") == 0
    assert at("83", "planned_value", form="dac_thu") == 0
    assert at("02", "models", form="dac_thu") is None


def test_a_model_counts_for_each_source_that_it_has_money_from(at):
    assert at("83", "models", source="trung_uong") == 2
    assert at("83", "models", source="khac") == 1
    assert at("83", "earned_value", source="dia_phuong") == 15 + 15
    assert at("83", "spent", source="trung_uong") == at("83", "spent") == 80


def test_the_provinces_money_is_not_split_by_form(at):
    assert at("83", "assigned") == 2000
    assert at("83", "assigned", source="khac") == 1000
    assert at("83", "assigned", form="cong_dong") is None
    assert at("83", "disbursed_ytd", form="cong_dong") is None


def test_money_runs_from_january_to_the_quarters_end(at):
    assert at("83", "disbursed_ytd") == 157
    assert at("83", "disbursed_ytd", source="khac") == 7
    assert at("83", "disbursed_ytd", quarter="2024Q4") == 187
    assert at("83", "plan_reported") == 2400


def test_money_is_unknown_as_long_as_a_month_is_missing():
    rows = {"models": MODELS, "progress": REPORTS, "funding": FUNDING}
    lost = [row for row in SPENT if row["month"] != "2024-04"]
    rows |= {"disbursements": lost, "submissions": SUBMISSIONS}
    made = cube_sql.build(
        {
            name: arrow.Table.from_pylist(each, conversion.arrow_schema(name))
            for name, each in rows.items()
        }
    )
    cube = cubes.member(made["province_quarter"].to_pandas(), ALL, ALL)
    assert cube.loc[("2024Q3", "83"), ["plan_reported", "disbursed_ytd"]].isna().all()
    assert cube.loc[("2024Q3", "83"), "assigned"] == 2000


def test_january_of_the_next_year_closes_its_budget_year(built, at):
    months = built["province_month"].query("province == '83' and source == @ALL and kind == @ALL")
    to_date = months.set_index(["year", "month"])["disbursed_ytd"]
    assert to_date[2024, "2024-12"] == 187
    assert to_date[2024, "2025-01"] == 207
    assert at("83", "disbursed_ytd", quarter="2025Q1") == 0


def test_a_late_report_counts_as_a_report_that_was_not_in_time(at):
    assert (at("83", "reports"), at("83", "reports_in_time")) == (1, 0)
    assert at("83", "reports_in_time", quarter="2024Q4") == 1


def test_every_province_has_a_row_in_every_quarter(built):
    found = built["province_quarter"].query("form == @ALL and source == @ALL")
    assert len(found) == 63 * found["quarter"].nunique()


@pytest.mark.parametrize("name", cubes.KEYS)
def test_the_sql_that_is_kept_is_what_ibis_makes_of_the_cubes(name):
    assert cube_sql.file_of(name).read_text("utf-8") == build_cube_sql.sql()[name]
