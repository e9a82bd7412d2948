"""When models were to begin and end, and did: as plain SQL finds it, and in the cases that hurt."""

import random
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data import (
    codes,
    conversion,
    model_book,
    model_sums,
    model_timeline,
    models,
    periods,
    places,
    snapshots,
)
from data.codes import ALL
from data.model_sums import Where

QUARTER = "2024Q3"
PLACE = Path(snapshots.__file__).parent / "extracts"
FOLDER = PLACE / (PLACE / "CURRENT").read_text().strip()

SQL = """
with last as (
    select model_id, arg_max(stage, quarter) as last, max(quarter) as told,
        min(quarter) filter (stage in ('trien_khai', 'nghiem_thu', 'quay_vong')) as started,
        min(quarter) filter (stage in ('nghiem_thu', 'quay_vong')) as finished
    from progress where quarter <= $quarter group by model_id
), held as (
    select m.*, last.*, n.actual,
        year(planned_start) || 'Q' || quarter(planned_start) as to_start,
        year(planned_end) || 'Q' || quarter(planned_end) as to_end
    from models m left join last using (model_id)
        left join (select * from progress where quarter = $quarter) n using (model_id)
    where approval_date <= $end and coalesce(last, '') <> 'huy'
        and ($form = 'tat_ca' or form = $form)
        and ($source = 'tat_ca' or {budget} > 0) and list_contains($members, province)
)
"""
COUNTS = (
    SQL
    + """select count(*) filter (to_start <= $until), count(*) filter (started <= $until),
    count(*) filter (to_end <= $until), count(*) filter (finished <= $until), count(*) from held"""
)
ROWS = SQL + "select model_id, started, finished, told, actual from held order by model_id"

dice = random.Random(8)
FILTERS = [
    (
        dice.choice(["2022Q1", "2022Q4", "2023Q2", "2023Q4", "2024Q3", "2024Q4", "2025Q2"]),
        dice.choice([places.country(), *map(places.region, places.regions().index)]),
        dice.choice([ALL, *codes.FORMS]),
        dice.choice([ALL, *codes.SOURCES]),
    )
    for _ in range(25)
]
FILTERS += [(QUARTER, places.country(), ALL, ALL)]
FILTERS += [
    (dice.choice(["2023Q4", QUARTER]), places.province(it), ALL, ALL)
    for it in ("ben-tre", "hung-yen", "quang-ninh", "ha-noi", "da-nang")
]


def table(name: str) -> pd.DataFrame:
    stored = snapshots.load(str(PLACE), FOLDER.name)
    return conversion.from_arrow(name, snapshots.read_table(stored, name))


TABLES = {name: table(name) for name in ("models", "progress", "submissions")}
BOOK = model_book.book(**TABLES)
MARKS = model_timeline.milestones(BOOK)


@pytest.fixture(scope="module")
def stored():
    with duckdb.connect() as connection:
        for name in TABLES:
            connection.execute(f"create view {name} as select * from '{FOLDER / name}.parquet'")
        yield connection


def asked(book: model_book.Book, place: Where):
    return book, model_timeline.milestones(book), model_sums.tally(book, place.quarter), place


def timeline(book: model_book.Book, place: Where) -> model_timeline.Timeline:
    return model_timeline.timeline(*asked(book, place))


def spans_of(book: model_book.Book, place: Where) -> pd.DataFrame:
    return model_timeline.spans(*asked(book, place))


@pytest.mark.parametrize(("quarter", "area", "form", "source"), FILTERS)
def test_counts_and_rows_are_those_that_plain_sql_finds(stored, quarter, area, form, source):
    place = Where(quarter, area.members, form, source)
    found = timeline(BOOK, place)
    given = {"quarter": quarter, "end": periods.end(quarter), "members": list(area.members)}
    given |= {"form": form, "source": source}
    budget = "1" if source == ALL else f"budget_{source}"
    pace = found.pace
    for until in {pace.index[0], quarter, pace.index[-1]}:
        sql = COUNTS.format(budget=budget)
        *expected, whole = stored.execute(sql, given | {"until": until}).fetchone()
        if until > quarter:
            assert pace.loc[until, ["started", "ended"]].isna().all()
            expected = [expected[0], expected[2]]
            assert pace.loc[until, ["to_start", "to_end"]].tolist() == expected
        else:
            assert pace.loc[until].tolist() == expected
        assert found.models == whole
    assert found.few is (whole <= model_timeline.MOST_ROWS)
    if found.few:
        rows = stored.execute(ROWS.format(budget=budget), given).fetchall()
        spans = spans_of(BOOK, place).sort_values("id")
        assert spans["id"].tolist() == [it[0] for it in rows]
        for (_, started, finished, told, actual), span in zip(
            rows, spans.to_dict("records"), strict=True
        ):
            assert span["finished"] is (finished is not None)
            assert pd.isna(span["began"]) is (started is None)
            if started:
                until = pd.Timestamp(periods.end(finished or told))
                assert span["until"] == until
                day = span["began"]
                assert f"{day.year}Q{day.quarter}" == started
            assert (actual is None and pd.isna(span["actual"])) or (
                span["word"] in models.REPORTED and span["actual"] == actual
            )


def small(reports: dict[str, str], **model) -> model_book.Book:
    """One approved model of Hà Nội that reported these stages."""
    one = (
        TABLES["models"]
        .iloc[[0]]
        .assign(
            approval_date=pd.Timestamp("2024-01-01"),
            contract_date=pd.Timestamp("2024-02-10"),
            planned_start=pd.Timestamp("2024-03-01"),
            planned_end=pd.Timestamp("2025-03-01"),
        )
    )
    for column, value in model.items():
        one[column] = value
    told = TABLES["progress"].iloc[[0] * len(reports)]
    told = told.assign(
        model_id=one["model_id"].iloc[0],
        quarter=pd.array(list(reports), "str"),
        stage=list(reports.values()),
    )
    sent = TABLES["submissions"]
    return model_book.book(
        one, told, sent[(sent["province"] == "01") & (sent["quarter"] <= QUARTER)]
    )


def only(book: model_book.Book) -> dict:
    return spans_of(book, Where(QUARTER, ("01",))).iloc[0].to_dict()


def test_work_begins_with_the_contract_of_the_quarter_or_with_the_quarter():
    assert only(small({"2024Q1": "trien_khai"}))["began"] == pd.Timestamp("2024-02-10")
    later = only(small({"2024Q1": "ky_hop_dong", "2024Q3": "trien_khai"}))
    assert later["began"] == pd.Timestamp("2024-07-01")
    lost = only(small({"2024Q2": "trien_khai"}, contract_date=pd.NaT))
    assert lost["began"] == pd.Timestamp("2024-04-01")


def test_a_bar_ends_where_the_reports_do_or_with_the_work():
    assert only(small({"2024Q1": "trien_khai"}))["until"] == pd.Timestamp("2024-03-31")
    done = only(small({"2024Q1": "trien_khai", "2024Q2": "nghiem_thu", "2024Q3": "quay_vong"}))
    assert (done["finished"], done["until"]) == (True, pd.Timestamp("2024-06-30"))


@pytest.mark.parametrize("reports", [{}, {"2024Q2": "phe_duyet"}, {"2024Q3": "tam_dung"}])
def test_what_no_report_says_is_unknown_and_never_guessed(reports):
    span = only(small(reports))
    assert pd.isna(span["began"])
    assert pd.isna(span["until"])
    assert not span["finished"]


def test_reports_after_the_quarter_are_not_known_yet():
    book = small({"2024Q2": "phe_duyet", "2024Q4": "trien_khai"})
    assert pd.isna(only(book)["began"])
    assert timeline(book, Where("2024Q4", ("01",))).pace.loc["2024Q4", "started"] == 1


def test_a_model_due_to_begin_without_a_report_is_unknown_and_told_apart():
    found = timeline(small({"2024Q1": "phe_duyet"}), Where(QUARTER, ("01",)))
    assert (found.models, found.unknown) == (1, 1)
    assert timeline(small({QUARTER: "phe_duyet"}), Where(QUARTER, ("01",))).unknown == 0


@pytest.mark.parametrize("change", [{"stage": "huy"}, {"approved": pd.NaT}])
def test_cancelled_and_unapproved_models_are_left_out_and_counted(change):
    book = small({QUARTER: change.get("stage", "trien_khai")})
    if "approved" in change:
        book = small({}, approval_date=pd.NaT)
    found = timeline(book, Where(QUARTER, ("01",)))
    assert (found.models, found.left_out) == (0, 1)
    assert spans_of(book, Where(QUARTER, ("01",))).empty


def test_days_out_of_all_bounds_do_not_stretch_the_axis():
    far = {"planned_start": pd.Timestamp("1900-01-01"), "planned_end": pd.Timestamp("2099-01-01")}
    pace = timeline(small({QUARTER: "trien_khai"}, **far), Where(QUARTER, ("01",))).pace
    assert (pace.index[0], pace.index[-1]) == ("2021Q1", "2026Q4")
    assert pace["to_start"].eq(1).all()
    assert pace["to_end"].eq(0).all()


def test_counts_only_grow_and_actual_ones_stop_at_the_quarter():
    pace = timeline(BOOK, Where(QUARTER, places.country().members)).pace
    for column in pace:
        assert pace[column].dropna().is_monotonic_increasing
    assert np.array_equal(pace["started"].notna(), pace.index <= QUARTER)
