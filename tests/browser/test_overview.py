"""Tổng quan in Chromium: the map drawn without a network, and everything follows a choice."""

import re

import pytest
from playwright.sync_api import Error, expect

from data import places
from tests.browser.visits import LAPTOP, PHONE, PROVINCES, TOUCH

MEASURE = "Chỉ số trên bản đồ và xếp hạng"
ISLANDS = ("Quần đảo Hoàng Sa (Đà Nẵng)", "Quần đảo Trường Sa (Khánh Hòa)")
NAMES = "paths => paths.map(path => path.getAttribute('aria-label').split(':')[0])"
FRESH = {"service_workers": "block"}  # any option makes a browser that was never here before


def expect_63_and_the_islands(visited) -> None:
    provinces = visited.page.locator(PROVINCES)
    expect(provinces).to_have_count(63)
    assert provinces.evaluate_all(NAMES) == list(places.provinces()["name"])
    for name in ISLANDS:
        expect(visited.page.get_by_role("img", name=name)).to_be_visible()


def test_a_request_to_another_server_would_be_seen(tab, app):
    """The guard of all these tests, itself guarded."""
    lost = tab(app, **FRESH)
    for address in ("http://example.org/", "http://192.0.2.1/"):
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            lost.page.goto(address)
        assert lost.faults.pop(0) == f"asked another server: {address}"
    lost.faults.clear()


def test_63_provinces_stay_through_every_choice_and_are_fetched_once(visit):
    country = visit(**FRESH)
    expect_63_and_the_islands(country)
    country.choose(MEASURE, "Đã giải ngân")
    expect(country.unit("Nghệ An")).to_have_attribute("aria-label", re.compile("Đã giải ngân: "))
    expect_63_and_the_islands(country)
    country.choose("Kỳ", "Quý III/2024")
    expect(country.sentence).to_contain_text("đến 30/09/2024")
    expect_63_and_the_islands(country)
    country.choose("Hình thức", "Phát triển sản xuất cộng đồng")
    expect(country.page).to_have_url(re.compile("hinh_thuc=cong_dong"))
    expect_63_and_the_islands(country)
    country.press("34")
    expect(country.page.locator(PROVINCES)).to_have_count(34)
    country.press("63")
    expect_63_and_the_islands(country)
    fetched = [address for address in country.asked if re.search(r"/map/|leaflet", address)]
    assert len(fetched) == len(set(fetched)) == 3  # 63 shapes, 34 shapes, Leaflet


FROM_NETWORK = """() => performance.getEntriesByType("resource")
  .filter(it => /map\\/|leaflet|area-box/.test(it.name) && it.transferSize > 0)
  .map(it => it.name)"""


def test_a_reload_takes_the_shapes_from_the_browsers_cache(visit):
    country = visit(**FRESH)
    assert len(country.page.evaluate(FROM_NETWORK)) == 3
    country.page.reload()
    expect(country.page.locator(PROVINCES)).to_have_count(63)
    expect(country.area).to_have_value("Cả nước")
    assert country.page.evaluate(FROM_NETWORK) == []


@pytest.mark.parametrize("height", [768, 500, 400])
def test_the_first_click_on_a_fresh_page_selects_its_province(visit, height):
    country = visit(viewport={"width": 1366, "height": height})
    frame = country.page.locator(".unit-map").bounding_box()
    assert (frame["y"] + frame["height"] < height) == (height == 768)
    country.unit("Nghệ An").hover()
    country.page.mouse.down()
    country.page.mouse.up()
    country.shows("Nghệ An", "?tinh=nghe-an")


def test_the_first_tap_on_a_phone_selects_its_province(visit):
    phone = visit(**TOUCH)
    assert phone.page.viewport_size == PHONE
    phone.unit("Nghệ An").tap()
    phone.shows("Nghệ An", "?tinh=nghe-an")


def test_the_whole_page_follows_a_click_on_the_map_and_a_second_one_goes_back(visit):
    country = visit()
    country.unit("Gia Lai").click()
    country.shows("Gia Lai", "?tinh=gia-lai")
    assert [label.split(". ")[1] for label in country.marked()] == ["Gia Lai"]
    assert {"Vùng", "Cả nước"} < set(country.bars.locator(".name").all_inner_texts())
    country.unit("Gia Lai").click()
    country.shows("Cả nước", "")
    assert country.marked() == []


def test_the_islands_select_their_province(visit):
    country = visit()
    country.page.get_by_role("img", name=ISLANDS[1]).dispatch_event("click")
    country.shows("Khánh Hòa", "?tinh=khanh-hoa")


def test_a_click_in_the_ranking_filters_each_time(visit):
    """After “Xóa lọc” the same bar must work again."""
    country = visit()
    second = country.bars.nth(1).locator(".name").inner_text().split(". ")[1]
    slug = places.province(places.find(second)).slug
    for _ in range(2):
        country.bars.nth(1).click()
        country.shows(second, f"?tinh={slug}")
        country.button("Xóa lọc").click()
        country.shows("Cả nước", "")


def test_the_ranking_runs_from_best_to_worst_whatever_was_shown_before(visit):
    country = visit()
    for name in ("Nghệ An", "Hà Nội"):
        country.type_area(name)
        expect(country.bars.filter(has_text=f". {name}")).to_have_attribute("aria-current", "true")
        texts = country.bars.locator(".bar").all_inner_texts()
        values = [float(text.strip().rstrip("%").replace(",", ".")) for text in texts]
        assert values == sorted(values, reverse=True)


def test_xoa_loc_takes_back_every_filter_but_not_the_measure(visit):
    query = "?tinh=ben-tre&ky=2024Q3&hinh_thuc=cong_dong&nguon=trung_uong&chi_so=ho"
    chosen = visit(query)
    expect(chosen.area).to_have_value("Bến Tre")
    chosen.button("Xóa lọc").click()
    chosen.shows("Cả nước", "?chi_so=ho")


TYPED = {
    "ben tre": ("Bến Tre", "ben-tre"),
    "dak lak": ("Đắk Lắk", "dak-lak"),
    "hcm": ("Hồ Chí Minh", "ho-chi-minh"),
    "bến tre": ("Bến Tre", "ben-tre"),
    "hue": ("Huế", "hue"),
    "BR-VT": ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
    "vung tau": ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
}


def test_typing_a_few_letters_and_enter_reaches_the_province(visit):
    country = visit()
    for text, (name, slug) in TYPED.items():
        country.type_area(text)
        country.shows(name, f"?tinh={slug}")


def test_the_copy_button_stands_beside_a_long_sentence_and_below_it_on_a_phone(visit):
    for viewport in (LAPTOP, PHONE):
        country = visit(viewport=viewport)
        button, said = country.button("Sao chép").bounding_box(), country.sentence.bounding_box()
        right, below = said["x"] + said["width"], said["y"] + said["height"]
        assert said["height"] > button["height"]  # the sentence takes several lines
        assert (right <= button["x"]) == (viewport is LAPTOP)
        assert (button["y"] < below) == (viewport is LAPTOP)


def test_the_copied_sentence_says_that_it_is_illustrative(visit):
    country = visit("?tinh=ben-tre", permissions=["clipboard-read", "clipboard-write"])
    country.button("Sao chép").click()
    expect(country.button("Đã chép")).to_be_visible()
    copied = country.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Bến Tre – đến 30/06/2025: ")
    assert copied.endswith("(Số liệu minh họa.)")
    assert copied in country.sentence.inner_text()
