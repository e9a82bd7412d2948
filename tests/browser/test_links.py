"""A link opens the same view for anyone; a wrong one opens the country and says so."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.visits import LAPTOP

FRESH = {"service_workers": "block"}  # any option makes a browser that was never here before


def test_a_saved_link_opens_its_view_in_a_fresh_browser(visit):
    link = visit("/?tinh=ben-tre&ky=2024Q3", **FRESH)
    link.shows("Bến Tre", "?tinh=ben-tre&ky=2024Q3")
    expect(link.page.get_by_role("combobox", name="Kỳ")).to_have_value("Quý III/2024")
    expect(link.sentence).to_contain_text("đến 30/09/2024")
    expect(link.page.get_by_test_id("stToast")).to_have_count(0)


def test_a_link_into_the_34_units(visit):
    link = visit("/?don_vi=34&tinh=lao-cai", shapes=34)
    link.shows("Lào Cai", "?don_vi=34&tinh=lao-cai")


def test_a_link_to_a_region_and_one_with_every_filter(visit):
    region = visit("/?vung=tay-nguyen")
    expect(region.area).to_have_value("Tây Nguyên")
    expect(region.sentence).to_contain_text("Tây Nguyên – đến")
    every = "?tinh=ben-tre&ky=2024Q3&hinh_thuc=cong_dong&nguon=trung_uong&chi_so=ho"
    link = visit(f"/{every}")
    link.shows("Bến Tre", every)
    expect(link.page.get_by_role("combobox", name="Hình thức")).to_have_value(
        "Phát triển sản xuất cộng đồng"
    )
    expect(link.unit("Bến Tre")).to_have_attribute("aria-label", re.compile("Hộ tham gia"))


def test_an_unknown_link_opens_the_country_with_a_notice(visit):
    lost = visit("/?tinh=khong-co&ky=9999Q9&chi_so=x")
    notice = lost.page.get_by_test_id("stToast")
    for part in ("tinh=khong-co", "ky=9999Q9", "chi_so=x", "đã bỏ qua"):
        expect(notice).to_contain_text(part)
    lost.shows("Cả nước", "")


HOSTILE = {
    "quotes": "tinh=" + quote("""'"`);--"""),
    "script": "ky=" + quote("<script>document.title='x'</script><img src=x onerror=alert(1)>"),
    "5 kB": "tinh=" + "a" * 5_000,
    "emoji": "chi_so=" + quote("😀🇻🇳"),
    "nul": "nguon=%00%00",
    "bad UTF-8": "hinh_thuc=%C3%28%FF",
    "twice": "tinh=ben-tre&tinh=ca-mau&ky=x",
    "brackets": "vung=" + quote("{0} {{x}} %s $HOME ../../etc/passwd"),
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_link_never_breaks_the_page(visit, query):
    lost = visit(f"/?{query}")
    expect(lost.page.get_by_test_id("stToast")).to_contain_text("đã bỏ qua")
    expect(lost.sentence).to_be_visible()
    expect(lost.page.get_by_test_id("stException")).to_have_count(0)
    expect(lost.page.get_by_text("Traceback")).to_have_count(0)
    expect(lost.page).to_have_title(re.compile("Sinh kế 63"))


MARKUP = "[Bấm vào đây](https://example.org) ![x](https://example.org/x.png) :red[**đỏ**]"


def test_a_notice_shows_what_was_asked_as_plain_text(visit):
    """A link in a chat must not be able to put its own links and pictures on our page."""
    notice = visit(f"/?tinh={quote(MARKUP)}").page.get_by_test_id("stToast")
    expect(notice).to_be_visible()
    expect(notice.get_by_role("link")).to_have_count(0)
    expect(notice.get_by_role("img")).to_have_count(0)
    expect(notice).to_contain_text("tinh=Bấmvàođây")


def test_a_notice_stays_short(visit):
    notice = visit(f"/?tinh={'a' * 5_000}").page.get_by_test_id("stToast")
    expect(notice).to_be_visible()
    assert len(notice.inner_text()) < 300


def test_back_and_forward_go_through_the_views(visit):
    country = visit()
    country.type_area("ben tre")
    country.shows("Bến Tre", "?tinh=ben-tre")
    country.choose("Kỳ", "Quý III/2024")
    country.shows("Bến Tre", "?tinh=ben-tre&ky=2024Q3")
    country.unit("Gia Lai").click()
    country.shows("Gia Lai", "?tinh=gia-lai&ky=2024Q3")
    country.page.go_back()
    country.shows("Bến Tre", "?tinh=ben-tre&ky=2024Q3")
    country.page.go_back()
    country.shows("Bến Tre", "?tinh=ben-tre")
    expect(country.sentence).to_contain_text("đến 30/06/2025")
    country.page.go_back()
    country.shows("Cả nước", "")
    country.page.go_forward()
    country.shows("Bến Tre", "?tinh=ben-tre")
    country.page.go_forward()
    country.shows("Bến Tre", "?tinh=ben-tre&ky=2024Q3")


def test_filters_stay_when_she_goes_to_another_page_and_back(visit):
    chosen = visit("/?tinh=ben-tre&ky=2024Q3")
    chosen.page.get_by_role("link", name="Hướng dẫn").click()
    expect(chosen.page.get_by_role("heading", name="Dùng trong hai phút")).to_be_visible()
    expect(chosen.area).to_have_value("Bến Tre")
    expect(chosen.page).to_have_url(f"{chosen.url}/huong-dan?tinh=ben-tre&ky=2024Q3")
    chosen.page.get_by_role("link", name="Tổng quan").click()
    chosen.shows("Bến Tre", "?tinh=ben-tre&ky=2024Q3")


def test_back_from_another_page_keeps_the_filters_too(visit):
    chosen = visit("/?tinh=ben-tre")
    chosen.page.get_by_role("link", name="Hướng dẫn").click()
    expect(chosen.page).to_have_url(f"{chosen.url}/huong-dan?tinh=ben-tre")
    chosen.type_area("hue")
    expect(chosen.page).to_have_url(f"{chosen.url}/huong-dan?tinh=hue")
    chosen.page.go_back()
    expect(chosen.area).to_have_value("Bến Tre")
    chosen.page.go_back()
    chosen.shows("Bến Tre", "?tinh=ben-tre")


def test_a_page_that_is_turned_is_one_step_of_the_way_back(visit):
    turned = visit("/?tinh=ben-tre")
    before = turned.page.evaluate("history.length")
    names = ["Hướng dẫn", "Báo cáo", "Ngân sách", "Tiến độ"] * 3
    for steps, name in enumerate(names, start=1):
        turned.page.get_by_role("link", name=name).click()
        expect(turned.page).to_have_url(re.compile(r"\?tinh=ben-tre$"))
        expect(turned.page).to_have_title(re.compile(f"^{name}"))
        assert turned.page.evaluate("history.length") == before + steps
    turned.page.go_back()
    expect(turned.page).to_have_url(f"{turned.url}/ngan-sach?tinh=ben-tre")
    expect(turned.area).to_have_value("Bến Tre")


def test_a_link_to_the_guide_keeps_its_filters_for_the_overview(visit):
    guide = visit("/huong-dan?tinh=ben-tre", shapes=0)
    expect(guide.area).to_have_value("Bến Tre")
    guide.page.get_by_role("link", name="Tổng quan").click()
    guide.shows("Bến Tre", "?tinh=ben-tre")


def test_clearing_on_the_guide_clears_the_overview(visit):
    guide = visit("/huong-dan?tinh=ben-tre", shapes=0)
    guide.button("Xóa lọc").click()
    expect(guide.page).to_have_url(f"{guide.url}/huong-dan")
    guide.page.get_by_role("link", name="Tổng quan").click()
    guide.shows("Cả nước", "")


@pytest.mark.parametrize(("path", "name"), [("/", "Tổng quan"), ("/ngan-sach", "Ngân sách")])
def test_a_tab_says_which_page_it_holds(visit, path, name):
    expect(visit(path, shapes=0).page).to_have_title(f"{name} · Sinh kế 63")


@pytest.mark.parametrize("time", range(3))  # a server that has drawn it leaves no moment empty
def test_another_page_opens_at_its_top_on_a_slow_laptop_too(visit, time):
    country = visit(viewport=LAPTOP)
    slow = country.page.context.new_cdp_session(country.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 5})
    country.page.locator(".why section").nth(1).get_by_role("button").first.click()
    expect(country.page.locator("dl.funnel")).to_be_visible()
    expect(country.page.locator(".reasons")).to_be_in_viewport()
