"""What is taken away from charts in Chromium: pictures and tables that say what they are."""

import re

import pytest
from playwright.sync_api import expect

PAGES = {
    "/ngan-sach?ky=2024Q3&tinh=ha-giang": ("duong_luy_ke_bang", "tien_viec_bang"),
    "/ngan-sach?ky=2024Q3&vung=tay-nguyen": ("theo_thang_bang",),
    "/tien-do?ky=2024Q3&tinh=ha-giang": ("ke_hoach_thuc_hien_bang",),
}
BOXES = [(page, box) for page, boxes in PAGES.items() for box in boxes]
PLACE = {"tinh=ha-giang": "Hà Giang", "vung=tay-nguyen": "Tây Nguyên"}


@pytest.fixture
def opened(visit):
    """A page with the box of a chart open, its buttons in sight."""

    def open_box(query: str, box: str):
        screen = visit(query, shapes=0)
        inside = screen.page.locator(f".st-key-{box}")
        inside.locator("summary").click()
        expect(inside.get_by_role("button", name="Tải CSV")).to_be_visible()
        screen.settled()
        return screen, inside

    return open_box


def taken(screen, inside, name: str) -> tuple[str, bytes]:
    with screen.page.expect_download() as got:
        inside.get_by_role("button", name=name).click()
    return got.value.suggested_filename, got.value.path().read_bytes()


@pytest.mark.parametrize(("query", "box"), BOXES)
def test_pictures_and_tables_say_what_they_show(opened, query, box):
    screen, inside = opened(query, box)
    place = next(name for part, name in PLACE.items() if part in query)
    name, png = taken(screen, inside, "Tải ảnh PNG")
    assert name.endswith(".png")
    assert re.fullmatch(r"[a-z0-9-]+-quy-iii-2024-[a-z0-9-]+\.png", name)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20]) >= 1600

    name, svg = taken(screen, inside, "Tải ảnh SVG")
    said = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)", svg.decode())
    assert name.endswith(".svg")
    assert f"Quý III/2024 · {place}" in said
    assert "Số liệu đến ngày 30/09/2024; Số liệu minh họa" in said
    # A sign that the picture's font lacks sets its whole line in another one.
    assert not re.search("[\u25a0-\u25ff]", svg.decode())

    name, csv = taken(screen, inside, "Tải CSV")
    lines = csv.decode("utf-8-sig").splitlines()
    assert name.endswith(".csv")
    assert lines[0].strip('"').removeprefix("# ") in said
    assert lines[2] == "# Số liệu đến ngày 30/09/2024; Số liệu minh họa"

    name, book = taken(screen, inside, "Tải Excel")
    assert name.endswith(".xlsx")
    assert book.startswith(b"PK")


def test_streamlits_own_toolbar_whose_picture_lacks_the_mark_is_not_offered(opened):
    screen, inside = opened(*BOXES[0])
    screen.page.get_by_test_id("stVegaLiteChart").first.hover()
    inside.get_by_test_id("stDataFrame").hover()
    for name in ("Download as PNG", "Download as CSV", "Show data", "Fullscreen"):
        expect(screen.page.get_by_role("button", name=name)).to_have_count(0)
