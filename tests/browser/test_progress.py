"""Tiến độ mô hình in Chromium: a row or a dot leads to its model, and the address says so."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visits import HALL, PHONE, TOUCH

PAGE = "/tien-do?ky=2024Q3"
MODEL = "38-2023-003"


@pytest.fixture
def models(visit):
    """The page at an address, its table drawn."""

    def open_page(query: str = PAGE, **options: object):
        opened = visit(query, shapes=0, **options)
        expect(opened.page.locator(".pager")).to_be_visible(timeout=20_000)
        return opened

    return open_page


def pager(opened):
    return opened.page.locator(".pager [role=status]")


def rows(opened):
    return opened.page.locator(".figures td button")


def test_a_row_leads_to_its_model_and_back_keeps_what_was_searched(models):
    opened = models()
    opened.page.get_by_role("textbox", name="Tìm mô hình").fill("lon den quang nam")
    opened.page.keyboard.press("Enter")
    expect(pager(opened)).to_have_text("1–5 trong 5 mô hình")
    name = rows(opened).first.inner_text()
    rows(opened).first.click()
    expect(opened.page.get_by_role("heading", name=name)).to_be_visible()
    expect(opened.page).to_have_url(re.compile(r"/tien-do\?ky=2024Q3&mo_hinh=49-"))
    opened.button("Quay lại danh sách").click()
    expect(pager(opened)).to_have_text("1–5 trong 5 mô hình")
    expect(opened.page).to_have_url(f"{opened.url}{PAGE}")


def test_a_models_address_opens_it_in_a_fresh_browser(visit):
    fresh = visit(f"/tien-do?mo_hinh={MODEL}&ky=2024Q3", shapes=0, service_workers="block")
    expect(fresh.page.get_by_role("heading", name="Đối chiếu quy định")).to_be_visible()
    expect(fresh.sentence).to_contain_text("đến 30/09/2024: triển khai; thực hiện 86,5%")
    expect(fresh.page.locator("svg.marks, canvas.marks").first).to_be_visible()
    fresh.page.get_by_role("link", name="Tổng quan").click()
    expect(fresh.page).to_have_url(f"{fresh.url}/?ky=2024Q3")


def test_headings_sort_and_pages_turn_by_keyboard(models):
    opened = models()
    opened.button("Kinh phí").press("Enter")
    expect(opened.page.locator("th[aria-sort=descending]")).to_contain_text("Kinh phí")
    most = opened.page.locator(".figures tbody tr td:last-child")
    money = [int(it.replace(".", "")) for it in most.all_inner_texts()[-25:]]
    assert money == sorted(money, reverse=True)
    opened.button("Trang sau").press("Enter")
    expect(pager(opened)).to_contain_text("26–50 trong")
    expect(opened.button("Trang sau")).to_be_focused()
    opened.type_area("ben tre")
    expect(pager(opened)).to_contain_text("1–")
    expect(opened.sentence).to_contain_text("Bến Tre – đến 30/09/2024")


def test_a_dot_of_the_chart_leads_to_its_model(models):
    opened = models(f"{PAGE}&tinh=ben-tre&hinh_thuc=chuoi_gia_tri")
    dots = opened.page.locator("svg.marks .mark-symbol.role-mark path")
    expect(dots).to_have_count(3)
    dots.first.click()
    expect(opened.button("Quay lại danh sách")).to_be_visible()
    expect(opened.page).to_have_url(re.compile("mo_hinh=83-"))


def test_one_single_model_and_none_are_drawn(models, visit):
    opened = models("/tien-do?ky=2022Q3&tinh=hung-yen")
    dots = opened.page.locator("svg.marks .mark-symbol.role-mark path")
    expect(dots).to_have_count(1)
    expect(pager(opened)).to_have_text("1–1 trong 1 mô hình")
    none = visit("/tien-do?ky=2024Q3&tinh=ha-noi&hinh_thuc=nhiem_vu", shapes=0)
    expect(none.page.get_by_text("Không tìm thấy mô hình nào.")).to_be_visible()


SCREENS = [(PAGE, {}), (PAGE, TOUCH), (f"/tien-do?mo_hinh={MODEL}&ky=2024Q3", {})]


@pytest.mark.parametrize(("query", "options"), SCREENS, ids=["list", "phone", "model"])
def test_axe_finds_nothing_grave(visit, query, options):
    page = visit(query, shapes=0, **{**options, "bypass_csp": True}).page
    expect(page.locator("svg.marks").first).to_be_visible()
    expect(page.locator(".figures").last).to_be_visible()
    grave = ("serious", "critical")
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in grave]
    assert [(it["id"], node["html"][:200]) for it in found for node in it["nodes"]] == []


@pytest.mark.parametrize("query", [PAGE, f"/tien-do?mo_hinh={MODEL}&ky=2024Q3"])
def test_a_phone_shows_it_without_scrolling_sideways(visit, query):
    phone = visit(query, shapes=0, **TOUCH)
    expect(phone.page.locator(".figures").first).to_be_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    main = phone.page.get_by_test_id("stMain")
    assert main.evaluate("it => it.scrollWidth - it.clientWidth") <= 0


def test_the_hall_sees_the_whole_picture_at_once(visit):
    hall = visit(f"{PAGE}&trinh_chieu=1", shapes=0, viewport=HALL)
    chart = hall.page.locator("svg.marks").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box["y"] + box["height"] <= HALL["height"]
