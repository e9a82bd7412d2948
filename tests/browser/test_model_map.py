"""The map of a province's models in Chromium: a point leads to its model, by mouse and keyboard."""

import math
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visits import HALL, LAPTOP, PHONE, TOUCH

HA_GIANG = "/tien-do?tinh=ha-giang"
POINTS = "path.model-point"
DISTRICTS = "path.district"


@pytest.fixture
def models(visit):
    """The page at an address, its points and district borders drawn."""

    def open_page(query: str = HA_GIANG, **options: object):
        opened = visit(query, shapes=0, **options)
        expect(opened.page.locator(POINTS).first).to_be_attached()
        expect(opened.page.locator(DISTRICTS).first).to_be_attached()
        return opened

    return open_page


def points(opened):
    return opened.page.locator(POINTS)


def counted(opened) -> int:
    """How many models the page's sentence speaks of."""
    reported, *_ = re.findall(r"(\d+) mô hình có báo cáo", opened.sentence.inner_text())
    _, _, others = opened.sentence.inner_text().partition("ngoài ra")
    return int(reported) + sum(map(int, re.findall(r"(\d+) \w", others)))


def name_of(point) -> str:
    return point.get_attribute("aria-label").split("; ")[0]


def leads_to(opened, model: str, name: str) -> None:
    expect(opened.page).to_have_url(re.compile(f"tinh=ha-giang&mo_hinh={model}$"))
    expect(opened.page.get_by_role("heading", name=name)).to_be_visible()


def test_a_point_for_each_model_of_the_sentence_among_the_districts(models):
    opened = models()
    assert points(opened).count() == counted(opened) > 50
    expect(opened.page.locator(DISTRICTS)).to_have_count(11)
    frame = opened.page.locator(".unit-map").bounding_box()
    for box in points(opened).evaluate_all("all => all.map(it => it.getBoundingClientRect())"):
        assert frame["x"] <= box["x"] < frame["x"] + frame["width"]
        assert frame["y"] <= box["y"] < frame["y"] + frame["height"]


@pytest.mark.parametrize(
    ("query", "aside"),  # Côn Đảo, and Long Sơn among the districts of Vũng Tàu, are islands
    [("/tien-do?don_vi=34&tinh=ho-chi-minh", 1), ("/tien-do?tinh=ho-chi-minh", 0)],
)
def test_a_unit_whose_land_is_in_parts_is_shown_with_all_the_large_ones(models, query, aside):
    opened = models(query)
    frame = opened.page.locator(".unit-map").bounding_box()
    boxes = opened.page.locator(DISTRICTS).evaluate_all(
        "all => all.map(it => it.getBoundingClientRect().toJSON())"
    )
    seen = [box for box in boxes if box["height"] and box["bottom"] < frame["y"] + frame["height"]]
    assert len(boxes) - len(seen) == aside


def test_no_two_points_hide_one_another(models):
    opened = models("/tien-do?tinh=thanh-hoa")
    corners = points(opened).evaluate_all(
        "all => all.map(it => it.getBoundingClientRect()).map(box => [box.x, box.y])"
    )
    for place, corner in enumerate(corners):
        assert all(math.dist(corner, other) > 8 for other in corners[:place])


def test_a_click_leads_to_the_model_and_back_to_the_map(models):
    opened = models()
    point = points(opened).nth(7)
    model, name = point.get_attribute("data-model"), name_of(point)
    point.click()
    leads_to(opened, model, name)
    many = counted(models())
    opened.button("Quay lại danh sách").click()
    expect(points(opened)).to_have_count(many)


@pytest.mark.parametrize("seen", [120, 240])
def test_the_first_click_counts_with_the_map_half_below_the_fold(models, seen):
    opened = models(viewport=LAPTOP)
    scroller = opened.page.get_by_test_id("stMain")
    top = opened.page.locator(".unit-map").bounding_box()["y"]
    scroller.evaluate("(main, by) => main.scrollBy(0, by)", top - LAPTOP["height"] + seen)
    opened.page.wait_for_timeout(300)
    boxes = points(opened).evaluate_all(
        "all => all.map(it => [it.dataset.model, it.getBoundingClientRect()])"
    )
    model, box = max(
        (it for it in boxes if it[1]["y"] + it[1]["height"] < LAPTOP["height"] - 4),
        key=lambda it: it[1]["y"],
    )
    held = scroller.evaluate("main => main.scrollTop")
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.mouse.down()
    assert scroller.evaluate("main => main.scrollTop") == held
    opened.page.mouse.up()
    expect(opened.page).to_have_url(re.compile(f"mo_hinh={model}$"))


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_one_tab_stop_arrows_and_a_key_lead_to_the_model(models, key):
    opened = models()
    stops = opened.page.locator(f'{POINTS}[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    first = stops.get_attribute("data-model")
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowRight")
    expect(stops).to_have_count(1)
    expect(stops).to_be_focused()
    model, name = stops.get_attribute("data-model"), name_of(stops)
    assert model != first
    expect(opened.page.locator(".unit-tip")).to_contain_text(name)
    opened.page.keyboard.press(key)
    leads_to(opened, model, name)


def test_a_point_tells_name_place_and_word(models):
    opened = models("/tien-do?tinh=ha-giang&ky=2024Q3")
    label = points(opened).last.get_attribute("aria-label")
    assert re.search(r"Huyện|Thành phố", label)
    assert "thực hiện" in label
    assert label.endswith("chậm nhiều")
    points(opened).last.hover()
    expect(opened.page.locator(".unit-tip")).to_contain_text("chậm nhiều")


def test_another_province_is_shown_in_the_same_map_without_another_module(models):
    opened = models()
    opened.page.evaluate("() => { document.querySelector('.unit-map').kept = true }")
    opened.type_area("cao bang")
    expect(opened.sentence).to_contain_text("Cao Bằng")
    expect(opened.page.locator("path.unit-shape.here")).to_have_count(1)
    expect(points(opened).first).to_have_attribute("data-model", re.compile("^04-"))
    assert points(opened).count() == counted(opened)
    assert opened.page.evaluate("() => document.querySelector('.unit-map').kept")
    assert len([it for it in opened.asked if re.search(r"/map/\d\d\.", it)]) == 1
    opened.type_area("ca nuoc")
    expect(points(opened)).to_have_count(0)


def test_the_map_comes_back_as_an_overview_without_being_drawn_anew(models):
    opened = models()
    opened.page.evaluate("() => { document.querySelector('.unit-map').kept = true }")
    opened.button("Phóng to").click()
    expect(opened.button("Toàn cảnh")).to_be_visible()
    points(opened).first.hover()
    expect(opened.page.locator(".unit-tip")).to_be_visible()
    opened.type_area("ca nuoc")
    expect(points(opened)).to_have_count(0)
    opened.type_area("cao bang")
    expect(points(opened).first).to_have_attribute("data-model", re.compile("^04-"))
    assert opened.page.evaluate("() => document.querySelector('.unit-map').kept")
    expect(opened.button("Toàn cảnh")).to_be_hidden()
    expect(opened.page.locator(".unit-tip")).to_have_count(0)
    frame = opened.page.locator(".unit-map").bounding_box()
    here = opened.page.locator("path.unit-shape.here").bounding_box()
    assert frame["x"] <= here["x"] < here["x"] + here["width"] <= frame["x"] + frame["width"]
    assert here["height"] > 0.7 * frame["height"] or here["width"] > 0.7 * frame["width"]


def test_a_province_far_away_is_drawn_once_it_is_dragged_into_sight(models):
    opened = models("/tien-do?tinh=bac-ninh")
    shapes = opened.page.locator("path.unit-shape.province")
    near = shapes.count()
    assert 5 < near < 30
    opened.button("Phóng to").click()
    expect(opened.button("Toàn cảnh")).to_be_visible()
    frame = opened.page.locator(".unit-map").bounding_box()
    left, top = frame["x"] + 40, frame["y"] + 40
    for _ in range(20):
        opened.page.mouse.move(left, top)
        opened.page.mouse.down()
        opened.page.mouse.move(left + 600, top + 300, steps=5)
        opened.page.mouse.up()
        if shapes.count() > near:
            break
    assert shapes.count() > near
    assert shapes.first.get_attribute("aria-hidden") == "true"  # it lies below the others


def test_another_page_and_back_show_the_country_as_it_was_left(visit):
    opened = visit()
    opened.page.evaluate("() => { document.querySelector('.unit-map').kept = true }")
    opened.unit("Nghệ An").focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page.locator("path.focused")).not_to_have_attribute("d", "M0 0")
    opened.page.get_by_role("link", name="Ngân sách").click()
    expect(opened.page.locator("table.plan")).to_be_visible()
    opened.page.get_by_role("link", name="Tổng quan").click()
    expect(opened.page.locator("path.province[aria-label]")).to_have_count(63)
    assert opened.page.evaluate("() => document.querySelector('.unit-map').kept")
    expect(opened.page.locator("path.focused")).to_have_attribute("d", "M0 0")
    frame = opened.page.locator(".unit-map").bounding_box()
    box = opened.unit("Hà Giang").bounding_box()
    assert frame["y"] <= box["y"] < frame["y"] + 0.2 * frame["height"]
    opened.unit("Nghệ An").click()
    expect(opened.sentence).to_contain_text("Nghệ An")


def test_screen_share_mode_and_the_34_units_are_drawn_from_the_same_page(models):
    opened = models()
    small = points(opened).first.bounding_box()["width"]
    opened.press("34")
    expect(opened.sentence).to_contain_text("Tuyên Quang – đến")
    expect(opened.page.locator(DISTRICTS)).to_have_count(18)
    assert points(opened).count() == counted(opened) > 80
    opened.button("Trình chiếu").click()
    expect(opened.page.locator(".unit-map.presenting")).to_be_visible()
    assert points(opened).first.bounding_box()["width"] > 1.3 * small


@pytest.mark.parametrize(
    ("slug", "group"), [("da-nang", "Hoàng Sa(Đà Nẵng)"), ("khanh-hoa", "Trường Sa(Khánh Hòa)")]
)
@pytest.mark.parametrize("units", ["63", "34"])
def test_the_island_group_of_the_province_is_in_the_corner_and_hides_no_model(
    models, slug, group, units
):
    opened = models(f"/tien-do?tinh={slug}&don_vi={units}", **TOUCH)
    inset = opened.page.locator(".islands-inset")
    expect(inset).to_be_visible()
    assert inset.inner_text().replace("\n", "") == group
    corner = inset.bounding_box()
    for box in points(opened).evaluate_all("all => all.map(it => it.getBoundingClientRect())"):
        assert box["right"] < corner["x"] or box["top"] > corner["y"] + corner["height"]


def test_zoom_spreads_the_points_and_goes_back(models):
    opened = models()
    before = points(opened).first.bounding_box()
    opened.button("Phóng to").click()
    overview = opened.button("Toàn cảnh")
    expect(overview).to_be_visible()
    opened.page.wait_for_timeout(400)
    overview.click()
    expect(overview).to_be_hidden()
    opened.page.wait_for_timeout(400)
    after = points(opened).first.bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)


@pytest.mark.parametrize("options", [{}, TOUCH], ids=["laptop", "phone"])
def test_axe_finds_nothing_grave_in_the_map(models, options):
    page = models(**{**options, "bypass_csp": True}).page
    grave = ("serious", "critical")
    found = Axe().run(page).response["violations"]
    told = [
        (it["id"], node["html"][:200])
        for it in found
        for node in it["nodes"]
        if it["impact"] in grave
    ]
    assert told == []


def test_no_model_lies_under_the_zoom_buttons_of_a_phone(models):
    opened = models(f"{HA_GIANG}&ky=2024Q3", **TOUCH)
    buttons = opened.page.locator(".leaflet-control-zoom").bounding_box()
    rights = points(opened).evaluate_all("all => all.map(it => it.getBoundingClientRect().right)")
    assert max(rights) <= buttons["x"]


def test_a_phone_shows_it_without_scrolling_sideways_and_a_tap_leads(models):
    phone = models(**TOUCH)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    point = points(phone).last
    model = point.get_attribute("data-model")
    point.tap()
    expect(phone.page).to_have_url(re.compile(f"mo_hinh={model}$"))


def test_the_hall_sees_larger_points(models):
    hall = models(f"{HA_GIANG}&trinh_chieu=1", viewport=HALL)
    assert points(hall).first.bounding_box()["width"] > 16


def test_the_map_can_be_taken_away_as_a_picture(models):
    opened = models()
    opened.button("Tải danh sách, bản đồ").click()
    with opened.page.expect_download() as taken:
        opened.button("Tải ảnh SVG").click()
    assert taken.value.suggested_filename == "vi-tri-mo-hinh-quy-ii-2025-ha-giang.svg"
    said = taken.value.path().read_text("utf-8")
    for words in ("Vị trí mô hình: Hà Giang", "Số liệu minh họa", "Đồng Văn"):
        assert words in said
