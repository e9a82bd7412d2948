"""A visit to a page in Chromium: what is on it, and everything that went wrong meanwhile."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

LAPTOP = {"width": 1366, "height": 768}
HALL = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
PROVINCES = "path.province[aria-label]"
SENTENCE = re.compile(r"– đến \d\d/\d\d/\d{4}(, |:)")

WAIT = 20_000  # ms, for what should take a fraction of it
expect.set_options(timeout=WAIT)

_INSPECT = Path(__file__).with_name("inspect.js").read_text("utf-8")


class Visit:
    """One tab; `faults` are errors, and requests to another server, which never arrive."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("request", lambda request: self._asks(request.url))
        self.page.on("websocket", lambda socket: self._asks(socket.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hears)

    def _asks(self, address: str) -> None:
        self.asked.append(address)
        host = self.url.removeprefix("http:")
        if not address.startswith((f"http:{host}", f"ws:{host}", f"blob:http:{host}", "data:")):
            self.faults.append(f"asked another server: {address}")

    def _hears(self, said: ConsoleMessage) -> None:
        # On a page's own address Streamlit first looks for its server below that page: a 404.
        if said.type == "error" and "/_stcore/" not in said.location["url"]:
            self.faults.append(said.text)

    def goto(self, query: str = "", *, shapes: int = 63) -> "Visit":
        """Open an address of the app and wait until its map, if it has one, is drawn."""
        self.page.goto(f"{self.url}{query}")
        if shapes:
            expect(self.page.locator(PROVINCES)).to_have_count(shapes)
        return self

    @property
    def area(self) -> Locator:
        return self.page.get_by_role("combobox", name="Địa bàn")

    @property
    def sentence(self) -> Locator:
        return self.page.locator("p").filter(has_text=SENTENCE).first

    @property
    def bars(self) -> Locator:
        """The ranking's bars, from top to bottom."""
        return self.page.locator(".bars button")

    @property
    def cards(self) -> Locator:
        return self.page.locator(".cards [role=listitem]")

    def marked(self) -> list[str]:
        """The bars that are marked as the chosen area, by label."""
        expect(self.bars.first).to_be_visible()
        return self.page.locator(".bars [aria-current=true] .name").all_inner_texts()

    def unit(self, name: str) -> Locator:
        return self.page.locator(f'{PROVINCES}[aria-label^="{name}:"]')

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def settled(self) -> None:
        """Wait until the server has answered what was done."""
        self.page.wait_for_timeout(300)  # for the action to reach it
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )

    def cut_off(self) -> list[str]:
        """Texts that end beyond a box that clips them."""
        return list(self.page.evaluate(f"{_INSPECT}.cutOff()"))

    def scroll_areas(self, but: str) -> list[str]:
        """Boxes inside the page, `but` these, with more in them than they show."""
        return list(self.page.evaluate(f"but => {_INSPECT}.scrollAreas(but)", but))

    def told(self) -> list[str]:
        """All that a person or a screen reader is told: texts, values, names."""
        return list(self.page.evaluate(f"{_INSPECT}.told()"))

    def press(self, option: str) -> None:
        """Press one of a few options that stand side by side."""
        self.page.get_by_role("radio", name=option, exact=True).click()

    def choose(self, label: str, option: str) -> None:
        """Choose from a box that opens."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def type_area(self, text: str) -> None:
        self.area.fill(text)
        self.area.press("Enter")

    def shows(self, name: str, query: str) -> None:
        """The address, the box, the sentence and the map all show this area."""
        expect(self.page).to_have_url(f"{self.url}/{query}")
        expect(self.area).to_have_value(name)
        expect(self.sentence).to_contain_text(re.compile(f"^{name}(, [^–]+)? – đến"))
        pressed = self.page.locator(f'{PROVINCES}[aria-pressed="true"]')
        expect(pressed).to_have_count(0 if name == "Cả nước" else 1)
        if name != "Cả nước":
            expect(pressed).to_have_attribute("aria-label", re.compile(f"^{name}:"))
