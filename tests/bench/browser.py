"""What is done in Chromium. An action gives clock.js's answer: `total` ms, `frames` (ms, way,
bytes) and, if `benchClock.changes` is a list, `changes` (ms, element, what)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from data import places
from tests.bench.servers import EMPTY, OURS

CLOCK = Path(__file__).with_name("clock.js").read_text("utf-8")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
QUIET += " --disable-background-networking --disable-component-update"
# No other machine is asked for anything, without a detour of each request through Python.
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
READY = {
    OURS: "() => document.querySelectorAll('path.province[aria-label]').length === 63",
    EMPTY: "() => document.querySelector('[data-testid=stText]')?.textContent",
}
# Where an unchosen province can be clicked: the middle of its box, if it is its own.
CLICKABLE = """[...document.querySelectorAll("path.province[aria-pressed=false]")]
  .map(path => [path, path.getBoundingClientRect()])
  .map(([path, box]) => [path, box.x + box.width / 2, box.y + box.height / 2])
  .filter(([path, x, y]) => document.elementFromPoint(x, y) === path).map(([, x, y]) => [x, y])"""
Timed = dict[str, Any]
Action = Callable[[], Timed]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        arguments = [*QUIET.split(), LOCAL]
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)


def load(browser: Browser, port: int) -> tuple[Page, float]:
    """A fresh browser's page, quiet, and the ms from its start to the map, or text, painted."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(f"window.benchReady = {READY[port]};\n{CLOCK}")
    page.goto(f"http://127.0.0.1:{port}/")
    elapsed = page.evaluate("benchClock.loaded")
    page.evaluate("benchClock.settled()")
    return page, elapsed


def actions(page: Page, port: int) -> dict[str, Action]:
    """The actions of an app's page, by name."""
    turns, names, second = count(), cycle(places.provinces()["name"]), cycle((1, 2, 0))
    if port == EMPTY:
        button = page.get_by_role("button", name="Button")
        return {
            "button": lambda: _timed(page, button.click),
            "selectbox": lambda: _choose(page, "Choice", next(second)),
        }
    measures = cycle((1, 2, 3, 0))
    return {
        "province filter": lambda: _type_province(page, names),
        "map click": lambda: _click_map(page, next(turns)),
        "another measure": lambda: _choose(page, "Chỉ số trên bản đồ", next(measures)),
        "another period": lambda: _choose(page, "Kỳ", next(second)),
    }


def _type_province(page: Page, names: Iterator[str]) -> Timed:
    box = page.get_by_role("combobox", name="Địa bàn")
    shown = box.input_value()
    box.fill(next(name for name in names if name != shown))
    page.get_by_role("option").first.wait_for()
    return _timed(page, lambda: box.press("Enter"))


def _click_map(page: Page, turn: int) -> Timed:
    spots = page.evaluate(CLICKABLE)
    x, y = spots[turn * 7 % len(spots)]
    page.mouse.move(x, y)
    page.wait_for_timeout(100)  # the tooltip is not the click's doing
    return _timed(page, lambda: page.mouse.click(x, y))


def _choose(page: Page, label: str, index: int) -> Timed:
    page.get_by_role("combobox", name=label).click()
    option = page.get_by_role("option").nth(index)
    option.hover()
    page.wait_for_timeout(150)  # the list opens with a transition
    return _timed(page, option.click)


def _timed(page: Page, act: Callable[[], None]) -> Timed:
    act()
    return page.evaluate("benchClock.settled()")
