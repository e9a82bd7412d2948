"""Files to take away: the same figures as the page, and what they are."""

import io

import pandas as pd

from components import atlas, tables
from data import readers, view_readers
from data import view as views
from data.measures import MEASURES

SNAPSHOT = readers.current().snapshot.id
VIEW, _ = views.from_query({"ky": "2024Q3"}, readers.quarters(SNAPSHOT))
FOUND = view_readers.figures(SNAPSHOT, VIEW)
TABLE = tables.for_files(tables.units(VIEW, FOUND), FOUND)
LINES = tables.heading(VIEW, illustrative=True)


def test_an_excel_file_holds_numbers_and_says_what_they_are():
    raw = pd.read_excel(io.BytesIO(tables.xlsx(TABLE, LINES)), header=None, engine="calamine")
    assert raw.iloc[: len(LINES), 0].tolist() == LINES
    assert LINES[-1] == "Số liệu minh họa"
    body = pd.read_excel(
        io.BytesIO(tables.xlsx(TABLE, LINES)), header=len(LINES) + 1, engine="calamine"
    )
    ben_tre = body.set_index("Địa bàn").loc["Bến Tre"]
    assert ben_tre["Mô hình"] == FOUND.board.sums["83"]["models"]


def test_a_province_without_a_report_is_no_blank_in_a_file():
    lost = [code for code, sums in FOUND.board.sums.items() if sums["reports"] == 0]
    assert len(lost) == 5
    assert (TABLE.loc[lost, "Mô hình"] == "chưa báo cáo").all()


def test_a_csv_file_opens_in_excel_with_its_letters_and_its_mark():
    text = tables.csv(TABLE, LINES).decode("utf-8-sig")
    assert "# Số liệu minh họa" in text
    assert text.count("\n") == len(LINES) + 1 + 63


def test_a_map_file_stands_alone_and_bears_the_mark():
    html = atlas.html_file(SNAPSHOT, VIEW, MEASURES["tien-do"], FOUND, LINES).decode()
    assert "Số liệu minh họa" in html
    assert "Hoàng Sa" in html
    assert 'src="http' not in html
