"""One server of the real app, one Chromium, and visits that fail on anything that goes wrong."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.serving import CHROMIUM, MISSING, browsing, serving
from tests.browser.visits import LAPTOP, Visit

Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.fail(MISSING, pytrace=False)
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="session")
def app(chromium: Browser) -> Iterator[str]:
    """The address of the real app, with the snapshot that the repo ships."""
    with serving(SINHKE_EXTRACTS="") as url:
        yield url


@pytest.fixture(scope="session")
def laptop(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has been here before, as most have: its cache makes these tests quick."""
    context = chromium.new_context(viewport=LAPTOP, locale="en-US")
    yield context
    context.close()


@pytest.fixture
def tab(chromium: Browser, laptop: BrowserContext) -> Iterator[Open]:
    """Opens tabs: `tab(url)`, or `tab(url, **options)` in a fresh browser with these options.

    A tab that asked another server for anything, or wrote an error, fails its test at the end.
    """
    visits: list[Visit] = []

    def open_tab(url: str, **options: object) -> Visit:
        fresh = {"viewport": LAPTOP, "locale": "en-US"} | options
        context = chromium.new_context(**fresh) if options else laptop
        visits.append(Visit(context, url))
        return visits[-1]

    yield open_tab
    for visit in visits:
        visit.page.close() if visit.page.context == laptop else visit.page.context.close()
    assert [fault for visit in visits for fault in visit.faults] == []


@pytest.fixture
def visit(tab: Open, app: str) -> Open:
    """`visit(query, **options)`: the real app, its map drawn; in a fresh browser with options."""

    def open_app(query: str = "", shapes: int = 63, **options: object) -> Visit:
        return tab(app, **options).goto(query, shapes=shapes)

    return open_app
