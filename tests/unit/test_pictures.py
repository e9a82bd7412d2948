"""Pictures of charts: drawn on the server, in Vietnamese, saying what they show."""

import re

import altair as alt
import pandas as pd
import pytest

from components import charts, grid_picture, model_picture, model_points
from components.pictures import Picture
from data import formats, geography, model_readers, model_sums, readers
from data import view as views

SNAPSHOT = readers.current().snapshot.id
HEADING = ["Quý III/2024 · Đắk Lắk", "Số liệu đến ngày 30/09/2024; Số liệu minh họa"]
ROWS = pd.DataFrame({"name": ["Hà Giang", "Bến Tre"], "rate": [0.4256, float("nan")]})


def picture(font=12) -> Picture:
    bars = alt.Chart().mark_bar()
    bars = bars.encode(x=alt.X("rate:Q").axis(format=".1%", labelFontSize=font), y="name:N")
    return Picture(charts.checked(bars), ROWS, "Giải ngân lũy kế", HEADING, font)


def texts(svg: bytes) -> list[str]:
    """The texts line by line; a text of several lines has them in parts."""
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)", svg.decode())


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_an_svg_says_what_it_shows_of_when_and_that_it_is_illustrative():
    said = texts(picture().svg())
    for words in ("Giải ngân lũy kế", *HEADING, "Hà Giang"):
        assert words in said


def test_numbers_are_vietnamese():
    said = texts(picture().svg())
    assert "0,0%" in said
    assert not [it for it in said if re.search(r"\d\.\d", it)]


@pytest.mark.parametrize("font", [12, 24])
def test_a_png_has_the_pixels_of_a_slide_whatever_its_type(font):
    assert size(picture(font).png()) == (1920, 1080)


def test_a_chart_of_many_rows_grows_with_them():
    rows = pd.DataFrame({"name": [f"Mô hình {place}" for place in range(80)], "rate": 0.5})
    bars = alt.Chart(height=alt.Step(18)).mark_bar().encode(x="rate:Q", y="name:N")
    drawn = Picture(charts.checked(bars), rows, "Giải ngân lũy kế", HEADING)
    width, height = size(drawn.png())
    assert width == 1920
    assert height > 2 * 80 * 18
    assert "Mô hình 79" in texts(drawn.svg())


def test_the_ground_is_white_and_there_is_ink_on_it():
    svg = picture().svg().decode()
    assert 'fill="#ffffff"' in svg[:400]
    assert len(picture().png()) > 10_000  # a blank one has 3.000


def units(count: int) -> list[str]:
    return [f"{place:02}" for place in range(1, count + 1)]


def grid(count: int) -> Picture:
    codes = units(count)
    rates = pd.DataFrame({1: [0.05] * count, 2: [0.8] * count}, index=codes)
    rates.loc["01", 2] = float("nan")
    rates.loc[rates.index == "02"] = float("nan")
    plans = pd.Series([0.0 if code == "02" else 1.0 for code in codes], codes)
    names = pd.Series([f"Tỉnh {code}" for code in codes], codes)
    return grid_picture.grid_picture(rates, plans, names, "Tỷ lệ theo tháng", HEADING)


def test_the_grid_has_a_cell_for_each_month_known_or_not():
    drawn = grid(5)
    kinds = drawn.rows.groupby("name")["kind"].agg(list)
    assert kinds["Tỉnh 01"] == ["dưới 10%", formats.NOT_REPORTED]
    assert kinds["Tỉnh 02"] == [grid_picture.NO_PLAN] * 2
    assert drawn.rows.query("name == 'Tỉnh 03'")["words"].tolist() == ["5", "80"]
    assert drawn.rows.query("name == 'Tỉnh 01'")["words"].tolist() == ["5", ""]


@pytest.mark.parametrize("count", [1, 5, 34, 63])
def test_the_grid_names_every_unit_in_order_with_a_legend(count):
    said = texts(grid(count).svg())
    assert [it for it in said if it.startswith("Tỉnh ")] == [f"Tỉnh {it}" for it in units(count)]
    for words in ("chưa báo cáo", "từ 75%", "Tỷ lệ theo tháng", *HEADING):
        assert words in said


def test_all_provinces_fit_a_slide():
    width, height = size(grid(63).png())
    assert width <= 1920
    assert height <= 1100


def of_models(**query: str) -> bytes:
    view, _ = views.from_query(query, readers.quarters(SNAPSHOT))
    return model_picture.model_picture(SNAPSHOT, view, illustrative=True).svg()


def test_a_map_of_models_has_a_point_for_each_its_districts_and_what_borders_are_worth():
    svg = of_models(tinh="ha-giang", ky="2024Q3")
    found = model_readers.summary(SNAPSHOT, model_sums.Where("2024Q3", ("02",)))
    legend, points = 6, svg.count(b'stroke="#2b343e"')
    assert points - legend == sum(found.words.values()) > 40
    said = texts(svg)
    for words in ("Vị trí mô hình: Hà Giang", "Đồng Văn", "chậm nhiều", geography.boundary_note()):
        assert words in said
    assert any(words.endswith("Số liệu minh họa") for words in said)


def test_only_the_title_is_bold_as_on_the_page():
    view, _ = views.from_query({"ky": "2024Q3"}, readers.quarters(SNAPSHOT))
    rows = model_points.drawn(SNAPSHOT, view).points
    svg = Picture(model_points._spec(11, 350), rows, "Tên", HEADING).svg()
    assert re.findall('font-weight="bold"[^>]*>([^<]*)', svg.decode()) == ["Tên"]


def test_models_of_one_place_are_drawn_beside_each_other():
    svg = of_models(tinh="ha-giang", ky="2024Q3").decode()
    at = re.findall(r'stroke="#2b343e"[^>]*transform="translate\(([\d.]+,[\d.]+)\)', svg)
    assert len(set(at)) == len(at)


@pytest.mark.parametrize("units", ["63", "34"])
@pytest.mark.parametrize(("slug", "group"), [("da-nang", "Hoàng Sa"), ("khanh-hoa", "Trường Sa")])
def test_the_unit_of_an_island_group_has_it_on_its_map(slug, group, units):
    said = texts(of_models(tinh=slug, don_vi=units))
    place = {"da-nang": "(Đà Nẵng)", "khanh-hoa": "(Khánh Hòa)"}[slug]
    assert said[said.index(group) + 1] == place
    assert group not in texts(of_models(tinh="ha-giang"))
