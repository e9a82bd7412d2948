"""Tiến độ mô hình, as it is drawn: figures are the readers', absences are said in words."""

import re
from datetime import date
from html import unescape

import pandas as pd
import pyarrow as pa
import pytest

from components import model_timeline, tables, timeline_rows
from data import (
    formats,
    model_book,
    model_checks,
    model_files,
    model_lists,
    model_readers,
    models,
    places,
    readers,
    view_readers,
)
from data.codes import ALL, FORMS, SOURCES, STAGES
from data.model_sums import Where
from data.models import REPORTED, WORDS

SNAPSHOT = readers.current().snapshot.id
EVERYWHERE = places.country().members
ROW = re.compile(r"<tr>.*?</tr>")


@pytest.fixture
def page(tab):
    """Opens the page at an address: `page(ky="2024Q3", tinh="ben-tre")`."""

    return lambda **query: tab().on("progress.py", **query)


def found(quarter="2024Q3", members=EVERYWHERE, form=ALL, source=ALL):
    return model_readers.summary(SNAPSHOT, Where(quarter, members, form, source))


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
    overview = view_readers.national(SNAPSHOT, ALL, ALL).loc[quarter]["models"].sum()
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
    union = model_readers.groups(SNAPSHOT, Where("2024Q3", places.country().members), "lead_kind")
    assert "Hội Liên hiệp Phụ nữ" in sums
    assert f"<td>{formats.number(union.loc['hoi_lhpn', 'households'])}</td>" in sums


@pytest.mark.parametrize(
    ("grouping", "label"),
    [
        ("form", "Hình thức"),
        ("sector", "Lĩnh vực"),
        ("lead_kind", "Đơn vị chủ trì"),
        ("priority_area", "Địa bàn"),
    ],
)
def test_each_grouping_shows_its_people_adds_up_and_marks_the_union(page, grouping, label):
    shown = page(ky="2024Q3")
    shown.app.button_group(key="nhom").set_value(grouping).run()
    sums = html(shown, f"Tổng hợp theo {label.lower()}")
    found = model_readers.groups(SNAPSHOT, Where("2024Q3", EVERYWHERE), grouping)
    for people in ("households", "women_headed", "women", "ethnic_minority", "households_out"):
        for value in (*found[people], found[people].sum()):
            assert f"<td>{formats.number(value)}</td>" in sums
    marked = re.findall(r'<tr class=own><th scope="row" class="text">([^<]+)', sums)
    assert marked == (["Hội Liên hiệp Phụ nữ"] if grouping == "lead_kind" else [])
    assert ("Dòng tô nền" in sums) is (grouping == "lead_kind")


def test_people_are_told_with_the_ethnic_minority_among_them(page):
    people = html(page(ky="2024Q3"), "Hộ tham gia")
    many = formats.number(found().total["ethnic_minority"])
    assert f"{many} người dân tộc thiểu số tham gia" in people


def charts(page) -> list[tuple[str, pd.DataFrame]]:
    """Specification and rows of each chart."""
    protos = [it.proto for it in page.app.get("vega_lite_chart")]
    return [(it.spec, pa.ipc.open_stream(it.data.data).read_pandas()) for it in protos]


def drawn(page, column: str) -> pd.DataFrame:
    """The rows of the chart that has this column."""
    return next(rows for _, rows in charts(page) if column in rows)


def opened(shown, box: str):
    """The page with a box open, as a viewer leaves it."""
    shown.app.session_state[box] = True
    shown.app.run()
    assert shown.failures == []
    return shown


def test_the_countrys_timeline_counts_by_quarter_and_says_so(page):
    closed = page(ky="2024Q3")
    assert len(charts(closed)) == 1
    shown = opened(closed, "tien_trinh")
    found = model_readers.timeline(SNAPSHOT, Where("2024Q3", EVERYWHERE))
    now = found.pace.loc["2024Q3"].map(formats.number)
    assert (
        f"Theo kế hoạch đến 30/09/2024 phải bắt đầu {now['to_start']} mô hình, đã bắt đầu "
        f"{now['started']}; phải kết thúc {now['to_end']}, đã kết thúc {now['ended']}."
    ) in told(shown)
    assert f"{found.unknown} mô hình đến hạn bắt đầu nhưng chưa rõ" in told(shown)
    assert f"Không tính {found.left_out} mô hình chưa phê duyệt, đã hủy." in told(shown)
    rows = drawn(shown, "plan_from")
    assert rows["plan"].notna().sum() == rows["quarter"].notna().sum() == 2 * len(found.pace)
    later = rows["quarter"].isin(["Quý IV/2024", "Quý I/2025"])
    assert rows.loc[later, "real"].isna().all()
    assert rows["line"].dropna().tolist()[0] == "Số liệu đến 30/09/2024"
    assert rows["line"].dropna().tolist()[1].startswith(f"Hôm nay {date.today():%d/%m/%Y}")


def test_a_provinces_timeline_has_a_row_for_each_model_and_its_share_done(page):
    shown = opened(page(ky="2024Q3", tinh="ben-tre"), "tien_trinh")
    spans = model_readers.spans(SNAPSHOT, Where("2024Q3", ("83",)))
    rows = drawn(shown, "began")
    models = rows[rows["id"].notna()]
    assert models["id"].tolist() == spans["id"].tolist()
    assert models["label"].is_unique
    reported = spans["actual"].notna().to_numpy()
    expected = spans.loc[reported, "actual"].map(formats.percent)
    assert models.loc[reported, "done"].tolist() == expected.tolist()
    assert models.loc[spans["began"].isna().to_numpy(), "real"].eq("chưa rõ").all()
    assert "Thanh nhạt: kế hoạch." in told(shown)


@pytest.mark.parametrize(
    "query",
    [{"nguon": "trung_uong"}, {"hinh_thuc": "cong_dong"}, {"ky": "2024Q4"}],
)
def test_a_filter_changes_the_rows_of_the_charts_and_not_how_they_look(page, query):
    shown = opened(page(ky="2024Q3"), "tien_trinh")
    before = {"plan_from" in rows: spec for spec, rows in charts(shown)}
    shown.go(**{"ky": "2024Q3"} | query)
    assert shown.failures == []
    assert len(charts(shown)) == 2
    for spec, rows in charts(shown):
        assert spec == before["plan_from" in rows]


@pytest.mark.parametrize(
    ("shown_today", "line", "rule"),
    [
        (date(2024, 11, 20), "Hôm nay 20/11/2024", True),
        (date(2030, 1, 1), "Hôm nay 01/01/2030, ngoài biểu đồ", False),
    ],
)
def test_today_is_a_line_within_the_axis_and_words_at_its_end_beyond_it(shown_today, line, rule):
    ends = pd.Series([pd.Timestamp("2025-12-31").timestamp() * 1000])
    lines = timeline_rows.lines(ends, "2024Q3", shown_today)
    assert lines["line"].tolist() == ["Số liệu đến 30/09/2024", line]
    assert pd.notna(lines["rule"].iloc[1]) is rule
    assert lines["at"].max() <= ends.max()


def test_no_model_in_force_draws_no_timeline(page):
    shown = page(ky="2024Q3", tinh="ha-noi", hinh_thuc="nhiem_vu")
    assert charts(shown) == []
    assert model_timeline.LABEL not in [it.label for it in shown.app.expander]


@pytest.mark.parametrize("box", ["nhom_tep", "bang_mo_hinh_tep"])
def test_files_are_offered_in_a_box_that_is_filled_when_opened(page, box, monkeypatch):
    made = []
    monkeypatch.setattr(tables, "xlsx", lambda *_: made.append("xlsx"))
    monkeypatch.setattr(model_files, "listing", lambda *_: made.append("listing"))
    shown = page(ky="2024Q3")
    assert not shown.app.get("download_button")
    opened(shown, box)
    assert [it.label for it in shown.app.get("download_button")] == ["Tải Excel", "Tải CSV"]
    assert made == []


def test_too_many_models_for_excel_are_offered_as_csv_with_a_word_of_it(page, monkeypatch):
    monkeypatch.setattr(model_files, "MOST_IN_EXCEL", 1_000)
    shown = opened(page(ky="2024Q3"), "bang_mo_hinh_tep")
    assert [it.label for it in shown.app.get("download_button")] == ["Tải CSV"]
    assert "Trên 1.000 mô hình: chỉ có tệp CSV." in told(shown)


def test_many_models_are_drawn_as_dots_of_cells_that_hold_them_all(page):
    rows = drawn(page(ky="2024Q3"), "planned")
    assert len(rows) < 400
    assert rows["models"].sum() == sum(found().words[it] for it in REPORTED)
    assert not rows.duplicated(["planned", "actual", "word"]).any()
    few = drawn(page(ky="2024Q3", tinh="ben-tre"), "planned")
    assert few["id"].is_unique


def test_a_models_faults_stand_under_its_name_the_gravest_first(page):
    book = model_readers.book(SNAPSHOT)
    checks = model_checks.findings(models.to_check(book, "2024Q3"))
    code = next(it.model_id for it in checks if it.rule.key == "chain_ceiling")
    own = [it for it in checks if it.model_id == code]
    top = html(page(ky="2024Q3", mo_hinh=code), 'class="faults"')
    assert re.findall("✕ ([^<]+)</b>", top) == [unescape(it.rule.label) for it in own]
    assert "Nghị định 27/2022/NĐ-CP, Điều 21" in top


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
    frame = view_readers.national(SNAPSHOT, ALL, ALL).loc["2024Q3"]
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
    model = book.models.loc[model_book.find(book, "38-2023-003")]
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


@pytest.mark.parametrize("word", ["thoi_bao_cao", "chua_bao_cao", "huy", "chua_phe_duyet"])
def test_a_model_without_figures_says_why_in_the_lists_own_word(page, word):
    place = list(WORDS).index(word)
    book, tally = model_readers.book(SNAPSHOT), model_readers.tally(SNAPSHOT, "2025Q2")
    silent = [
        row
        for row in range(len(book.models))
        if tally.word[row] == place
        and not (model_book.history(book, row, "2025Q2")["quarter"] == "2025Q2").any()
    ]
    shown = page(ky="2025Q2", mo_hinh=book.models.at[silent[0], "model_id"])
    assert shown.sentence.endswith(f": {WORDS.label(word)}. (Số liệu minh họa.)")
    owed = WORDS.label("chua_bao_cao") in html(shown, "Nguồn vốn (đơn vị tính")
    assert owed == (word == "chua_bao_cao")


def test_the_chart_of_a_model_names_its_province(page):
    shown = page(ky="2024Q3", mo_hinh="38-2023-003")
    assert "Quý III/2024 · Thanh Hóa · Số liệu đến ngày 30/09/2024" in told(shown)
    assert "Quý III/2024 · Cả nước" not in told(shown)
