"""Báo cáo: whether a province's report came, what to mend, and checking before sending."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from data import places, readers, schema, snapshots
from data.workbooks import template
from tests.browser.visits import TOUCH

GRAVE = ("serious", "critical")


@pytest.fixture
def page(visit):
    return visit("/bao-cao?tinh=ben-tre", shapes=0).page


def workbook() -> bytes:
    """Bến Tre's template with nothing filled in."""
    return template.workbook("83", "2025Q2", {}, illustrative=False)


def test_the_matrix_has_a_row_for_each_province_and_a_cell_for_each_quarter(page):
    rows = page.locator(".matrix tbody tr")
    expect(rows).to_have_count(63)
    snapshot, _ = readers.current()
    assert rows.first.locator("td").count() == len(readers.quarters(snapshot.id))


def test_an_officer_reads_at_once_whether_her_report_came(page):
    expect(page.locator(".status .big")).to_contain_text("Đã nhận ngày")
    expect(page.locator(".mend li").first).to_be_visible()


def test_a_missing_report_says_so_with_its_day(visit):
    page = visit("/bao-cao?tinh=lai-chau&ky=2025Q2", shapes=0).page
    expect(page.locator(".status.missing .big")).to_contain_text("Chưa gửi, hạn 10/07/2025")


def test_a_province_in_the_matrix_filters_the_page(page):
    page.get_by_role("button", name="Cà Mau", exact=True).click()
    expect(page.get_by_text("Cà Mau – báo cáo").first).to_be_visible()


def test_an_empty_workbook_is_told_what_it_lacks_and_the_answer_can_be_taken(page):
    file = {"name": "ben-tre.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("(Bến Tre, Quý II/2025)")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải kết quả kiểm tra").click()
    assert taken.value.path().read_bytes()[:2] == b"PK"


def test_a_file_that_is_no_workbook_gets_words_and_no_traceback(page):
    file = {"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": b"not a workbook"}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("chưa gửi được")).to_be_visible()
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


@pytest.mark.parametrize("options", [{}, TOUCH], ids=["laptop", "phone"])
def test_axe_finds_nothing_grave_on_the_reports(visit, options):
    page = visit("/bao-cao", shapes=0, **{**options, "bypass_csp": True}).page
    expect(page.locator(".matrix tbody tr")).to_have_count(len(places.provinces()))
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in GRAVE]
    assert not found, [(it["id"], it["nodes"][0]["html"]) for it in found]
