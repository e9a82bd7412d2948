"""The template: what it carries in, what it leaves empty, what its cells accept and say."""

import io
from itertools import pairwise
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from data import codes, demo, places
from data.workbooks import cover, layout, sheets, template, units
from tests.filling import filled

PROVINCE, QUARTER = "83", "2024Q3"


@pytest.fixture(scope="module")
def tables():
    return demo.tables()


@pytest.fixture(scope="module")
def content(tables):
    return template.workbook(PROVINCE, QUARTER, tables, illustrative=True)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def headings(page) -> list[str]:
    return [cell.value for cell in page[layout.HEADING_ROW + 1]]


def column(page, heading: str) -> list:
    """The cells below a heading and the sums, as long as the first column is filled."""
    at = headings(page).index(heading) + 1
    first = layout.FIRST_ROW + 1
    rows = [n for n in range(first, page.max_row + 1) if page.cell(n, 1).value is not None]
    return [page.cell(row, at).value for row in rows]


def rule_of(page, heading: str):
    """The data validation of the first record's cell under a heading."""
    at = headings(page).index(heading) + 1
    cell = page.cell(layout.FIRST_ROW + 1, at).coordinate
    (found,) = [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]
    return found


def test_the_sheets_in_their_order_and_the_lists_hidden(book):
    names = [sheets.HUONG_DAN, *(sheet.title for sheet in sheets.SHEETS.values())]
    assert book.sheetnames == [*names, "Danh mục"]
    assert [page.sheet_state for page in book] == ["visible"] * 7 + ["veryHidden"]


def test_the_cover_says_whose_when_and_that_it_is_illustrative(book):
    page = book[sheets.HUONG_DAN]
    facts = {row[0].value: row[1].value for row in page.iter_rows()}
    assert facts["Tỉnh, thành phố"] == "Tỉnh Bến Tre"
    assert facts["Kỳ báo cáo"] == "Quý III/2024"
    assert facts["Hạn nộp"] == "10/10/2024"
    assert cover.ILLUSTRATIVE in facts
    assert facts["Mã biểu (không sửa)"] == "SINHKE63|83|2024Q3|minh-hoa"
    assert facts["Kéo dài"].startswith("Vốn năm trước")
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    told = [line[:2] for line in lines if line[1] and line[2]]
    assert told == [
        [sheet.title, field.heading] for sheet in sheets.SHEETS.values() for field in sheet.fields
    ]


def test_every_sheet_says_that_it_is_illustrative_or_does_not(book, tables):
    real = template.workbook(PROVINCE, QUARTER, tables, illustrative=False)
    pages = openpyxl.load_workbook(io.BytesIO(real))
    for title in (sheet.title for sheet in sheets.SHEETS.values()):
        assert cover.ILLUSTRATIVE in book[title]["A2"].value
        assert cover.ILLUSTRATIVE not in pages[title]["A2"].value
    texts = [cell.value for row in pages[sheets.HUONG_DAN].iter_rows() for cell in row]
    assert "SINHKE63|83|2024Q3|that" in texts
    assert cover.ILLUSTRATIVE not in texts


def test_headings_carry_label_unit_and_star(book):
    assert headings(book["Mô hình"])[:4] == ["Mã mô hình *", "Tên mô hình *", "Huyện *", "Xã"]
    assert "Kinh phí: ngân sách trung ương (triệu đồng) *" in headings(book["Mô hình"])
    assert "Hộ nghèo (hộ) *" in headings(book["Tiến độ"])
    for sheet in sheets.SHEETS.values():
        page = book[sheet.title]
        assert [field.heading for field in sheet.fields] == [
            name for name in headings(page) if name in {field.heading for field in sheet.fields}
        ]
        assert page.freeze_panes
        assert page["A1"].value.endswith("Tỉnh Bến Tre, quý III/2024")


def test_the_provinces_models_are_carried_in(book, tables):
    models = tables["models"][tables["models"]["province"] == PROVINCE]
    page = book["Mô hình"]
    assert column(page, "Mã mô hình *") == models["model_id"].tolist()
    assert column(page, "Huyện *") == models["district_name"].tolist()
    assert column(page, "Hình thức *") == [codes.FORMS.label(key) for key in models["form"]]
    heading = "Kinh phí: ngân sách địa phương (triệu đồng) *"
    money = [round(value * 1_000_000) for value in column(page, heading)]
    assert money == models["budget_dia_phuong"].tolist()


def test_progress_holds_the_models_in_force_and_no_figure_of_this_quarter(book, tables):
    models, progress = tables["models"], tables["progress"]
    ours = models[models["province"] == PROVINCE]
    running = ours[
        (ours["approval_date"] <= pd.Timestamp("2024-09-30")) & (ours["stage"] != codes.CANCELLED)
    ]
    page = book["Tiến độ"]
    assert column(page, "Mã mô hình *") == running["model_id"].tolist()
    assert column(page, "Tên mô hình") == running["name"].tolist()
    for field in sheets.TIEN_DO.fields[1:]:
        assert set(column(page, field.heading)) == {None}
    last = progress[
        progress["model_id"].isin(running["model_id"]) & (progress["quarter"] < QUARTER)
    ]
    last = last.sort_values("quarter").groupby("model_id").last()["actual"]
    assert column(page, "Kỳ trước: Thực hiện lũy kế (%)") == [
        last.get(model) for model in running["model_id"]
    ]


def test_months_before_the_quarter_are_as_reported_and_its_own_are_empty(book):
    page = book["Giải ngân"]
    assert column(page, "Tháng *") == [f"0{month}/2024" for month in range(1, 10)]
    money = column(page, "Vốn sự nghiệp, ngân sách trung ương (triệu đồng)")
    assert None not in money[:6]
    assert money[6:] == [None] * 3
    funding = book["Kinh phí"]
    assert set(column(funding, "Kế hoạch giao (triệu đồng) *")) == {None}
    assert column(funding, "Loại vốn *") == ["Vốn đầu tư", "Vốn sự nghiệp"] * 3


def test_the_first_quarter_also_asks_for_the_closing_month_of_the_year_before(tables):
    content = template.workbook(PROVINCE, "2024Q1", tables, illustrative=True)
    page = openpyxl.load_workbook(io.BytesIO(content))["Giải ngân"]
    assert column(page, "Năm ngân sách *") == [2023, 2024, 2024, 2024]
    assert column(page, "Tháng *") == ["01/2024", "01/2024", "02/2024", "03/2024"]


def test_drop_downs_hold_labels_and_the_provinces_own_districts(book):
    names = book.defined_names

    def listed(formula: str) -> list[str]:
        ((title, area),) = names[formula].destinations
        return [cell.value for (cell,) in book[title][area]]

    page = book["Mô hình"]
    assert listed(rule_of(page, "Hình thức *").formula1) == list(codes.FORMS.labels.values())
    assert listed(rule_of(page, "Huyện *").formula1) == list(units.districts(PROVINCE).values())
    commune = rule_of(page, "Xã")
    assert commune.formula1.startswith("OFFSET(DM_xa,MATCH($C5,DM_huyen_cua_xa,0)-1")
    districts, communes = listed("DM_huyen_cua_xa"), listed("DM_xa")
    pairs = list(zip(districts, communes, strict=True))
    assert ("Huyện Giồng Trôm", "Xã Châu Hòa") in pairs
    # The drop-down is a run of cells: a district's communes stand together.
    assert sum(a != b for a, b in pairwise(districts)) == 8


@pytest.mark.parametrize(
    ("title", "heading", "kind", "limits"),
    [
        ("Mô hình", "Số hộ theo kế hoạch (hộ) *", "whole", ("0", "1000000000000")),
        ("Tiến độ", "Thực hiện lũy kế (%) *", "decimal", ("0", "1")),
        ("Tiến độ", "Đã giải ngân: ngân sách trung ương (triệu đồng) *", "decimal", ("0", None)),
        ("Mô hình", "Ngày phê duyệt", "date", ("42005", "49674")),
        ("Mô hình", "Có hợp đồng liên kết *", "list", ("DM_co_khong", None)),
    ],
)
def test_cells_accept_what_the_schema_does_and_say_so_in_vietnamese(
    book, title, heading, kind, limits
):
    rule = rule_of(book[title], heading)
    assert rule.type == kind
    assert rule.formula1 == limits[0]
    assert limits[1] is None or rule.formula2 == limits[1]
    assert rule.prompt
    assert rule.error
    assert rule.error[0].isupper()


def test_every_asked_column_has_a_message_within_excels_limits(book):
    for sheet in sheets.SHEETS.values():
        page = book[sheet.title]
        for field in sheet.fields:
            rule = rule_of(page, field.heading)
            assert 0 < len(rule.promptTitle) <= 32
            assert field.meaning[:100] in rule.prompt
            assert len(rule.prompt) <= 255
            last = layout.FIRST_ROW + layout.SPARE_ROWS
            assert f"{last}" in str(rule.sqref) or page.max_row < last + layout.SPARE_ROWS


def test_formats_of_numbers_dates_and_percents(tables):
    book = openpyxl.load_workbook(io.BytesIO(filled(tables, PROVINCE, QUARTER)))
    page = book["Mô hình"]

    def first(title: str, heading: str):
        page = book[title]
        return page.cell(layout.FIRST_ROW + 1, headings(page).index(heading) + 1)

    assert first("Mô hình", "Ngày phê duyệt").number_format == "dd/mm/yyyy"
    assert first("Mô hình", "Mã mô hình *").number_format == "@"
    assert first("Tiến độ", "Thực hiện lũy kế (%) *").number_format == "0.0#%"
    assert first("Tiến độ", "Hộ nghèo (hộ) *").number_format == "#,##0"
    spare = page.column_dimensions["A"]
    assert spare.width > 10


def test_sums_stand_above_the_records_with_their_value(tables):
    content = filled(tables, PROVINCE, QUARTER)
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Tiến độ"]
    at = headings(shown).index("Hộ nghèo (hộ) *") + 1
    ours = tables["models"].loc[tables["models"]["province"] == PROVINCE, "model_id"]
    rows = tables["progress"]
    rows = rows[rows["model_id"].isin(ours) & (rows["quarter"] == QUARTER)]
    assert shown.cell(layout.TOTALS_ROW + 1, 1).value == layout.TOTALS
    assert shown.cell(layout.TOTALS_ROW + 1, at).value == rows["poor"].sum() > 0


def test_text_that_looks_like_a_formula_is_written_as_text(tables):
    models = tables["models"][tables["models"]["province"] == PROVINCE].head(1)
    models = models.assign(name="=cmd|' /C calc'!A0", lead_unit="@SUM(1)", objective="+1-1")
    content = template.workbook(PROVINCE, QUARTER, {"models": models}, illustrative=True)
    page = openpyxl.load_workbook(io.BytesIO(content))["Mô hình"]
    cell = page.cell(layout.FIRST_ROW + 1, 2)
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    with ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>cmd" not in archive.read("xl/worksheets/sheet2.xml")


def test_a_template_without_tables_and_for_every_province():
    for province in places.provinces().index:
        content = template.workbook(province, "2026Q1", {}, illustrative=False)
        assert content.startswith(b"PK")
    with pytest.raises(KeyError):
        template.workbook("99", "2026Q1", {}, illustrative=False)


def test_the_same_tables_make_the_same_bytes(tables, content):
    assert template.workbook(PROVINCE, QUARTER, tables, illustrative=True) == content
    assert template.file_name(PROVINCE, QUARTER) == "bao-cao_ben-tre_2024Q3.xlsx"
