"""What the screen says in words: no number is typed in, and an absence says why."""

from dataclasses import replace
from datetime import date

import pytest

from components import wording
from data import codes, places
from data import view as views
from data.measures import MEASURES
from data.rules import Finding

NAN = float("nan")
SUMS = {
    "reports": 58.0,
    "reports_due": 63.0,
    "models": 1_482.0,
    "models_started": 1_400.0,
    "models_due": 1_600.0,
    "households": 27_102.0,
    "households_planned": 28_900.0,
    "women_headed": 8_131.0,
    "households_out": 2_710.0,
    "earned_value": 89.0,
    "planned_value": 100.0,
    "assigned": 403e9,
    "carried_over": 63.7e9,
    "disbursed_ytd": 81.2e9,
    "plan_reported": 432e9,
}
UNREPORTED = dict.fromkeys(SUMS, NAN) | {"reports": 0.0, "reports_due": 1.0, "assigned": 2e9}
NO_MODELS = dict.fromkeys(SUMS, 0.0) | {"reports": 1.0, "reports_due": 1.0}
COUNTRY = views.opening(("2024Q2", "2024Q3"))
BEN_TRE = replace(COUNTRY, area=places.province("83"))
LATE = Finding("83", "behind_plan", "Tiến độ đạt 55,7% kế hoạch đến kỳ (ngưỡng 80,0%)", 0.7)
SILENT = Finding("84", "no_report", "Chưa gửi báo cáo của kỳ", 0)


def test_how_the_country_stands_in_one_sentence():
    assert wording.situation(COUNTRY, SUMS, [LATE, SILENT], illustrative=True) == (
        "Cả nước – đến 30/09/2024, 58/63 tỉnh đã báo cáo: 1.482 mô hình, 27.102 hộ tham gia "
        "(30,0% do phụ nữ làm chủ); tiến độ đạt 89,0% kế hoạch đến kỳ; giải ngân đạt 18,8% kế "
        "hoạch vốn năm 2024. 2 tỉnh cần quan tâm. (Số liệu minh họa.)"
    )


def test_a_province_says_its_reasons_instead_of_counting_them():
    said = wording.situation(BEN_TRE, SUMS, [LATE], illustrative=False)
    assert said.startswith("Bến Tre – đến 30/09/2024: 1.482 mô hình")
    assert said.endswith("Cần quan tâm: tiến độ đạt 55,7% kế hoạch đến kỳ (ngưỡng 80,0%).")


def test_a_province_without_a_report_says_so_and_no_number():
    said = wording.situation(BEN_TRE, UNREPORTED, [], illustrative=False)
    assert said == "Bến Tre – đến 30/09/2024: chưa báo cáo."


def test_real_figures_are_not_called_illustrative():
    assert "minh họa" not in wording.situation(COUNTRY, SUMS, [], illustrative=False)


def test_a_province_that_reported_no_models_is_not_said_to_be_unreported():
    assert "chưa báo cáo" not in wording.situation(BEN_TRE, NO_MODELS, [], illustrative=False)


def test_a_reason_in_the_sentence_takes_the_place_of_the_figure_and_its_plan():
    said = wording.situation(BEN_TRE, NO_MODELS, [], illustrative=False)
    assert "đến kỳ kế hoạch" not in said
    assert "kế hoạch vốn kế hoạch" not in said


@pytest.mark.parametrize("chosen", [{"form": "nhiem_vu"}, {"source": "khac"}])
def test_a_sentence_says_which_form_and_source_it_speaks_of(chosen):
    said = wording.situation(replace(COUNTRY, **chosen), SUMS, [], illustrative=False).lower()
    label = {**codes.FORMS.labels, **codes.SOURCES.labels}[next(iter(chosen.values()))]
    assert label.lower() in said


def test_a_unit_of_the_34_says_how_many_of_its_provinces_reported():
    unit = replace(COUNTRY, units="34", area=places.unit34("vinh-long"))
    sums = SUMS | {"reports": 2.0, "reports_due": 3.0}
    assert "2/3 tỉnh đã báo cáo" in wording.situation(unit, sums, [], illustrative=False)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("mo-hinh", "triển khai 1.400/1.600, đạt 87,5%"),
        ("ho", "27.102/28.900, đạt 93,8%"),
        ("ho-phu-nu", "30,0% số hộ"),
        ("ke-hoach-von", "kéo dài 63,7 tỷ đồng"),
        ("da-giai-ngan", "81,2/432,0, đạt 18,8%"),
        ("tien-do", ""),
    ],
)
def test_an_amount_is_told_beside_its_plan_or_whole(key, said):
    assert wording.reached(MEASURES[key], SUMS) == said


@pytest.mark.parametrize("key", MEASURES)
def test_nothing_is_told_of_what_is_not_there(key):
    words = wording.reached(MEASURES[key], UNREPORTED | {"assigned": NAN})
    assert words == ""
    assert "nan" not in wording.reached(MEASURES[key], NO_MODELS)


@pytest.mark.parametrize(
    ("key", "sums", "said"),
    [
        ("tien-do", SUMS, "89,0%"),
        ("mo-hinh", SUMS, "1.482 mô hình"),
        ("da-giai-ngan", SUMS, "81,2 tỷ đồng"),
        ("tien-do", UNREPORTED, "chưa báo cáo"),
        ("tien-do", NO_MODELS, "chưa có mô hình đến kỳ"),
        ("ke-hoach-von", UNREPORTED, "2,0 tỷ đồng"),
        ("mo-hinh", NO_MODELS, "0 mô hình"),
    ],
)
def test_a_figure_or_the_reason_for_its_absence(key, sums, said):
    assert wording.shown_or_why(MEASURES[key], sums) == said


@pytest.mark.parametrize(
    ("key", "now", "before", "said"),
    [
        ("tien-do", 0.9, 0.869, "+3,1 điểm %"),
        ("mo-hinh", 1_000, 1_012, "-12"),
        ("da-giai-ngan", 5e9, 4.6e9, "+0,4 tỷ"),
        ("mo-hinh", 3, 3, "không đổi"),
        ("mo-hinh", 3, NAN, None),
        ("tien-do", 0.9, 0.90004, "không đổi"),
        ("da-giai-ngan", 5e9, 5e9 + 1_000, "không đổi"),
    ],
)
def test_a_change_since_the_quarter_before(key, now, before, said):
    assert wording.change(MEASURES[key], now, before) == said


def test_a_legend_reads_from_below_the_first_limit_to_above_the_last():
    progress, plan = MEASURES["tien-do"], MEASURES["ke-hoach-von"]
    assert wording.class_words(progress, progress.breaks) == [
        *("dưới 60%", "60% – 80%", "80% – 95%", "95% – 105%", "từ 105%")
    ]
    assert wording.class_words(plan, (1e9, 2.5e9, 5e9, 1e10))[1] == "1 – 2,5"
    assert wording.unit_line(plan) == "Đơn vị tính: tỷ đồng"


def test_a_late_snapshot_warns_by_itself():
    assert wording.overdue("2024Q3", date(2025, 1, 10)) is None
    assert wording.overdue("2024Q3", date(2025, 1, 11)) == (
        "Số liệu mới nhất là Quý III/2024; báo cáo Quý IV/2024 đã quá hạn từ 10/01/2025."
    )
