"""Every table: what it takes, what it refuses, and that it comes back as it went in."""

import unicodedata

import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pytest

from data import codes, conversion, schema

FUNDING = {
    "province": "83",
    "year": 2024,
    "source": "trung_uong",
    "kind": "su_nghiep",
    "assigned": 1_000_000_000,
    "carried_over": 0,
    "allocated": 900_000_000,
}
PROGRESS = {"model_id": "83-001", "quarter": "2024Q3", "planned": 0.5, "actual": 0.4}
PROGRESS |= {"stage": "trien_khai", "note": None}
PROGRESS |= {
    name: 0 for name, column in schema.PROGRESS.columns.items() if str(column.dtype) == "int64"
}
SUBMISSION = {
    "province": "83",
    "quarter": "2024Q3",
    "due_date": pd.Timestamp("2024-10-10"),
    "received_date": pd.NaT,
    "file_sha256": None,
    "errors": 0,
    "warnings": 0,
}
FINDING = {
    "province": "83",
    "quarter": "2024Q3",
    "rule": "alike",
    "severity": "warn",
    "table": "models",
    "column": "name",
    "key": "83-001",
    "value": "Mô hình",
    "message": "Tên và địa bàn gần giống mô hình 83-002",
}
ROWS = {"funding": FUNDING, "progress": PROGRESS, "submissions": SUBMISSION, "findings": FINDING}


def frame(name: str, *rows: dict) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=list(schema.TABLES[name].columns))
    return made.astype({column: schema.metadata(name, column)["dtype"] for column in made})


def refused(name: str, *rows: dict) -> set[str]:
    """The columns that a table complains of."""
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        conversion.to_arrow(name, frame(name, *rows))
    return {str(it) for it in caught.value.failure_cases["column"]}


@pytest.mark.parametrize("name", ROWS)
def test_a_good_row_comes_back_as_it_went_in(name):
    before = frame(name, ROWS[name])
    after = conversion.from_arrow(name, conversion.to_arrow(name, before))
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize(
    ("name", "column", "wrong"),
    [
        ("funding", "assigned", -1),
        ("funding", "source", "oda"),
        ("funding", "source", "tat_ca"),
        ("funding", "province", "8"),
        ("funding", "province", "Bến Tre"),
        ("funding", "year", 2020),
        ("progress", "quarter", "2024Q5"),
        ("progress", "quarter", "Q3/2024"),
        ("progress", "planned", 1.01),
        ("progress", "planned", -0.1),
        ("progress", "planned", float("nan")),
        ("progress", "stage", "xong"),
        ("progress", "women_headed", -1),
        ("progress", "model_id", None),
        ("submissions", "due_date", pd.NaT),
        ("submissions", "quarter", "2024q3"),
        ("findings", "severity", "error"),
        ("findings", "key", None),
    ],
)
def test_a_wrong_value_is_refused_by_its_column(name, column, wrong):
    assert column in refused(name, ROWS[name] | {column: wrong})


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("funding", "province"),
        ("progress", "model_id"),
        ("submissions", "quarter"),
        ("findings", "rule"),
    ],
)
def test_the_same_key_twice_is_refused(name, key):
    assert key in refused(name, ROWS[name], ROWS[name])


def test_every_fault_is_named_at_once():
    wrong = FUNDING | {"assigned": -1, "kind": "khac", "year": 1999}
    assert refused("funding", wrong) == {"assigned", "kind", "year"}


def test_a_column_more_or_less_is_refused():
    good = frame("funding", FUNDING)
    for wrong in (good.assign(extra=1), good.drop(columns="kind")):
        with pytest.raises(pandera.errors.SchemaErrors):
            conversion.to_arrow("funding", wrong)


def test_columns_in_another_order_are_taken_and_put_in_theirs():
    before = frame("funding", FUNDING)
    stored = conversion.to_arrow("funding", before[before.columns[::-1]])
    pd.testing.assert_frame_equal(before, conversion.from_arrow("funding", stored))


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=lambda it: it.name)
def test_every_column_has_a_label_a_meaning_and_a_place_in_parquet(table):
    assert conversion.arrow_schema(table.name).names == list(table.columns)
    assert set(table.unique) <= set(table.columns)
    for column in table.columns.values():
        for text in (column.title, column.description, table.title, table.description):
            assert text
            assert text == unicodedata.normalize("NFC", text)


def test_money_is_whole_dong_and_rates_are_fractions():
    assert schema.metadata("funding", "assigned") == {
        "unit": "đồng",
        "codes": None,
        "dtype": "int64",
    }
    assert schema.metadata("progress", "actual")["unit"] == "tỷ lệ"
    assert schema.metadata("progress", "stage")["codes"] == codes.STAGES
    assert schema.label("progress", "women_headed") == "Hộ do phụ nữ làm chủ"


def test_text_that_is_not_nfc_is_refused():
    decomposed = unicodedata.normalize("NFD", "Chậm con giống")
    assert "note" in refused("progress", PROGRESS | {"note": decomposed})


@pytest.mark.parametrize("code", ["99", "83\n", "８３"])
def test_a_province_is_one_of_the_63(code):
    assert "province" in refused("funding", FUNDING | {"province": code})


def test_a_check_of_a_whole_table_is_asked_as_well(monkeypatch):
    stricter = schema.FUNDING.update_columns({})
    stricter.checks = [pa.Check(lambda rows: rows["allocated"] <= rows["assigned"])]
    monkeypatch.setitem(schema.TABLES, "funding", stricter)
    conversion.to_arrow("funding", frame("funding", FUNDING))
    with pytest.raises(pandera.errors.SchemaErrors):
        conversion.to_arrow("funding", frame("funding", FUNDING | {"allocated": 2_000_000_000}))
