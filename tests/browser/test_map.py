"""The map in a real browser, with every request to another server blocked and counted."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from data import places

ROOT = Path(__file__).parents[2]
PROVINCES = "path.province[aria-label]"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        f"{sys.executable} -m streamlit run tests/browser/map_page.py"
        f" --server.port {port} --server.headless true".split(),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://localhost:{port}")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urlopen(f"{url}/_stcore/health").close()
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    args = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    quiet = "--disable-background-networking --disable-component-update"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=f"{args} {quiet}".split()
        )
        yield chromium
        chromium.close()


class Visit:
    """A fresh page on the map, and every address it asked for."""

    def __init__(self, browser: Browser, url: str, query: str = "", **context: object) -> None:
        self.asked: list[str] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []
        options = {"viewport": {"width": 1366, "height": 768}, "locale": "en-US"} | context
        self.page: Page = browser.new_context(**options).new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", lambda route: self._let_pass(route, url))
        self.page.goto(url + query)
        expect(self.page.locator(PROVINCES)).to_have_count(63, timeout=20_000)

    def _let_pass(self, route, url: str) -> None:
        if route.request.url.startswith((url, "blob:", "data:")):
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def unit(self, name: str):
        return self.page.locator(f'{PROVINCES}[aria-label^="{name}:"]')

    def choose(self, option: str) -> None:
        self.page.get_by_role("radio", name=option, exact=True).click()

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=True)).to_be_visible()

    def close(self) -> None:
        assert self.foreign == []
        assert self.errors == []
        self.page.context.close()


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator:
    visits: list[Visit] = []

    def open_map(query: str = "", **context: object) -> Visit:
        visits.append(Visit(browser, url, query, **context))
        return visits[-1]

    yield open_map
    for each in visits:
        each.close()


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
        map_.choose(shift)
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
    map_.says("[40] sau 1 lần")
    assert scroller.evaluate("main => main.scrollTop") == top
    expect(map_.unit("Nghệ An")).to_have_attribute("aria-pressed", "true")


def test_picking_the_selected_province_tells_again(visit):
    map_ = visit()
    map_.unit("Nghệ An").click()
    map_.says("[40] sau 1 lần")
    map_.unit("Nghệ An").click()
    map_.says("[None] sau 2 lần")


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
    map_.says("[96] sau 1 lần")
    expect(map_.unit("Cà Mau")).to_be_focused()
    map_.page.keyboard.press("ArrowRight")
    map_.page.keyboard.press("Space")
    map_.says("[01] sau 2 lần")


def test_the_islands_pick_their_province(visit):
    map_ = visit()
    box = map_.page.locator("path.islands").first.bounding_box()
    map_.page.mouse.click(box["x"] + 3, box["y"] + box["height"] - 4)  # Tri Tôn, south-west
    map_.says("[48] sau 1 lần")


def test_34_units_and_back(visit):
    map_ = visit()
    map_.choose("34")
    expect(map_.page.locator(PROVINCES)).to_have_count(34)
    map_.unit("Lâm Đồng").click()
    map_.says("[68] sau 1 lần")
    map_.choose("63")
    expect(map_.page.locator(PROVINCES)).to_have_count(63)
    expect(map_.unit("Lâm Đồng")).to_have_attribute("aria-pressed", "true")


def test_zoom_stays_over_a_repaint_and_goes_back(visit):
    map_ = visit()
    width = map_.unit("Nghệ An").bounding_box()["width"]
    map_.page.get_by_role("button", name="Phóng to").click()
    overview = map_.page.get_by_role("button", name="Toàn cảnh")
    expect(overview).to_be_visible()
    map_.choose("1")
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
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    map_ = visit("?height=480", **phone)
    frame = map_.page.locator(".unit-map")
    assert frame.evaluate("map => getComputedStyle(map).touchAction") == "pan-x pan-y"
    assert map_.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    map_.unit("Nghệ An").tap()
    map_.says("[40] sau 1 lần")


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
