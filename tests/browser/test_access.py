"""Everyone can read and reach it: at a glance, on a phone, by keyboard, by screen reader."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visits import HALL, LAPTOP, PHONE, PROVINCES, TOUCH

GRAVE = ("serious", "critical")
SCREENS = {
    "country": ("/", {}),
    "province": ("/?tinh=lai-chau", {}),
    "presenting": ("/?trinh_chieu=1", {"viewport": HALL}),
    "phone": ("/", TOUCH),
    "guide": ("/huong-dan", {}),
}
# CSS pixels: left, top, right, bottom of what holds all that is found.
BOX = """nodes => {
  const all = nodes.map(node => node.getBoundingClientRect())
  const ends = (how, side) => Math[how](...all.map(box => box[side]))
  return [ends("min", "left"), ends("min", "top"), ends("max", "right"), ends("max", "bottom")]
}"""


def opened(visit, query, options):
    shapes = 0 if "huong-dan" in query else 63
    page = visit(query, shapes=shapes, **options)
    expect(page.page.get_by_text("Số liệu đến ngày").last).to_be_visible()
    if shapes:
        expect(page.bars.first).to_be_visible()
    return page


@pytest.mark.parametrize(("query", "options"), SCREENS.values(), ids=SCREENS)
def test_axe_finds_nothing_grave(visit, query, options):
    # axe is put into the page by the test, which the app's own policy rightly forbids.
    page = opened(visit, query, {**options, "bypass_csp": True}).page
    found = [it for it in Axe().run(page).response["violations"] if it["impact"] in GRAVE]
    assert [(it["id"], node["html"][:200]) for it in found for node in it["nodes"]] == []


def test_the_first_stops_of_the_keyboard_are_seen_and_in_vietnamese(visit):
    page = opened(visit, "/huong-dan", {}).page
    looks = "pseudo => getComputedStyle(document.activeElement, pseudo)"
    page.keyboard.press("Tab")
    assert page.evaluate(f"({looks})('::after').content") == '"Đến nội dung chính"'
    page.keyboard.press("Tab")
    assert page.evaluate(f"({looks})().outlineStyle") == "solid"


@pytest.mark.parametrize("query", ["/", "/?tinh=lai-chau", "/?don_vi=34&tinh=lao-cai"])
def test_a_laptop_shows_map_cards_and_ranking_without_scrolling(visit, query):
    units = 34 if "34" in query else 63
    screen = visit(query, shapes=units)
    expect(screen.bars.first).to_be_visible()
    expect(screen.cards).to_have_count(6)
    for seen in (screen.page.locator(PROVINCES), screen.cards, screen.bars):
        left, top, right, bottom = seen.evaluate_all(BOX)
        assert (left >= 0, top >= 0) == (True, True)
        assert right <= LAPTOP["width"]
        assert bottom <= LAPTOP["height"]


@pytest.mark.parametrize("query", ["/", "/?tinh=ba-ria-vung-tau&ky=2024Q4", "/huong-dan"])
def test_a_phone_cuts_nothing_off_and_scrolls_one_way(visit, query):
    phone = opened(visit, query, TOUCH)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.cut_off() == []
    assert phone.scroll_areas(but="[data-testid=stMain]") == []


@pytest.mark.parametrize("query", ["/", "/?tinh=ba-ria-vung-tau&ky=2024Q4"])
def test_a_laptop_cuts_nothing_off(visit, query):
    assert opened(visit, query, {}).cut_off() == []


def test_a_phone_keeps_each_trend_inside_its_card(visit):
    phone = visit("/?tinh=ben-tre&ky=2024Q3", **TOUCH)
    expect(phone.cards).to_have_count(6)
    beyond = phone.cards.evaluate_all("""cards => cards.map(card => card.querySelector("img"))
      .filter(img => img.getBoundingClientRect().right >
        img.closest("[role=listitem]").getBoundingClientRect().right)
      .map(img => img.parentNode.textContent)""")
    assert beyond == []


def test_a_phone_reaches_the_other_pages(visit):
    phone = visit("/?tinh=hue", **TOUCH)
    phone.page.get_by_test_id("stExpandSidebarButton").tap()
    phone.page.get_by_role("link", name="Hướng dẫn").tap()
    expect(phone.page.get_by_role("heading", name="Dùng trong hai phút")).to_be_visible()


# What has the focus, named as a person would: the nearest name, or its text.
FOCUSED = """() => {
  let node = document.activeElement
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
  const label = node.labels?.[0]?.textContent
  return node.matches("path.province") ? "map" : node.getAttribute("aria-label") || label
    || node.textContent.trim().slice(0, 40) || node.localName
}"""


def test_tab_reaches_everything_and_the_map_is_one_stop(visit):
    screen = visit()
    expect(screen.bars.first).to_be_visible()
    stops = []
    for _ in range(40):
        screen.page.keyboard.press("Tab")
        stops.append(screen.page.evaluate(FOCUSED))
    assert stops.count("map") == 1
    wanted = (
        "Kỳ",
        "Địa bàn",
        "Hình thức",
        "Nguồn vốn",
        "Trình chiếu",
        "Sao chép",
        "map",
        "Mức đạt",
    )
    reached = [next((i for i, stop in enumerate(stops) if it in stop[-40:]), None) for it in wanted]
    assert None not in reached, stops
    assert reached[1] < reached[5] < stops.index("map")


def test_the_map_works_from_the_keyboard(visit):
    screen = visit()
    screen.page.locator('path.province[tabindex="0"]').focus()
    screen.page.keyboard.press("ArrowRight")
    expect(screen.unit("Hà Giang")).to_be_focused()
    screen.page.keyboard.press("Enter")
    screen.shows("Hà Giang", "?tinh=ha-giang")
    expect(screen.unit("Hà Giang")).to_be_focused()
    screen.page.keyboard.press("ArrowRight")
    screen.page.keyboard.press("Space")
    screen.shows("Cao Bằng", "?tinh=cao-bang")


ENGLISH_NUMBER = re.compile(
    r"(?<![\d.,/])\d{1,3}(,\d{3})+(?![\d,]| tỷ| triệu)"  # 1,234 for a thousand
    r"|(?<![\d.])\d+\.(\d{1,2}|\d{4,})(?![\d.])"  # 12.5 for twelve and a half
)
OTHER_DATE = re.compile(r"\d{4}-\d\d-\d\d|\b(?!\d\d/\d\d/\d{4})\d{1,2}/\d{1,2}/\d{4}\b")
FOREIGN = [ENGLISH_NUMBER, OTHER_DATE]


@pytest.mark.parametrize("query", ["/", "/?tinh=thanh-hoa&ky=2024Q4&chi_so=ho", "/huong-dan"])
def test_every_number_and_date_is_vietnamese_in_an_american_browser(visit, query):
    screen = opened(visit, query, {})
    screen.settled()
    assert screen.page.evaluate("navigator.language") == "en-US"
    for box in screen.page.locator("details").all():
        if box.get_attribute("open") is None:
            box.locator("summary").click()
            screen.settled()
    told = [text for text in screen.told() if "/" in text or re.search(r"\d", text)]
    assert len(told) >= 5
    found = [it.search(text) for text in told for it in FOREIGN]
    assert [it[0] for it in found if it] == []


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("1,234 hộ", True), ("12.5%", True), ("2024-09-30", True), ("9/30/2024", True)]
    + [
        (text, False)
        for text in ("1.234,5", "300,643 tỷ", "12,5%", "30/09/2024", "58/63 tỉnh", "1.234.567")
    ],
)
def test_what_counts_as_foreign(text, foreign):
    assert any(it.search(text) for it in FOREIGN) == foreign


def test_the_tooltip_of_a_province_is_vietnamese(visit):
    screen = visit()
    screen.unit("Nghệ An").hover()
    expect(screen.page.locator(".unit-tip")).to_contain_text(re.compile(r"\d,\d%"))


def test_the_ranking_works_from_the_keyboard(visit):
    screen = visit()
    screen.bars.first.focus()
    screen.page.keyboard.press("Tab")
    expect(screen.bars.nth(1)).to_be_focused()
    name = screen.bars.nth(1).locator(".name").inner_text().split(". ")[1]
    screen.page.keyboard.press("Enter")
    expect(screen.area).to_have_value(name)
