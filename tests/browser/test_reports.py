"""Báo cáo: whether a province's report came, what to mend, and checking before sending."""

import io
import re

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from data import places, readers, schema, snapshots
from data.workbooks import sheets, template
from tests.browser.visits import HALL, LAPTOP, TOUCH
from tests.unit import messes

GRAVE = ("serious", "critical")


@pytest.fixture
def page(visit):
    return visit("/bao-cao?tinh=ben-tre", shapes=0).page


def workbook() -> bytes:
    """Bến Tre's template with nothing filled in."""
    return template.workbook("83", "2025Q2", {}, illustrative=False)


def with_mistakes() -> bytes:
    """Hà Giang's workbook of the quarter with an unclear number and a day that is none."""
    snapshot, _ = readers.current()
    told = {name: readers.table(snapshot.id, name) for name in sheets.TABLES}
    content = template.workbook("02", "2025Q2", told, illustrative=False, reported=told)
    return messes.changed(content, _mistakes)


def _mistakes(book) -> None:
    messes.put(book["Tiến độ"], "Hộ nghèo", 0, "1.234")
    messes.put(book["Mô hình"], "Ngày phê duyệt", 1, "31/02/2024")


def upload(page, content: bytes, name: str = "bao-cao.xlsx") -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def taken(page, button: str):
    """The first sheet of the Excel file that a button gives, row by row."""
    with page.expect_download() as arrived:
        page.get_by_role("button", name=button).click()
    book = openpyxl.load_workbook(io.BytesIO(arrived.value.path().read_bytes()))
    return [[cell for cell in row if cell is not None] for row in book.worksheets[0].values]


@pytest.mark.parametrize("size", [LAPTOP, HALL], ids=["laptop", "hall"])
def test_the_first_screen_says_whether_it_came_what_to_mend_and_where_the_tools_are(visit, size):
    page = visit("/bao-cao?tinh=ha-giang&ky=2025Q2", shapes=0, viewport=size).page
    expect(page.locator(".status.late")).to_contain_text("đã nhận ngày 20/07/2025, muộn 10 ngày")
    for seen in (
        page.locator(".status.late"),
        page.get_by_text("Cần xem lại (", exact=False),
        page.locator(".mend .do").first,
        page.get_by_role("button", name="Tải mẫu trống"),
        page.get_by_role("button", name="Chọn hoặc kéo tệp vào đây", exact=True),
    ):
        expect(seen).to_be_visible()
        box = seen.bounding_box()
        assert box["y"] + box["height"] <= size["height"]


def test_an_officer_checks_her_file_reads_where_it_is_wrong_and_takes_the_findings(visit):
    opened = visit("/bao-cao?tinh=ha-giang&ky=2025Q2", shapes=0)
    page = opened.page
    upload(page, with_mistakes())
    expect(page.get_by_text("(Hà Giang, Quý II/2025): chưa gửi được")).to_be_visible()
    wrong = page.locator("ul.refuse > li")
    unclear = wrong.filter(has_text="Số chỉ có một cách hiểu")
    expect(unclear).to_contain_text("Tiến độ, dòng 5: “1.234” là 1234")
    expect(unclear).to_contain_text("Cần làm: Nhập lại bằng số")
    expect(wrong.filter(has_text="“31/02/2024”")).to_contain_text("Mô hình, dòng 6")
    assert opened.cut_off() == []
    assert opened.scroll_areas(but="[data-testid=stMain]") == []
    rows = taken(page, "Tải kết quả kiểm tra")
    assert rows[0] == ["Kết quả kiểm tra báo cáo: Tỉnh Hà Giang, Quý II/2025"]
    assert ["phải sửa", "Tiến độ", 5, "F: Hộ nghèo", "1.234"] in [row[:5] for row in rows]


def test_what_was_found_in_the_report_that_came_can_be_taken_whole(visit):
    page = visit("/bao-cao?tinh=ha-giang&ky=2025Q2", shapes=0).page
    snapshot, _ = readers.current()
    found = readers.table(snapshot.id, "findings").query("province == '02' & quarter == '2025Q2'")
    expect(page.get_by_text(f"Cần xem lại ({len(found)})")).to_be_visible()
    rows = taken(page, "Tải danh sách cần xem lại")
    assert "Số liệu minh họa" in rows[3]
    assert sum(row[:2] == ["Hà Giang", "cần xem lại"] for row in rows) == len(found)


def shown_quarters(page: Page) -> list[str]:
    heads = page.locator(".matrix thead th:not(:first-child):visible").all_inner_texts()
    cells = page.locator(".matrix tbody tr").first.locator("td:visible").count()
    assert cells == len(heads)
    return heads


def marked_quarters(page: Page) -> list[str]:
    heads = page.locator(".matrix thead th")
    bold = "all => all.filter(it => getComputedStyle(it).fontWeight > 400).map(it => it.innerText)"
    return heads.evaluate_all(bold)


def test_another_quarter_is_marked_in_the_same_matrix(visit):
    page = visit("/bao-cao?ky=2025Q2", shapes=0).page
    matrix = page.locator(".matrix")
    matrix.evaluate("it => { it.kept = true }")
    assert marked_quarters(page) == ["II/25"]
    page.get_by_role("combobox", name="Kỳ", exact=True).click()
    before = matrix.locator("th", has_text=re.compile("^II/25$"))
    page.get_by_role("option", name="Quý III/2024").click()
    expect(page.get_by_text("báo cáo Quý III/2024:")).to_be_visible()
    expect(before).to_have_css("font-weight", "400")  # the sentence comes a moment earlier
    assert marked_quarters(page) == ["III/24"]
    assert matrix.evaluate("it => it.kept")
    assert len(shown_quarters(page)) == page.locator(".matrix thead th").count() - 1


def test_a_phone_shows_it_all_without_scrolling_sideways(visit):
    phone = visit("/bao-cao?tinh=ha-giang&ky=2022Q2", shapes=0, **TOUCH)
    upload(phone.page, with_mistakes())
    expect(phone.page.get_by_text("chưa gửi được")).to_be_visible()
    assert shown_quarters(phone.page) == ["I/22", "II/22", "III/22", "IV/22"]
    assert marked_quarters(phone.page) == ["II/22"]
    assert phone.cut_off() == []
    assert phone.scroll_areas(but="[data-testid=stMain]") == []


def test_a_file_of_another_province_is_told_apart(page):
    upload(page, with_mistakes())
    told = page.get_by_text("Tệp này là báo cáo của Hà Giang; trang đang xem Bến Tre.")
    expect(told).to_be_visible()


def test_the_matrix_has_a_row_for_each_province_and_a_cell_for_each_quarter(page):
    rows = page.locator(".matrix tbody tr")
    expect(rows).to_have_count(63)
    snapshot, _ = readers.current()
    assert rows.first.locator("td").count() == len(readers.quarters(snapshot.id))


def test_an_officer_reads_at_once_whether_her_report_came(page):
    expect(page.locator(".status .big")).to_contain_text("đã nhận ngày")
    expect(page.locator(".mend li").first).to_be_visible()


def test_a_missing_report_says_so_with_its_day(visit):
    page = visit("/bao-cao?tinh=lai-chau&ky=2025Q2", shapes=0).page
    expect(page.locator(".status.missing .big")).to_contain_text("chưa gửi, hạn 10/07/2025")
    expect(page.get_by_text("Tải mẫu, điền, kiểm tra tệp")).to_be_visible()
    expect(page.get_by_role("combobox", name="Quý báo cáo")).to_have_value("Quý II/2025")


def test_a_province_in_the_matrix_filters_the_page(page):
    page.get_by_role("button", name="Cà Mau", exact=True).click()
    expect(page.get_by_text("Cà Mau – báo cáo").first).to_be_visible()


def test_an_empty_workbook_is_told_that_it_is_empty(page):
    upload(page, workbook())
    expect(page.get_by_text("(Bến Tre, Quý II/2025): chưa gửi được")).to_be_visible()
    expect(page.get_by_text("Chưa có số liệu nào trong tệp")).to_be_visible()


def test_a_file_that_is_no_workbook_gets_words_and_no_traceback(page):
    upload(page, b"not a workbook")
    expect(page.get_by_text("chưa gửi được")).to_be_visible()
    # Streamlit would write its size in the English way: `14.0B`.
    expect(page.get_by_test_id("stFileChip")).to_have_text("bao-cao.xlsx", use_inner_text=True)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_the_template_of_the_province_can_be_taken(page):
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải mẫu trống").click()
    assert taken.value.path().read_bytes()[:2] == b"PK"


def test_the_dictionary_names_every_table(page):
    page.get_by_text("Từ điển dữ liệu").click()
    for table in schema.TABLES.values():
        expect(page.get_by_text(f"({table.name})").first).to_be_visible()


def test_the_history_names_the_snapshot_in_force(page):
    page.get_by_text("Bản số liệu đang dùng").click()
    current = snapshots.current_id(snapshots.configured_place())
    expect(page.get_by_text(current).first).to_be_visible()


def test_the_upload_button_has_a_name_in_vietnamese_alone(page):
    button = page.locator("[data-testid=stFileUploaderDropzone] button")
    expect(button).to_be_visible()
    plain = page.get_by_role("button", name="Tải mẫu trống").bounding_box()
    assert button.bounding_box()["height"] == plain["height"]
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    names = {it["name"]["value"] for it in nodes if it.get("role", {}).get("value") == "button"}
    assert "Chọn hoặc kéo tệp vào đây" in names
    assert not {it for it in names if "upload" in it.casefold()}


@pytest.mark.parametrize("options", [{}, TOUCH], ids=["laptop", "phone"])
def test_axe_finds_nothing_grave_on_the_reports(visit, options):
    page = visit("/bao-cao", shapes=0, **{**options, "bypass_csp": True}).page
    expect(page.locator(".matrix tbody tr")).to_have_count(len(places.provinces()))
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in GRAVE]
    assert not found, [(it["id"], it["nodes"][0]["html"]) for it in found]
