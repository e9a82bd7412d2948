"""The models as they stand in a quarter: words, sums that plain SQL finds too, search, pages."""

import random
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data import (
    codes,
    conversion,
    model_book,
    model_lists,
    model_sums,
    models,
    periods,
    places,
    snapshots,
)
from data.codes import ALL
from data.model_sums import Tally, Where
from data.models import REPORTED, WORDS

QUARTER = "2024Q3"
EVERYWHERE = places.country().members
PLACE = Path(snapshots.__file__).parent / "extracts"
FOLDER = PLACE / (PLACE / "CURRENT").read_text().strip()

SQL = """
with last as (
    select model_id, arg_max(stage, quarter) as last from progress
    where quarter <= $quarter group by model_id
), now as (select * from progress where quarter = $quarter),
known as (
    select m.*, n.* exclude (model_id, stage), {budget} as money, {spent} as paid, case
        when m.approval_date is null or m.approval_date > $end then 'chua_phe_duyet'
        when last = 'huy' then 'huy'
        when n.model_id is null and last = 'quay_vong' and m.province in
            (select province from submissions where quarter = $quarter and received_date notnull)
            then 'thoi_bao_cao'
        when n.model_id is null then 'chua_bao_cao'
        when planned = 0 and actual = 0 then 'chua_den_ky'
        when actual >= planned * 1.05 then 'vuot'
        when actual >= planned * 0.95 then 'dung'
        when actual >= planned * 0.8 then 'cham'
        else 'cham_nhieu' end as word
    from models m left join last using (model_id) left join now n using (model_id)
    where (m.approval_date <= $end or last notnull or announced_date <= $end
            or file_date <= $end or appraised_date <= $end
            or $quarter = (select max(quarter) from submissions))
        and ($form = 'tat_ca' or form = $form) and ($source = 'tat_ca' or {budget} > 0)
        and list_contains($members, m.province)
)
"""
BY_WORD = SQL + "select word, count(*) from known group by word"
REPORTED_SQL = "word in ('vuot', 'dung', 'cham', 'cham_nhieu', 'chua_den_ky')"
SUMS = (
    SQL
    + f"""
select {{by}}, count(*), count(*) filter ({REPORTED_SQL}),
    count(*) filter (word in ('cham', 'cham_nhieu')),
    {{figures}} from known group by 1
"""
)
FIGURES = {
    "households": "poor + near_poor + newly_escaped",
    "women_headed": "women_headed",
    "women": "women",
    "households_out": "households_out",
    "budget": "money",
    "spent": "paid",
    "planned_value": "floor(money * planned + 0.5)",
    "earned_value": "floor(money * actual + 0.5)",
}

dice = random.Random(4)
QUARTERS = [f"{year}Q{number}" for year in (2022, 2023, 2024) for number in (1, 2, 3, 4)]
AREAS = [places.country(), *map(places.region, places.regions().index), places.province("ben-tre")]
FILTERS = [(QUARTER, places.country(), ALL, ALL), ("2025Q2", places.country(), ALL, ALL)] + [
    (
        dice.choice([*QUARTERS, "2025Q1", "2025Q2"]),
        dice.choice(AREAS),
        dice.choice([ALL, *codes.FORMS]),
        dice.choice([ALL, *codes.SOURCES]),
    )
    for _ in range(50)
]


def table(name: str) -> pd.DataFrame:
    return conversion.from_arrow(
        name, snapshots.read_table(snapshots.load(str(PLACE), FOLDER.name), name)
    )


TABLES = {name: table(name) for name in ("models", "progress", "submissions")}
BOOK = model_book.book(**TABLES)


@cache
def tally(quarter: str) -> Tally:
    return model_sums.tally(BOOK, quarter)


def order(place: Where, sort: str, query: str):
    found = tally(place.quarter)
    ranked = model_lists.ranking(BOOK, found, sort, place.source)
    return model_lists.order(BOOK, found, place, ranked, query)


@pytest.fixture(scope="module")
def stored():
    with duckdb.connect() as connection:
        for name in TABLES:
            connection.execute(f"create view {name} as select * from '{FOLDER / name}.parquet'")
        yield connection


@pytest.mark.parametrize(("quarter", "area", "form", "source"), FILTERS)
def test_words_and_sums_are_those_that_plain_sql_finds(stored, quarter, area, form, source):
    found, place = tally(quarter), Where(quarter, area.members, form, source)
    chosen = codes.SOURCES if source == ALL else [source]
    terms = {it: " + ".join(f"{it}_{key}" for key in chosen) for it in ("budget", "spent")}
    given = {"quarter": quarter, "end": periods.end(quarter), "members": list(area.members)}
    given |= {"form": form, "source": source}

    words = dict(stored.execute(BY_WORD.format(**terms), given).fetchall())
    assert {
        it: many for it, many in model_sums.counts(found, place, "word").items() if many
    } == words
    total = model_sums.total(found, place)
    assert total["models"] == sum(words.get(it, 0) for it in REPORTED)
    cells = model_sums.gathered(found, place)
    by_word = cells.groupby("word")["models"].sum().to_dict()
    assert by_word == {WORDS.label(it): words[it] for it in words if it in REPORTED}
    for by in model_book.GROUPINGS:
        figures = ", ".join(f"sum({it}) filter ({REPORTED_SQL})" for it in FIGURES.values())
        rows = stored.execute(SUMS.format(by=by, figures=figures, **terms), given).fetchall()
        expected = {group: [int(it or 0) for it in sums] for group, *sums in rows}
        columns = ["known", "models", "behind", *FIGURES]
        sums = model_sums.sums_by(found, place, by)[columns].astype("int64")
        assert {str(group): row.tolist() for group, row in sums.iterrows()} == expected
        assert sums["households"].sum() == total["households"]
    assert len(model_lists.frame(BOOK, found, place)) == sum(words.values())


@pytest.mark.parametrize("quarter", ["2022Q1", QUARTER, "2025Q2"])
def test_the_funnel_adds_up_to_every_model(quarter):
    found, place = tally(quarter), Where(quarter, EVERYWHERE)
    words, stages = (model_sums.counts(found, place, it) for it in ("word", "stage"))
    apart = words["chua_bao_cao"] + words["thoi_bao_cao"]
    known = len(models.standing(BOOK, quarter))
    assert sum(stages.values()) + apart == sum(words.values()) == known


def small(reports: dict[str, dict], received: bool = True, **model) -> model_book.Book:
    """One approved model of Hà Nội with these reports."""
    one = TABLES["models"].iloc[[0]].assign(approval_date=pd.Timestamp("2024-01-01"), **model)
    told = (
        TABLES["progress"]
        .iloc[[0] * len(reports)]
        .assign(model_id=one["model_id"].iloc[0], quarter=pd.array(list(reports), "str"))
    )
    for column in {column for report in reports.values() for column in report}:
        told[column] = [report.get(column, 0) for report in reports.values()]
    sent = TABLES["submissions"]
    sent = sent[(sent["province"] == "01") & (sent["quarter"] <= QUARTER)]
    arrived = pd.Timestamp("2024-10-01") if received else pd.NaT
    return model_book.book(one, told, sent.assign(received_date=arrived))


def word(book: model_book.Book, quarter: str = QUARTER) -> str:
    return str(models.standing(book, quarter)["word"].iloc[0])


@pytest.mark.parametrize(
    ("planned", "actual", "said"),
    [
        (0.5, 0.525, "vượt kế hoạch"),
        (0.5, 0.52, "đúng tiến độ"),
        (0.5, 0.475, "đúng tiến độ"),
        (0.5, 0.47, "chậm"),
        (0.5, 0.40, "chậm"),
        (0.5, 0.39, "chậm nhiều"),
        (0.5, 0.0, "chậm nhiều"),
        (0.0, 0.1, "vượt kế hoạch"),
        (0.0, 0.0, "chưa đến kỳ"),
        (1.0, 1.0, "đúng tiến độ"),
    ],
)
def test_the_word_follows_the_written_rule(planned, actual, said):
    book = small({QUARTER: {"planned": planned, "actual": actual, "stage": "trien_khai"}})
    assert WORDS.label(word(book)) == said
    assert [WORDS.label(it) for it in models.words_of(book.progress)] == [said]


def test_what_was_not_reported_has_no_figure_and_not_the_one_before():
    book = small({"2024Q2": {"planned": 0.5, "actual": 0.5, "stage": "trien_khai"}})
    found = model_sums.tally(book, QUARTER)
    row = model_lists.rows(book, found, np.arange(1), ALL)
    assert word(book) == row["word"].iloc[0] == "chua_bao_cao"
    assert row[["planned", "actual", "households"]].isna().all(axis=None)
    assert model_sums.total(found, Where(QUARTER, EVERYWHERE))["models"] == 0
    assert word(book, "2024Q2") == "dung"


@pytest.mark.parametrize(
    ("stage", "received", "said"),
    [
        ("quay_vong", True, "thoi_bao_cao"),
        ("quay_vong", False, "chua_bao_cao"),
        ("huy", True, "huy"),
        ("huy", False, "huy"),
    ],
)
def test_a_model_that_ended_is_not_called_unreported(stage, received, said):
    book = small({"2024Q2": {"planned": 1, "actual": 1, "stage": stage}}, received=received)
    assert word(book) == said


def test_a_model_that_is_not_approved_yet_stands_where_its_dates_say():
    days = {"announced_date": pd.NaT, "file_date": pd.Timestamp("2024-08-01")}
    book = small({}, **days, appraised_date=pd.Timestamp("2024-12-01"))
    book.models["approval_date"] = pd.NaT
    assert (word(book), models.standing(book, QUARTER)["stage"].iloc[0]) == (
        "chua_phe_duyet",
        "lap_ho_so",
    )
    assert models.standing(book, "2024Q1").empty


def test_a_filter_that_leaves_no_models_has_sums_and_pages_of_nothing():
    found, place = tally("2022Q1"), Where("2022Q1", ("01",), "dac_thu")
    assert model_sums.total(found, place)["households"] == 0
    assert model_sums.sums_by(found, place, "form").empty
    assert model_lists.points(BOOK, found, place).empty
    rows = order(place, "ten", "bo")
    assert (model_lists.pages(len(rows)), len(model_lists.page(rows, 3))) == (1, 0)


@pytest.mark.parametrize("text", ["lon den quang nam", "Lợn ĐEN  Quảng Nam", "quang nam lon den"])
def test_a_search_needs_no_diacritics_and_no_order(text):
    found = BOOK.models.loc[order(Where(QUARTER, EVERYWHERE), "cham_truoc", text)]
    assert set(found["province"]) == {"49"}
    assert found["name"].str.contains("lợn đen").all()
    assert len(found) == 5


@pytest.mark.parametrize("sort", model_lists.SORTS)
@pytest.mark.parametrize("source", [ALL, "dia_phuong"])
def test_every_order_shows_each_model_once_and_what_is_unknown_last(sort, source):
    rows = order(Where(QUARTER, EVERYWHERE, source=source), sort, "")
    column, rises = model_lists.SORTS[sort]
    money = [f"budget_{source}"] if source != ALL else models.BUDGET
    standing = models.standing(BOOK, QUARTER)
    standing = standing.assign(budget=standing[money].sum(axis=1))
    assert sorted(rows) == sorted(standing.index[standing["budget"] > 0])
    values = standing[column].cat.codes if column == "stage" else standing[column]
    known = values.loc[rows].astype("float64").replace({-1: np.nan} if column == "stage" else {})
    assert known.isna().is_monotonic_increasing
    ordered = known.dropna()
    assert ordered.is_monotonic_increasing if rises else ordered.is_monotonic_decreasing


def test_a_page_tells_what_the_quarter_holds():
    rows = order(Where(QUARTER, EVERYWHERE, source="khac"), "cham_truoc", "")[:60]
    page = model_lists.rows(BOOK, tally(QUARTER), rows, "khac")
    standing = models.standing(BOOK, QUARTER).loc[rows]
    for column in ("planned", "actual", "households", "word", "stage", "province", "form"):
        known = standing[column].notna()
        assert page[column].notna().equals(known)
        assert page[column][known].tolist() == standing[column][known].tolist()
    assert page["budget"].tolist() == standing["budget_khac"].tolist()
    assert page["name"].tolist() == BOOK.models["name"].loc[rows].tolist()


def test_pages_hold_25_and_the_last_one_the_rest():
    rows = np.arange(60)
    assert model_lists.pages(60) == 3
    assert [len(model_lists.page(rows, it)) for it in (0, 1, 2, 99, -1)] == [25, 25, 10, 10, 25]


def test_the_chart_stays_bounded_and_loses_no_model():
    everywhere, province = Where(QUARTER, EVERYWHERE), Where(QUARTER, ("38",))
    cells, dots = (model_lists.points(BOOK, tally(QUARTER), it) for it in (everywhere, province))
    assert (
        len(cells)
        < model_lists.MOST_POINTS * 2
        < model_sums.total(tally(QUARTER), everywhere)["models"]
    )
    assert cells[["planned", "actual"]].stack().between(0, 1).all()
    standing = models.standing(BOOK, QUARTER)
    told = standing[standing["province"].eq("38") & standing["word"].isin(REPORTED)]
    assert dots["actual"].tolist() == told["actual"].round(4).tolist()
    assert dots["word"].tolist() == told["word"].map(WORDS.labels).tolist()
    assert set(dots["id"].str[:2]) == {"38"}


def test_a_figure_that_fell_is_remembered_from_then_on():
    reports = {"2024Q1": 0.4, "2024Q2": 0.3, "2024Q3": 0.5}
    book = small(
        {q: {"actual": it, "planned": 0.5, "stage": "trien_khai"} for q, it in reports.items()}
    )
    fell = [models.to_check(book, quarter)["fell"].iloc[0] for quarter in reports]
    assert fell == [False, True, True]
    assert models.to_check(small({}), QUARTER)["fell"].isna().all()


def test_the_same_project_in_two_provinces_is_noticed():
    twice = pd.concat([TABLES["models"].iloc[[0]]] * 2).assign(
        model_id=["a", "b"], province=["01", "02"]
    )
    book = model_book.book(twice, TABLES["progress"].iloc[:0], TABLES["submissions"])
    assert book.models["shared"].all()
    assert not BOOK.models["shared"].any()


def test_a_model_is_found_by_its_code_with_its_reports_until_then():
    row = model_book.find(BOOK, "38-2023-003")
    assert BOOK.models.loc[row, "model_id"] == "38-2023-003"
    reports = model_book.history(BOOK, row, "2024Q1")
    assert set(reports["model_id"]) == {"38-2023-003"}
    assert list(reports["quarter"]) == sorted(q for q in reports["quarter"] if q <= "2024Q1")
    assert model_book.find(BOOK, "' or 1=1") is None
    assert date(2024, 9, 30) == periods.end(QUARTER)
