"""Ngân sách, as it is drawn: its figures are those of `data.money`, its absences are in words."""

import json
import re

import pandas as pd
import pyarrow as pa
import pytest

from components import charts
from data import codes, formats, places, readers, view_readers
from data import view as views
from data.codes import ALL
from data.forecast import CLOSING

SNAPSHOT = readers.current().snapshot.id
QUARTERS = readers.quarters(SNAPSHOT)
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
# Numbers of documents, as `104/2023/QH15`, are years and counts too.
VIETNAMESE = re.compile(r"\d{1,4}|\d{1,3}(\.\d{3})*(,\d{1,2})?")


@pytest.fixture
def budget_page(tab):
    """Opens Ngân sách at an address."""

    return lambda **query: tab(**query).on("budget.py", **query)


def figures(**query: str):
    view, _ = views.from_query(query, QUARTERS)
    return view_readers.money(SNAPSHOT, view)


def words(page) -> str:
    """What a viewer reads, but for the chart and the tables."""
    parts = [re.sub(r"<style>.*?</style>|<[^>]*>", " ", it, flags=re.DOTALL) for it in page.html]
    return "\n".join([*parts, *(str(it.value) for it in page.app.markdown)])


def chart(page) -> dict:
    return page.app.get("vega_lite_chart")[0].proto


def test_the_country_opens_with_the_sentence_of_its_money(budget_page):
    page, found = budget_page(ky="2024Q3"), figures(ky="2024Q3")
    sums, unit = found.total, "tỷ"
    assert page.failures == []
    plan = formats.money(sums["assigned"] + sums["carried_over"], unit)
    done, planned = (formats.money(sums[name], unit) for name in ("disbursed", "plan_known"))
    rate = formats.percent(sums["disbursed"] / sums["plan_known"])
    assert page.sentence.startswith(
        f"Cả nước – đến 30/09/2024, 58/63 tỉnh đã báo cáo: kế hoạch vốn năm 2024 {plan} tỷ đồng"
    )
    assert f"giải ngân {done}/{planned} tỷ đồng, đạt {rate}." in page.sentence
    assert f"{formats.money(found.left.by_year_end)} tỷ đồng để xong trước 31/12" in page.sentence
    assert f"{formats.money(found.left.by_closing)} tỷ đồng nếu tính đến 31/01/2025" in (
        page.sentence
    )
    assert page.sentence.endswith("(Số liệu minh họa.)")


def test_the_rate_of_the_overview_is_the_rate_of_this_page(tab):
    for quarter in QUARTERS:
        national = view_readers.national(SNAPSHOT, ALL, ALL).loc[quarter]
        sums = figures(ky=quarter).total
        assert sums["disbursed"] == national["disbursed_ytd"].sum()
        assert sums["plan_known"] == national["plan_reported"].sum()


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_quarter_opens_in_vietnamese_figures_for_every_kind_of_area(budget_page, quarter):
    page = budget_page()
    areas = ({}, {"vung": "tay-nguyen"}, {"tinh": "ha-noi"}, {"tinh": "hue", "don_vi": "34"})
    for place, area in enumerate(areas):
        source = [ALL, *codes.SOURCES][(place + int(quarter[5])) % 4]
        page.go(ky=quarter, nguon=source, hinh_thuc=[ALL, *codes.FORMS][place], **area)
        assert page.failures == []
        said = re.sub(r"\d+[A-Z]?/\d{4}/\S+|Điều \d+|khoản \w+|\d+/QĐ", "", words(page))
        assert [it for it in NUMBER.findall(said) if not VIETNAMESE.fullmatch(it)] == []
        assert not re.search(r"\b(nan|None|inf|<NA>)\b", said)


def test_a_province_without_a_report_is_unreported_and_never_zero(budget_page):
    page = budget_page(ky="2024Q3", tinh="hai-duong")
    assert "giải ngân chưa báo cáo" in page.sentence
    assert "tính từ số liệu tháng 6" in page.sentence
    row = re.search(r'<tr class="all">.*?</tr>', "".join(page.html))[0]
    assert "<td>chưa báo cáo</td><td>–</td>" in row
    assert "%" not in row
    grid = page.component("theo_thang")["html"]
    cells = re.search(r'data-pick="30".*?</tr>', grid)[0]
    assert cells.count("chưa báo cáo") == 6


def test_what_was_not_reported_is_said_once_in_a_line_of_the_plan(budget_page):
    page = budget_page(ky="2025Q2", tinh="lai-chau")
    plan = next(it for it in page.html if 'class="plan"' in it)
    lines = re.findall(r'<th scope="row">.*?</tr>', plan)
    assert [line.count("chưa báo cáo") for line in lines] == [1] * len(lines) != []


def test_a_province_without_a_plan_of_a_source_says_so(budget_page):
    page = budget_page(ky="2024Q3", tinh="ha-noi", nguon="trung_uong")
    assert page.failures == []
    assert page.sentence == (
        "Hà Nội, nguồn ngân sách trung ương – đến 30/09/2024: không có kế hoạch vốn năm 2024. "
        "(Số liệu minh họa.)"
    )
    assert [it.key for it in page.app.get("vega_lite_chart")] == ["tien_viec"]
    assert "Chưa có tháng nào có kế hoạch vốn" in page.app.markdown[1].value


def test_money_is_not_split_by_form_and_the_page_says_so(budget_page):
    page = budget_page(ky="2024Q3", hinh_thuc="nhiem_vu")
    assert "kế hoạch vốn năm 2024 của mọi hình thức" in page.sentence


def test_a_closed_year_shows_what_it_reached_instead_of_a_forecast(budget_page):
    page = budget_page(ky="2024Q4")
    closed = figures(ky="2024Q4").rates[CLOSING]
    assert f"Khóa sổ 31/01/2025: đạt {formats.percent(closed)}." in page.sentence
    assert "Dự báo khi" not in page.sentence
    assert "Năm ngân sách đã khóa sổ." in words(budget_page(ky="2024Q4", tinh="ha-giang"))


@pytest.mark.parametrize("quarter", ["2022Q3", "2023Q3"])
def test_without_two_closed_years_there_is_no_forecast_and_the_page_says_why(budget_page, quarter):
    page = budget_page(ky=quarter)
    assert "Dự báo khi" not in page.sentence
    assert "Chưa dự báo: cần ít nhất hai năm đã khóa sổ" in words(page)


def test_the_page_names_the_method_and_its_error_beside_the_simple_ones(budget_page):
    judge = figures(ky="2025Q2").judged
    said = words(budget_page(ky="2025Q2"))
    assert judge.method.explained in said
    for error in judge.errors.values():
        assert formats.number(error * 100, 1) in said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"tinh": "ha-giang"}, "Hà Giang không có dấu hiệu này: mức cao của dự báo"),
        ({"vung": "tay-nguyen"}, "Không tỉnh nào có dấu hiệu này: mức cao của dự báo"),
        ({}, "5 tỉnh mà mức cao của dự báo"),
    ],
)
def test_nothing_at_risk_is_said_as_such_and_not_counted(budget_page, place, said):
    assert said in words(budget_page(ky="2024Q3", **place))


def test_the_grid_has_every_unit_in_official_order_and_marks_the_chosen_one(budget_page):
    page = budget_page(ky="2024Q3", tinh="ben-tre")
    picks = page.picks("theo_thang")
    assert list(picks.values()) == list(places.provinces().index)
    assert page.component("theo_thang")["current"] == "83"
    assert 'data-pick="83"' in page.component("theo_thang")["html"]
    assert len(budget_page(ky="2024Q3", don_vi="34").picks("theo_thang")) == 34
    assert len(budget_page(ky="2024Q3", vung="tay-nguyen").picks("theo_thang")) == 5


def test_the_chart_is_vietnamese_described_and_says_that_it_is_illustrative(budget_page):
    page = budget_page(ky="2024Q3", tinh="ha-giang")
    proto = chart(page)
    assert json.loads(proto.spec)["config"]["locale"]["number"]["decimal"] == ","
    assert proto.alt == charts.LABEL
    above = next(it for it in page.html if "Giải ngân lũy kế năm 2024" in it)
    assert "Quý III/2024 · Hà Giang · Số liệu đến ngày 30/09/2024; Số liệu minh họa" in above
    assert re.search(r"của Hà Giang: Tháng 9 \d\d,\d%", above)


def test_another_filter_changes_the_rows_of_a_chart_and_nothing_else(budget_page):
    page = budget_page(ky="2024Q3")
    before = [(it.proto.spec, it.proto.alt) for it in page.app.get("vega_lite_chart")]
    page.go(ky="2024Q2", tinh="ha-giang", nguon="trung_uong")
    assert [(it.proto.spec, it.proto.alt) for it in page.app.get("vega_lite_chart")] == before


@pytest.mark.parametrize(
    ("box", "files"),
    [
        ("duong_luy_ke_bang", ["Tải ảnh PNG", "Tải ảnh SVG", "Tải Excel", "Tải CSV"]),
        ("tien_viec_bang", ["Tải ảnh PNG", "Tải ảnh SVG", "Tải Excel", "Tải CSV"]),
        ("theo_thang_bang", ["Tải ảnh PNG", "Tải ảnh SVG", "Tải Excel", "Tải CSV"]),
        ("ngan_sach_nguon", ["Tải Excel", "Tải CSV"]),
    ],
)
def test_a_box_offers_pictures_and_tables(budget_page, box, files):
    page = budget_page(ky="2024Q3")
    page.app.session_state[box] = True
    page.app.run()
    assert page.failures == []
    assert [it.label for it in page.app.get("download_button")] == files


def test_the_table_below_the_chart_has_its_figures_and_its_files(budget_page):
    page = budget_page(ky="2024Q3")
    page.app.session_state["duong_luy_ke_bang"] = True
    page.app.run()
    table, rates = page.app.dataframe[0].value, figures(ky="2024Q3").rates
    assert table["Năm 2024"][:9].tolist() == rates.loc[:9].tolist()
    assert table["Năm 2024"][9:].isna().all()
    assert page.app.dataframe[0].proto.placeholder == "–"


def test_an_empty_cell_says_why_even_where_there_are_several_reasons(budget_page):
    page = budget_page(ky="2024Q3", tinh="hai-duong")
    page.app.session_state["duong_luy_ke_bang"] = True
    page.app.run()
    told = page.app.dataframe[0].value["Năm 2024"]
    assert told[8] == "chưa báo cáo"
    assert told[9] == "–"
    assert told[5] == formats.percent(figures(ky="2024Q3", tinh="hai-duong").rates[6])


def test_the_rules_of_the_budget_stand_beside_the_figures_with_their_grade(budget_page):
    html = "".join(budget_page().html)
    assert "Nghị định 27/2022/NĐ-CP, Điều 22 khoản 5a" in html
    assert "Thông tư 342/2016/TT-BTC, Điều 26" in html
    assert "đã đọc nguyên văn điều khoản đang có hiệu lực" in html
    assert "theo báo chí, cổng thông tin" in html


def test_a_file_says_in_words_that_a_month_was_not_reported():
    table = pd.DataFrame({"Lũy kế đến": ["Tháng 1", "Tháng 2"], "Tỷ lệ": [float("nan"), 0.5]})
    absent = pd.DataFrame({"Tỷ lệ": ["chưa báo cáo", "–"]})
    assert charts.filled(table, absent)["Tỷ lệ"].tolist() == ["chưa báo cáo", 0.5]


def test_money_and_work_says_how_it_is_read(budget_page):
    page = budget_page(ky="2024Q3", tinh="ha-giang")
    assert page.failures == []
    assert "Vạch dọc: tỷ lệ giải ngân cả nước" in words(page)


@pytest.mark.parametrize("query", [{"nguon": "khac", "hinh_thuc": "dac_thu"}, {"don_vi": "34"}])
@pytest.mark.parametrize("quarter", ["2022Q1", "2023Q1", "2025Q2"])
def test_money_and_work_is_drawn_or_says_why_not(budget_page, quarter, query):
    assert budget_page(ky=quarter, **query).failures == []


def money_and_work(page) -> pd.DataFrame:
    """What the chart is drawn from."""
    return pa.ipc.open_stream(page.app.get("vega_lite_chart")[1].proto.data.data).read_pandas()


def test_a_region_compares_its_own_provinces_alone_and_names_them(budget_page):
    drawn = money_and_work(budget_page(ky="2025Q2", vung="tay-nguyen"))
    points = drawn[drawn["part"] == "điểm"]
    assert set(points["label"]) == set(points["name"])
    assert set(points["code"]) == set(places.region("tay-nguyen").members)
    counts = [int(it.split("\n")[1].split()[0]) for it in drawn.loc[drawn["part"] == "ô", "name"]]
    assert sum(counts) == len(points) == 5


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ({"ky": "2024Q3", "vung": "tay-nguyen"}, 5),
        ({"ky": "2024Q3", "tinh": "ha-giang"}, 5),
        ({"ky": "2022Q1"}, 5),
        ({"ky": "2025Q2"}, 3.4),
    ],
)
def test_no_point_or_its_name_stands_on_the_words_of_a_field(budget_page, query, lines):
    drawn = money_and_work(budget_page(**query))
    shown = drawn[drawn["part"].isin(["điểm", "mốc"])]["work"]
    low, high = (drawn.loc[drawn["part"] == "ô", "work"].agg(end) for end in ("min", "max"))
    line = 12 / 340 * (high - low)  # of a laptop's chart, 340 pixels high
    assert high - shown.max() >= lines * line
    assert shown.min() - low >= 3.4 * line


def test_the_country_has_no_room_for_the_names_of_its_points(budget_page):
    drawn = money_and_work(budget_page(ky="2025Q2"))
    assert set(drawn.loc[drawn["part"] == "điểm", "label"]) == {""}


@pytest.mark.parametrize("quarter", ["2022Q4", "2024Q4"])
def test_a_closed_year_explains_no_forecast(budget_page, quarter):
    said = words(budget_page(ky=quarter))
    assert "đường đến 31/01 là số đã giải ngân, không phải dự báo" in said
    assert "Kiểm chứng trên" not in said
