"""What provinces really send, one mess at a time: the tables it gives and what is said of it."""

import io
import re
import time
import tracemalloc
import unicodedata
import zlib
from datetime import datetime
from pathlib import Path

import messes
import openpyxl
import pandas as pd
import pytest
from messes import changed, on, put
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data import demo, places, schema
from data.workbooks import opening, packed, reading, scope, sheets, template, units
from data.workbooks.rules_reading import READING
from data.workbooks.whose import Hints
from tests.filling import filled

PROVINCE, QUARTER = "83", "2024Q3"
NAME = "bao-cao.xlsx"


@pytest.fixture(scope="module")
def tables():
    return demo.tables()


@pytest.fixture(scope="module")
def content(tables):
    return filled(tables, PROVINCE, QUARTER)


@pytest.fixture(scope="module")
def clean(content):
    return reading.read(NAME, content)


def told(result) -> list[tuple[str, str, int, str]]:
    """Rule, sheet, row and column letter of every finding."""
    return [
        (found.rule, found.sheet, found.row, found.column.partition(":")[0])
        for found in result.findings
    ]


def notes(result) -> list[tuple[str, str]]:
    return [(note.written, note.read_as) for note in result.normalised]


def differences(result, clean) -> list[tuple[str, int, str, object]]:
    """Table, Excel row, column and value of every cell that is not as in the clean workbook."""
    found = []
    for name, before in clean.frames.items():
        after = result.frames[name]
        assert len(before) == len(after), name
        for row in range(len(before)):
            for column in before.columns:
                old, new = (
                    None if pd.isna(frame[column].iloc[row]) else frame[column].iloc[row]
                    for frame in (before, after)
                )
                if old != new:
                    found.append((name, after.index[row], column, new))
    return found


def read(content: bytes, change, name: str = NAME):
    return reading.read(name, changed(content, change))


# Clean.


@pytest.mark.parametrize(
    ("province", "quarter"),
    [("83", "2024Q3"), ("38", "2024Q1"), ("02", "2025Q2"), ("01", "2022Q4"), ("79", "2023Q2")],
)
def test_a_filled_template_reads_back_as_the_same_rows(tables, province, quarter):
    result = reading.read(NAME, filled(tables, province, quarter))
    assert (result.province, result.quarter, result.illustrative) == (province, quarter, True)
    assert (result.findings, result.normalised) == ([], [])
    for name, rows in scope.rows(tables, province, quarter).items():
        keys = list(schema.TABLES[name].unique)
        pd.testing.assert_frame_equal(
            result.frames[name].sort_values(keys, ignore_index=True),
            rows.sort_values(keys, ignore_index=True),
        )


def test_an_unfilled_template_reports_models_and_nothing_else(tables):
    result = reading.read(NAME, template.workbook(PROVINCE, "2025Q3", tables, illustrative=False))
    assert (result.findings, result.normalised, result.illustrative) == ([], [], False)
    lengths = {name: len(frame) for name, frame in result.frames.items()}
    assert lengths["models"] == (tables["models"]["province"] == PROVINCE).sum()
    assert lengths["progress"] == lengths["funding"] == 0
    # Sessions where a question still open was asked, with who came then.
    assert (result.frames["trainings"]["date"] < pd.Timestamp("2025-07-01")).all()
    assert (result.frames["disbursements"]["month"] < "2025-07").all()


def test_frames_are_indexed_by_excels_rows_and_columns_named_by_letter(clean, content):
    page = openpyxl.load_workbook(io.BytesIO(content))["Mô hình"]
    models = clean.frames["models"]
    assert [page.cell(row, 1).value for row in models.index] == models["model_id"].tolist()
    assert clean.columns["models", "approval_date"] == "T: Ngày phê duyệt"
    assert clean.columns["models", "district"] == "C: Huyện"
    assert clean.columns["disbursements", "disbursed", "trung_uong", "dau_tu"].startswith("C: Vốn")
    asked = {field.key for sheet in sheets.SHEETS.values() for field in sheet.fields}
    assert asked <= clean.columns.keys()


# Columns, rows, sheets.


def test_columns_moved_renamed_and_a_running_number_in_front(content, clean):
    def change(page):
        page.move_range("T3:T40", cols=25)
        page.insert_cols(1)
        page.cell(messes.HEADING, 1).value = "STT"
        for row in range(messes.FIRST, messes.last_row(page)):
            page.cell(row, 1).value = row
        page.cell(messes.HEADING, messes.column(page, "Huyện")).value = "QUẬN / HUYỆN"
        page.cell(messes.HEADING, messes.column(page, "Số hộ theo")).value = "Số hộ KH"
        page.cell(messes.HEADING, messes.column(page, "Quy mô")).value = "Qui mô"

    result = read(content, on("Mô hình", change))
    assert told(result) == []
    assert differences(result, clean) == []
    assert ("QUẬN / HUYỆN", "cột Huyện") in notes(result)
    assert ("Số hộ KH", "cột Số hộ theo kế hoạch") in notes(result)
    assert result.columns["models", "approval_date"] == "AT: Ngày phê duyệt"


def test_a_heading_that_may_be_two_columns_is_a_question(content, clean):
    def change(page):
        at = messes.column(page, "Kinh phí: ngân sách trung ương")
        page.cell(messes.HEADING, at).value = "Kinh phí: ngân sách trung phương (triệu đồng)"

    result = read(content, on("Mô hình", change))
    assert told(result) == [("ambiguous_column", "Mô hình", 3, "AB")]
    assert "“Kinh phí: ngân sách trung ương” hay" in result.findings[0].wrong
    assert {row[2] for row in differences(result, clean)} == {"budget_trung_uong"}


def test_a_column_twice_is_a_question_and_an_unknown_one_is_passed_over(content, clean):
    def change(page):
        width = page.max_column
        page.cell(messes.HEADING, width + 1).value = "Quy mô"
        page.cell(messes.FIRST, width + 1).value = "10 con"
        page.cell(messes.HEADING, width + 2).value = "Số điện thoại"
        page.cell(messes.FIRST, width + 2).value = "0912"
        page.cell(messes.HEADING, width + 3).value = "Cột trống"

    result = read(content, on("Mô hình", change))
    assert told(result) == [
        ("unknown_column", "Mô hình", 3, "AK"),
        ("duplicate_column", "Mô hình", 3, "AJ"),
    ]
    assert [found.severity for found in result.findings] == ["warn", "refuse"]
    assert {row[2] for row in differences(result, clean)} == {"scale"}


def _beside(heading: str, label: str, instead: str = ""):
    """Another column to the left of a field's, in which every model has 99."""

    def change(page):
        at = messes.column(page, label)
        page.cell(messes.HEADING, at).value = instead or page.cell(messes.HEADING, at).value
        page.insert_cols(at)
        page.cell(messes.HEADING, at).value = heading
        for row in range(messes.FIRST, messes.last_row(page) + 1):
            page.cell(row, at).value = 99

    return change


@pytest.mark.parametrize(
    ("heading", "label", "instead"),
    [
        ("Hộ nghèo (đầu kỳ)", "Hộ nghèo", ""),
        ("Hộ nghèo đầu kỳ", "Hộ nghèo", "Hộ nghèo cuối kỳ"),
        ("Hộ nghèo (trong đó: nữ)", "Hộ nghèo", "Hộ nghèo (đến cuối kỳ)"),
        ("Thực hiện (trong quý) (%)", "Thực hiện lũy kế", "Thực hiện (lũy kế) (%)"),
        (
            "Giải ngân NSTW trong kỳ (triệu đồng)",
            "Đã giải ngân: ngân sách trung",
            "Giải ngân NSTW lũy kế (triệu đồng)",
        ),
    ],
)
def test_of_two_columns_the_one_that_asks_for_something_else_is_left(
    content, clean, heading, label, instead
):
    result = read(content, on("Tiến độ", _beside(heading, label, instead)))
    assert [(found.rule, found.value) for found in result.findings] == [("unknown_column", heading)]
    assert differences(result, clean) == []


OTHER_POOR = (
    *("chuẩn cũ", "theo chuẩn cũ", "chuẩn 2016–2020", "QĐ 59/2015/QĐ-TTg", "giảm", "đăng ký"),
    *("không tham gia", "toàn xã", "nam làm chủ", "hội viên", "cận nghèo", "bình quân"),
    *("tháng 6/2024", "12/2023", "quý 2", "Q.II", "6 tháng", "2023"),
)
"""What makes of `Hộ nghèo` another figure: standard, part of them, or time."""


@pytest.mark.parametrize(
    ("title", "label", "heading"),
    [
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (đầu kỳ)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (trong đó DTTS)"),
        ("Tiến độ", "Đã giải ngân: ngân sách trung", "Giải ngân NSTW (trong quý) (triệu đồng)"),
        ("Giải ngân", "Vốn đầu tư, ngân sách trung", "VĐT NSTW (lũy kế từ đầu năm) (triệu đồng)"),
        ("Mô hình", "Số hộ theo", "Số hộ (thực tế)"),
        ("Mô hình", "Ngày phê duyệt", "Ngày phê duyệt (dự kiến)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (năm 2023) (triệu đồng)"),
        ("Kinh phí", "Kéo dài", "Kéo dài (sang năm sau) (triệu đồng)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (quý II/2024)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (đến 30/6/2024)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (người)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (%)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (trăm hộ)"),
        ("Tiến độ", "Thực hiện", "Thực hiện (triệu đồng)"),
        ("Tiến độ", "Đã giải ngân: ngân sách trung", "Giải ngân NSTW (%)"),
        *(("Tiến độ", "Hộ nghèo", f"Hộ nghèo ({words})") for words in OTHER_POOR),
        ("Mô hình", "Số hộ theo", "Số hộ (nghèo, cận nghèo)"),
        ("Mô hình", "Số hộ theo", "Số hộ (hội viên)"),
        ("Mô hình", "Việc làm", "Việc làm (ngày công)"),
        ("Mô hình", "Ngày phê duyệt", "Ngày phê duyệt (gia hạn)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (chuyển nguồn) (triệu đồng)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (giai đoạn 2021-2025) (triệu đồng)"),
        ("Tiến độ", "Đã giải ngân: ngân sách trung", "Giải ngân NSTW (tạm ứng) (triệu đồng)"),
        ("Tiến độ", "Đã giải ngân: ngân sách trung", "Giải ngân NSTW (vốn đầu tư) (triệu đồng)"),
        ("Giải ngân", "Vốn đầu tư, ngân sách trung", "VĐT NSTW (9 tháng) (triệu đồng)"),
    ],
)
def test_a_heading_that_asks_for_something_else_is_a_question(content, title, label, heading):
    def change(page):
        page.cell(messes.HEADING, messes.column(page, label)).value = heading

    result = read(content, on(title, change))
    (found,) = result.findings
    assert (found.rule, found.severity, found.value) == ("ambiguous_column", "refuse", heading)


@pytest.mark.parametrize(
    ("title", "label", "heading"),
    [
        ("Mô hình", "Số hộ theo", "Số hộ (dự kiến)"),
        ("Giải ngân", "Vốn đầu tư, ngân sách trung", "VĐT NSTW (trong tháng) (triệu đồng)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (năm 2024) (triệu đồng)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (đến hết quý) (hộ)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (từ 01/7/2024 đến 30/9/2024)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (cả năm) (triệu đồng)"),
        ("Mô hình", "Việc làm", "Việc làm tạo ra (người)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (chuẩn đa chiều 2022–2025)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (theo chuẩn nghèo đa chiều giai đoạn 2021-2025) (hộ)"),
        ("Tiến độ", "Hộ cận nghèo", "Hộ cận nghèo (NĐ 07/2021/NĐ-CP)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (chuẩn mới)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (đến thời điểm báo cáo)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (9 tháng)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (quý 3)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (số hộ tham gia đến 9/2024)"),
        ("Tiến độ", "Đã giải ngân: ngân sách trung", "Giải ngân NSTW (lũy kế) (9=6+7) (tr.đ)"),
        ("Mô hình", "Số hộ theo", "Số hộ (theo QĐ phê duyệt)"),
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (đa chiều)"),
        ("Tiến độ", "Hộ thoát nghèo", "Hộ thoát nghèo (cộng dồn)"),
        ("Tiến độ", "Hộ do phụ nữ", "Hộ do phụ nữ làm chủ (nữ chủ hộ)"),
        ("Kinh phí", "Kế hoạch giao", "Kế hoạch giao (theo QĐ của UBND tỉnh) (triệu đồng)"),
        ("Kinh phí", "Kéo dài", "Kéo dài (từ năm 2023 sang) (triệu đồng)"),
    ],
)
def test_a_heading_that_says_more_of_the_same_column_is_read(content, clean, title, label, heading):
    def change(page):
        page.cell(messes.HEADING, messes.column(page, label)).value = heading

    result = read(content, on(title, change))
    assert (told(result), differences(result, clean)) == ([], [])


@pytest.mark.parametrize(
    ("title", "label", "heading"),
    [
        ("Tiến độ", "Hộ nghèo", "Hộ nghèo (HN)"),
        ("Tiến độ", "Phụ nữ tham gia", "Phụ nữ tham gia (chị em)"),
        ("Mô hình", "Việc làm", "Việc làm tạo ra (lao động)"),
        ("Mô hình", "Kinh phí: huy động", "Huy động khác (dân góp, đối ứng) (triệu đồng)"),
    ],
)
def test_a_heading_with_unknown_words_in_brackets_is_read_with_a_word(
    content, clean, title, label, heading
):
    def change(page):
        page.cell(messes.HEADING, messes.column(page, label)).value = heading

    result = read(content, on(title, change))
    (found,) = result.findings
    assert (found.rule, found.severity, found.value) == ("ambiguous_column", "warn", heading)
    assert differences(result, clean) == []


def test_a_heading_that_is_another_column_is_not_taken_for_a_slip(content, clean):
    def change(page):
        at = messes.column(page, "Người DTTS")
        page.cell(messes.HEADING, at).value = "Hộ nghèo DTTS"

    result = read(content, on("Tiến độ", change))
    assert [found.rule for found in result.findings] == ["unknown_column", "missing_column"]
    assert {row[2] for row in differences(result, clean)} == {"ethnic_minority"}


def test_a_heading_that_is_not_ours_does_not_draw_in_the_line_above(content):
    result = read(content, on("Tập huấn", lambda page: setattr(page["A3"], "value", "Ký hiệu")))
    assert told(result) == [
        ("unknown_column", "Tập huấn", 3, "A"),
        ("missing_column", "Tập huấn", 3, "Mã lớp"),
    ]
    assert result.findings[0].value == "Ký hiệu"


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Mô hình", {"Mã": "Mã", "Huyện": "Huyện/TX/TP", "Xã": "Xã/phường/TT"}),
        ("Mô hình", {"Số hộ theo": "Tổng số hộ", "Ngày ký": "Ngày ký HĐ"}),
        ("Tiến độ", {"Hộ nghèo": "Nghèo", "Phụ nữ": "Nữ"}),
        (
            "Giải ngân",
            {"Vốn đầu tư, ngân sách trung": "VĐT NSTW", "Vốn sự nghiệp, ngân": "VSN NS TW"},
        ),
        ("Tập huấn", {"Nội dung": "Tên lớp tập huấn"}),
    ],
)
def test_headings_as_offices_shorten_them(content, clean, title, headings):
    def change(page):
        for label, written in headings.items():
            page.cell(messes.HEADING, messes.column(page, label)).value = written

    result = read(content, on(title, change))
    assert (told(result), differences(result, clean)) == ([], [])


def test_a_sheet_of_ours_without_its_headings_is_not_passed_over(content):
    def change(page):
        for cell in page[messes.HEADING]:
            cell.value = f"Cột {cell.column}"

    result = read(content, on("Tiến độ", change))
    assert told(result) == [
        ("missing_column", "Tiến độ", 0, ""),
        ("missing_sheet", "Tiến độ", 0, ""),
    ]
    assert [found.severity for found in result.findings] == ["refuse", "warn"]


@pytest.mark.parametrize("written", ["{at}. {text}", "({at}) {text}", "{text} ({at}={before}+1)"])
def test_headings_with_their_numbers(content, clean, written):
    def change(page):
        for at, cell in enumerate(page[messes.HEADING], start=1):
            cell.value = written.format(at=at, before=at - 1, text=cell.value)

    result = read(content, on("Tiến độ", change))
    assert (told(result), differences(result, clean)) == ([], [])


def test_a_unit_on_a_line_of_its_own_in_the_heading(content, clean):
    def change(page):
        for cell in page[messes.HEADING]:
            cell.value = cell.value.replace(" (", "\nĐVT: ").replace(")", "").replace(" *", "")

    result = read(content, on("Tiến độ", change))
    assert (told(result), differences(result, clean)) == ([], [])


def test_a_missing_column_is_refused_if_it_must_be_there(content, clean):
    def change(page):
        page.delete_cols(messes.column(page, "Lĩnh vực"))
        page.delete_cols(messes.column(page, "Đơn vị phối hợp"))

    result = read(content, on("Mô hình", change))
    assert [(found.wrong, found.severity) for found in result.findings] == [
        ("Thiếu cột Lĩnh vực", "refuse"),
        ("Thiếu cột Đơn vị phối hợp", "warn"),
    ]
    assert {row[2] for row in differences(result, clean)} == {"sector", "coordinating_units"}


def test_more_title_rows_and_numbered_columns_under_the_headings(content):
    def change(page):
        page.insert_rows(messes.FIRST)
        for at in range(1, page.max_column + 1):
            page.cell(messes.FIRST, at).value = f"({at})"
        page.insert_rows(1, 4)
        page["B1"] = "HỘI LIÊN HIỆP PHỤ NỮ"
        page["B2"] = "Đơn vị báo cáo: Hội LHPN tỉnh Bến Tre"

    result = read(content, on("Tiến độ", change))
    assert told(result) == []
    assert ("dòng đánh số cột", "không đọc") in notes(result)
    assert len(result.frames["progress"]) == 22


def test_headings_in_two_rows_under_a_merged_one(content, clean):
    def change(page):
        page.insert_rows(messes.HEADING)
        first = messes.column(page, "Kinh phí: ngân sách trung", messes.HEADING + 1)
        page.cell(messes.HEADING, first).value = "Kinh phí (triệu đồng)"
        page.merge_cells(
            start_row=messes.HEADING,
            end_row=messes.HEADING,
            start_column=first,
            end_column=first + 2,
        )
        for at, name in enumerate(("Trung ương", "Địa phương", "Đối ứng")):
            page.cell(messes.HEADING + 1, first + at).value = name

    result = read(content, on("Mô hình", change))
    assert told(result) == []
    assert differences(result, clean) == []


@pytest.mark.parametrize(
    ("label", "above", "parts"),
    [
        ("Hộ nghèo", "Hộ nghèo (hộ)", ("Đầu kỳ", "Cuối kỳ")),
        ("Thực hiện lũy kế", "Thực hiện (%)", ("Trong kỳ", "Lũy kế")),
        ("Đã giải ngân: ngân sách trung", "Giải ngân NSTW (triệu đồng)", ("Trong quý", "Lũy kế")),
    ],
)
def test_a_merged_heading_over_the_quarter_and_the_sum_so_far(content, clean, label, above, parts):
    def change(page):
        _beside(parts[0], label)(page)
        at = messes.column(page, parts[0])
        for column in (at, at + 1):
            page.cell(messes.HEADING + 1, column).value = parts[column - at]
            page.cell(messes.HEADING, column).value = above if column == at else None
        page.merge_cells(
            start_row=messes.HEADING, end_row=messes.HEADING, start_column=at, end_column=at + 1
        )
        page.cell(messes.HEADING + 1, 1).value = None
        for cell in page[messes.HEADING + 1]:
            cell.value = None if str(cell.value).startswith("=") else cell.value

    result = read(content, on("Tiến độ", change))
    assert [found.rule for found in result.findings] == ["unknown_column"]
    assert result.findings[0].value == f"{above} {parts[0]}"
    assert differences(result, clean) == []


def test_households_in_three_columns_under_one_heading(content, clean):
    def change(page):
        at = messes.column(page, "Hộ nghèo")
        for column, part in enumerate(("Nghèo", "Cận nghèo", "Mới thoát nghèo"), at):
            page.cell(messes.HEADING, column).value = "Số hộ tham gia" if column == at else None
            page.cell(messes.HEADING + 1, column).value = part
        page.merge_cells(
            start_row=messes.HEADING, end_row=messes.HEADING, start_column=at, end_column=at + 2
        )
        for cell in page[messes.HEADING + 1]:
            cell.value = None if str(cell.value).startswith(("=", "Cộng")) else cell.value

    result = read(content, on("Tiến độ", change))
    assert (told(result), differences(result, clean)) == ([], [])


def test_a_merged_district_stands_for_its_rows_a_blank_one_for_nothing(content, clean):
    same = clean.frames["models"]["district_name"].iloc[0]
    codes = clean.frames["models"]["district"]

    def change(page):
        at = messes.column(page, "Huyện")
        for row in (1, 2):
            put(page, "Huyện", row, None)
            put(page, "Xã", row, None)
        page.merge_cells(
            start_row=messes.FIRST, end_row=messes.FIRST + 1, start_column=at, end_column=at
        )

    result = read(content, on("Mô hình", change))
    assert told(result) == []
    assert ("ô gộp", same) in notes(result)
    found = result.frames["models"]
    assert found["district_name"].iloc[1] == same
    assert found["district"].iloc[1] == codes.iloc[0]
    assert pd.isna(found["district_name"].iloc[2])
    assert pd.isna(found["district"].iloc[2])


def test_a_number_merged_over_rows_is_asked(content, clean):
    def change(page):
        at = messes.column(page, "Hộ nghèo")
        page.cell(messes.FIRST + 1, at).value = None
        page.merge_cells(
            start_row=messes.FIRST, end_row=messes.FIRST + 1, start_column=at, end_column=at
        )

    result = read(content, on("Tiến độ", change))
    assert told(result)[0] == ("merged_numbers", "Tiến độ", messes.FIRST + 1, "F")
    assert result.findings[0].severity == "refuse"


def _with_total(off: int):
    def change(page):
        row = messes.last_row(page) + 2
        page.cell(row, 2).value = "Tổng cộng"
        at = messes.column(page, "Hộ nghèo")
        known = [page.cell(n, at).value for n in range(messes.FIRST, row)]
        page.cell(row, at).value = sum(value or 0 for value in known) + off
        page.cell(row + 3, 2).value = "Bến Tre, ngày 05 tháng 10 năm 2024"
        page.cell(row + 4, 2).value = "Người lập biểu"
        page.cell(row + 4, 10).value = "Chủ tịch"

    return change


@pytest.mark.parametrize(
    ("words", "at"),
    [
        *(("I. Cộng", 1), ("A. TỔNG CỘNG", 2), ("* Tổng cộng:", 2), ("Tổng số mô hình: 22", 2)),
        *(("Tổng cộng (A+B)", 1), ("Cộng TP Bến Tre", 2), ("Cộng trang", 1), ("TC", 2)),
        *(("Toàn huyện", 1), ("Cộng toàn huyện", 2), ("Tổng kinh phí", 1), ("Total", 2)),
        *(("Toàn tỉnh", 2), ("Tổng dự án", 1), ("Cộng theo huyện", 2), ("Cộng NSTW", 1)),
    ],
)
def test_sums_in_many_words(content, clean, words, at):
    def change(page):
        row = messes.last_row(page) + 1
        page.cell(row, at).value = words
        column = messes.column(page, "Hộ nghèo")
        page.cell(row, column).value = int(clean.frames["progress"]["poor"].sum())

    result = read(content, on("Tiến độ", change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("dòng cộng, không đọc") in [read_as for _, read_as in notes(result)]


def test_a_row_of_sums_with_a_running_number_that_is_text(content):
    page = openpyxl.load_workbook(io.BytesIO(content))["Tiến độ"]
    page.insert_cols(1)
    page.cell(messes.HEADING, 1).value = "STT"
    row = page.max_row + 1
    page.cell(row, 1).value, page.cell(row, 3).value, page.cell(row, 7).value = 23, "Tổng cộng", 1
    result = reading.read("a.csv", messes.as_csv(page, "utf-8", ";"))
    assert [found.rule for found in result.findings] == ["totals_mismatch"]
    assert len(result.frames["progress"]) == 22


@pytest.mark.parametrize("title", ["Mô hình", "Tiến độ", "Kinh phí", "Tập huấn", "Vướng mắc"])
def test_a_block_of_signatures_is_no_record(content, clean, title):
    result = read(content, on(title, messes.signed))
    assert (told(result), differences(result, clean)) == ([], [])
    assert notes(result).count(("ghi chú, chữ ký", "không đọc")) >= 6


@pytest.mark.parametrize(
    ("title", "cells", "table"),
    [
        (
            "Tiến độ",
            {"Mã": "83-2024-777", "Giai đoạn": "Phê duyệt", "Ghi chú": "Ghi chú: mới"},
            "progress",
        ),
        (
            "Vướng mắc",
            {"Mã": "VM-777", "Chủ đề": "Khác", "Câu hỏi": "Kế toán xã chưa nắm quy trình"},
            "questions",
        ),
        ("Vướng mắc", {"Mã": "I", "Câu hỏi": "Huyện chưa phân bổ vốn"}, "questions"),
        ("Vướng mắc", {"Câu hỏi": "Huyện chưa phân bổ vốn"}, "questions"),
        ("Mô hình", {"Tên mô hình": "Tổng công ty Lương thực nuôi bò"}, "models"),
        ("Mô hình", {"Tên mô hình": "Cộng đồng nuôi bò"}, "models"),
    ],
)
def test_a_short_row_that_may_be_a_record_is_read_as_one(content, clean, title, cells, table):
    def change(page):
        row = messes.last_row(page) + 1 - messes.FIRST
        for label, value in cells.items():
            put(page, label, row, value)

    result = read(content, on(title, change))
    assert len(result.frames[table]) == len(clean.frames[table]) + 1


@pytest.mark.parametrize(
    "group",
    [("II", "Huyện Ba Tri"), ("A. CÁC MÔ HÌNH CHUYỂN TIẾP", None), (None, "Thành phố Bến Tre")],
)
def test_a_line_that_names_a_group_is_no_record(content, clean, group):
    def change(page):
        page.insert_rows(messes.FIRST + 2)
        for at, words in enumerate(group, start=1):
            page.cell(messes.FIRST + 2, at).value = words

    result = read(content, on("Mô hình", change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("dòng chữ, tên nhóm", "không đọc") in notes(result)


@pytest.mark.parametrize("title", ["Mô hình", "Tiến độ", "Vướng mắc"])
def test_a_title_over_merged_columns_below_the_headings_is_no_record(content, clean, title):
    def change(page):
        page.insert_rows(messes.HEADING + 1)
        page.cell(messes.HEADING + 1, 1).value = "Số liệu đến 30/9/2024"
        page.merge_cells(None, messes.HEADING + 1, 1, messes.HEADING + 1, 9)

    result = read(content, on(title, change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("dòng chữ, tên nhóm", "không đọc") in notes(result)


def test_headings_in_two_rows_and_their_numbers_come_again_on_the_next_page(content, clean):
    def change(page):
        page.insert_rows(messes.HEADING)
        first = messes.column(page, "Đã giải ngân: ngân sách trung", messes.HEADING + 1)
        for at in range(1, page.max_column + 1):
            lower = page.cell(messes.HEADING + 1, at)
            page.cell(messes.HEADING, at).value, lower.value = lower.value, None
        page.cell(messes.HEADING, first).value = "Đã giải ngân (triệu đồng)"
        page.merge_cells(None, messes.HEADING, first, messes.HEADING, first + 2)
        for at, name in enumerate(("Trung ương", "Địa phương", "Đối ứng"), start=first):
            page.cell(messes.HEADING + 1, at).value = name
        page.insert_rows(messes.FIRST + 6, 3)
        for at in range(1, page.max_column + 1):
            for below in (0, 1):
                again = page.cell(messes.HEADING + below, at).value
                page.cell(messes.FIRST + 6 + below, at).value = again
            page.cell(messes.FIRST + 8, at).value = f"({at})"

    result = read(content, on("Tiến độ", change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert notes(result).count(("dòng lặp lại tiêu đề", "không đọc")) == 2
    assert ("dòng đánh số cột", "không đọc") in notes(result)


def test_a_row_of_sums_is_left_out_and_compared(content, clean):
    right = read(content, on("Tiến độ", _with_total(0)))
    assert told(right) == []
    assert differences(right, clean) == []
    assert ("Tổng cộng", "dòng cộng, không đọc") in notes(right)
    wrong = read(content, on("Tiến độ", _with_total(5)))
    (found,) = wrong.findings
    assert (found.rule, found.severity, found.column) == (
        "totals_mismatch",
        "warn",
        "F: Hộ nghèo",
    )
    total = clean.frames["progress"]["poor"].sum()
    assert found.wrong == f"Dòng cộng ghi {total + 5}, các dòng cộng lại là {total}"
    assert differences(wrong, clean) == []


def test_months_that_run_up_to_the_row_of_sums_are_asked_to_be_no_cumulative_ones(content):
    def change(page):
        at = messes.column(page, "Vốn sự nghiệp, ngân sách trung")
        for row in range(messes.FIRST, messes.last_row(page) + 1):
            page.cell(row, at).value = 100 * row
        page.cell(messes.FIRST - 1, at).value = 100 * messes.last_row(page)

    (found,) = read(content, on("Giải ngân", change)).findings
    assert (found.rule, found.severity) == ("totals_mismatch", "warn")
    assert found.wrong.endswith("dòng cộng bằng dòng cuối, có phải cột ghi số lũy kế?")


def test_subtotals_by_district_each_add_up_their_own_rows(content, clean):
    def change(page):
        at = messes.column(page, "Hộ nghèo")
        for after in (5, 3):
            row = messes.FIRST + after
            page.insert_rows(row)
            page.cell(row, 1).value = "Cộng huyện"
            start = messes.FIRST if after == 3 else messes.FIRST + 3
            page.cell(row, at).value = sum(page.cell(n, at).value or 0 for n in range(start, row))

    result = read(content, on("Tiến độ", change))
    assert told(result) == []
    assert differences(result, clean) == []


def test_a_row_of_signs_that_are_not_seen_is_blank(content, clean):
    def change(page):
        row = messes.last_row(page) + 1
        for below, sign in enumerate(("\u200b", "\u2060", "\u202f", "\u00ad")):
            for at in range(1, 8):
                page.cell(row + below, at).value = sign

    result = read(content, on("Tiến độ", change))
    assert (told(result), notes(result)) == ([], [])
    assert differences(result, clean) == []


_STRUCK = "<r><rPr><strike/></rPr><t>{}</t></r>"
_RAISED = '<r><rPr><vertAlign val="superscript"/></rPr><t>{}</t></r>'
_PLAIN = '<r><t xml:space="preserve">{}</t></r>'


def _of_runs(content: bytes, sheet: str, address: str, runs: str) -> bytes:
    """A cell with a text of runs, as Excel writes one whose letters are not all alike."""
    texts = "xl/sharedStrings.xml"
    number = messes.parts_of(content)[texts].count(b"<si>")
    ending = f"<si>{runs}</si></sst>".encode()
    sent = messes.with_part(content, texts, lambda data: data.replace(b"</sst>", ending))
    cell = rb'<c r="%s".*?</c>' % address.encode()
    held = b'<c r="%s" t="s"><v>%d</v></c>' % (address.encode(), number)
    return messes.with_part(
        sent, f"xl/worksheets/{sheet}.xml", lambda data: re.sub(cell, held, data, count=1)
    )


@pytest.mark.parametrize(
    ("sheet", "address", "runs"),
    [
        ("sheet3", "F5", _STRUCK.format(1) + _PLAIN.format(5)),
        ("sheet3", "F5", _PLAIN.format(1) + _RAISED.format(2)),
        ("sheet3", "M5", _PLAIN.format("120,5") + _RAISED.format("(1)")),
        ("sheet2", "B5", _STRUCK.format("Nuôi bò") + _PLAIN.format("Nuôi dê")),
        ("sheet2", "T5", _STRUCK.format("30") + _PLAIN.format("3/9/2024")),
    ],
)
def test_a_text_partly_crossed_out_or_with_a_footnotes_mark_is_asked(
    content, clean, sheet, address, runs
):
    result = reading.read(NAME, _of_runs(content, sheet, address, runs))
    (found,) = result.findings
    assert (found.rule, found.row, found.column[0]) == ("shown_otherwise", 5, address[0])
    assert [(row, value) for _, row, _, value in differences(result, clean)] == [(5, None)]


def test_runs_of_other_looks_are_one_text(content, clean):
    for runs, told in (
        (_PLAIN.format("20 m") + _RAISED.format(2), "20 m2"),
        (_PLAIN.format("Ao ") + "<r><rPr><b/></rPr><t>to</t></r>", "Ao to"),
    ):
        result = reading.read(NAME, _of_runs(content, "sheet2", "J5", runs))
        assert (result.findings, len(differences(result, clean))) == ([], 1)
        assert result.frames["models"]["scale"].iloc[0] == told


@pytest.mark.parametrize(
    ("written", "is_asked"),
    [
        *(
            (code, True)
            for code in ("#,##0,,", "#,##0,", '0.0,"k"', '#,##0.0" tỷ"', "0.0\\ \\t\\ỷ")
        ),
        *((code, True) for code in ('#,##0" nghìn đồng"', '0.0,,\\ "tr.đ"')),
        *(
            (code, False)
            for code in ("#,##0", '#,##0.0" tr"', '#,##0" triệu đồng"', "#,##0\\ [$₫-42A]")
        ),
        *(
            (code, False)
            for code in ("_-* #,##0\\ _đ_-;\\-* #,##0\\ _đ_-", '#,##0\\ "đ"', "@", "# ##0")
        ),
    ],
)
def test_a_format_that_shows_another_amount_than_the_cell_holds_is_asked(
    content, clean, written, is_asked
):
    def change(page):
        at = messes.column(page, "Đã giải ngân: ngân sách trung")
        page.cell(messes.FIRST, at).number_format = written

    result = read(content, on("Tiến độ", change))
    place = ("shown_otherwise", "Tiến độ", messes.FIRST, "M")
    assert told(result) == [place] * is_asked
    assert len(differences(result, clean)) == is_asked


def test_a_row_that_is_crossed_out_is_asked(content, clean):
    def change(page):
        for cell in page[messes.FIRST + 1]:
            cell.font = Font(strike=True)
        page.cell(messes.FIRST + 3, 2).font = Font(strike=True)

    result = read(content, on("Tiến độ", change))
    assert told(result) == [("struck_out", "Tiến độ", messes.FIRST + 1, "")]
    assert differences(result, clean) == []


_ODS_STYLE = (
    '<office:automatic-styles><style:style style:name="ce1" style:family="table-cell"/>'
    '<style:style style:name="ce2" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="{}"/></style:style></office:automatic-styles><office:body>'
)


@pytest.mark.parametrize(("line", "rows"), [("solid", [6]), ("none", [])])
def test_a_row_that_is_crossed_out_in_an_open_document_is_asked(content, clean, line, rows):
    sent = messes.as_ods(openpyxl.load_workbook(io.BytesIO(content)))

    def change(data: bytes) -> bytes:
        data = data.replace(b"<office:body>", _ODS_STYLE.format(line).encode())
        data = data.replace(b" office:version", b' xmlns:style="urn:x" office:version', 1)
        before, name, after = data.partition('table:name="Tiến độ"'.encode())
        found = after.split(b"<table:table-row>")
        cell = b"<table:table-cell office:value-type"
        lined = b'<table:table-cell table:style-name="ce2" office:value-type'
        found[6] = found[6].replace(cell, lined)
        found[8] = found[8].replace(cell, lined, 1)
        return before + name + b"<table:table-row>".join(found)

    result = reading.read("a.ods", messes.with_part(sent, "content.xml", change))
    assert told(result) == [("struck_out", "Tiến độ", row, "") for row in rows]
    assert differences(result, clean) == []


def test_blank_rows_between_records(content, clean):
    def change(page):
        page.insert_rows(messes.FIRST + 2, 7)
        page.cell(messes.FIRST + 4, 3).value = "\u00a0 "

    result = read(content, on("Mô hình", change))
    assert (told(result), notes(result)) == ([], [])
    assert differences(result, clean) == []
    rows = clean.frames["models"].index
    assert result.frames["models"].index.tolist() == [*rows[:2], *(rows[2:] + 7)]


def test_a_hidden_copy_is_passed_over_and_a_hidden_only_sheet_is_read(content, clean):
    def copy(book):
        page = book.copy_worksheet(book["Tiến độ"])
        page.title = "Tiến độ cũ"
        put(page, "Hộ nghèo", 0, 9999)
        page.sheet_state = "hidden"

    result = read(content, copy)
    assert (told(result), differences(result, clean)) == ([], [])

    def hide(book):
        book["Tiến độ"].sheet_state = "hidden"

    result = read(content, hide)
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("trang ẩn", "trang Tiến độ") in notes(result)


def test_sheets_renamed_missing_and_foreign(content, clean):
    def change(book):
        book["Mô hình"].title = "MO  HINH"
        book["Tiến độ"].title = "Sheet1"
        book["Vướng mắc"].title = "Khó khăn, vướng mắc "
        del book["Tập huấn"]
        book.create_sheet("Ghi chép")["A1"] = "gọi lại"

    result = read(content, change)
    assert [(found.rule, found.sheet, found.severity) for found in result.findings] == [
        ("unknown_sheet", "Ghi chép", "warn"),
        ("missing_sheet", "Tập huấn", "warn"),
    ]
    assert ("Sheet1", "trang Tiến độ") in notes(result)
    for name in ("models", "progress", "questions"):
        pd.testing.assert_frame_equal(result.frames[name], clean.frames[name])
    assert result.frames["trainings"].empty


def _copied(title: str, name: str, first: bool):
    """A second sheet with another figure, before or behind the real one."""

    def change(book):
        page = book.copy_worksheet(book[title])
        page.title = name
        put(page, "Vốn đầu tư, ngân sách trung ương", 0, 9999)
        if first:
            book.move_sheet(page, -len(book.sheetnames) + 2)

    return change


@pytest.mark.parametrize("first", [True, False])
def test_a_visible_copy_is_told_and_not_read_wherever_it_stands(content, clean, first):
    result = read(content, _copied("Giải ngân", "Giải ngân (2)", first))
    assert told(result) == [("unknown_sheet", "Giải ngân (2)", 0, "")]
    assert "số liệu lấy ở trang “Giải ngân”" in result.findings[0].wrong
    assert differences(result, clean) == []


def test_models_parted_over_two_sheets_are_not_published_by_half(content):
    def change(book):
        first, rest = book["Mô hình"], book.copy_worksheet(book["Mô hình"])
        rest.title = "Mô hình (tiếp)"
        first.delete_rows(messes.FIRST + 10, 100)
        rest.delete_rows(messes.FIRST, 10)

    result = read(content, change)
    (found,) = result.findings
    assert (found.rule, found.sheet, found.severity) == (
        "ambiguous_sheet",
        "Mô hình (tiếp)",
        "refuse",
    )
    assert "có 15 dòng của bảng Mô hình không có ở trang “Mô hình”" in found.wrong


def test_the_last_quarters_sheet_left_in_does_not_say_which_quarter_is_reported(content, clean):
    def change(book):
        old = book.copy_worksheet(book["Tiến độ"])
        old.title = "Tiến độ (cũ)"
        old["A1"] = "TIẾN ĐỘ – Tỉnh Bến Tre, quý II/2024"
        old.cell(messes.FIRST, 1).value = "83-2021-009"

    result = read(content, change)
    assert told(result) == [("unknown_sheet", "Tiến độ (cũ)", 0, "")]
    assert differences(result, clean) == []


def test_two_sheets_of_which_none_bears_the_templates_name_are_a_question(content):
    def change(book):
        _copied("Giải ngân", "GN cũ", first=False)(book)
        book["Giải ngân"].title = "GN mới"

    (found,) = read(content, change).findings
    assert (found.rule, found.severity, found.sheet) == ("ambiguous_sheet", "refuse", "GN cũ")
    assert found.wrong == "Bảng Giải ngân ở trang “GN mới” hay ở trang “GN cũ”?"


# Cells.


def test_numbers_as_text_in_either_style(content, clean):
    written = {
        "Hộ nghèo": " 7 ",
        "Hộ cận nghèo": "1 234",
        "Hộ mới thoát": "-",
        "Phụ nữ": "1.234.567",
        "Đã giải ngân: ngân sách trung ương": "1.234.567,8",
        "Đã giải ngân: ngân sách địa phương": "1,234,567.8",
        "Đã giải ngân: huy động": "(350)",
        "Thực hiện": "12,5%",
    }

    def change(page):
        for label, text in written.items():
            put(page, label, 0, text)

    result = read(content, on("Tiến độ", change))
    row = messes.FIRST
    assert told(result) == []
    assert differences(result, clean) == [
        ("progress", row, "actual", 0.125),
        ("progress", row, "poor", 7),
        ("progress", row, "near_poor", 1234),
        ("progress", row, "newly_escaped", None),
        ("progress", row, "women", 1234567),
        ("progress", row, "spent_trung_uong", 1_234_567_800_000),
        ("progress", row, "spent_dia_phuong", 1_234_567_800_000),
        ("progress", row, "spent_khac", -350_000_000),
    ]
    assert ("12,5%", "12,50%") in notes(result)
    assert ("1.234.567,8", "1.234.567.800.000 đồng") in notes(result)
    assert str(result.frames["progress"]["newly_escaped"].dtype) == "Int64"


@pytest.mark.parametrize(
    ("label", "column", "value", "rule"),
    [
        ("Hộ nghèo", "poor", "1.234", "ambiguous_number"),
        ("Hộ nghèo", "poor", "12 hộ", "unreadable_number"),
        ("Hộ nghèo", "poor", 12.5, "unreadable_number"),
        ("Hộ nghèo", "poor", "12²", "unreadable_number"),
        ("Phụ nữ", "women", "1¹", "unreadable_number"),
        ("Phụ nữ", "women", "\u202e21\u202c", "unreadable_number"),
        ("Phụ nữ", "women", "5\n700", "unreadable_number"),
        ("Đã giải ngân: ngân sách trung ương", "spent_trung_uong", "50  120", "unreadable_number"),
        ("Đã giải ngân: ngân sách trung ương", "spent_trung_uong", "1,234", "ambiguous_number"),
        ("Đã giải ngân: ngân sách trung ương", "spent_trung_uong", "chưa", "unreadable_number"),
        ("Giai đoạn", "stage", "Đang nuôi", "unknown_word"),
        ("Thực hiện", "actual", 64.2, "ambiguous_number"),
        ("Phụ nữ", "women", True, "unreadable_number"),
    ],
)
def test_what_cannot_be_read_is_missing_and_told_once(content, clean, label, column, value, rule):
    result = read(content, on("Tiến độ", lambda page: put(page, label, 1, value)))
    (found,) = result.findings
    assert (found.rule, found.sheet, found.row) == (rule, "Tiến độ", messes.FIRST + 1)
    assert found.column == result.columns["progress", column]
    assert found.table == "progress"
    assert (found.province, found.quarter) == (PROVINCE, QUARTER)
    assert found.severity == "refuse"
    assert found.value
    assert found.remedy
    assert differences(result, clean) == [("progress", messes.FIRST + 1, column, None)]


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("Kế hoạch giao (đồng)", 1_000_000),
        ("Kế hoạch giao (nghìn đồng)", 1_000),
        ("Kế hoạch giao (1.000đ)", 1_000),
        ("Kế hoạch giao, tỷ đồng", 0.001),
        ("KH giao (ĐVT: tr.đ)", 1),
        ("Kế hoạch giao (Triệu)", 1),
        ("Kế hoạch giao (tỉ đồng)", 0.001),
        ("Kế hoạch giao (1.000.000 đồng)", 1),
        ("Kế hoạch giao (ĐVT: 1.000.000 đồng)", 1),
        ("Kế hoạch giao (x1000đ)", 1_000),
        ("Kế hoạch giao (Đồng Việt Nam)", 1_000_000),
        ("Kế hoạch giao ĐVT: nghìn đ", 1_000),
        ("Kế hoạch giao - tỷ", 0.001),
    ],
)
def test_money_in_the_unit_of_its_heading(content, clean, heading, factor):
    def change(page):
        at = messes.column(page, "Kế hoạch giao")
        page.cell(messes.HEADING, at).value = heading
        for row in range(messes.FIRST, messes.last_row(page) + 1):
            cell = page.cell(row, at)
            cell.value = round(cell.value * factor, 9) if cell.value is not None else None

    result = read(content, on("Kinh phí", change))
    assert told(result) == []
    assert differences(result, clean) == []


def test_money_in_the_unit_of_a_line_above_or_in_none(content, clean):
    def strip(page):
        for label in ("Kế hoạch giao", "Kéo dài", "Đã phân bổ"):
            page.cell(messes.HEADING, messes.column(page, label)).value = label
        page["A2"] = None

    def above(page):
        strip(page)
        page["C2"] = "ĐVT: nghìn đồng"

    result = read(content, on("Kinh phí", above))
    assert told(result) == []
    expected = clean.frames["funding"]["assigned"] // 1000
    assert result.frames["funding"]["assigned"].tolist() == expected.tolist()
    result = read(content, on("Kinh phí", strip))
    assert told(result) == [("unknown_unit", "Kinh phí", 3, at) for at in "CDE"]
    assert result.frames["funding"]["assigned"].isna().all()


UNKNOWN = (
    *("USD", "trăm triệu đồng", "nghìn tỷ đồng", "10 triệu đồng", "1.000 tỷ đồng", "T.đồng"),
    *("triệu đồng/hộ", "đồng/người"),
)


@pytest.mark.parametrize("unit", UNKNOWN)
def test_a_unit_that_is_none_of_ours_is_asked_though_the_sheet_states_another(content, unit):
    def change(page):
        page.cell(messes.HEADING, messes.column(page, "Kéo dài")).value = f"Kéo dài ({unit})"

    result = read(content, on("Kinh phí", change))
    assert told(result) == [("unknown_unit", "Kinh phí", 3, "D")]
    assert result.frames["funding"]["carried_over"].isna().all()
    assert result.frames["funding"]["assigned"].notna().all()


@pytest.mark.parametrize(
    ("line", "per_million"),
    [
        ("(Đơn vị: tỉ đồng)", 1_000),
        ("ĐVT: 1.000.000 đồng", 1),
        ("Đơn vị tính: hộ, triệu đồng", 1),
        ("Đv: nghìn đồng", 0.001),
        ("Triệu đồng", 1),
        ("Đơn vị tính: đồng, %", 0.000_001),
        ("ĐVT: nghìn tỷ đồng", None),
        ("ĐVT: trăm triệu đồng", None),
        ("Đơn vị: Đồng Tháp", None),
        ("Đơn vị: Ngân Sơn", None),
    ],
)
def test_a_line_above_states_the_unit_or_is_asked(content, clean, line, per_million):
    def change(page):
        for label in ("Kế hoạch giao", "Kéo dài", "Đã phân bổ"):
            page.cell(messes.HEADING, messes.column(page, label)).value = label
        page["A2"] = None
        page["E2"] = line

    result = read(content, on("Kinh phí", change))
    assigned = result.frames["funding"]["assigned"]
    if per_million is None:
        assert [found.rule for found in result.findings] == ["unknown_unit"] * 3
        assert assigned.isna().all()
    else:
        assert told(result) == []
        expected = clean.frames["funding"]["assigned"] * per_million
        assert assigned.tolist() == expected.round().tolist()


@pytest.mark.parametrize("row", [2, messes.HEADING + 1])
def test_a_line_that_says_another_unit_than_the_templates_headings_is_asked(content, row):
    def change(page):
        if row > 2:
            page.insert_rows(row)
        page.cell(row, 5).value = "ĐVT: nghìn đồng"

    result = read(content, on("Kinh phí", change))
    assert told(result) == [("unknown_unit", "Kinh phí", 3, at) for at in "CDE"]
    assert "ghi triệu đồng, dòng đơn vị tính của bảng ghi khác" in result.findings[0].wrong


def _below_the_table(page):
    page.cell(page.max_row + 2, 7).value = "Ghi chú: số liệu tính bằng nghìn đồng"


def _in_a_column(page):
    for row in range(messes.FIRST, messes.last_row(page) + 1):
        page.cell(row, page.max_column + (row == messes.FIRST)).value = "nghìn đồng"
    page.cell(messes.HEADING, page.max_column).value = "ĐVT"


def _on_the_cover(book):
    for label, fact in book[sheets.HUONG_DAN].iter_rows(max_row=8, max_col=2):
        if label.value == "Đơn vị tính tiền":
            fact.value = "nghìn đồng"


@pytest.mark.parametrize(
    "change",
    [
        on("Kinh phí", lambda page: setattr(page["A1"], "value", "KINH PHÍ (nghìn đồng)")),
        on("Kinh phí", lambda page: setattr(page, "title", "Kinh phí (nghìn đồng)")),
        on("Kinh phí", _below_the_table),
        on("Kinh phí", _in_a_column),
        _on_the_cover,
    ],
)
def test_a_title_a_note_or_a_cover_that_says_another_unit_than_the_headings_is_asked(
    content, change
):
    found = [one for one in read(content, change).findings if one.sheet.startswith("Kinh phí")]
    found = [one for one in found if one.rule != "unknown_column"]
    assert [one.rule for one in found] == ["unknown_unit"] * 3
    assert "ghi triệu đồng, dòng đơn vị tính của bảng ghi khác" in found[0].wrong


def test_the_covers_unit_holds_where_no_heading_states_one(content, clean):
    def change(book):
        _on_the_cover(book)
        page = book["Kinh phí"]
        page["A2"] = None
        for label in ("Kế hoạch giao", "Kéo dài", "Đã phân bổ"):
            page.cell(messes.HEADING, messes.column(page, label)).value = label

    assigned = read(content, change).frames["funding"]["assigned"]
    assert assigned.tolist() == (clean.frames["funding"]["assigned"] // 1000).tolist()


@pytest.mark.parametrize("frame", ["{}", "({})"])
def test_units_in_a_row_below_the_headings(content, clean, frame):
    def change(page):
        page.insert_rows(messes.HEADING + 1)
        for cell in page[messes.HEADING]:
            bare, _, unit = str(cell.value).partition(" (")
            if unit and cell.column <= 15:
                cell.value = bare
                unit = unit.partition(")")[0].replace("triệu", "nghìn")
                page.cell(messes.HEADING + 1, cell.column).value = frame.format(unit)

    result = read(content, on("Tiến độ", change))
    assert told(result) == []
    spent = clean.frames["progress"]["spent_trung_uong"] // 1000
    assert result.frames["progress"]["spent_trung_uong"].tolist() == spent.tolist()
    assert (
        result.frames["progress"]["actual"].tolist() == clean.frames["progress"]["actual"].tolist()
    )


def test_dates_as_dates_text_and_serials(content, clean):
    def change(page):
        put(page, "Ngày phê duyệt", 0, "30/9/2024")
        put(page, "Ngày phê duyệt", 1, 45565)
        page.cell(messes.FIRST + 1, messes.column(page, "Ngày phê duyệt")).number_format = "General"
        put(page, "Ngày phê duyệt", 2, "ngày 30 tháng 9 năm 2024")
        put(page, "Ngày phê duyệt", 3, "03/04/2024")

    result = read(content, on("Mô hình", change))
    day = pd.Timestamp("2024-09-30")
    assert told(result) == []
    assert differences(result, clean) == [
        ("models", messes.FIRST, "approval_date", day),
        ("models", messes.FIRST + 1, "approval_date", day),
        ("models", messes.FIRST + 2, "approval_date", day),
        ("models", messes.FIRST + 3, "approval_date", pd.Timestamp("2024-04-03")),
    ]
    assert ("45565", "30/09/2024") in notes(result)


def _in_1904(change):
    def changed(book):
        book.epoch = CALENDAR_MAC_1904
        change(book)

    return changed


def test_serials_of_a_workbook_that_counts_from_1904(content, clean):
    def change(page):
        for row, value in enumerate((45565 - 1462, "44103", datetime(2024, 9, 30))):
            put(page, "Ngày phê duyệt", row, value)
        page.cell(messes.FIRST, messes.column(page, "Ngày phê duyệt")).number_format = "General"

    result = read(content, _in_1904(on("Mô hình", change)))
    day = pd.Timestamp("2024-09-30")
    assert told(result) == []
    assert differences(result, clean) == [
        ("models", messes.FIRST + row, "approval_date", day) for row in range(3)
    ]
    assert ("44103", "30/09/2024") in notes(result)


@pytest.mark.parametrize("as_file", [messes.as_xls, messes.as_ods])
def test_old_excel_and_open_document_that_count_from_1904(content, as_file):
    def change(page):
        put(page, "Ngày phê duyệt", 0, 44103)

    book = openpyxl.load_workbook(io.BytesIO(content))
    book.epoch = CALENDAR_MAC_1904
    change(book["Mô hình"])
    result = reading.read(NAME, as_file(book))
    assert result.frames["models"]["approval_date"].iloc[0] == pd.Timestamp("2024-09-30")
    assert ("44103", "30/09/2024") in notes(result)


def test_a_finding_says_which_row_of_its_table_it_is_about(content, clean):
    def change(book):
        put(book["Tiến độ"], "Hộ nghèo", 1, "1.234")
        put(book["Giải ngân"], "Vốn sự nghiệp, ngân sách trung ương", 2, "abc")
        put(book["Giải ngân"], "Tháng", 3, "abc")
        book.create_sheet("Nháp")["A1"] = "x"

    model = clean.frames["progress"]["model_id"].iloc[1]
    found = {(it.rule, it.table, it.key) for it in read(content, change).findings}
    assert found == {
        ("ambiguous_number", "progress", model),
        ("unreadable_number", "disbursements", "2024|2024-03|trung_uong|su_nghiep"),
        ("unreadable_date", "disbursements", "2024"),
        ("unknown_sheet", "", "Nháp"),
    }


def test_a_date_with_two_meanings_in_a_file_that_writes_month_first(content, clean):
    def change(book):
        put(book["Mô hình"], "Ngày phê duyệt", 0, "03/04/2024")
        put(book["Vướng mắc"], "Ngày nêu", 0, "09/30/2024")

    result = read(content, change)
    assert told(result) == [("ambiguous_date", "Mô hình", messes.FIRST, "T")]
    assert "ngày 3 tháng 4 hay ngày 4 tháng 3" in result.findings[0].wrong
    assert [row[:3] for row in differences(result, clean)] == [
        ("models", messes.FIRST, "approval_date"),
        ("questions", messes.FIRST, "asked_date"),
    ]


@pytest.mark.parametrize(
    "elsewhere", ["9/30/2024 0:00", "9/30/2024 12:00:00 AM", "\u200b9/30/2024", "9-30-24."]
)
def test_month_first_is_seen_through_times_and_stray_signs(content, elsewhere):
    def change(page):
        put(page, "Ngày phê duyệt", 0, "3/4/2024 0:00")
        put(page, "Ngày phê duyệt", 1, elsewhere)

    result = read(content, on("Mô hình", change))
    assert told(result) == [("ambiguous_date", "Mô hình", messes.FIRST, "T")]
    assert result.frames["models"]["approval_date"].iloc[1] == pd.Timestamp("2024-09-30")


def _typed(*written: object):
    def change(page):
        for row, value in enumerate(written):
            put(page, "Ngày phê duyệt", row, value)

    return on("Mô hình", change)


def test_days_that_a_month_first_excel_may_have_swapped_are_told(content):
    swapped = datetime(2024, 3, 9)  # 3/9/2024, typed where Windows writes the month first
    result = read(content, _typed(swapped, "30/9/2024", "15/10/2024"))
    assert told(result) == [("swapped_dates", "Mô hình", messes.FIRST + 1, "T")]
    assert result.findings[0].severity == "warn"
    for calm in (("30/9/2024", swapped), ("30/9/2024", "15/10/2024", "3/9/2024", swapped)):
        assert told(read(content, _typed(*calm))) == []


@pytest.mark.parametrize(
    "written", ["ngày 30/9/2024", "Ngày 30-09-2024", "30–9–2024", "30/9/2024.", "\u206030/9/24"]
)
def test_a_day_with_words_or_signs_around_it(content, written):
    result = read(content, on("Mô hình", lambda page: put(page, "Ngày phê duyệt", 0, written)))
    assert told(result) == []
    assert result.frames["models"]["approval_date"].iloc[0] == pd.Timestamp("2024-09-30")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([1.155], [None]),
        ([1.155, 0.5], [None, 0.5]),
        ([1.5, 2], [None, None]),
        ([1.5, 64], [0.015, 0.64]),
        (["115,5%"], [1.155]),
        ([0.5, 1], [0.5, 1]),
    ],
)
def test_a_number_that_may_be_over_100_percent_is_asked(content, written, expected):
    def change(page):
        page.delete_rows(messes.FIRST + len(written), 100)
        for row, value in enumerate(written):
            put(page, "Thực hiện", row, value)

    result = read(content, on("Tiến độ", change))
    assert [
        None if pd.isna(one) else one for one in result.frames["progress"]["actual"]
    ] == expected
    asked = [found for found in result.findings if found.rule == "ambiguous_number"]
    assert len(asked) == len(result.findings) == expected.count(None)


def test_places_in_any_spelling(content, clean):
    names = clean.frames["models"]
    giong_trom = names.index[names["district_name"] == "Huyện Giồng Trôm"][0] - messes.FIRST

    def change(page):
        put(page, "Huyện", giong_trom, "  giồng\u00a0trôm ")
        commune = names["commune_name"].iloc[giong_trom]
        put(page, "Xã", giong_trom, unicodedata.normalize("NFD", commune.upper()))
        put(page, "Huyện", 1, "TP. Ben Tre")

    result = read(content, on("Mô hình", change))
    assert told(result) == []
    assert [row for row in differences(result, clean) if row[1] == messes.FIRST + giong_trom] == []
    assert ("giồng trôm", "Huyện Giồng Trôm") in notes(result)


@pytest.mark.parametrize("written", ["T.P Bến Tre", "Tp.BẾN TRE", "thành phố bến  tre", "Bến tre*"])
def test_a_city_in_any_spelling(content, clean, written):
    assert clean.frames["models"]["district_name"].iloc[1] == "Thành phố Bến Tre"
    result = read(content, on("Mô hình", lambda page: put(page, "Huyện", 1, written)))
    assert (told(result), differences(result, clean)) == ([], [])
    assert (written.replace("  ", " "), "Thành phố Bến Tre") in notes(result)


@pytest.mark.parametrize("written", ["Chưa có", "chưa báo cáo", "-", "…", "\u200b"])
def test_a_day_that_is_not_there_yet_is_empty(content, written):
    result = read(content, on("Mô hình", lambda page: put(page, "Ngày phê duyệt", 0, written)))
    assert told(result) == []
    assert pd.isna(result.frames["models"]["approval_date"].iloc[0])


@pytest.mark.parametrize(
    ("district", "commune", "found"),
    [
        ("Giồng Chôm", None, ("unknown_name", "C", "có phải Huyện Giồng Trôm?")),
        ("Huyện Hoằng Hóa", None, ("unknown_name", "C", "Không có huyện")),
        ("Huyện Ba Tri", "Xã Châu Hòa", ("unknown_name", "D", "Không có xã “Xã Châu Hòa”")),
    ],
)
def test_a_place_that_is_not_there_is_told(content, district, commune, found):
    def change(page):
        put(page, "Huyện", 0, district)
        put(page, "Xã", 0, commune)

    result = read(content, on("Mô hình", change))
    ((rule, _, row, column),) = told(result)
    assert (rule, row, column) == (found[0], messes.FIRST, found[1])
    assert found[2] in result.findings[0].wrong
    assert pd.isna(result.frames["models"]["commune"].iloc[0])


@pytest.mark.parametrize(
    ("province", "written", "found"),
    [
        ("31", "Huyện Thủy Nguyên", ["Thành phố Thủy Nguyên"]),
        ("82", "TX. Gò Công", ["Thành phố Gò Công"]),
        ("46", "huyện Phong Điền", ["Thị xã Phong Điền"]),
        ("42", "Thị xã Kỳ Anh", ["Thị xã Kỳ Anh"]),
        ("42", "Huyện Kỳ Anh", ["Huyện Kỳ Anh"]),
        ("42", "Thành phố Kỳ Anh", []),
        ("83", "Thị trấn Ba Tri", []),
    ],
)
def test_a_district_by_the_kind_that_it_was_of_before(province, written, found):
    named = units.districts_of(province)
    assert [named.names[code] for code in named.matches(written)] == found


def test_a_full_name_is_one_place_without_a_look_at_the_others():
    for province in places.provinces().index:
        districts = units.districts_of(province)
        communes = [units.communes_of(province, code) for code in districts.names]
        for held in (districts, *communes):
            assert held.codes == {name: held.matches(name)[0] for name in held.names.values()}
            assert all(len(held.matches(name)) == 1 for name in held.names.values())


def test_a_name_that_two_communes_share_is_a_question(tables):
    content = filled(tables, "38", QUARTER)

    def change(page):
        put(page, "Huyện", 0, "Hoằng Hóa")
        put(page, "Xã", 0, "Hoang Phu")

    result = read(content, on("Mô hình", change))
    assert told(result) == [("ambiguous_name", "Mô hình", messes.FIRST, "D")]
    assert result.findings[0].wrong == "“Hoang Phu” là Xã Hoằng Phú, Xã Hoằng Phụ?"


@pytest.mark.parametrize(
    "written", ["2. Khó khăn", "(2) KHÓ KHĂN", "2- kho khan", "2/ Khó\u00a0khăn"]
)
def test_a_number_before_a_word_of_a_list_says_nothing(content, written):
    result = read(content, on("Mô hình", lambda page: put(page, "Loại địa bàn", 0, written)))
    assert told(result) == []
    assert result.frames["models"]["area_kind"].iloc[0] == "kho_khan"


def test_signs_of_direction_and_letters_of_iceland_are_not_seen_and_say_nothing(content, clean):
    def change(book):
        page = book["Tiến độ"]
        heading = page.cell(messes.HEADING, messes.column(page, "Đã giải ngân: ngân sách địa"))
        heading.value = heading.value.replace("Đ", "Ð")
        put(page, "Hộ nghèo", 0, f"\u200e{clean.frames['progress']['poor'].iloc[0]}\u200f")
        put(page, "Mã mô hình", 0, f"\u202a{page.cell(messes.FIRST, 1).value}\u202c")
        put(book["Mô hình"], "Số quyết định", 0, "1894/QÐ-UBND")

    result = read(content, change)
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("1894/QÐ-UBND", "1894/QĐ-UBND") in notes(result)


@pytest.mark.parametrize("value", [7.000000000000001, 6.9999999999999])
def test_a_whole_number_that_a_formula_missed_by_a_hair_is_read(content, value):
    result = read(content, on("Tiến độ", lambda page: put(page, "Hộ nghèo", 0, value)))
    assert told(result) == []
    assert result.frames["progress"]["poor"].iloc[0] == round(value)
    assert notes(result) == [(repr(value).replace(".", ","), str(round(value)))]


def test_stray_spaces_and_nfd_are_tidied(content, clean):
    name = clean.frames["models"]["name"].iloc[0]

    def change(page):
        put(page, "Tên mô hình", 0, unicodedata.normalize("NFD", f"\u00a0{name}   "))
        put(page, "Mã mô hình", 0, f"{clean.frames['models']['model_id'].iloc[0]}\u00a0")

    result = read(content, on("Mô hình", change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert len(result.normalised) == 2


@pytest.mark.parametrize("sign", ["-\n", " - ", "\u2013", "\u2011", "- "])
def test_a_code_with_dashes_spaces_or_a_line_break_is_the_same_code(content, clean, sign):
    def change(book):
        for title in ("Mô hình", "Tiến độ"):
            page = book[title]
            put(page, "Mã mô hình", 0, page.cell(messes.FIRST, 1).value.replace("-", sign))
        put(book["Mô hình"], "Số quyết định", 0, f"1894/QĐ{sign}UBND")

    result = read(content, change)
    assert (told(result), differences(result, clean)) == ([], [])
    read_as = [note.read_as for note in result.normalised]
    assert read_as == ["83-2022-001", "1894/QĐ-UBND", "83-2022-001"]


@pytest.mark.parametrize("font", ["TCVN3", "VNI"])
def test_a_workbook_of_a_font_before_unicode(content, clean, font):
    def change(book):
        for page in book.worksheets[:-1]:
            for row in page.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.data_type != "f":
                        cell.value = messes.in_old_font(cell.value, font)

    result = read(content, change)
    assert (told(result), notes(result)[0]) == ([], (f"chữ phông {font}", "chữ Unicode"))
    assert differences(result, clean) == []
    assert (result.province, result.quarter) == (PROVINCE, QUARTER)


@pytest.mark.parametrize("font", ["TCVN3", "VNI"])
def test_a_cell_pasted_from_a_font_before_unicode(content, clean, font):
    name = "Mô hình nuôi dê sinh sản xã Phú Hưng, thành phố Bến Tre"
    written = messes.in_old_font(name, font)
    result = read(content, on("Mô hình", lambda page: put(page, "Tên", 1, written)))
    assert (told(result), differences(result, clean)) == ([], [])
    assert [note.read_as for note in result.normalised] == [name]


@pytest.mark.parametrize(
    "text", ["Müller, Niño và Roundup®", "Rộng 20÷30 m², 3×40 «ô»", "Ao 20÷30 m"]
)
def test_strange_letters_that_are_of_no_old_font_stay(content, text):
    result = read(content, on("Mô hình", lambda page: put(page, "Quy mô", 1, text)))
    assert result.frames["models"]["scale"].iloc[1] == text


def test_a_formula_with_an_error_or_without_a_result_is_told(content, clean):
    result = read(content, on("Tiến độ", lambda page: put(page, "Hộ nghèo", 0, "=1/0")))
    assert told(result) == [("cell_error", "Tiến độ", messes.FIRST, "F")]
    assert result.findings[0].wrong == "Ô công thức chưa có kết quả"
    number = b"xl/worksheets/sheet3.xml".decode()
    cell = f'<c r="F{messes.FIRST}"'.encode()

    def broken(data: bytes) -> bytes:
        start = data.index(cell)
        end = data.index(b"</c>", start) + 4
        return data[:start] + cell + b' t="e"><f>1/0</f><v>#DIV/0!</v></c>' + data[end:]

    result = reading.read(NAME, messes.with_part(content, number, broken))
    assert told(result) == [("cell_error", "Tiến độ", messes.FIRST, "F")]
    assert result.findings[0].value == "#DIV/0!"
    assert differences(result, clean) == [("progress", messes.FIRST, "poor", None)]


def test_a_formula_that_gives_no_words_is_an_empty_cell(content, clean):
    """`=IF(…;"")` in a prepared row; what was never computed has no type."""
    cell = f'<c r="P{messes.FIRST}" t="str"><f>IF(1,"","")</f><v></v></c>'.encode()

    def change(data: bytes) -> bytes:
        before = data.index(b"</c>", data.index(f'<c r="O{messes.FIRST}"'.encode())) + 4
        return data[:before] + cell + data[before:]

    sent = messes.with_part(content, "xl/worksheets/sheet3.xml", change)
    result = reading.read(NAME, sent)
    assert (told(result), differences(result, clean)) == ([], [])


def test_a_sum_of_months_may_bear_its_year(content, clean):
    def change(page):
        page.insert_rows(messes.FIRST + 3)
        page.cell(messes.FIRST + 3, 1).value = 2024
        page.cell(messes.FIRST + 3, 2).value = "Cộng quý I"
        spent = [page.cell(messes.FIRST + row, 3).value for row in range(3)]
        page.cell(messes.FIRST + 3, 3).value = sum(spent)

    result = read(content, on("Giải ngân", change))
    assert (told(result), differences(result, clean)) == ([], [])
    assert ("Cộng quý I", "dòng cộng, không đọc") in notes(result)


def test_a_formula_with_an_error_in_old_excel_and_open_document_is_told(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    put(book["Tiến độ"], "Hộ nghèo", 0, "#DIV/0!")
    for name, sent in (("a.xls", messes.as_xls(book)), ("a.ods", messes.as_ods(book))):
        result = reading.read(name, sent)
        (found,) = result.findings
        assert (found.rule, found.severity, found.value) == ("cell_error", "warn", "#DIV/0!")
        assert found.wrong == "Tệp có 1 ô công thức báo lỗi (#DIV/0!), đọc như ô trống"
        assert pd.isna(result.frames["progress"]["poor"].iloc[0])


def test_text_that_looks_like_a_formula_stays_text(content):
    result = read(
        content, on("Tiến độ", lambda page: setattr(page.cell(5, 16), "value", "@SUM(A1)"))
    )
    assert "@SUM(A1)" in set(result.frames["progress"]["note"].dropna())


# Whose workbook.


def _without_mark(book):
    del book[sheets.HUONG_DAN]


def test_province_and_quarter_without_the_mark(content, clean):
    result = read(content, _without_mark)
    assert (result.province, result.quarter, result.illustrative) == (PROVINCE, QUARTER, None)
    assert differences(result, clean) == []

    def bare(book):
        _without_mark(book)
        for page in book:
            page["A1"] = "BÁO CÁO"

    result = read(content, bare)
    assert [found.rule for found in result.findings] == ["no_province", "no_quarter"]
    hinted = reading.read(NAME, changed(content, bare), Hints(PROVINCE, QUARTER))
    assert (hinted.province, hinted.quarter, hinted.findings) == (PROVINCE, QUARTER, [])


@pytest.mark.parametrize(
    "cells", [["III/2024"], ["Quý ba năm 2024"], ["Quý thứ 3, năm 2024"], ["III", "Năm", 2024]]
)
def test_a_quarter_beside_its_label(content, clean, cells):
    def change(book):
        for page in book:
            page["A1"] = "BÁO CÁO – Tỉnh Bến Tre"
        cover = book["Hướng dẫn"]
        cover.cell(messes.last_row(cover), 2).value = None  # the template's mark
        for at, value in enumerate(cells, start=2):
            cover.cell(3, at).value = value

    result = read(content, change)
    assert (result.quarter, result.findings) == (QUARTER, [])


@pytest.mark.parametrize("written", ["T1/2024", "Th1/2024", "31/1/2024", "ngày 31/01/2024"])
def test_a_month_in_many_words(content, clean, written):
    result = read(content, on("Giải ngân", lambda page: put(page, "Tháng", 0, written)))
    assert (told(result), differences(result, clean)) == ([], [])


@pytest.mark.parametrize(("written", "expected"), [("✓", True), ("√", True), ("Không có", False)])
def test_a_yes_or_no_in_signs_and_words(content, written, expected):
    result = read(content, on("Mô hình", lambda page: put(page, "Có hợp đồng", 0, written)))
    assert told(result) == []
    assert result.frames["models"]["has_contract"].iloc[0] == expected


@pytest.mark.parametrize("written", ["đang tổng hợp", "Chưa tổng hợp", "đang cập nhật"])
def test_a_number_that_is_still_being_collected_is_empty(content, clean, written):
    result = read(content, on("Tiến độ", lambda page: put(page, "Hộ nghèo", 0, written)))
    assert told(result) == []
    assert differences(result, clean) == [("progress", messes.FIRST, "poor", None)]
    assert (written, "để trống") in notes(result)


@pytest.mark.parametrize(
    "title",
    [
        "Hội LHPN tỉnh BEN TRE – quý 3 năm 2024",
        "Tỉnh: Bến Tre. Quý III-2024",
        "T. bentre 2024Q3",
        "HOI LHPN TINH BEN TRE, quy III/2024",
        unicodedata.normalize("NFD", "Hội Liên hiệp Phụ nữ tỉnh Bến Tre, Quý III/2024"),
        "Hội LHPN thành phố Ba Tri, tỉnh Bến Tre – Q3/2024",
        "Hội LHPN Bến Tre, quý III năm 2024",
        "TỈNH BẾN TRE – QUÍ III NĂM 2024",
        "Hội LHPN tỉnh Bến Tre – báo cáo 9 tháng đầu năm 2024",
        "Tỉnh Bến Tre, số liệu tính đến hết ngày 30/09/2024",
    ],
)
def test_a_title_in_any_spelling(content, title):
    def change(book):
        _without_mark(book)
        for page in book:
            page["A1"] = title

    result = read(content, change)
    assert (result.province, result.quarter) == (PROVINCE, QUARTER)


@pytest.mark.parametrize(
    ("words", "quarter"),
    [
        ("số liệu tính đến 30/6/2024", "Quý II/2024"),
        ("6 THÁNG ĐẦU NĂM 2024", "Quý II/2024"),
        ("lũy kế đến ngày 31/12/2023", "Quý IV/2023"),
        ("nhiệm vụ quý IV/2024", "Quý IV/2024"),
        ("9 tháng năm 2024, tính đến 30/09/2024", None),
        ("Quý III/2024 (so với quý II/2024)", None),
        ("kết quả quý III/2024, phương hướng, nhiệm vụ quý IV/2024", None),
        ("vốn kéo dài đến 31/12/2024, thực hiện đến 31/12/2025", None),
    ],
)
def test_a_title_of_another_quarters_figures_is_refused(content, words, quarter):
    change = on("Tiến độ", lambda page: setattr(page["A1"], "value", f"TIẾN ĐỘ – {words}"))
    found = [(one.rule, one.value) for one in read(content, change).findings]
    assert found == ([("wrong_place", quarter)] if quarter else [])


def _years(page):
    page.insert_cols(1)
    page.cell(messes.HEADING, 1).value = "Năm"
    for row in range(messes.FIRST, page.max_row + 1):
        page.cell(row, 1).value = 2023


def _titled(words):
    return lambda page: setattr(page["A1"], "value", words)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (_titled("KẾ HOẠCH VỐN NĂM 2023"), True),
        (_titled("KẾ HOẠCH VỐN NĂM 2023 (triệu đồng)"), True),
        (_years, True),
        (_titled("VỐN NĂM 2024 (cả năm 2023 chuyển sang)"), False),
        (_titled("Kinh phí của các mô hình phê duyệt từ năm 2022"), False),
        (_titled("Theo Nghị quyết số 15 năm 2023"), False),
    ],
)
def test_a_plan_of_another_year_is_refused(content, change, refused):
    rules = {found.rule for found in read(content, on("Kinh phí", change)).findings}
    assert ("wrong_place" in rules) == refused


def test_a_file_that_names_another_province_is_refused(content):
    result = read(
        content, on(sheets.HUONG_DAN, lambda page: setattr(page["B2"], "value", "Cà Mau"))
    )
    assert [(found.rule, found.value) for found in result.findings] == [
        ("wrong_place", "Tỉnh Cà Mau")
    ]
    assert result.province == PROVINCE
    hinted = reading.read(NAME, content, Hints("96", QUARTER))
    assert [found.rule for found in hinted.findings] == ["wrong_place"]


def _titled(province: str):
    def change(book):
        _without_mark(book)
        for page in book:
            page["A1"] = f"BÁO CÁO – {province}, quý III/2024"

    return change


@pytest.mark.parametrize(
    "name", ["Tỉnh Vĩnh Long (Bến Tre cũ)", "Tỉnh Bến Tre (nay thuộc tỉnh Vĩnh Long)"]
)
def test_a_province_named_with_the_unit_it_was_merged_into_is_the_province(content, clean, name):
    titled = read(content, _titled(name))
    assert (titled.findings, differences(titled, clean)) == ([], [])

    def on_the_cover(book):
        for page in book:
            page["A1"] = "BÁO CÁO"
        cover = book[sheets.HUONG_DAN]
        cover["B2"], cover.cell(messes.last_row(cover), 2).value = name, None

    assert read(content, on_the_cover).findings == []


def test_a_report_in_the_name_of_a_merged_province_is_told_once(content):
    (found,) = read(content, _titled("Tỉnh Vĩnh Long (mới)")).findings
    assert (found.rule, found.severity) == ("merged_province", "refuse")
    assert found.wrong.endswith("sáp nhập cùng tỉnh ấy: Tỉnh Bến Tre (25 dòng)")
    assert "63 tỉnh" in found.remedy

    def change(page):
        page["B2"] = "Tỉnh Vĩnh Long (mới)"

    (found,) = read(content, on(sheets.HUONG_DAN, change)).findings
    assert (found.rule, found.value) == ("merged_province", "Tỉnh Vĩnh Long")


def test_a_column_of_provinces_must_be_this_one(content):
    def change(page):
        at = page.max_column + 1
        page.cell(messes.HEADING, at).value = "Tỉnh"
        for row in range(messes.FIRST, messes.last_row(page) + 1):
            page.cell(row, at).value = "tp bentre"
        page.cell(messes.FIRST + 1, at).value = "Cà Mau"

    result = read(content, on("Mô hình", change))
    assert told(result) == [("wrong_place", "Mô hình", messes.FIRST + 1, "AJ")]


@pytest.mark.parametrize("quarter", ["Quý 3", "III", "3", "Q3/2024", "quý III năm 2024"])
def test_columns_of_province_and_quarter_on_every_sheet_agree(content, clean, quarter):
    def change(book):
        for sheet in sheets.SHEETS.values():
            page = book[sheet.title]
            page.insert_cols(1, 2)
            page.cell(messes.HEADING, 1).value = "Tỉnh"
            page.cell(messes.HEADING, 2).value = "Kỳ báo cáo"
            for row in range(messes.FIRST, page.max_row + 1):
                page.cell(row, 1).value = "BẾN TRE"
                page.cell(row, 2).value = quarter

    result = read(content, change)
    assert told(result) == []
    for name, frame in clean.frames.items():
        pd.testing.assert_frame_equal(result.frames[name], frame)


# Kinds of files.


def test_old_excel_and_open_document_read_as_the_same(content, clean):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, sent in (("a.xls", messes.as_xls(book)), ("a.ods", messes.as_ods(book))):
        result = reading.read(name, sent)
        assert (result.province, result.quarter) == (PROVINCE, QUARTER)
        assert (told(result), differences(result, clean)) == ([], []), name


def test_a_file_with_macros_is_read_and_its_macros_are_not_run(content, clean):
    parts = messes.parts_of(content)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = parts["[Content_Types].xml"].replace(kind, macro)
    sent = messes.zipped(
        {**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0junk"}
    )
    result = reading.read("a.xlsm", sent)
    assert (told(result), differences(result, clean)) == ([], [])


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ",")],
)
def test_text_files(content, clean, encoding, separator):
    page = openpyxl.load_workbook(io.BytesIO(content))["Mô hình"]
    result = reading.read("mo-hinh.csv", messes.as_csv(page, encoding, separator))
    assert told(result) == []
    assert (result.province, result.quarter) == (PROVINCE, QUARTER)
    pd.testing.assert_frame_equal(result.frames["models"], clean.frames["models"])
    assert result.frames["progress"].empty


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_commas_in_a_long_question_do_not_part_the_columns(content, clean, separator):
    page = openpyxl.load_workbook(io.BytesIO(content))["Vướng mắc"]
    question = ", ".join(f"việc {at}" for at in range(20))
    put(page, "Câu hỏi", 0, question)
    result = reading.read("a.csv", messes.as_csv(page, "utf-8", separator))
    assert told(result) == []
    assert result.frames["questions"]["question"].iloc[0] == question


def test_a_text_file_in_windows_vietnamese():
    head = "Mã lớp,Chủ đề,Mã,Câu hỏi,Tình trạng,Ngày nêu"
    text = f"{head}\n,Khác,VM-1,Vốn chậm,Mới nêu,30/9/2024\n"
    result = reading.read("a.csv", messes.windows_vietnamese(text), Hints(PROVINCE, QUARTER))
    assert told(result) == [
        ("missing_column", "CSV", 1, name) for name in ("Trả lời", "Căn cứ", "Ngày trả lời")
    ]
    row = result.frames["questions"].iloc[0]
    assert (row["question"], row["topic"], row["province"]) == ("Vốn chậm", "khac", PROVINCE)


def test_a_text_files_numbers_agree_on_their_decimal_mark():
    head = (
        "Nguồn vốn;Loại vốn;Kế hoạch giao (triệu đồng);Kéo dài (triệu đồng);Đã phân bổ (triệu đồng)"
    )
    rows = "NSTW;Vốn đầu tư;1.234;228,345;12,5\n"
    agreed = reading.read("a.csv", f"{head}\n{rows}".encode(), Hints(PROVINCE, QUARTER))
    assert told(agreed) == []
    assert agreed.frames["funding"][["assigned", "carried_over"]].to_numpy().tolist() == [
        [1_234_000_000, 228_345_000]
    ]
    torn = rows + "NSTW;Vốn sự nghiệp;1;2;12.5\n"
    asked = reading.read("a.csv", f"{head}\n{torn}".encode(), Hints(PROVINCE, QUARTER))
    assert told(asked) == [("ambiguous_number", "CSV", 2, at) for at in "CD"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "sent", "rule", "words"),
    [
        ("a.xlsx", b"", "unreadable_file", "Tệp trống"),
        ("a.xlsx", b"\0" * 5000, "unreadable_file", "Tệp trống"),
        ("a.xlsx", messes.saved(openpyxl.Workbook()), "unreadable_file", "Tệp trống"),
        ("a.xls", b"<html><table><tr><td>1", "unreadable_file", "trang web"),
        ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>', "unreadable_file", "trang web"),
        ("a.docx", messes.zipped({"word/document.xml": b"<a/>"}), "unreadable_file", "không phải"),
        ("a.xlsb", messes.zipped({"xl/workbook.bin": b"a"}), "unreadable_file", "xlsb"),
        ("a.pdf", b"%PDF-1.7 ...", "unreadable_file", "không phải bảng tính"),
        ("a.csv", b"\xff\xfe\x00\xd8\x00\xd8", "unreadable_file", "hỏng"),
        ("a.csv", b"a,b\0c,d\x81\x8f\0", "unreadable_file", "hỏng"),
        ("a.csv", b"ten,so\nmot,1\n", "unreadable_file", "Không thấy trang nào"),
        ("a.xls", OLE + b"\0" * 4096, "unreadable_file", "hỏng"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "unreadable_file", "mật khẩu"),
        ("a.xlsx", messes.many_sheets(3), "unreadable_file", "Không thấy trang nào"),
        ("a.xlsx", messes.many_sheets(500), "too_large", "quá 100 trang tính"),
        ("a.xlsx", messes.bomb(300_000_000), "too_large", "quá 200 MB"),
        ("a.xlsx", b"PK" + b"x" * opening.MOST_BYTES, "too_large", "lớn hơn 30 MB"),
    ],
)
def test_a_file_that_is_no_report_is_told_in_words(name, sent, rule, words):
    started = time.monotonic()
    result = reading.read(name, sent)
    assert time.monotonic() - started < 30
    (found,) = result.findings
    assert (found.rule, found.severity, found.sheet, found.row) == (rule, "refuse", "", 0)
    assert words in found.wrong
    assert found.remedy.endswith(".")
    assert list(result.frames) == list(sheets.TABLES)
    assert all(frame.empty for frame in result.frames.values())


@pytest.mark.parametrize("kept", [100, 3_000, 20_000, -30])
def test_a_file_cut_short_is_told(content, kept):
    result = reading.read(NAME, content[:kept])
    assert [found.rule for found in result.findings] == ["unreadable_file"]
    assert "bị cắt" in result.findings[0].wrong


def test_a_zip_that_lies_about_its_sizes_is_not_opened(content):
    parts = messes.parts_of(content)
    sheet = "xl/worksheets/sheet2.xml"
    size = len(parts[sheet]).to_bytes(4, "little")
    assert content.count(size) >= 1
    lying = content.replace(size, (1000).to_bytes(4, "little"))
    with pytest.raises(packed.Damaged):
        packed.look(lying)
    assert [found.rule for found in reading.read(NAME, lying).findings] == ["unreadable_file"]


def test_what_was_looked_at_is_what_is_parsed(content):
    assert messes.parts_of(packed.look(content).stored) == messes.parts_of(content)


def test_a_part_that_is_not_what_was_packed_is_told(content):
    """Its checksum goes with it to the reader."""
    sums = [zlib.crc32(data) for data in messes.parts_of(content).values()]
    wrong = content
    for checksum in sums:
        wrong = wrong.replace(checksum.to_bytes(4, "little"), b"\1\2\3\4")
    assert packed.look(wrong).stored
    assert [found.rule for found in reading.read(NAME, wrong).findings] == ["unreadable_file"]


def test_a_million_blank_rows_are_read_in_little_time_and_memory(content, clean):
    sent = messes.blank_rows(content, "Mô hình", 10**6)
    tracemalloc.start()
    started = time.monotonic()
    result = reading.read(NAME, sent)
    took, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (told(result), differences(result, clean)) == ([], [])
    assert took < 30
    assert peak < 200_000_000


def test_a_cell_in_excels_last_corner_takes_no_memory_of_ours(content):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sent = messes.with_part(
        content, "xl/worksheets/sheet2.xml", lambda data: data.replace(b"</sheetData>", far)
    )
    result = reading.read(NAME, sent)
    assert [found.rule for found in result.findings] == ["too_large"]
    nameless = b"<row><c><v>1</v></c></row></sheetData>"
    sent = messes.with_part(
        content, "xl/worksheets/sheet2.xml", lambda data: data.replace(b"</sheetData>", nameless)
    )
    assert packed.look(sent).stored == b""


@pytest.mark.parametrize(
    "run",
    [
        b"<r><t>%s</t></r>",
        b'<r a="</t></si><si><t"><t>%s</t></r>',
        b"<!--</t></si><si><t--><r><t>%s</t></r>",
        b"<?a </t></si><si><t?><r><t>%s</t></r>",
    ],
)
def test_an_end_that_is_none_does_not_make_a_shared_text_look_short(content, run):
    long = b"<si>" + run % (b"x" * 10_000) * 200 + b"</si></sst>"
    sent = messes.with_part(
        content, "xl/sharedStrings.xml", lambda data: data.replace(b"</sst>", long)
    )
    assert packed.look(content).stored
    assert packed.look(sent).stored == b""


def test_ten_thousand_wrong_cells_are_not_ten_thousand_findings():
    head = (
        "Nguồn vốn;Loại vốn;Kế hoạch giao (triệu đồng);Kéo dài (triệu đồng);Đã phân bổ (triệu đồng)"
    )
    rows = "sai;sai;sai;sai;sai\n" * 2_000
    result = reading.read("a.csv", f"{head}\n{rows}".encode(), Hints(PROVINCE, QUARTER))
    assert len(result.findings) == reading.MOST_FINDINGS + 1
    assert result.findings[-1].rule == "too_many"
    assert "9500 lỗi" in result.findings[-1].wrong
    too_long = reading.read("a.csv", f"{head}\n{rows * 11}".encode())
    assert [found.rule for found in too_long.findings] == ["too_large"]


def test_every_rule_of_reading_is_told_somewhere():
    folder = Path(reading.__file__).parent
    sources = [file for file in folder.glob("*.py") if not file.name.startswith(("rule", "look"))]
    text = "".join(file.read_text("utf-8") for file in sources)
    assert [rule.key for rule in READING if f'"{rule.key}"' not in text] == []
