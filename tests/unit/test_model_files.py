"""The list of models as a file: every model found, in order; no blank where none reported."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data import (
    conversion,
    model_book,
    model_files,
    model_lists,
    model_sums,
    places,
    snapshots,
)
from data.codes import ALL
from data.model_sums import Where

QUARTER = "2024Q3"
PLACE = Path(snapshots.__file__).parent / "extracts"
FOLDER = PLACE / (PLACE / "CURRENT").read_text().strip()
SQL = """
select name, district_name, commune_name, lead_unit, approval_date, planned_start, planned_end,
    {budget}, poor + near_poor + newly_escaped, women_headed, {spent}, actual
from '{models}' m left join (select * from '{progress}' where quarter = '2024Q3') p using (model_id)
where model_id = $id
"""


@pytest.fixture(scope="module")
def book():
    stored = snapshots.load(str(PLACE), FOLDER.name)
    names = ("models", "progress", "submissions")
    return model_book.book(
        *(conversion.from_arrow(it, snapshots.read_table(stored, it)) for it in names)
    )


@pytest.fixture(scope="module")
def found(book):
    return model_sums.tally(book, QUARTER)


def ordered(book, found, source=ALL):
    place = Where(QUARTER, places.country().members, source=source)
    ranked = model_lists.ranking(book, found, "cham_truoc", source)
    return model_lists.order(book, found, place, ranked, "")


@pytest.mark.parametrize("source", [ALL, "khac"])
def test_rows_are_those_that_plain_sql_finds(book, found, source):
    rows = ordered(book, found, source)
    listed = model_files.listing(book, found, rows, source)
    assert listed["Mã mô hình"].tolist() == book.models["model_id"].iloc[rows].tolist()
    keys = ("trung_uong", "dia_phuong", "khac") if source == ALL else (source,)
    terms = {it: " + ".join(f"{it}_{key}" for key in keys) for it in ("budget", "spent")}
    terms |= {it: str(FOLDER / f"{it}.parquet") for it in ("models", "progress")}
    reported = listed[listed["Thực hiện lũy kế"].map(lambda it: not isinstance(it, str))]
    for row in reported.iloc[:: len(reported) // 20].to_dict("records"):
        told = duckdb.execute(SQL.format(**terms), {"id": row["Mã mô hình"]}).fetchone()
        texts, days, figures = told[:4], told[4:7], told[7:]
        assert texts == tuple(
            None if pd.isna(row[it]) else row[it]
            for it in ("Tên mô hình", "Huyện", "Xã", "Đơn vị chủ trì")
        )
        labels = ("Ngày phê duyệt", "Bắt đầu theo kế hoạch", "Kết thúc theo kế hoạch")
        assert [pd.Timestamp(it) for it in days] == [row[it] for it in labels]
        assert figures == (
            row[model_files.BUDGET],
            row[model_files.HOUSEHOLDS],
            row[model_files.WOMEN_HEADED],
            row[model_files.SPENT],
            row["Thực hiện lũy kế"],
        )


def test_where_no_report_counts_the_word_stands_and_never_a_zero(book, found):
    listed = model_files.listing(book, found, ordered(book, found), ALL)
    silent = listed[listed["Tiến độ"] == "chưa báo cáo"]
    columns = [*model_files.RATES, model_files.HOUSEHOLDS, model_files.SPENT]
    assert len(silent)
    assert silent[columns].eq("chưa báo cáo").all(axis=None)
    assert listed[[*columns, model_files.BUDGET]].notna().all(axis=None)


def test_a_list_of_nothing_keeps_its_columns(book, found):
    empty = model_files.listing(book, found, np.array([], np.int32), ALL)
    assert empty.empty
    assert "Mã mô hình" in empty
