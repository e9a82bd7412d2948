"""Excel and CSV files: numbers stay numbers and look Vietnamese, texts are never computed."""

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from components import tables
from data import formats

HEADING = ["Giải ngân, lũy kế", "Quý III/2024 · Cả nước", "Số liệu minh họa"]
TABLE = pd.DataFrame(
    {
        "Địa bàn": ["Hà Giang", "=cmd|' /C calc'!A0"],
        "Tỷ lệ": [0.425, 1.2],
        "Đã giải ngân (đồng)": [1_234_567_890_123, 5],
        "CPI": [1.25, 0.5],
        "Năm": [2024, 2025],
        "Ngày phê duyệt": pd.to_datetime([date(2024, 9, 30), None]),
        "Mô hình": pd.Series([12, formats.NOT_REPORTED], dtype="object"),
    }
)
WORDS = {"Tỷ lệ": formats.percent, "Đã giải ngân (đồng)": formats.number, "Năm": str}
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(0)", "http://x.vn")


@pytest.fixture(scope="module")
def sheet():
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(TABLE, HEADING, WORDS)))
    return book["Số liệu"]


def cells(sheet, column: str) -> list:
    place = TABLE.columns.get_loc(column) + 1
    return [sheet.cell(len(HEADING) + 3 + row, place) for row in range(len(TABLE))]


def look(sheet, column: str) -> str:
    """The number format of the column, which its numbers take where they have none."""
    letter = openpyxl.utils.get_column_letter(TABLE.columns.get_loc(column) + 1)
    return sheet.column_dimensions[letter].number_format


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("Tỷ lệ", "0.0%"),
        ("Đã giải ngân (đồng)", "#,##0"),
        ("CPI", "#,##0.00"),
        ("Năm", "0"),
        ("Mô hình", "#,##0"),
    ],
)
def test_numbers_are_numbers_that_look_like_what_they_are(sheet, column, pattern):
    first = cells(sheet, column)[0]
    assert first.value == TABLE[column].iloc[0]
    assert pattern in (first.number_format, look(sheet, column))


def test_a_date_is_a_date_day_first(sheet):
    first, none = cells(sheet, "Ngày phê duyệt")
    assert first.value.date() == date(2024, 9, 30)
    assert first.number_format.lower() == "dd/mm/yyyy"
    assert none.value is None


def test_what_is_absent_stays_in_words(sheet):
    assert cells(sheet, "Mô hình")[1].value == "chưa báo cáo"


def test_the_header_is_bold_and_stays_in_sight(sheet):
    row = len(HEADING) + 2
    assert [sheet.cell(1 + place, 1).value for place in range(3)] == HEADING
    assert all(cell.font.bold for cell in sheet[row])
    assert [cell.value for cell in sheet[row]] == list(TABLE.columns)
    assert sheet.freeze_panes == f"A{row + 1}"


def test_columns_are_as_wide_as_their_longest_cell(sheet):
    widths = {key: it.width for key, it in sheet.column_dimensions.items()}
    assert widths["A"] >= len(TABLE["Địa bàn"][1])
    assert widths["C"] >= len("1.234.567.890.123")
    assert max(widths.values()) <= 62


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_is_never_computed(text):
    table = pd.DataFrame({text: [text], "n": [-5]})
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(table, [text])))
    sheet = book["Số liệu"]
    written = [sheet["A1"], sheet["A3"], sheet["A4"]]
    assert [(it.value, it.data_type, it.hyperlink) for it in written] == [(text, "s", None)] * 3
    assert sheet["B4"].value == -5
    lines = tables.csv(table, [text]).decode("utf-8-sig").split("\n")
    assert lines[1].lstrip('"').startswith(("'", "http"))
    assert lines[2].lstrip('"').startswith(("'", "http"))
    assert lines[2].endswith(",-5")


def test_a_comma_in_the_heading_does_not_start_a_cell():
    assert tables.csv(TABLE, ["a,=1"]).decode("utf-8-sig").startswith('"# a,=1"\n')


def test_another_reader_finds_the_same_figures():
    body = pd.read_excel(
        io.BytesIO(tables.xlsx(TABLE, HEADING, WORDS)), header=len(HEADING) + 1, engine="calamine"
    )
    assert body["Tỷ lệ"].tolist() == [0.425, 1.2]
    assert body["Đã giải ngân (đồng)"].tolist() == TABLE["Đã giải ngân (đồng)"].tolist()
    assert body["Địa bàn"].tolist() == TABLE["Địa bàn"].tolist()


def test_a_files_name_is_made_of_plain_words():
    assert tables.file_name("Giải ngân lũy kế (% kế hoạch)", "Quý III/2024 · Đắk Lắk") == (
        "giai-ngan-luy-ke-ke-hoach-quy-iii-2024-dak-lak"
    )
    assert len(tables.file_name("dài " * 100)) <= 100


def test_a_strangers_file_name_is_shown_letter_by_letter():
    shown = tables.plain("**Bến Tre** [x](y)\n$1$ :red[a].xlsx")
    assert shown == r"\*\*Bến Tre\*\* \[x\]\(y\) \$1\$ \:red\[a\]\.xlsx"
