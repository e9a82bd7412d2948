"""One browser tab without a browser: Streamlit's AppTest on the frame that every page shares."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
CARD = re.compile(r'>([^<>]+)</\w+>\s*<(\w+) class="value"[^>]*>(.*?)</\2>')
PICK = re.compile(r'data-pick="([^"]*)"[^>]*>(.*?)</button>')


class Tab:
    """The dashboard opened at an address; asked about what it shows."""

    def __init__(self, **query: str) -> None:
        self.app = AppTest.from_file(str(FRAME), default_timeout=30)
        self.go(**query)

    def go(self, **query: str) -> "Tab":
        """To another address in the same tab."""
        for name in list(self.app.query_params):
            del self.app.query_params[name]
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()
        return self

    def on(self, page: str, **query: str) -> "Tab":
        """To another page, by its file, at an address."""
        self.app.switch_page(page)
        return self.go(**query)

    def press(self, label: str) -> "Tab":
        """The button that is called so."""
        next(it for it in self.app.button if it.label == label).click().run()
        return self

    @property
    def failures(self) -> list[str]:
        return [str(it.message) for it in self.app.exception]

    @property
    def address(self) -> dict[str, str]:
        return dict(self.app.query_params)

    @property
    def sentence(self) -> str:
        """The sentence as the copy button copies it."""
        return self.component("sao_chep")["text"]

    @property
    def cards(self) -> dict[str, str]:
        """Label → figure."""
        found = [card for html in self.html for card in CARD.findall(html)]
        return {_words(label): _words(value) for label, _, value in found}

    @property
    def html(self) -> list[str]:
        own = [json.loads(it.proto.json).get("html", "") for it in self._components]
        return [*(it.proto.body for it in self.app.get("html")), *own]

    @property
    def texts(self) -> str:
        """What a viewer reads, but for tables."""
        app = self.app
        kinds = (app.title, app.header, app.markdown, app.caption, app.warning, app.error)
        lines = [str(it.value) for kind in kinds for it in kind]
        lines += [_words(it) for it in self.html]
        return "\n".join([*lines, *self._map_labels])

    def picks(self, key: str) -> dict[str, str]:
        """Name → what picking it asks for, of the list that is called so."""
        return {_words(text): it for it, text in PICK.findall(self.component(key)["html"])}

    def component(self, key: str) -> dict:
        """What a component of ours was given."""
        found = next(it for it in self._components if it.proto.id.endswith(f"-{key}"))
        return json.loads(found.proto.json)

    @property
    def _map_labels(self) -> list[str]:
        """What the map of provinces says of each, on a page that has it."""
        maps = [it for it in self._components if it.proto.id.endswith("-ban_do")]
        return [label for it in maps for label in json.loads(it.proto.json)["labels"].values()]

    @property
    def _components(self) -> list:
        return self.app.get("bidi_component")


def _words(html: str) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)).strip()


@pytest.fixture
def tab():
    """Opens the dashboard at an address: `tab(ky="2024Q3", tinh="ben-tre")`."""
    return Tab
