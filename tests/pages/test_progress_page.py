"""Tiến độ mô hình, as it is drawn: figures are the readers', absences are said in words."""

import re
from html import unescape

import pytest

from components import model_readers
from data import formats, model_lists, models, places, readers
from data.codes import ALL, FORMS, SOURCES, STAGES
from data.models import REPORTED, WORDS

SNAPSHOT = readers.current().snapshot.id
EVERYWHERE = places.country().members
ROW = re.compile(r"<tr>.*?</tr>")


@pytest.fixture
def page(tab):
    """Opens the page at an address: `page(ky="2024Q3", tinh="ben-tre")`."""

    def open_page(**query: str):
        opened = tab()
        opened.app.switch_page("progress.py")
        return opened.go(**query)

    return open_page


def found(quarter="2024Q3", members=EVERYWHERE, form=ALL, source=ALL):
    return model_readers.summary(SNAPSHOT, (quarter, members, form, source))


def table(page) -> list[str]:
    return ROW.findall(page.component("bang_mo_hinh")["html"])[1:]


def told(page) -> str:
    """What a viewer reads."""
    texts = [str(it.value) for kind in (page.app.markdown, page.app.caption) for it in kind]
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", " ".join(page.html), flags=re.DOTALL)
    return unescape(" ".join([*texts, plain]))


def html(page, start: str) -> str:
    return next(it for it in page.html if start in it)


def test_the_sentence_counts_models_by_word_and_the_unreported_apart(page):
    shown = page(ky="2024Q3")
    words = found().words
    assert shown.failures == []
    assert shown.sentence.startswith(
        f"Cả nước – đến 30/09/2024: {formats.number(sum(words[it] for it in REPORTED))} mô hình "
        f"có báo cáo: {words['vuot']} vượt kế hoạch"
    )
    apart = shown.sentence.split("ngoài ra ")[1]
    assert apart.startswith(f"{words['chua_bao_cao']} chưa báo cáo")
    assert shown.sentence.endswith("(Số liệu minh họa.)")


@pytest.mark.parametrize("quarter", ["2022Q1", "2024Q3", "2025Q2"])
def test_the_count_is_the_overviews(page, quarter):
    overview = readers.national(SNAPSHOT, ALL, ALL).loc[quarter]["models"].sum()
    words = found(quarter).words
    assert sum(words[it] for it in REPORTED) == overview
    assert f": {formats.number(overview)} mô hình có báo cáo" in page(ky=quarter).sentence


def test_the_funnel_shows_every_stage_and_adds_up(page):
    funnel = html(page(ky="2024Q3"), "Theo giai đoạn")
    summary = found()
    for key, label in STAGES.labels.items():
        if key not in ("tam_dung", "huy"):
            assert f"<dt>{label}</dt>" in funnel
            assert f"<b>{formats.number(summary.stages[key])}</b>" in funnel
    assert f"<b>{formats.number(sum(summary.words.values()))} mô hình</b>" in funnel
    assert f"{summary.words['chua_bao_cao']} chưa báo cáo" in funnel


def test_the_sums_follow_the_grouping(page):
    shown = page(ky="2024Q3")
    shown.app.button_group(key="nhom").set_value("lead_kind").run()
    sums = html(shown, "Tổng hợp theo đơn vị chủ trì")
    union = model_readers.groups(
        SNAPSHOT, ("2024Q3", places.country().members, ALL, ALL), "lead_kind"
    )
    assert "Hội Liên hiệp Phụ nữ" in sums
    assert f"<td>{formats.number(union.loc['hoi_lhpn', 'households'])}</td>" in sums


def test_the_table_holds_a_page_and_the_furthest_behind_first(page):
    shown = page(ky="2024Q3")
    rows = table(shown)
    assert len(rows) == model_lists.PAGE_ROWS
    assert "chậm nhiều" in rows[0]
    assert f"1–25 trong {formats.number(sum(found().words.values()))} mô hình" in told(shown)


def test_a_search_without_diacritics_finds_and_says_when_nothing_fits(page):
    shown = page(ky="2024Q3")
    shown.app.text_input(key="bang_mo_hinh_tim").set_value("lon den quang nam").run()
    assert len(table(shown)) == 5
    shown.app.text_input(key="bang_mo_hinh_tim").set_value("<b>xyz không").run()
    assert "Không tìm thấy mô hình nào." in told(shown)


def test_a_quarter_that_the_province_did_not_report_has_no_figures(page):
    frame = readers.national(SNAPSHOT, ALL, ALL).loc["2024Q3"]
    silent = frame.index[frame["reports"] == 0]
    code = next(it for it in silent if found(members=(it,)).words["chua_bao_cao"])
    shown = page(ky="2024Q3", tinh=places.province(code).slug)
    assert shown.failures == []
    assert ": 0 mô hình có báo cáo; ngoài ra " in shown.sentence
    assert "Không có mô hình nào có báo cáo trong kỳ này." in told(shown)
    unreported = [row for row in table(shown) if "chưa báo cáo" in row]
    assert unreported
    assert not [row for row in unreported if "%" in row.split("<td", 5)[5]]


def test_a_province_without_models_of_a_form_says_so(page):
    shown = page(ky="2024Q3", tinh="ha-noi", hinh_thuc="nhiem_vu")
    assert shown.failures == []
    assert shown.sentence.startswith("Hà Nội, hình thức theo nhiệm vụ – đến 30/09/2024: 0 mô hình")
    assert "Không tìm thấy mô hình nào." in told(shown)


@pytest.mark.parametrize("form", [ALL, *FORMS])
@pytest.mark.parametrize("source", [ALL, *SOURCES])
def test_every_filter_opens_in_both_units(page, form, source):
    for area in ({"vung": "tay-nguyen"}, {"tinh": "lao-cai", "don_vi": "34"}):
        shown = page(ky="2024Q4", hinh_thuc=form, nguon=source, **area)
        assert shown.failures == []
        assert not re.search(r"\b(nan|None|inf|<NA>|NaT)\b", shown.sentence + "".join(shown.html))


def test_a_model_opens_from_its_address_with_everything_about_it(page):
    shown = page(ky="2024Q3", mo_hinh="38-2023-003")
    book = model_readers.book(SNAPSHOT)
    model = book.models.loc[models.find(book, "38-2023-003")]
    assert shown.failures == []
    assert shown.address == {"ky": "2024Q3", "mo_hinh": "38-2023-003"}
    for column in ("objective", "scale", "lead_unit", "approval_no"):
        assert model[column] in told(shown)
    assert "Ngày số liệu đang xem" in told(shown)
    assert re.search(r"Đối chiếu quy định: .*\d+ đạt", told(shown))
    assert "Nghị định 27/2022/NĐ-CP, Điều 22 khoản 1" in told(shown)
    assert "đến 30/09/2024: triển khai; thực hiện 86,5%, kế hoạch 100,0%: chậm;" in shown.sentence
    shown.press("Quay lại danh sách")
    assert shown.address == {"ky": "2024Q3"}


@pytest.mark.parametrize("code", ["38-2023-003", "x" * 500, "<script>", "12-9999-001"])
def test_a_model_outside_the_filter_or_of_no_code_leaves_the_list(page, code):
    shown = page(ky="2024Q3", tinh="ben-tre", mo_hinh=code)
    assert shown.failures == []
    assert "Không có mô hình nào mang mã ấy" in shown.app.info[0].value
    assert table(shown)


def test_a_model_without_reports_or_approval_is_not_given_figures(page):
    standing = models.standing(model_readers.book(SNAPSHOT), "2025Q2")
    for word in ("chua_phe_duyet", "chua_bao_cao", "thoi_bao_cao", "huy"):
        row = standing.index[standing["word"] == word][0]
        code = model_readers.book(SNAPSHOT).models.loc[row, "model_id"]
        shown = page(mo_hinh=code)
        assert shown.failures == []
        assert (WORDS.label("chua_phe_duyet") in shown.sentence) is (word == "chua_phe_duyet")
        assert not re.search(r"\b(nan|None|NaT|<NA>)\b", told(shown))


def test_presenting_draws_the_same_without_the_filter_bar(page):
    shown = page(ky="2024Q3", trinh_chieu="1")
    assert shown.failures == []
    assert not shown.app.selectbox
    assert "Theo giai đoạn" in told(shown)
