"""Báo cáo, as it is drawn: an officer's tools only where there is somebody to use them."""

import pytest


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ({}, True),
        ({"trinh_chieu": "1"}, False),
        ({"trinh_chieu": "1", "tinh": "ha-giang"}, True),
    ],
)
def test_a_shared_screen_of_the_country_asks_for_no_province_and_no_file(tab, query, offered):
    page = tab().on("reports.py", **query)
    assert page.failures == []
    assert ("Mẫu báo cáo quý" in page.texts) == offered
    assert ("Kiểm tra tệp trước khi gửi" in page.texts) == offered
    assert "Báo cáo của từng tỉnh, theo quý" in page.texts
