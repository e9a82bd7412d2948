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
        expect(opened.page.locator(".pager")).to_be_visible()
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


def test_the_hall_reads_the_quarters_of_a_model_in_full(visit):
    hall = visit(f"/tien-do?mo_hinh={MODEL}&ky=2024Q3&trinh_chieu=1", shapes=0, viewport=HALL)
    words = hall.page.locator("svg.marks text")
    expect(words.filter(has_text="Quý III/2024")).to_be_visible()
    assert not [it for it in words.all_text_contents() if "…" in it]


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


def test_the_chart_of_the_country_becomes_that_of_a_province_without_being_built_anew(models):
    opened = models()
    chart = opened.page.locator("svg.marks")
    chart.evaluate("it => { it.kept = true }")
    dots = chart.locator(".mark-symbol.role-mark path")
    many = dots.count()
    dots.last.hover(force=True)
    expect(opened.page.locator("#vg-tooltip-element")).to_contain_text("mô hình")
    dots.last.click(force=True)  # leads nowhere
    opened.type_area("ben tre")
    expect(opened.page.get_by_text("tam giác: theo nhiệm vụ")).to_be_visible()
    expect(dots).not_to_have_count(many)
    assert chart.evaluate("it => it.kept")
    assert len(set(dots.evaluate_all("all => all.map(it => it.getAttribute('d'))"))) > 1


def test_one_single_model_and_none_are_drawn(models, visit):
    opened = models("/tien-do?ky=2022Q3&tinh=hung-yen")
    dots = opened.page.locator("svg.marks .mark-symbol.role-mark path")
    expect(dots).to_have_count(1)
    expect(pager(opened)).to_have_text("1–1 trong 1 mô hình")
    none = visit("/tien-do?ky=2024Q3&tinh=ha-noi&hinh_thuc=nhiem_vu", shapes=0)
    expect(none.page.get_by_text("Không tìm thấy mô hình nào.")).to_be_visible()


def open_timeline(opened) -> None:
    opened.page.locator(".st-key-tien_trinh summary").click()
    expect(opened.page.locator("svg.marks")).to_have_count(2)


def layer(opened, number: int):
    """The marks of one layer of the timeline: 0 planned, 1 actual."""
    return opened.page.locator(f"svg.marks .mark-rect.role-mark.layer_{number}_marks path")


def test_a_provinces_timeline_has_a_bar_for_each_model_and_a_row_leads_there(models):
    opened = models(f"{PAGE}&tinh=ben-tre")
    open_timeline(opened)
    expect(layer(opened, 0)).to_have_count(22)  # planned, approved by then
    expect(layer(opened, 1)).to_have_count(19)  # of which the reports say that work began
    words = opened.page.locator("svg.marks").last.locator("text")
    expect(words.filter(has_text="Số liệu đến 30/09/2024")).to_have_count(1)
    expect(words.filter(has_text="Hôm nay")).to_have_count(1)
    late = layer(opened, 1).evaluate_all("bars => bars.map(it => it.getAttribute('fill'))")
    assert {"#a6611a", "#d8a55d"} < set(late)
    rows = opened.page.locator("svg.marks .mark-rect.role-mark").last.locator("path")
    rows.nth(3).scroll_into_view_if_needed()
    rows.nth(3).click()
    expect(opened.button("Quay lại danh sách")).to_be_visible()
    expect(opened.page).to_have_url(re.compile("mo_hinh=83-"))


def test_the_countrys_timeline_stays_as_small_as_its_quarters(models):
    opened = models()
    open_timeline(opened)
    bars = opened.page.locator("svg.marks .mark-rect.role-mark path")
    expect(bars.first).to_be_visible()
    assert 40 < bars.count() < 120
    assert opened.page.locator("svg.marks .mark-symbol.role-mark path").count() < 400
    words = opened.page.locator("svg.marks").last.locator("text")
    expect(words.filter(has_text=re.compile(r"^(?!\d\d/\d{4}$)[\d.]+/[\d.]+$"))).to_have_count(2)
    expect(words.filter(has_text="Hôm nay")).to_have_count(1)
    opened.type_area("ben tre")  # what was opened stays open
    expect(layer(opened, 0)).to_have_count(22)


def test_the_list_that_was_searched_is_taken_away_whole(models):
    opened = models()
    opened.page.get_by_role("textbox", name="Tìm mô hình").fill("ben tre")
    opened.page.keyboard.press("Enter")
    expect(pager(opened)).to_contain_text("1–23 trong 23 mô hình")
    opened.button("Tải danh sách").click()
    with opened.page.expect_download() as got:
        opened.button("Tải CSV").click()
    assert got.value.suggested_filename == "danh-sach-23-mo-hinh-quy-iii-2024-ca-nuoc.csv"
    title, view, period, searched, *lines = got.value.path().read_text("utf-8-sig").splitlines()
    assert (title, searched) == ("# Danh sách 23 mô hình", "# Tìm: ben tre")
    assert (view, period) == (
        "# Quý III/2024 · Cả nước",
        "# Số liệu đến ngày 30/09/2024; Số liệu minh họa",
    )
    assert lines[0].startswith("Mã mô hình,Tên mô hình,Xã,Huyện,Tỉnh,")
    assert len(lines) == 24
    assert all(line.startswith("83-") for line in lines[1:])
    with opened.page.expect_download() as got:
        opened.button("Tải Excel").click()
    assert got.value.path().read_bytes().startswith(b"PK")


def test_the_sums_by_lead_unit_mark_the_union_and_are_taken_away(models):
    opened = models()
    opened.press("Đơn vị chủ trì")
    expect(opened.page.locator("tr.own th")).to_have_text("Hội Liên hiệp Phụ nữ")
    opened.page.locator(".st-key-nhom_tep button").first.click()
    with opened.page.expect_download() as got:
        opened.button("Tải CSV").click()
    lines = got.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "# Tổng hợp mô hình theo đơn vị chủ trì"
    assert lines[-1].startswith("Cộng,")


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
