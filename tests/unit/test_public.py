"""Public figures: what a document says, of the place it speaks of, with the document's name."""

import re

import pandas as pd
import pytest

from components import sources
from data import places, public

AREAS = [
    places.country(),
    *map(places.region, places.regions().index),
    *map(places.province, places.provinces().index),
    *map(places.unit34, places.units34().index),
]


def raw(name: str) -> pd.DataFrame:
    """A reference file as it is, without the module's reading of it."""
    return pd.read_csv(public.FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def shown():
    """Everything that is shown anywhere: kind, code and the figures' columns."""
    frames = [public.figures(area).assign(kind=area.kind, code=area.code) for area in AREAS]
    return pd.concat(frames)


def test_every_figure_read_is_shown_once(shown):
    count = shown["kind"].value_counts()
    province_rows = raw("province_public_figures")["province"]
    new = province_rows.str.endswith("(mới)")
    assert count["country"] == len(raw("programme_funding"))
    assert count["unit34"] == new.sum()
    assert count["province"] == (~new).sum()
    assert "region" not in count


def test_every_figure_names_its_source_and_its_page(shown):
    assert (shown["Theo"].str.len() > 10).all()
    assert shown["url"].str.match(r"https?://[^\s)]+$").all()
    assert (shown["Giá trị"] != "").all()


def test_a_figure_of_a_new_unit_is_not_given_to_the_province_of_the_same_name():
    unit, province = places.unit34("gia-lai"), places.province("gia-lai")
    new = raw("province_public_figures").query("province == 'Gia Lai (mới)'")
    old = raw("province_public_figures").query("province == 'Gia Lai'")
    assert list(public.figures(unit)["Chỉ tiêu"]) == list(new["measure"])
    assert list(public.figures(province)["Chỉ tiêu"]) == list(old["measure"])


def test_a_code_that_both_units_use_leads_to_different_figures():
    lao_cai = public.figures(places.province("lao-cai"))
    assert not lao_cai.empty
    assert public.figures(places.unit34("lao-cai")).empty  # code 15, Yên Bái's among the 63


def test_figures_of_three_programmes_together_keep_that_name(shown):
    three = raw("province_public_figures").query("measure.str.startswith('Ba CTMTQG')")
    programme = raw("programme_funding").query("scope.str.startswith('Ba CTMTQG')")
    kept = shown["Chỉ tiêu"].str.startswith("Ba CTMTQG")
    assert kept.sum() == len(three) + len(programme) > 0


def test_figures_read_as_vietnamese():
    funding = public.figures(places.country())
    assert funding.loc[0, "Giá trị"] == "75.000 tỷ đồng"
    assert funding.loc[0, "Số liệu đến"] == "18/01/2022"
    gia_lai = public.figures(places.unit34("gia-lai")).set_index("Chỉ tiêu")
    assert gia_lai.loc["Chương trình: đã giải ngân", "Giá trị"] == "1.237 tỷ đồng"
    assert "73,24%" in set(gia_lai["Giá trị"])


@pytest.mark.parametrize(
    ("text", "said"),
    [("2024-06-30", "30/06/2024"), ("2024-06", "06/2024"), ("2024", "2024"), ("", "")],
)
def test_a_date_is_as_exact_as_its_source(text, said):
    assert public.as_of(text) == said


def test_poverty_of_2021_is_never_beside_later_years():
    assert "2021" in set(raw("poverty_review")["year"])
    reviews = pd.concat([public.poverty(area) for area in AREAS])
    assert set(reviews["Năm"]) == {"2022", "2023", "2024"}
    assert len(reviews) == len(raw("poverty_review").query("year != '2021'"))
    assert (reviews["Theo"] != "").all()


def test_a_poverty_figure_that_was_not_read_is_empty_not_zero():
    reviews = pd.concat([public.poverty(area) for area in AREAS])
    assert "" in set(reviews["Hộ cận nghèo"])
    assert not set(reviews["Hộ nghèo"]) & {"0", "chưa báo cáo"}
    country = public.poverty(places.country()).set_index("Năm")
    assert country.loc["2022", "Hộ nghèo"] == "1.057.374"
    assert country.loc["2022", "Tỷ lệ hộ nghèo"] == "4,03%"


def test_poverty_of_a_province_is_not_said_of_a_unit_with_its_code():
    assert not public.poverty(places.province("96")).empty
    assert public.poverty(places.unit34("96")).empty


def test_poor_districts_of_a_unit_are_those_of_its_provinces():
    tuyen_quang = places.unit34("tuyen-quang")
    parts = [public.poor_districts(places.province(code)) for code in tuyen_quang.members]
    assert len(public.poor_districts(tuyen_quang)) == sum(map(len, parts)) > 0


def test_the_lists_hold_no_more_than_the_decision():
    assert 0 < len(raw("poor_districts")) <= public.POOR_DISTRICTS
    assert 0 < len(raw("poor_coastal_communes")) <= public.POOR_COMMUNES


def test_a_figure_is_as_near_as_its_source_says_and_the_word_stands_before_it(shown):
    ha_giang = public.figures(places.province("ha-giang")).set_index("Chỉ tiêu")
    allotted = ha_giang.loc["Dự án 8 (CTMTQG DTTS&MN, Hội LHPN chủ trì): vốn phân bổ"]
    assert allotted["Giá trị"] == "hơn 85 tỷ đồng"
    assert allotted["Ghi chú"] == "trung ương 82 tỷ"
    notes = {part for note in shown["Ghi chú"] for part in note.split("; ")}
    assert not notes & set(public.ROUGHLY)
    told = [*raw("province_public_figures")["note"], *raw("programme_funding")["note"]]
    roughly = [note for note in told if set(note.split("; ")) & set(public.ROUGHLY)]
    assert shown["Giá trị"].str.contains("|".join(public.ROUGHLY)).sum() == len(roughly) > 0


def test_years_from_and_to_have_a_dash_between_them_and_not_a_hyphen():
    said = re.sub('href="[^"]*"', "", sources._html(places.country()))
    assert "2021–2025" in said
    assert not re.search(r"\b20\d\d-20\d\d\b", said)
