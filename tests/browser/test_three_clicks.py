"""From the overview to the reason in three clicks, clicked with a mouse as a person does."""

import re

import pytest
from playwright.sync_api import Locator, expect

from data import formats, model_readers, places, readers, view_readers
from data.codes import ALL
from data.model_sums import Where
from data.rules import RULES
from tests.browser.visits import HALL, TOUCH, Visit

SNAPSHOT = readers.current().snapshot.id
NEWEST = readers.quarters(SNAPSHOT)[-1]
SLOW = RULES["slow_disbursement"]
LIST = "section:has(h3:has-text('{}'))"


class Mouse:
    """A hand with a mouse: it finds what it has read on the screen, and clicks its middle."""

    def __init__(self, visited: Visit) -> None:
        self.visited = visited
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box, "nothing to be seen there"
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.visited.page.mouse.click(x, y)
        self.clicks += 1


def gravest(rule: str):
    """The province that a list names first, and what is said of it."""
    found = view_readers.board(SNAPSHOT, ALL, ALL, NEWEST, "63").concerns
    worst = min((it for it in found if it.rule == rule), key=lambda it: (it.weight, it.code))
    return places.province(worst.code), worst


def section(visited: Visit, label: str) -> Locator:
    return visited.page.locator(LIST.format(label))


def test_three_clicks_lead_from_who_is_behind_on_disbursement_to_the_reason(visit):
    country = visit()
    mouse = Mouse(country)
    province, concern = gravest(SLOW.key)
    slow = section(country, SLOW.label)
    expect(slow).to_contain_text(re.compile(r"\d+ tỉnh"))
    expect(slow.locator("li").first).to_have_text(f"{province.name} {concern.figure}")
    mouse.click(slow.get_by_role("button").first)

    expect(country.page).to_have_url(f"{country.url}/ngan-sach?tinh={province.slug}")
    expect(country.area).to_have_value(province.name)
    expect(country.sentence).to_contain_text(f"đạt {concern.figure}")
    reason = country.page.locator(".reasons li").filter(has_text=SLOW.label)
    for told in (concern.reason, concern.limit, SLOW.grounds):
        expect(reason).to_contain_text(told)
    expect(reason).to_be_in_viewport()
    assert mouse.clicks <= 3


def test_three_clicks_lead_to_why_a_province_is_behind_its_plan(visit):
    country = visit()
    mouse = Mouse(country)
    province, concern = gravest("behind_plan")
    mouse.click(section(country, RULES["behind_plan"].label).get_by_role("button").first)
    expect(country.page).to_have_url(f"{country.url}/tien-do?tinh={province.slug}")
    reason = country.page.locator(".reasons li").filter(has_text=concern.reason)
    expect(reason).to_contain_text(RULES["behind_plan"].grounds)
    expect(reason).to_be_in_viewport()
    assert mouse.clicks <= 3


def test_a_click_on_a_province_that_did_not_report_stays_and_says_so(visit):
    country = visit()
    province, _ = gravest("no_report")
    Mouse(country).click(section(country, RULES["no_report"].label).get_by_role("button").first)
    country.shows(province.name, f"?tinh={province.slug}")
    expect(country.page.locator(".reasons li")).to_contain_text(["Chưa gửi báo cáo của kỳ"])


@pytest.mark.parametrize("query", ["", "?ky=2024Q3&hinh_thuc=chuoi_gia_tri"])
def test_three_clicks_lead_to_a_model_and_the_article_it_does_not_meet(visit, query):
    country = visit(query)
    mouse = Mouse(country)
    form = "chuoi_gia_tri" if query else ALL
    place = Where("2024Q3" if query else NEWEST, places.country().members, form)
    failure = next(it for it in model_readers.reasons(SNAPSHOT, place).failures if it.rule.document)
    model = model_readers.book(SNAPSHOT).models.iloc[failure.rows[0]]
    mouse.click(country.page.locator("summary").filter(has_text="Mô hình cần quan tâm"))
    mouse.click(section(country, failure.rule.label).get_by_role("button").first)

    expect(country.page.get_by_role("heading", name=model["name"])).to_be_visible()
    expect(country.page).to_have_url(re.compile(rf"/tien-do\?.*mo_hinh={model['model_id']}"))
    check = country.page.locator("tr, li").filter(has_text=failure.rule.label).last
    expect(check).to_contain_text(failure.said(0))
    expect(check).to_contain_text(failure.rule.basis)
    assert mouse.clicks <= 3
    country.page.go_back()
    expect(country.page).to_have_url(f"{country.url}/{query}")


def test_the_filter_goes_along_and_the_way_back_is_open(visit):
    country = visit("?ky=2025Q1&nguon=trung_uong")
    slow = section(country, SLOW.label)
    name = slow.get_by_role("button").first.inner_text()
    slug = places.province(places.find(name)).slug
    Mouse(country).click(slow.get_by_role("button").first)
    expect(country.page).to_have_url(
        f"{country.url}/ngan-sach?tinh={slug}&ky=2025Q1&nguon=trung_uong"
    )
    expect(country.sentence).to_contain_text(f"{name}, nguồn ngân sách trung ương")
    country.page.get_by_role("link", name="Tổng quan").click()
    expect(country.page.locator(".reasons li").first).to_be_visible()
    expect(country.area).to_have_value(name)


def test_a_thumb_on_a_phone_gets_there_too(visit):
    phone = visit(**TOUCH)
    province, _ = gravest(SLOW.key)
    section(phone, SLOW.label).get_by_role("button").first.tap()
    expect(phone.page).to_have_url(f"{phone.url}/ngan-sach?tinh={province.slug}")
    expect(phone.page.locator(".reasons li").first).to_be_visible()


def test_a_long_reason_shows_more_models_when_asked(visit):
    country = visit("?ky=2024Q4")
    failures = model_readers.reasons(SNAPSHOT, Where("2024Q4", places.country().members)).failures
    longest = max(failures, key=lambda it: len(it.rows))
    country.page.locator("summary").filter(has_text="Mô hình cần quan tâm").click()
    listed = section(country, longest.rule.label)
    expect(listed.locator("h3")).to_contain_text(f"{formats.number(len(longest.rows))} mô hình")
    country.settled()
    before = listed.locator("li").count()
    listed.get_by_role("button", name="xem thêm").click()
    expect(listed.locator("li")).to_have_count(min(before + 24, len(longest.rows)))


def test_a_cards_rules_open_over_the_page_and_close_without_asking_the_server(visit):
    country = visit()
    cards = country.cards.evaluate_all("them => them.map(it => it.offsetHeight)")
    ask = country.page.get_by_role("button", name=re.compile("quy định .Kế hoạch vốn giao"))
    box = country.page.locator("#quy-dinh-plan")
    Mouse(country).click(ask)
    expect(box).to_be_in_viewport(ratio=1)
    expect(box).to_contain_text("Nghị định 27/2022/NĐ-CP, Điều 22 khoản 5a")
    expect(box).to_contain_text("đã đọc nguyên văn điều khoản đang có hiệu lực")
    assert country.cards.evaluate_all("them => them.map(it => it.offsetHeight)") == cards
    country.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    ask.press("Enter")
    box.get_by_role("button", name="Đóng").click()
    expect(box).to_be_hidden()


def test_escape_closes_the_rules_and_not_the_screen_share(visit):
    hall = visit("?trinh_chieu=1", viewport=HALL)
    box = hall.page.locator("#quy-dinh-year")
    hall.page.get_by_role("button", name=re.compile("quy định .Đã giải ngân")).click()
    expect(box).to_be_visible()
    hall.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    hall.settled()
    expect(hall.page).to_have_url(re.compile("trinh_chieu=1"))
