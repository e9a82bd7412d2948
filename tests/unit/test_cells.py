"""One cell in every style that people write it in; and what is asked instead of guessed."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import codes
from data.workbooks import amounts, cells, columns, days, sheets, words
from data.workbooks.cells import Unreadable
from data.workbooks.columns import Style


def grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark)


STYLES = {
    "vi": (".", ","),
    "en": (",", "."),
    "space": (" ", ","),
    "nbsp": ("\u00a0", ","),
    "thin": ("\u202f", "."),
    "plain": ("", ","),
    "plain point": ("", "."),
}


@given(
    st.integers(0, 10**12),
    st.integers(0, 999_999),
    st.integers(0, 6),
    st.sampled_from(list(STYLES)),
    st.sampled_from(["{}", "({})", "-{}", "−{}", "  {} ", "\u00a0{}\u00a0", "'{}"]),
)
def test_a_number_in_any_style_is_the_number_or_a_question(whole, part, digits, style, frame):
    mark, point = STYLES[style]
    decimals = f"{part:06d}"[:digits]
    text = frame.format(grouped(whole, mark) + (point + decimals if decimals else ""))
    exact = Decimal(f"{whole}.{decimals or 0}")
    sign = -1 if frame[0] in "(-−" else 1
    if _one_mark_before_three(text):
        with pytest.raises(Unreadable) as asked:
            amounts.number(text)
        assert asked.value.rule == "ambiguous_number"
    else:
        assert amounts.number(text) == sign * exact


def _one_mark_before_three(text: str) -> bool:
    """`1.234` or `12,500`: a dot or comma, one to three digits before it, three after it."""
    bare = text.strip("\u00a0 ()-−'")
    marks = [at for at, letter in enumerate(bare) if letter in ".,"]
    if len(marks) != 1 or any(letter in bare for letter in " \u00a0\u202f"):
        return False
    before, after = bare[: marks[0]], bare[marks[0] + 1 :]
    return len(after) == 3 and len(before) <= 3 and before[0] != "0"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234.567,8", "1234567.8"),
        ("1,234,567.8", "1234567.8"),
        ("1 234 567", "1234567"),
        ("(350)", "-350"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("1.234,567", "1234.567"),
        ("１２", "12"),
        (12.5, "12.5"),
        (7, "7"),
    ],
)
def test_numbers_by_hand(written, value):
    assert amounts.number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "-", " – ", "\u00a0-\u00a0", "…", "...", None])
def test_a_dash_is_nothing_and_not_zero(written):
    assert amounts.number(written) is None
    assert amounts.count(written) is None
    assert cells.text(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *("abc", "12 hộ", "1.23.456", "12 34", "1e5", "1.234.56", "--5", "1,2,3", "()", "NaN"),
        *("inf", "9" * 40, float("nan"), float("inf"), 1e300, True, datetime.date(2024, 5, 12)),
    ],
)
def test_what_is_no_number_is_not_read(written):
    with pytest.raises(Unreadable) as told:
        amounts.number(written)
    assert told.value.rule == "unreadable_number"
    assert told.value.wrong


@pytest.mark.parametrize("written", ["1.234", "1,234", "(12.500)", "-999,999"])
def test_one_mark_before_three_digits_is_a_question(written):
    with pytest.raises(Unreadable, match="hay") as told:
        amounts.count(written)
    assert told.value.rule == "ambiguous_number"


def test_a_count_is_whole():
    assert amounts.count(12.0) == 12
    with pytest.raises(Unreadable, match="số nguyên"):
        amounts.count("12,5")


@given(st.integers(0, 10**15), st.sampled_from([1, 1_000, 1_000_000, 1_000_000_000]))
def test_every_dong_survives_every_unit(dong, unit):
    exact = Decimal(dong) / unit
    assert (
        amounts.money(f"{exact:f}".replace(".", ",") + "0" * 4 * ("." in str(exact)), unit) == dong
    )
    if dong < 10**12:
        field = sheets.KINH_PHI.field("funding", "assigned")
        assert columns.read(field, [float(exact)], Style(unit=unit)).values == [dong]


@pytest.mark.parametrize(
    "written",
    [
        "30/9/2024",
        "30/09/2024",
        "30-9-2024",
        "30.9.2024",
        "30/9/24",
        " 30 / 9 / 2024\u00a0",
        "2024-09-30",
        "2024-09-30 00:00:00",
        "2024-09-30T07:30:00",
        "9/30/2024",
        "ngày 30 tháng 9 năm 2024",
        45565,
        45565.4,
        "45565",
        datetime.date(2024, 9, 30),
        datetime.datetime(2024, 9, 30, 12, 30),
    ],
)
def test_a_day_in_any_style(written):
    assert days.date(written, month_first=False) == datetime.date(2024, 9, 30)


def test_day_before_month_unless_the_file_elsewhere_writes_month_first():
    assert days.date("03/04/2024", month_first=False) == datetime.date(2024, 4, 3)
    assert days.date("04/04/2024", month_first=True) == datetime.date(2024, 4, 4)
    assert days.date("30/09/2024", month_first=True) == datetime.date(2024, 9, 30)
    with pytest.raises(Unreadable, match="hay ngày 4 tháng 3") as told:
        days.date("03/04/2024", month_first=True)
    assert told.value.rule == "ambiguous_date"
    assert days.writes_month_first(["30/09/2024", 3.0, "09/30/2024"])
    assert not days.writes_month_first(["30/09/2024", "03/04/2024", ""])


@pytest.mark.parametrize(
    "written", ["31/2/2024", "9/2024", "2024", 2024.0, "hôm qua", True, "1/1/1024", "20240930", 7.0]
)
def test_what_is_no_day_is_not_read(written):
    with pytest.raises(Unreadable) as told:
        days.date(written, month_first=False)
    assert told.value.rule == "unreadable_date"


@pytest.mark.parametrize(
    "written",
    ["09/2024", "9/2024", "T9/2024", "Tháng 9 năm 2024", "2024-09", datetime.date(2024, 9, 1)],
)
def test_a_month_in_any_style(written):
    assert days.month(written) == "2024-09"


@pytest.mark.parametrize("written", ["13/2024", "9", "quý 3"])
def test_what_is_no_month_is_not_read(written):
    with pytest.raises(Unreadable):
        days.month(written)


def test_text_is_tidied_and_numbers_become_their_digits():
    nfd = "Me\u0302\u0301 ga\u0300"
    assert cells.text(f"\u00a0 {nfd}  đẻ \n") == "Mế gà đẻ"
    assert cells.text("một\n hai") == "một\nhai"
    assert cells.text(83.0) == "83"
    assert cells.text("=1+1") == "=1+1"
    with pytest.raises(Unreadable, match="Excel đã đổi"):
        cells.text(datetime.date(2024, 5, 12), exact=True)


@pytest.mark.parametrize(("written", "value"), [("Có", True), ("x", True), ("không", False)])
def test_flags(written, value):
    assert cells.flag(written) is value


RATE = sheets.TIEN_DO.field("progress", "actual")


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ([0.642, 0.5, 1.0, 0.0], [0.642, 0.5, 1.0, 0.0]),
        ([64.2, 71, 100, 0], [0.642, 0.71, 1.0, 0.0]),
        (["12,5%", "64.2 %", "-", ""], [0.125, 0.642, None, None]),
        (["64,2", "7,125"], [0.642, 0.07125]),
        ([64.2, 71, 0.5], [0.642, 0.71, None]),
        ([0.1, 0.2, 0.3, 0.4, 64.2], [0.1, 0.2, 0.3, 0.4, None]),
        ([0.5, "50%", 64.2], [None, 0.5, 0.642]),
    ],
)
def test_a_column_of_percents_has_one_scale(written, values):
    read = columns.read(RATE, written, Style())
    assert read.values == pytest.approx(values)
    lost = [at for at, value in enumerate(values) if value is None and written[at] not in ("", "-")]
    assert [(problem.at, problem.rule) for problem in read.problems] == [
        (at, "ambiguous_number") for at in lost
    ]


def test_the_question_about_a_percent_names_both_answers():
    (problem,) = columns.read(RATE, [64.2, 71, 0.5], Style()).problems
    assert problem.wrong.startswith("“0,5” là 0,5% hay 50%?")


@pytest.mark.parametrize(
    ("written", "allowed", "key"),
    [
        ("LIEN KET THEO CHUOI GIA TRI", codes.FORMS, "chuoi_gia_tri"),
        ("chuỗi giá trị", codes.FORMS, "chuoi_gia_tri"),
        ("cong_dong", codes.FORMS, "cong_dong"),
        ("Phát triển sản xuất công đồng", codes.FORMS, "cong_dong"),
        ("Hội LHPN", codes.LEAD_KINDS, "hoi_lhpn"),
        ("HTX", codes.LEAD_KINDS, "hop_tac_xa"),
        ("Trien khia", codes.STAGES, "trien_khai"),
        ("khó khăn", codes.AREA_KINDS, "kho_khan"),
        ("Xã ĐBKK vùng bãi ngang ven biển hải đảo", codes.PRIORITY_AREAS, "xa_bai_ngang"),
        ("NSTW", codes.SOURCES, "trung_uong"),
        ("Trực tuyến", codes.TRAINING_FORMS, "truc_tuyen"),
    ],
)
def test_words_of_a_list_as_people_write_them(written, allowed, key):
    assert words.code(written, allowed) == key


@pytest.mark.parametrize(
    ("written", "allowed", "wrong"),
    [
        ("Hợp tác", codes.LEAD_KINDS, "“Hợp tác” là “Hợp tác xã” hay “Liên hiệp hợp tác xã”?"),
        ("Nuôi ong", codes.SECTORS, "“Nuôi ong” không có trong danh sách Lĩnh vực"),
        ("Bò", codes.SECTORS, "“Bò” không có trong danh sách Lĩnh vực"),
    ],
)
def test_an_unknown_word_or_two_that_fit_is_asked(written, allowed, wrong):
    with pytest.raises(Unreadable) as told:
        words.code(written, allowed)
    assert (told.value.rule, told.value.wrong) == ("unknown_word", wrong)


def test_every_label_is_its_key_even_without_diacritics_and_capitals():
    for sheet in sheets.SHEETS.values():
        for field in sheet.fields:
            for key, label in (field.codes.labels if field.codes else {}).items():
                assert words.code(label, field.codes) == key
                assert words.code(label.upper(), field.codes) == key
