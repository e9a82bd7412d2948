"""The findings file: what an officer reads in it, and that nothing in it is computed."""

import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from data.workbooks import findings_file
from data.workbooks.findings import Finding, Normalised
from data.workbooks.rules import RULES

ON = date(2024, 10, 12)


def finding(rule="required", **changes) -> Finding:
    facts = {"workbook": "ben tre.xlsx", "sheet": "Mô hình", "row": 12, "column": "C: Tên mô hình"}
    facts |= {"value": "", "wrong": "Thiếu tên mô hình", "remedy": RULES[rule].remedy}
    return Finding(rule=rule, severity=RULES[rule].severity, **facts | changes)


def normalised(**changes) -> Normalised:
    facts = {"workbook": "ben tre.xlsx", "sheet": "Kinh phí", "row": 7, "column": "D: Kéo dài"}
    return Normalised(**facts | {"written": "1.234,5", "read_as": "1234,5"} | changes)


def written(findings, notes=(), **changes) -> bytes:
    facts = {"province": "83", "quarter": "2024Q3", "on": ON}
    return findings_file.write(findings, notes, **facts | changes)


def rows(content: bytes, sheet: str) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[it for it in row if it != ""] for row in book.get_sheet_by_name(sheet).to_python()]


def test_the_file_says_whose_report_it_is_when_it_was_checked_and_what_follows():
    content = written([finding("alike"), finding(), finding("alike", row=14)], illustrative=True)
    said = rows(content, findings_file.FINDINGS)
    assert said[:7] == [
        ["Kết quả kiểm tra báo cáo: Tỉnh Bến Tre, Quý III/2024"],
        ["Ngày kiểm tra: 12/10/2024"],
        ["Số liệu minh họa"],
        ["Báo cáo chưa được nhận: có 1 chỗ phải sửa rồi gửi lại; 2 chỗ cần xem lại."],
        [f"– Phải sửa · {RULES['required'].label}: 1"],
        [f"– Cần xem lại · {RULES['alike'].label}: 2"],
        [],
    ]


def test_each_finding_has_its_place_its_value_what_is_wrong_what_to_do_and_why():
    law = finding("community_ceiling", value="10 triệu đồng", wrong="Vượt trần")
    said = rows(written([law]), findings_file.FINDINGS)
    head = next(at for at, row in enumerate(said) if row[:1] == ["Mức độ"])
    line = dict(zip(said[head], said[head + 1], strict=True))
    assert line == {
        "Mức độ": "phải sửa",
        "Trang tính": "Mô hình",
        "Dòng": 12.0,
        "Cột": "C: Tên mô hình",
        "Giá trị": "10 triệu đồng",
        "Điều chưa đúng": "Vượt trần",
        "Cần làm gì": law.remedy,
        "Căn cứ": RULES["community_ceiling"].basis,
        "Tệp": "ben tre.xlsx",
    }
    assert "Nghị định 38/2023/NĐ-CP" in line["Căn cứ"]
    assert "nguyên văn" in line["Căn cứ"]


def test_the_gravest_come_first_and_the_rest_keep_their_order():
    mixed = [finding("alike", row=3), finding(row=9), finding("alike", row=1), finding(row=2)]
    said = rows(written(mixed), findings_file.FINDINGS)
    numbers = [row[2] for row in said if row[:1] in (["phải sửa"], ["cần xem lại"])]
    assert numbers == [9, 2, 3, 1]


def test_a_report_without_findings_is_received():
    said = rows(written([]), findings_file.FINDINGS)
    assert ["Báo cáo nhận được, không có chỗ nào cần sửa."] in said
    assert ["Số liệu minh họa"] not in said
    only = rows(written([finding("alike")]), findings_file.FINDINGS)
    assert ["Báo cáo nhận được; có 1 chỗ cần xem lại."] in only


def test_what_was_normalised_has_a_sheet_of_its_own():
    said = rows(written([], [normalised()]), findings_file.NORMALISED)
    assert ["Kinh phí", 7.0, "D: Kéo dài", "1.234,5", "1234,5", "ben tre.xlsx"] in said
    assert any("1 ô được đọc khác cách ghi" in row[0] for row in said if row)
    none = rows(written([]), findings_file.NORMALISED)
    assert ["Mọi ô được đọc đúng như đã ghi."] in none


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+84 912", "-5", "@SUM(A1)", "\t=1", "https://x.vn"]
)
def test_what_starts_like_a_formula_or_is_a_link_is_text(text):
    content = written([finding(value=text, wrong=text, sheet=text)], [normalised(written=text)])
    assert any(text in row for row in rows(content, findings_file.FINDINGS))
    assert any(text in row for row in rows(content, findings_file.NORMALISED))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [parts.read(it) for it in parts.namelist() if "worksheets/" in it]
    assert pages
    assert all(b"<f>" not in page and b"hyperlink" not in page for page in pages)


def test_a_text_longer_than_a_cell_is_cut_and_control_characters_do_no_harm():
    content = written([finding(value="x" * 40_000, wrong="a\x01b")])
    line = next(row for row in rows(content, findings_file.FINDINGS) if row[:1] == ["phải sửa"])
    assert len(line[4]) < 32_767
    assert line[4].startswith("xxx")


def test_the_same_findings_give_the_same_bytes():
    assert written([finding()], [normalised()]) == written([finding()], [normalised()])


def test_a_report_of_nobody_knows_whom_still_has_its_file():
    said = rows(written([finding("no_province")], province="", quarter=""), findings_file.FINDINGS)
    assert said[0] == ["Kết quả kiểm tra báo cáo: chưa rõ tỉnh, chưa rõ kỳ"]
    assert findings_file.file_name("83", "2024Q3") == "ket-qua-kiem-tra_ben-tre_2024Q3.xlsx"
    assert findings_file.file_name("", "") == "ket-qua-kiem-tra.xlsx"
