"""Hướng dẫn lists what the registries hold, and keeps the view that it was opened from."""

import pytest

from data.measures import MEASURES
from data.rules import RULES


@pytest.fixture
def guide(tab):
    page = tab(ky="2024Q3", tinh="ben-tre")
    page.app.switch_page("guide.py").run()
    return page


def test_every_measure_is_explained(guide):
    assert guide.failures == []
    table = guide.app.table[0].value
    assert list(table["Chỉ số"]) == [it.label for it in MEASURES.values()]
    assert list(table["Cách tính"]) == [it.explained for it in MEASURES.values()]


def test_every_sign_of_trouble_has_its_basis(guide):
    table = guide.app.table[1].value
    assert list(table["Căn cứ"]) == [it.basis for it in RULES.values()]


def test_the_source_is_named_and_illustrative_figures_are_called_so(guide):
    assert "- Số liệu minh họa do chương trình tạo ra" in guide.app.markdown[-1].value
    assert "**Số liệu minh họa**" in guide.app.caption[-1].value


def test_the_filter_bar_is_here_too_and_keeps_its_view(guide):
    assert guide.app.selectbox(key="ky").value == "2024Q3"
    assert guide.address == {"tinh": "ben-tre", "ky": "2024Q3"}
