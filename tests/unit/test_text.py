"""Folding for search and collation for sorting."""

import unicodedata

import pytest

from data.text import Words, fold, sort_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("TP.HCM", "tp hcm"),
        ("Bà Rịa – Vũng Tàu", "ba ria vung tau"),
        ("BR-VT", "br vt"),
        ("  Bến\u00a0 Tre ", "ben tre"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("ƯƠNG", "uong"),
        ("a_b", "a b"),
        ("", ""),
    ],
)
def test_fold_keeps_only_plain_lower_case_words(written, folded):
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


def test_d_with_stroke_sorts_after_every_d():
    names = ["Đồng Nai", "Gia Lai", "Đà Nẵng", "Dương", "Cà Mau", "Điện Biên"]
    assert sorted(names, key=sort_key) == [
        "Cà Mau",
        "Dương",
        "Đà Nẵng",
        "Điện Biên",
        "Đồng Nai",
        "Gia Lai",
    ]


def test_letters_sort_in_the_order_of_the_alphabet():
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert sorted(set(alphabet), key=sort_key) == alphabet


def test_tones_break_ties_only():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
    ]
    assert sorted(["Hòa", "Hoang", "Hoa"], key=sort_key) == ["Hoa", "Hòa", "Hoang"]


def test_case_composition_and_punctuation_do_not_matter_to_sorting():
    assert sort_key("BÀ RỊA - VŨNG TÀU") == sort_key(
        unicodedata.normalize("NFD", "Bà Rịa Vũng Tàu")
    )


def test_a_text_is_found_by_any_part_of_its_words_in_any_order():
    index = Words(["lon den quang nam", "lon trang", "", "den ban"])
    found = {
        "lon": [0, 1],
        "Đèn": [0, 3],
        "nam lợn": [0],
        "an": [0, 1, 3],
        "xyz": [],
        " ": [0, 1, 2, 3],
    }
    assert {it: [*index.find(it).nonzero()[0]] for it in found} == found
    assert not len(Words([]).find("lon"))
