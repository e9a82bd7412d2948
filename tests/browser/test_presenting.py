"""Screen-share mode in a hall: large type, nothing in the way, the arrow keys, Esc."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import HALL

PRESENTING = {"viewport": HALL}
SIZE = "node => parseFloat(getComputedStyle(node).fontSize)"


@pytest.fixture
def hall(visit):
    return visit("/?trinh_chieu=1", **PRESENTING)


def test_body_text_is_readable_from_the_back_of_the_hall(hall):
    captions = hall.page.get_by_test_id("stCaptionContainer").locator("p")
    bodies = hall.page.get_by_test_id("stMarkdownContainer").locator("p").filter(visible=True)
    assert hall.sentence.evaluate(SIZE) >= 24
    text = bodies.evaluate_all("""all => all
      .filter(p => !p.closest("[data-testid=stCaptionContainer], button, label, [role=radio]"))
      .map(p => [parseFloat(getComputedStyle(p).fontSize), p.textContent.slice(0, 60)])""")
    assert [found for found in text if found[0] < 24] == []
    assert captions.count()


def test_nothing_shown_is_too_small_for_a_hall(hall):
    """Labels, legends and bars' names too: 16 px of 1920 is what a laptop's 11 px are."""
    small = hall.page.evaluate("""() => {
      const found = []
      for (const node of document.querySelectorAll("body *, svg text")) {
        const own = [...node.childNodes].some(it => it.nodeType === 3 && it.data.trim())
        const box = node.getBoundingClientRect()
        const tag = node.localName
        if (!own || box.width < 2 || ["style", "script", "title"].includes(tag)) continue
        const scale = node.ownerSVGElement?.getScreenCTM()?.a ?? 1
        const size = parseFloat(getComputedStyle(node).fontSize) * scale
        if (size < 16) found.push([size, node.textContent.slice(0, 40)])
      }
      return found
    }""")
    assert small == []


def test_navigation_and_filter_bar_are_out_of_the_way(hall):
    expect(hall.page.get_by_test_id("stHeader")).to_be_hidden()
    expect(hall.page.get_by_role("link", name="Hướng dẫn")).to_be_hidden()
    expect(hall.area).to_have_count(0)
    expect(hall.page.get_by_role("combobox", name="Kỳ")).to_have_count(0)
    expect(hall.button("Xóa lọc")).to_have_count(0)


def test_the_filters_in_force_are_shown(visit):
    query = "/?tinh=ben-tre&ky=2024Q3&hinh_thuc=nhiem_vu&trinh_chieu=1"
    said = visit(query, **PRESENTING).page.get_by_test_id("stMain")
    expect(said).to_contain_text("Quý III/2024 · Bến Tre · Theo nhiệm vụ")


def test_arrow_keys_walk_through_the_provinces_and_esc_leaves(hall):
    keys = hall.page.keyboard
    for key, name, query in (
        ("ArrowRight", "Hà Nội", "tinh=ha-noi&"),
        ("ArrowRight", "Hà Giang", "tinh=ha-giang&"),
        ("ArrowLeft", "Hà Nội", "tinh=ha-noi&"),
        ("ArrowLeft", "Cả nước", ""),
        ("ArrowLeft", "Cà Mau", "tinh=ca-mau&"),
    ):
        keys.press(key)
        expect(hall.sentence).to_contain_text(f"{name} – đến")
        expect(hall.page).to_have_url(f"{hall.url}/?{query}trinh_chieu=1")
    keys.press("Escape")
    hall.shows("Cà Mau", "?tinh=ca-mau")
    expect(hall.page.get_by_test_id("stHeader")).to_be_visible()


def test_arrow_keys_still_walk_after_a_click_on_the_map(hall):
    """The map has arrow keys of its own; a mouse click must not take the presenter's away."""
    hall.unit("Nghệ An").click()
    expect(hall.sentence).to_contain_text("Nghệ An – đến")
    hall.page.keyboard.press("ArrowRight")
    expect(hall.sentence).to_contain_text("Hà Tĩnh – đến")


def test_the_button_enters_and_the_button_leaves(visit):
    chosen = visit("/?tinh=ben-tre", **PRESENTING)
    chosen.button("Trình chiếu").click()
    expect(chosen.page).to_have_url(f"{chosen.url}/?tinh=ben-tre&trinh_chieu=1")
    expect(chosen.page.get_by_test_id("stHeader")).to_be_hidden()
    chosen.button("Thoát").click()
    chosen.shows("Bến Tre", "?tinh=ben-tre")


@pytest.mark.parametrize("query", ["/?trinh_chieu=1", "/?tinh=ha-noi&trinh_chieu=1"])
def test_nothing_overflows_sideways_and_no_figure_is_cut(visit, query):
    hall = visit(query, **PRESENTING)
    expect(hall.bars.first).to_be_visible()
    assert hall.page.evaluate("document.documentElement.scrollWidth") <= HALL["width"]
    assert hall.cut_off() == []
