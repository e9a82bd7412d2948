"""“Cần quan tâm”, as it is drawn: counts are those of plain SQL, each reason leads somewhere."""

import re
from html import unescape
from pathlib import Path

import duckdb
import pytest

from components import attention, why
from data import formats, measures, model_readers, notes, places, readers, snapshots, view_readers
from data.codes import ALL
from data.model_sums import Where
from data.rules import RULES

SNAPSHOT = readers.current().snapshot.id
NEWEST = readers.quarters(SNAPSHOT)[-1]
COUNTRY = places.country().members
LABELS = {key: rule.label for key, rule in RULES.items()}
QUERY = """
with work as (select province, reports, earned_value / nullif(planned_value, 0) as progress
    from '{cube}' where quarter = $quarter and form = $form and source = $source),
money as (select province, disbursed_ytd, plan_reported from '{cube}'
    where quarter = $quarter and form = 'tat_ca' and source = $source),
country as (select sum(disbursed_ytd) / sum(plan_reported) as rate from money)
select
    count(*) filter (reports = 0),
    count(*) filter (reports > 0 and progress < 0.8),
    count(*) filter (reports > 0 and plan_reported > 0
        and disbursed_ytd / plan_reported < 0.6 * rate)
from work join money using (province), country where list_contains($members, province)
"""
FILTERS = [
    {},
    {"ky": "2024Q3"},
    {"ky": "2025Q1", "nguon": "trung_uong"},
    {"ky": "2023Q2", "hinh_thuc": "cong_dong"},
    {"ky": "2022Q4", "vung": "tay-nguyen"},
    {"ky": "2023Q1", "don_vi": "34", "hinh_thuc": "nhiem_vu"},
]
BOX = "quan_tam_mo_hinh_mo"


def by_sql(query: dict[str, str]) -> dict[str, int]:
    cube = Path(snapshots.configured_place()) / SNAPSHOT / "province_quarter.parquet"
    area = places.region(query["vung"]) if "vung" in query else places.country()
    given = {
        "quarter": query.get("ky", NEWEST),
        "form": query.get("hinh_thuc", ALL),
        "source": query.get("nguon", ALL),
        "members": list(area.members),
    }
    counts = duckdb.execute(QUERY.format(cube=cube), given).fetchone()
    return dict(zip(RULES, counts, strict=True))


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def list_html(page) -> str:
    return page.component("quan_tam")["html"]


def opened(page):
    """The same page with the box of models open."""
    page.app.session_state[BOX] = True
    page.app.run()
    return page


def a_concern(rule: str, quarter: str = NEWEST):
    """A province that a rule speaks of, and what it says."""
    found = view_readers.board(SNAPSHOT, ALL, ALL, quarter, "63").concerns
    it = next(it for it in found if it.rule == rule)
    return places.province(it.code), it


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_each_reason_counts_and_names_the_provinces_that_plain_sql_finds(tab, query):
    page = tab(**query)
    assert page.failures == []
    for rule, count in by_sql(query).items():
        words = f"{count} tỉnh" if count else "không có tỉnh nào"
        assert f"{LABELS[rule]}: {words} " in plain(list_html(page))
        named = re.findall(f'data-pick="{rule}:(\\d\\d)"', list_html(page))
        assert len(named) == len(set(named)) == min(count, why.FIRST + why.MOST)
        section = list_html(page).split(f"<h3>{LABELS[rule]}: ")[1].split("</section>")[0]
        rest = count - why.FIRST
        assert ("<details>" in section) is (rest > 0)
        assert rest <= 0 or f"và {rest} tỉnh nữa" in section


def test_a_reason_says_threshold_and_basis_once_and_a_figure_for_each_gravest_first(tab):
    html = list_html(tab())
    section = html.split(LABELS["slow_disbursement"])[1]
    assert "Ngưỡng: dưới " in plain(section)
    assert "bằng 60% mức cả nước" in plain(section)
    assert notes.GRADES[""] in plain(section)
    figures = re.findall(r"</button> <span>([\d,]+)%</span>", section)
    rates = [float(it.replace(",", ".")) for it in figures]
    assert len(rates) > 1
    assert rates == sorted(rates)


def test_nothing_that_needs_attention_is_said_calmly(tab):
    province = quiet_province("2022Q1")
    page = tab(ky="2022Q1", tinh=province.slug)
    assert page.failures == []
    calm = f"{province.name} không có điều gì cần quan tâm theo các ngưỡng đang dùng."
    assert plain(list_html(page)) == f"Cần quan tâm {calm}"
    assert "Không có mô hình nào" in opened(page).component("quan_tam_mo_hinh")["html"]
    assert plain(why.groups([])) == ("Không có tỉnh nào cần quan tâm theo các ngưỡng đang dùng.")


def quiet_province(quarter: str):
    found = {it.code for it in view_readers.board(SNAPSHOT, ALL, ALL, quarter, "63").concerns}
    return places.province(next(code for code in COUNTRY if code not in found))


@pytest.mark.parametrize("rule", [key for key, it in RULES.items() if it.shown != "overview"])
def test_a_province_shows_its_reasons_in_full_and_a_way_to_each(tab, rule):
    province, concern = a_concern(rule)
    html = list_html(tab(tinh=province.slug))
    assert concern.reason in plain(html)
    assert RULES[rule].grounds in plain(html)
    assert f'data-pick="{rule}:{province.code}"' in html


@pytest.mark.parametrize(
    ("page_file", "rule", "other"),
    [
        ("budget.py", "slow_disbursement", "behind_plan"),
        ("progress.py", "behind_plan", "slow_disbursement"),
    ],
)
def test_the_page_where_a_reason_shows_says_it_and_leads_to_the_other(tab, page_file, rule, other):
    province, concern = a_concern(rule)
    page = tab().on(page_file, tinh=province.slug)
    html = page.component("ly_do")["html"]
    assert concern.reason in plain(html)
    assert f'data-pick="{rule}:' not in html
    both = concern.code in {
        it.code
        for it in view_readers.board(SNAPSHOT, ALL, ALL, NEWEST, "63").concerns
        if it.rule == other
    }
    assert (f'data-pick="{other}:{province.code}"' in html) is both
    page.go(tinh=quiet_province(NEWEST).slug)
    assert page.failures == []
    assert not [it for it in page.html if 'class="reasons"' in it]


def test_the_box_of_models_is_empty_until_opened_and_then_holds_every_reason(tab):
    page = tab(ky="2024Q3")
    assert not [it for it in page.html if "mo_hinh:" in it]
    found = model_readers.reasons(SNAPSHOT, Where("2024Q3", COUNTRY))
    label = f"Mô hình cần quan tâm ({formats.number(found.models)})"
    assert [it for it in page.app.expander if it.label.startswith(label)]
    told = plain(opened(page).component("quan_tam_mo_hinh")["html"])
    for failure in found.failures:
        assert f"Chưa đạt “{failure.rule.label}”: {len(failure.rows)} mô hình" in told
        assert failure.rule.basis in told
        assert failure.said(0) in told


def test_a_long_reason_names_a_few_models_counts_the_rest_and_shows_more_when_asked(tab):
    page = opened(tab(ky="2024Q4"))
    found = model_readers.reasons(SNAPSHOT, Where("2024Q4", COUNTRY)).failures
    longest = max(found, key=lambda it: len(it.rows))
    key, left = longest.rule.key, len(longest.rows) - attention.FIRST
    html = page.component("quan_tam_mo_hinh")["html"]
    assert f"và {left} mô hình nữa" in html
    page.app.session_state["quan_tam_them"] = {key: attention.MORE}
    page.app.run()
    assert f"và {left} mô hình nữa" not in page.component("quan_tam_mo_hinh")["html"]


def test_a_province_without_models_of_a_form_has_none_to_attend_to(tab):
    page = opened(tab(ky="2024Q3", tinh="ha-noi", hinh_thuc="nhiem_vu"))
    assert page.failures == []
    assert "Không có mô hình nào chưa đạt quy định" in page.component("quan_tam_mo_hinh")["html"]


def test_carried_over_money_at_risk_is_a_reason_with_its_threshold(tab):
    page = opened(tab(ky="2024Q3"))
    html = page.component("quan_tam_mo_hinh")["html"]
    named = re.findall(r'data-pick="von_keo_dai:(\d\d)"', html)
    assert named
    assert f"Vốn kéo dài có nguy cơ không dùng hết: {len(named)} tỉnh" in html
    one = opened(tab(ky="2024Q3", tinh=places.province(named[0]).slug))
    assert f"von_keo_dai:{named[0]}" in one.component("quan_tam_mo_hinh")["html"]


def test_presenting_shows_the_same(tab):
    page = opened(tab(ky="2024Q3", trinh_chieu="1"))
    assert page.failures == []
    assert f"{LABELS['behind_plan']}: " in list_html(page)
    assert "mo_hinh:" in page.component("quan_tam_mo_hinh")["html"]


def test_cards_open_the_rules_that_concern_them_each_with_article_and_grade(tab):
    html = tab().component("xep_hang")["html"]
    for topic, title in notes.TOPICS.items():
        opened_by = f'popovertarget="quy-dinh-{topic}"'
        assert html.count(opened_by) == 2  # opens, closes
        box = plain(html.split(f'<div popover id="quy-dinh-{topic}"')[1].split("</div>")[0])
        assert title in box
        for note in notes.NOTES:
            assert (f"{note.says} {note.basis} ({notes.GRADES[note.grade]})" in box) is (
                note.topic == topic
            )
    assert measures.MEASURES["ke-hoach-von"].label in html


def test_no_note_says_more_than_was_read():
    assert {note.topic for note in notes.NOTES} == set(notes.TOPICS)
    assert all(note.basis.strip() and note.says.endswith(".") for note in notes.NOTES)
