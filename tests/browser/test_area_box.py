"""The area box in Chromium: typing finds every province, the keyboard is enough."""

import unicodedata
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from data import places
from data.text import fold
from tests.browser.conftest import Open
from tests.browser.serving import serving
from tests.browser.visits import PHONE, TOUCH


@pytest.fixture(scope="module")
def url(chromium: Browser) -> Iterator[str]:
    with serving("tests/browser/area_page.py") as url:
        yield url


@pytest.fixture
def page(tab: Open, url: str) -> Page:
    return _opened(tab(url).goto(shapes=0).page)


@pytest.fixture
def phone(tab: Open, url: str) -> Page:
    return _opened(tab(url, **TOUCH).goto(shapes=0).page)


def _opened(page: Page) -> Page:
    expect(area(page)).to_have_value("Cả nước")
    return page


def area(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Địa bàn")


def expect_picked(page: Page, value: str, times: int) -> None:
    expect(page.get_by_text(f"[{value}] sau {times} lần", exact=True)).to_be_visible()


def expect_highlighted(page: Page, name: str) -> None:
    expect(page.get_by_role("option", selected=True)).to_have_text(name)


TYPED = [
    ("ben tre", "ben-tre"),
    ("hcm", "ho-chi-minh"),
    ("bến tre", "ben-tre"),
    ("dak lak", "dak-lak"),
    ("vung tau", "ba-ria-vung-tau"),
    ("hue", "hue"),
    ("BR-VT", "ba-ria-vung-tau"),
    ("tỉnh Bến Tre", "ben-tre"),
]


def test_what_people_type_finds_the_province(page: Page) -> None:
    area(page).focus()
    for times, (text, slug) in enumerate(TYPED, start=1):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect_picked(page, f"tinh:{slug}", times)


def test_all_63_are_found_with_and_without_diacritics(page: Page) -> None:
    known = list(places.provinces()[["name", "slug"]].itertuples(index=False))
    typed = [(name, slug) for name, slug in known] + [(fold(name), slug) for name, slug in known]
    for times, (text, slug) in enumerate(typed, start=1):
        area(page).fill(text)
        page.keyboard.press("Enter")
        expect_picked(page, f"tinh:{slug}", times)


def test_letters_fold_in_the_browser_as_in_python(page: Page) -> None:
    names = [*places.provinces()["full_name"], "  TP.HCM ", "Bà Rịa – Vũng Tàu", "Hoà_Bình"]
    texts = names + [unicodedata.normalize("NFD", name) for name in names]
    in_browser = page.evaluate(
        "async texts => texts.map((await import('/area-box.js')).fold)", texts
    )
    assert in_browser == [fold(text) for text in texts]


def test_the_best_match_comes_first(page: Page) -> None:
    area(page).fill("dong n")
    expect(page.get_by_role("option")).to_have_text(["Đồng Nai", "Đông Nam Bộ · vùng"])
    area(page).fill("mien tay")
    expect_highlighted(page, "Đồng bằng sông Cửu Long · vùng")


def test_the_34_units_are_found_by_the_provinces_in_them(page: Page) -> None:
    page.get_by_role("radio", name="34").click()
    area(page).fill("ben tre")
    expect_highlighted(page, "Vĩnh Long · gồm Bến Tre, Trà Vinh")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:vinh-long", times=1)
    area(page).fill("lao cai")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:lao-cai", times=2)
    area(page).click()
    expect(page.get_by_role("option")).to_have_count(1 + 6 + 34)


def test_it_is_named_once(page: Page) -> None:
    expect(page.get_by_label("Địa bàn")).to_have_count(1)
    expect(page.get_by_label("Địa bàn")).to_have_role("combobox")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.get_by_role("combobox", name="Kỳ").focus()
    page.keyboard.press("Tab")
    expect(area(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect_highlighted(page, "Cả nước")
    expect(area(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect_highlighted(page, "Cà Mau")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_picked(page, "vung:trung-du-va-mien-nui-phia-bac", times=1)
    expect(area(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:ca-mau", times=2)


@pytest.mark.parametrize("way", ["Escape", "Tab"])
def test_leaving_changes_nothing(page: Page, way: str) -> None:
    area(page).focus()
    page.keyboard.type("ben tre")
    page.keyboard.press(way)
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(area(page)).to_have_value("Cả nước")
    expect_picked(page, "", times=0)


def test_only_a_closed_box_leaves_escape_to_the_page(page: Page) -> None:
    page.evaluate("window.heard = []; document.onkeydown = e => heard.push(e.key); null")
    area(page).focus()
    page.keyboard.type("ba")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert page.evaluate("heard") == []
    page.keyboard.press("Escape")
    assert page.evaluate("heard") == ["Escape"]


def test_shortcuts_of_the_page_do_not_hear_the_typing(page: Page) -> None:
    """`b` is the shortcut of the button that goes back to the country."""
    area(page).fill("hue")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:hue", times=1)
    page.keyboard.type("ba ria")
    expect(area(page)).to_have_value("ba ria")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:ba-ria-vung-tau", times=2)


def test_a_rerun_does_not_destroy_what_is_being_typed(page: Page) -> None:
    area(page).fill("hue")
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:hue", times=1)
    page.keyboard.type("ben")
    page.get_by_role("button", name="Nút khác").evaluate("button => button.click()")
    expect_picked(page, "", times=1)
    expect(area(page)).to_have_value("ben")
    page.keyboard.press("Escape")
    expect(area(page)).to_have_value("Cả nước")


def test_an_input_method_keeps_its_enter(page: Page) -> None:
    area(page).fill("ben tre")
    area(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:ben-tre", times=1)


def test_the_same_area_again_is_no_rerun(page: Page) -> None:
    for text in ("hue", "hue", "ha noi"):
        area(page).fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("listbox")).to_be_hidden()
    expect_picked(page, "tinh:ha-noi", times=2)


def test_a_pick_that_the_page_refuses_is_taken_back(page: Page) -> None:
    area(page).fill("dong nam bo")
    page.keyboard.press("Enter")
    expect_picked(page, "", times=1)
    expect(area(page)).to_have_value("Cả nước")


def test_nothing_found_is_said(page: Page) -> None:
    area(page).fill("xyz")
    expect(page.get_by_text("Không thấy địa bàn nào tên như vậy")).to_be_visible()
    page.keyboard.press("Enter")
    expect(area(page)).to_have_value("xyz")


def test_one_click_goes_back_to_the_country(page: Page) -> None:
    back = page.get_by_role("button", name="Về cả nước")
    expect(back).to_be_hidden()
    area(page).fill("hue")
    page.keyboard.press("Enter")
    back.click()
    expect_picked(page, "", times=2)
    expect(area(page)).to_have_value("Cả nước")
    expect(back).to_be_hidden()


OVER = "position: fixed; inset: 0; top: 180px; background: #fff; z-index: 1000"
CLIP = "e => { e.style.overflow = 'clip'; e.style.transform = 'translateZ(0)' }"


def test_the_list_is_neither_covered_by_a_map_nor_clipped(page: Page) -> None:
    """A click waits until the option itself is what lies under the pointer."""
    page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '<div style=\"{OVER}\"></div>')")
    page.get_by_test_id("stHorizontalBlock").evaluate(CLIP)
    area(page).click()
    page.get_by_role("option", name="Tây Nguyên").click()
    expect_picked(page, "vung:tay-nguyen", times=1)


def test_a_tap_on_a_phone(phone: Page) -> None:
    area(phone).tap()
    inside = "e => { const r = e.getBoundingClientRect(); return [r.left, r.right, r.bottom] }"
    left, right, bottom = phone.get_by_role("listbox").locator("..").evaluate(inside)
    assert left >= 0
    assert right <= PHONE["width"]
    assert bottom <= PHONE["height"]
    phone.get_by_role("option", name="Tuyên Quang").tap()
    expect_picked(phone, "tinh:tuyen-quang", times=1)


GRAVE = ("serious", "critical")
STYLE = """e => {
  const { height, borderRadius, borderColor, backgroundColor } = getComputedStyle(e)
  const { fontFamily, fontSize, fontWeight, color, paddingLeft } = getComputedStyle(
    e.querySelector("input"))
  return { height, borderRadius, borderColor, backgroundColor, fontFamily, fontSize, fontWeight,
    color, paddingLeft, top: e.getBoundingClientRect().top }
}"""


def test_it_looks_like_the_native_box_beside_it(page: Page) -> None:
    native = page.get_by_role("combobox", name="Kỳ").locator("..").evaluate(STYLE)
    assert area(page).locator("..").evaluate(STYLE) == native


def test_axe_finds_nothing_grave_closed_or_open(page: Page) -> None:
    assert grave_violations(page) == []
    for text in ("", "ha", "xyz"):
        area(page).fill(text)
        assert grave_violations(page) == []


def grave_violations(page: Page) -> list[tuple[str, str]]:
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in GRAVE]
    return [(v["id"], node["html"]) for v in found for node in v["nodes"]]


def test_a_rerun_carries_only_the_value(page: Page) -> None:
    sizes: list[int] = []
    page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: sizes.append(len(frame))))
    page.reload()
    area(page).fill("hue")
    sizes.clear()
    page.keyboard.press("Enter")
    expect_picked(page, "tinh:hue", times=1)
    assert 0 < sum(sizes) < 4_000
