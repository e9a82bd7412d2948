"""What is done in Chromium. An action gives clock.js's answer: `total` ms, `frames` (ms, way,
bytes) and, if `benchClock.changes` is a list, `changes` (ms, element, what)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from data import places
from tests.bench.servers import EMPTY, SPED

CLOCK = Path(__file__).with_name("clock.js").read_text("utf-8")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
QUIET += " --disable-background-networking --disable-component-update"
# No other machine is asked for anything, without a detour of each request through Python.
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
_CHARTS = "document.querySelectorAll('[data-testid=stVegaLiteChart] svg').length"
_TEXT = "document.querySelector('[data-testid=stText]')?.textContent"
# Port of an empty app, or page: what must hold when it is drawn.
READY = {
    EMPTY: _TEXT,
    SPED: _TEXT,
    "/": "document.querySelectorAll('path.province[aria-label]').length === 63",
    "/tien-do": f"document.querySelector('dl.funnel') && {_CHARTS} === 1",
    "/ngan-sach": f"document.querySelector('table.plan') && {_CHARTS} === 2",
    "/bao-cao": f"document.querySelector('table.rules') && {_CHARTS} === 1",
}
# Where an unchosen province can be clicked: the middle of its box, if it is its own.
CLICKABLE = """[...document.querySelectorAll("path.province[aria-pressed=false]")]
  .map(path => [path, path.getBoundingClientRect()])
  .map(([path, box]) => [path, box.x + box.width / 2, box.y + box.height / 2])
  .filter(([path, x, y]) => document.elementFromPoint(x, y) === path).map(([, x, y]) => [x, y])"""
Timed = dict[str, Any]
Action = Callable[[Page, int], Timed]
"""Does it for the so-manieth time, from 0."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        arguments = [*QUIET.split(), LOCAL]
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)


def load(browser: Browser, port: int, address: str) -> tuple[Page, float]:
    """A fresh browser's page, quiet, and the ms from its start to what it shows, painted."""
    ready = READY.get(port) or READY[address]
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(f"window.benchReady = () => {ready};\n{CLOCK}")
    page.goto(f"http://127.0.0.1:{port}{address}")
    elapsed = page.evaluate("benchClock.loaded")
    page.evaluate("benchClock.settled()")
    return page, elapsed


def _type_area(page: Page, names: Sequence[str]) -> Timed:
    """The first of the names that is not shown already, or the one that is."""
    box = page.get_by_role("combobox", name="Địa bàn")
    shown = box.input_value()
    box.fill(next((name for name in names if name != shown), shown))
    page.get_by_role("option").first.wait_for()
    return _timed(page, lambda: box.press("Enter"))


def _click_map(page: Page, turn: int) -> Timed:
    spots = page.evaluate(CLICKABLE)
    x, y = spots[turn * 7 % len(spots)]
    page.mouse.move(x, y)
    page.wait_for_timeout(100)  # the tooltip is not the click's doing
    return _timed(page, lambda: page.mouse.click(x, y))


def _choose(page: Page, label: str, index: int) -> Timed:
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.press("ArrowDown")  # a click that also scrolls does not open the list
    option = page.get_by_role("option").nth(index)
    option.hover()
    page.wait_for_timeout(150)  # the list opens with a transition
    return _timed(page, option.click)


def _click(page: Page, name: str) -> Timed:
    return _timed(page, page.get_by_role("button", name=name).click)


def _search(page: Page, text: str) -> Timed:
    box = page.get_by_role("textbox", name="Tìm mô hình")
    box.fill(text)
    spent = _timed(page, lambda: box.press("Enter"))
    box.fill("")
    box.press("Enter")
    page.evaluate("benchClock.settled()")
    return spent


_NAMES = [*places.provinces()["name"], "Hà Nội"]
_SOUGHT = ("bo", "lon den", "huyen", "ca tra", "hop tac xa")
ACTIONS: dict[str, Action] = {
    "button": lambda page, turn: _click(page, "Button"),
    "selectbox": lambda page, turn: _choose(page, "Choice", (turn + 1) % 3),
    "province": lambda page, turn: _type_area(page, _NAMES[turn * 5 % len(_NAMES) :][:2]),
    "whole country": lambda page, turn: _type_area(page, ["Cả nước"]),
    "map click": _click_map,
    "measure": lambda page, turn: _choose(page, "Chỉ số trên bản đồ", (turn + 1) % 4),
    "period": lambda page, turn: _choose(page, "Kỳ", (turn + 1) % 8),
    "form": lambda page, turn: _choose(page, "Hình thức", (turn + 1) % 3),
    "table's page": lambda page, turn: _click(page, "Trang sau"),
    "table's search": lambda page, turn: _search(page, _SOUGHT[turn % len(_SOUGHT)]),
}


def _timed(page: Page, act: Callable[[], None]) -> Timed:
    act()
    return page.evaluate("benchClock.settled()")
