"""Tổng quan, as it is drawn: its numbers are the readers', its absences are said in words."""

import re

import pyarrow as arrow
import pytest

from components import ranking
from data import formats, measures, places, readers, view_readers
from data.codes import ALL, FORMS, SOURCES
from data.measures import MEASURES

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
VIETNAMESE = re.compile(r"\d{1,4}|\d{1,3}(\.\d{3})*(,\d{1,2})?|0,\d{3}")
SNAPSHOT = readers.current().snapshot.id
QUARTERS = readers.quarters(SNAPSHOT)


def sums(*members: str, quarter: str = "2024Q3", form: str = ALL):
    frame = view_readers.national(SNAPSHOT, form, ALL).loc[quarter]
    return frame.loc[list(members) or slice(None)].sum(min_count=1)


def test_the_country_opens_and_says_that_its_figures_are_illustrative(tab):
    page = tab()
    assert page.failures == []
    assert "(Số liệu minh họa.)" in page.sentence
    assert "**Số liệu minh họa** · Số liệu đến ngày 30/06/2025" in page.texts
    assert len(page.component("ban_do")["fills"]) == 63


@pytest.mark.parametrize(("slug", "members"), [("", ()), ("ben-tre", ("83",))])
def test_the_sentence_says_what_the_readers_hold(tab, slug, members):
    page = tab(ky="2024Q3", **({"tinh": slug} if slug else {}))
    total = sums(*members)
    progress, money = (measures.value(MEASURES[key], total) for key in ("tien-do", "giai-ngan"))
    women = total["women_headed"] / total["households"]
    assert (
        f": {formats.number(total['models'])} mô hình, {formats.number(total['households'])} hộ "
        f"tham gia ({formats.percent(women)} do phụ nữ làm chủ); tiến độ đạt "
        f"{formats.percent(progress)} kế hoạch đến kỳ; giải ngân đạt {formats.percent(money)} kế "
        f"hoạch vốn năm 2024."
    ) in page.sentence
    reported = f"{total['reports']:.0f}/63 tỉnh đã báo cáo"
    assert (reported in page.sentence) is not bool(slug)
    assert page.sentence in page.texts


@pytest.mark.parametrize("quarter", ["2022Q1", "2024Q3", "2025Q2"])
def test_the_cards_show_what_the_readers_hold(tab, quarter):
    total = sums(quarter=quarter)
    assert tab(ky=quarter).cards == {
        "Mô hình": formats.number(total["models"]),
        "Hộ tham gia": formats.number(total["households"]),
        "Hộ do phụ nữ làm chủ": formats.number(total["women_headed"]),
        "Tiến độ so với kế hoạch": formats.percent(total["earned_value"] / total["planned_value"]),
        "Kế hoạch vốn giao (tỷ\u00a0đồng)": formats.money(total["assigned"]),
        "Đã giải ngân (tỷ\u00a0đồng)": formats.money(total["disbursed_ytd"]),
    }


def test_a_province_without_a_report_is_unreported_everywhere_but_for_its_plan(tab):
    codes = view_readers.national(SNAPSHOT, ALL, ALL).loc["2024Q3"].query("reports == 0").index
    page = tab(ky="2024Q3", tinh=places.province(codes[0]).slug)
    plan = page.cards["Kế hoạch vốn giao (tỷ\u00a0đồng)"]
    assert plan == formats.money(sums(codes[0])["assigned"])
    rest = {words for label, words in page.cards.items() if not label.startswith("Kế hoạch")}
    assert rest == {"chưa báo cáo"}
    name = places.province(codes[0]).name
    assert page.sentence == f"{name} – đến 30/09/2024: chưa báo cáo. (Số liệu minh họa.)"
    painted = page.component("ban_do")["fills"]
    assert {code for code, fill in painted.items() if fill == "none-reported"} == set(codes)
    assert f"chưa báo cáo: {len(codes)}" in page.texts


def test_a_province_without_models_of_a_form_has_none_and_is_not_unreported(tab):
    page = tab(ky="2024Q3", tinh="ha-noi", hinh_thuc="nhiem_vu")
    assert sums("01", form="nhiem_vu")["models"] == 0
    assert page.failures == []
    assert page.cards["Mô hình"] == "0"
    assert page.cards["Tiến độ so với kế hoạch"] == "chưa có mô hình đến kỳ"
    assert "chưa báo cáo" not in page.component("ban_do")["labels"]["01"]
    assert page.component("ban_do")["fills"]["01"] == "#ffffff"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_quarter_and_measure_opens_in_vietnamese_figures(tab, quarter):
    page = tab()
    for place, key in enumerate(MEASURES):
        form, source = [ALL, *FORMS][place % 5], [ALL, *SOURCES][place % 4]
        units = "34" if place % 2 else "63"
        page.go(ky=quarter, chi_so=key, hinh_thuc=form, nguon=source, don_vi=units)
        assert page.failures == []
        texts = page.texts.replace(SNAPSHOT, "")
        wrong = [it for it in NUMBER.findall(texts) if not VIETNAMESE.fullmatch(it)]
        assert wrong == []
        assert len(page.component("ban_do")["fills"]) == int(units)
        assert not re.search(r"\b(nan|None|inf|<NA>)\b", texts)


def test_an_address_of_nothing_known_opens_the_country_and_names_all_three(tab):
    page = tab(tinh="khong-co", ky="9999Q9", chi_so="x")
    assert page.failures == []
    assert page.sentence.startswith("Cả nước – đến 30/06/2025")
    for lost in ("tinh=khong-co", "ky=9999Q9", "chi_so=x"):
        assert lost in page.app.toast[0].value
    assert page.address == {}


@pytest.mark.parametrize("text", ["x" * 10_000, "![](https://a.example/b.png)", "[a](//b.example)"])
def test_a_notice_repeats_no_essay_and_draws_nothing_for_a_stranger(tab, text):
    said = tab(tinh=text).app.toast[0].value
    assert len(said) < 300
    assert "](" not in said


def test_presenting_hides_the_filter_bar_and_steps_through_the_provinces(tab):
    page = tab(trinh_chieu="1", ky="2024Q3")
    assert [it.label for it in page.app.selectbox] == ["Chỉ số trên bản đồ và xếp hạng"]
    assert "**Sinh kế 63** · Quý III/2024 · Cả nước" in page.texts
    page.press("Sau").press("Sau")
    assert page.address == {"tinh": "ha-giang", "ky": "2024Q3", "trinh_chieu": "1"}
    page.press("Trước").press("Thoát")
    assert page.address == {"tinh": "ha-noi", "ky": "2024Q3"}


def test_34_units_and_back_keep_the_place_and_one_press_clears(tab):
    page = tab(tinh="yen-bai", ky="2024Q3")
    page.app.button_group(key="don_vi").set_value("34").run()
    assert page.address == {"tinh": "lao-cai", "ky": "2024Q3", "don_vi": "34"}
    page.press("Xóa lọc")
    assert page.address == {}


def test_a_province_that_needs_attention_can_be_opened_in_34_units(tab):
    picks = tab(ky="2024Q3", don_vi="34").picks("quan_tam")
    assert "Hải Dương" in picks
    assert all(places.find(name) == pick.split(":")[1] for name, pick in picks.items())


def test_the_table_says_why_a_figure_is_absent_as_the_map_does(tab):
    page = tab(ky="2024Q3", hinh_thuc="nhiem_vu")
    page.app.session_state["bang_mo"] = True
    page.app.run()
    styler = page.app.dataframe[0].proto.arrow_data.styler
    words = arrow.ipc.open_stream(styler.display_values).read_pandas().iloc[0]
    assert words.iloc[0] == "Hà Nội"
    assert "chưa báo cáo" not in set(words)


@pytest.mark.parametrize(("units", "each"), [("63", "từng tỉnh"), ("34", "từng đơn vị")])
def test_the_table_is_named_after_the_areas_in_it(tab, units, each):
    page = tab(don_vi=units)
    assert [box.label for box in page.app.expander if box.label.startswith(f"Bảng số liệu {each}")]


def test_a_province_shows_its_poor_communes(tab):
    # Of Quảng Trị nothing else is known.
    for slug in ("thanh-hoa", "quang-tri"):
        assert "Xã ĐBKK vùng bãi ngang" in tab(tinh=slug).texts


def test_the_ranking_does_not_compare_money_of_two_budget_years(tab):
    page = tab(ky="2024Q1", chi_so="giai-ngan")
    assert page.picks("xep_hang")
    page.app.session_state[ranking.CHANGE] = True
    page.app.run()
    assert page.failures == []
    assert not [it for it in page.html if "Xếp hạng Tỷ lệ giải ngân năm" in it]
