"""Which rows a workbook speaks of."""

import pandas as pd
import pytest

from data import demo, periods, publishing, schema
from data.workbooks import scope, sheets


@pytest.fixture(scope="module")
def tables():
    return demo.tables()


def test_months_of_a_quarter_and_the_closing_month_of_the_year_before():
    assert scope.months("2024Q2") == [(2024, f"2024-0{month}") for month in range(1, 7)]
    assert scope.months("2024Q1")[0] == (2023, "2024-01")
    assert len(scope.months("2024Q4")) == 12


@pytest.mark.parametrize("quarter", ["2022Q1", "2023Q2", "2024Q3", "2025Q2"])
def test_a_workbooks_rows_refer_to_each_other_only(tables, quarter):
    for province in ("02", "38", "83"):
        rows = scope.rows(tables, province, quarter)
        assert list(rows) == list(sheets.TABLES)
        whole = {**rows, "submissions": tables["submissions"]}
        assert publishing.broken_references(whole) == []
        assert set(rows["progress"]["quarter"]) <= {quarter}
        assert set(rows["funding"]["year"]) <= {periods.year_of(quarter)}


def test_every_row_of_every_table_is_spoken_of_by_some_workbook(tables):
    quarters = [periods.shift("2022Q1", by) for by in range(14)]
    for name in ("progress", "funding", "disbursements", "attendance", "questions"):
        seen = pd.concat(
            scope.rows(tables, province, quarter)[name]
            for province in sorted(set(tables["models"]["province"]))
            for quarter in quarters
        )
        assert len(seen.drop_duplicates(list(schema.TABLES[name].unique))) == len(tables[name])


def test_missing_tables_are_empty():
    rows = scope.rows({}, "83", "2024Q3")
    assert all(frame.empty for frame in rows.values())
    assert list(rows["models"].columns) == list(schema.MODELS.columns)


def test_a_question_stays_until_it_is_answered(tables):
    asked = (
        tables["questions"]
        .iloc[[0, 0, 0]]
        .assign(
            question_id=["a", "b", "c"],
            province="83",
            session=None,
            asked_date=pd.to_datetime(["2024-01-05", "2024-01-05", "2024-01-05"]),
            status=["da_tra_loi", "da_tra_loi", "moi"],
            answered_date=pd.to_datetime(["2024-05-01", "2024-08-01", None]),
        )
    )
    rows = scope.rows({"questions": asked}, "83", "2024Q3")["questions"]
    assert rows["question_id"].tolist() == ["b", "c"]
