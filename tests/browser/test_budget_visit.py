"""Ngân sách in Chromium: a link opens its view, everything follows a pick, nothing is cut off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from data.measures import MEASURES
from tests.browser.visits import HALL, PHONE, TOUCH

GRAVE = ("serious", "critical")
SCREENS = {
    "country": ("/ngan-sach?ky=2024Q3", {}),
    "province": ("/ngan-sach?ky=2024Q3&tinh=hai-duong", {}),
    "closed": ("/ngan-sach?ky=2024Q4&tinh=ha-giang", {}),
    "no-plan": ("/ngan-sach?ky=2024Q3&tinh=ha-noi&nguon=trung_uong", {}),
    "phone": ("/ngan-sach?ky=2024Q3", TOUCH),
    "presenting": ("/ngan-sach?trinh_chieu=1", {"viewport": HALL}),
}


@pytest.fixture
def budget(visit):
    """Ngân sách at an address, its chart and grid drawn."""

    def opened(query="/ngan-sach?ky=2024Q3", **options):
        screen = visit(query, shapes=0, **options)
        expect(screen.page.locator(".grid button").first).to_be_visible()
        drawn = screen.page.get_by_test_id("stVegaLiteChart").first.locator("svg")
        expect(drawn.or_(screen.page.get_by_text("Chưa có tháng nào")).first).to_be_visible()
        screen.settled()
        return screen

    return opened


def row(screen, name: str):
    return screen.page.locator(".grid tr").filter(has_text=name)


def test_a_link_opens_its_view_in_a_fresh_browser(budget):
    screen = budget("/ngan-sach?tinh=ha-giang&ky=2024Q4", service_workers="block")
    expect(screen.sentence).to_contain_text("Hà Giang – đến 31/12/2024: kế hoạch vốn năm 2024")
    expect(screen.area).to_have_value("Hà Giang")
    expect(screen.page.locator(".grid [aria-current]")).to_have_text("Hà Giang")


def test_the_page_follows_a_pick_in_the_grid_and_a_second_one_goes_back(budget):
    screen = budget()
    row(screen, "Bến Tre").get_by_role("button").click()
    expect(screen.page).to_have_url(re.compile("tinh=ben-tre&ky=2024Q3"))
    expect(screen.area).to_have_value("Bến Tre")
    expect(screen.sentence).to_contain_text("Bến Tre – đến 30/09/2024")
    screen.settled()
    assert [label.split(". ")[1] for label in screen.marked()] == ["Bến Tre"]
    row(screen, "Bến Tre").get_by_role("button").click()
    expect(screen.sentence).to_contain_text("Cả nước – đến 30/09/2024")


def test_a_click_on_a_month_of_a_row_picks_its_province(budget):
    screen = budget()
    row(screen, "Cao Bằng").locator("td").nth(6).click(force=True)
    expect(screen.area).to_have_value("Cao Bằng")


def test_each_cell_has_the_colour_of_its_class(budget):
    """A number below a limit of the scale stands on another ground than one above it."""
    screen = budget()
    cells = screen.page.locator(".grid tbody td").evaluate_all(
        "nodes => nodes.map(it => [it.textContent, getComputedStyle(it).backgroundColor])"
    )
    scale = [f"rgb{tuple(bytes.fromhex(colour[1:]))}" for colour in MEASURES["giai-ngan"].scale]
    limits = MEASURES["giai-ngan"].breaks
    # A rounded figure on a limit may belong to either side.
    told = [(int(text) / 100, shown) for text, shown in cells if text.isdigit()]
    clear = [(rate, shown) for rate, shown in told if all(abs(rate - it) > 0.005 for it in limits)]
    assert len(clear) > 300
    for rate, shown in clear:
        assert shown == scale[sum(rate > it for it in limits)]


def test_the_grid_works_from_the_keyboard(budget):
    screen = budget()
    screen.page.locator(".grid button").first.focus()
    screen.page.keyboard.press("Tab")
    screen.page.keyboard.press("Enter")
    expect(screen.area).to_have_value("Hà Giang")
    expect(row(screen, "Hà Giang").get_by_role("button")).to_be_focused()


def test_the_rules_open_beside_the_figures_without_asking_the_server(budget):
    screen = budget()
    screen.page.get_by_text("Quy định về vốn hỗ trợ").click()
    expect(screen.page.get_by_text("Nghị định 27/2022/NĐ-CP, Điều 22 khoản 5a")).to_be_visible()


@pytest.mark.parametrize(("query", "options"), SCREENS.values(), ids=SCREENS)
def test_axe_finds_nothing_grave(budget, query, options):
    page = budget(query, **{**options, "bypass_csp": True}).page
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in GRAVE]
    assert [(it["id"], node["html"][:200]) for it in found for node in it["nodes"]] == []


@pytest.mark.parametrize("query", [SCREENS["country"][0], SCREENS["province"][0]])
def test_a_phone_cuts_nothing_off_and_scrolls_one_way(budget, query):
    phone = budget(query, **TOUCH)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.cut_off() == []
    assert phone.scroll_areas(but="[data-testid=stMain]") == []


def test_a_laptop_cuts_nothing_off(budget):
    assert budget().cut_off() == []


def test_the_hall_reads_every_word(budget):
    screen = budget("/ngan-sach?trinh_chieu=1", viewport=HALL)
    small = screen.page.evaluate(
        """() => [...document.querySelectorAll(".plan td, .plan th, .said, .notes summary")]
          .filter(node => parseFloat(getComputedStyle(node).fontSize) < 24)
          .map(node => node.textContent.slice(0, 40))"""
    )
    assert small == []


def test_money_and_work_draws_a_point_for_each_reporting_province_and_filters(budget):
    screen = budget()
    points = (
        screen.page.get_by_test_id("stVegaLiteChart").nth(1).locator(".mark-symbol.role-mark path")
    )
    expect(points).to_have_count(58)
    points.first.click(force=True)
    expect(screen.page).to_have_url(re.compile("tinh="))
    expect(screen.area).not_to_have_value("Cả nước")


def test_the_same_point_can_be_picked_again(budget):
    screen = budget()
    chart = screen.page.get_by_test_id("stVegaLiteChart").nth(1)
    for chosen in (True, False, True):
        chart.locator(".mark-symbol.role-mark").last.locator("path").nth(20).click(force=True)
        address = expect(screen.page)
        (address.to_have_url if chosen else address.not_to_have_url)(re.compile("tinh="))
        screen.settled()


def test_money_and_work_names_its_four_quarters_with_their_counts(budget):
    words = budget().page.get_by_test_id("stVegaLiteChart").nth(1).locator(".mark-text tspan")
    expect(words).to_have_count(8)
    told = words.all_text_contents()
    assert told[::2] == ["cả hai tốt", "tiền đi trước việc", "việc đi trước tiền", "cả hai chậm"]
    assert sum(int(it.removesuffix(" tỉnh")) for it in told[1::2]) == 58


def test_a_province_shows_the_quarters_that_it_comes_from(budget):
    screen = budget("/ngan-sach?tinh=ha-giang&ky=2024Q4")
    chart = screen.page.get_by_test_id("stVegaLiteChart").nth(1)
    expect(chart.locator("svg").get_by_text("III/24", exact=True).first).to_be_visible()
    expect(chart.locator(".mark-rule path[transform], .mark-rule line")).not_to_have_count(0)
    told = screen.page.get_by_text("Đường nối là các quý gần đây của Hà Giang")
    expect(told).to_contain_text("Quý I/2024 giải ngân")
    expect(told).to_contain_text("tiến độ")


@pytest.mark.parametrize("query", ["?ky=2022Q1", "?ky=2022Q1&vung=dong-nam-bo", "?ky=2024Q4"])
def test_no_two_marks_of_an_axis_say_the_same(budget, query):
    page = budget(f"/ngan-sach{query}").page
    expect(page.get_by_test_id("stVegaLiteChart").first.locator("svg")).to_be_visible()
    axes = page.locator("[data-testid=stVegaLiteChart] .role-axis-label").evaluate_all(
        "axes => axes.map(axis => [...axis.querySelectorAll('text')].map(it => it.textContent))"
    )
    assert len(axes) >= 2
    assert [axis for axis in axes if len(set(axis)) < len(axis)] == []
