"""The map in a real browser, on a page of its own, with every other server out of reach."""

import pytest
from playwright.sync_api import expect

from data import places
from tests.browser.serving import serving
from tests.browser.visits import PROVINCES, TOUCH


@pytest.fixture(scope="module")
def url(chromium):
    with serving("tests/browser/map_page.py") as url:
        yield url


@pytest.fixture
def visit(tab, url):
    """`visit(query, **options)`: the map drawn; in a fresh browser with options."""
    return lambda query="", **options: tab(url, **options).goto(f"/{query}")


def says(map_, text):
    expect(map_.page.get_by_text(text, exact=True)).to_be_visible()


def test_63_provinces_each_with_its_name(visit):
    labels = (
        visit()
        .page.locator(PROVINCES)
        .evaluate_all("paths => paths.map(path => path.getAttribute('aria-label').split(':')[0])")
    )
    assert labels == list(places.provinces()["name"])


def test_island_groups_are_named_and_inside_the_frame(visit):
    page = visit().page
    frame = page.locator(".unit-map").bounding_box()
    for name in ("Hoàng Sa (Đà Nẵng)", "Trường Sa (Khánh Hòa)"):
        group = page.get_by_role("img", name=f"Quần đảo {name}")
        label = page.locator(".islands-name span", has_text=name.split(" (")[0])
        expect(label).to_have_text(name.replace(" (", "("))
        for box in (group.bounding_box(), label.bounding_box()):
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]
            assert box["y"] + box["height"] <= frame["y"] + frame["height"]


def test_repainting_keeps_every_node_and_fetches_nothing(visit):
    map_ = visit()
    map_.page.evaluate("() => document.querySelectorAll('path').forEach(p => { p.kept = true })")
    before = map_.unit("Nghệ An").get_attribute("fill")
    for shift in ("1", "2"):
        map_.press(shift)
        expect(map_.unit("Nghệ An")).to_have_attribute("aria-label", f"Nghệ An: {shift},40%")
    assert map_.unit("Nghệ An").get_attribute("fill") != before
    kept = map_.page.locator("path.unit-shape").evaluate_all(
        "all => all.filter(p => p.kept).length"
    )
    assert kept == 65
    assert len([address for address in map_.asked if "/map/" in address]) == 1


def test_not_reported_is_hatched(visit):
    assert visit().unit("Hà Nội").get_attribute("fill") == "url(#none-reported)"


@pytest.mark.parametrize("above", [0, 150, 250, 330])
def test_the_first_click_selects_its_province_wherever_the_fold_is(visit, above):
    map_ = visit(f"?above={above}")
    scroller = map_.page.locator('[data-testid="stMain"]')
    map_.unit("Nghệ An").hover()
    top = scroller.evaluate("main => main.scrollTop")
    map_.page.mouse.down()
    map_.page.mouse.up()
    says(map_, "[40] sau 1 lần")
    assert scroller.evaluate("main => main.scrollTop") == top
    expect(map_.unit("Nghệ An")).to_have_attribute("aria-pressed", "true")


def test_picking_the_selected_province_tells_again(visit):
    map_ = visit()
    map_.unit("Nghệ An").click()
    says(map_, "[40] sau 1 lần")
    map_.unit("Nghệ An").click()
    says(map_, "[None] sau 2 lần")


def test_keyboard_one_tab_stop_arrows_in_official_order_enter_and_space(visit):
    map_ = visit()
    stops = map_.page.locator('path.province[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    for key, name in (("ArrowDown", "Hà Giang"), ("ArrowRight", "Cao Bằng"), ("End", "Cà Mau")):
        map_.page.keyboard.press(key)
        expect(map_.unit(name)).to_be_focused()
    expect(stops).to_have_count(1)
    expect(map_.page.locator(".unit-tip")).to_have_text("Cà Mau0,96%")
    map_.page.keyboard.press("Enter")
    says(map_, "[96] sau 1 lần")
    expect(map_.unit("Cà Mau")).to_be_focused()
    map_.page.keyboard.press("ArrowRight")
    map_.page.keyboard.press("Space")
    says(map_, "[01] sau 2 lần")


def test_the_islands_pick_their_province(visit):
    map_ = visit()
    box = map_.page.locator("path.islands").first.bounding_box()
    map_.page.mouse.click(box["x"] + 3, box["y"] + box["height"] - 4)  # Tri Tôn, south-west
    says(map_, "[48] sau 1 lần")


def test_34_units_and_back(visit):
    map_ = visit()
    map_.press("34")
    expect(map_.page.locator(PROVINCES)).to_have_count(34)
    map_.unit("Lâm Đồng").click()
    says(map_, "[68] sau 1 lần")
    map_.press("63")
    expect(map_.page.locator(PROVINCES)).to_have_count(63)
    expect(map_.unit("Lâm Đồng")).to_have_attribute("aria-pressed", "true")


def test_zoom_stays_over_a_repaint_and_goes_back(visit):
    map_ = visit()
    width = map_.unit("Nghệ An").bounding_box()["width"]
    map_.page.get_by_role("button", name="Phóng to").click()
    overview = map_.page.get_by_role("button", name="Toàn cảnh")
    expect(overview).to_be_visible()
    map_.press("1")
    expect(map_.unit("Nghệ An")).to_have_attribute("aria-label", "Nghệ An: 1,40%")
    assert map_.unit("Nghệ An").bounding_box()["width"] > width
    overview.click()
    expect(overview).to_be_hidden()
    assert map_.unit("Nghệ An").bounding_box()["width"] == pytest.approx(width, abs=1)


def test_the_wheel_scrolls_the_page(visit):
    map_ = visit()
    width = map_.unit("Nghệ An").bounding_box()["width"]
    map_.unit("Nghệ An").hover()
    map_.page.mouse.wheel(0, 100)
    scroller = map_.page.locator('[data-testid="stMain"]')
    map_.page.wait_for_timeout(400)
    assert scroller.evaluate("main => main.scrollTop") > 0
    assert map_.unit("Nghệ An").bounding_box()["width"] == width


def test_a_phone_shows_it_all_and_one_finger_scrolls(visit):
    map_ = visit("?height=480", **TOUCH)
    frame = map_.page.locator(".unit-map")
    assert frame.evaluate("map => getComputedStyle(map).touchAction") == "pan-x pan-y"
    assert map_.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    map_.unit("Nghệ An").tap()
    says(map_, "[40] sau 1 lần")


def test_a_narrow_frame_puts_the_islands_in_an_inset(visit):
    map_ = visit("?left=3&right=10&height=640")
    expect(map_.page.locator("path.islands.aside")).to_have_count(2)
    inset = map_.page.locator(".islands-inset")
    expect(inset).to_contain_text("Hoàng Sa(Đà Nẵng)")
    expect(inset).to_contain_text("Trường Sa(Khánh Hòa)")


def test_the_frame_follows_its_container(visit):
    map_ = visit()
    map_.page.set_viewport_size({"width": 390, "height": 844})
    expect(map_.page.locator(".islands-inset")).to_be_visible()
    frame = map_.page.locator(".unit-map").bounding_box()
    box = map_.unit("Khánh Hòa").bounding_box()
    assert box["x"] + box["width"] < frame["x"] + frame["width"]


def test_screen_share_mode_enlarges_the_text(visit):
    def size(map_):
        tip = map_.page.locator(".unit-tip")
        map_.unit("Nghệ An").hover()
        return float(tip.evaluate("tip => parseFloat(getComputedStyle(tip).fontSize)"))

    assert size(visit("?big=1")) >= 24
    assert size(visit()) < 18


def test_charts_still_draw_under_the_content_security_policy(visit):
    expect(
        visit("?chart=1").page.locator('[data-testid="stVegaLiteChart"] svg, canvas').first
    ).to_be_visible()
