"""`python -m data template` and `check`: files, words for people, exit codes."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from data import demo, places, publishing
from data.__main__ import main
from data.workbooks import layout, reading, sheets, template
from tests.filling import filled


@pytest.fixture(scope="module")
def tables():
    return demo.tables()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SINHKE_EXTRACTS", str(tmp_path / "extracts"))
    return tmp_path


@pytest.mark.parametrize("province", ["83", "ben-tre", "Bến Tre", "tinh BENTRE"])
def test_a_template_for_a_province_in_any_spelling(place, capsys, province):
    out = place / "o.xlsx"
    assert main(["template", str(out), "--province", province, "--quarter", "2024Q3"]) == 0
    assert "Quý III/2024 của Tỉnh Bến Tre" in capsys.readouterr().out
    page = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))[sheets.HUONG_DAN]
    assert page["B2"].value == "Tỉnh Bến Tre"


@pytest.fixture
def published(place, tables) -> None:
    """The illustrative snapshot is in force."""
    publishing.publish_tables(
        str(place / "extracts"),
        tables,
        illustrative=True,
        sources=(),
        made_by="thử",
        made_at=datetime(2025, 7, 1, tzinfo=UTC),
    )


def test_a_template_carries_in_the_snapshot_in_force_and_says_that_it_is_illustrative(
    place, published, tables, capsys
):
    out = place / "o.xlsx"
    assert main(["template", str(out), "--province", "83", "--quarter", "2025Q3"]) == 0
    assert "số liệu minh họa" in capsys.readouterr().out
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    ids = {cell.value for cell in book["Mô hình"]["A"]}
    assert ids > set(tables["models"].loc[tables["models"]["province"] == "83", "model_id"])


def test_a_blank_template_carries_nothing_in_and_is_not_illustrative(place, published, capsys):
    out = place / "o.xlsx"
    asked = ["--province", "83", "--quarter", "2025Q3", "--blank"]
    assert main(["template", str(out), *asked]) == 0
    assert "minh họa" not in capsys.readouterr().out
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert book["Mô hình"].cell(layout.FIRST_ROW + 1, 1).value is None
    assert "Số liệu minh họa" not in {row[0].value for row in book[sheets.HUONG_DAN]}


def test_templates_of_all_provinces_are_as_many_files_each_its_own(place, capsys):
    out = place / "mau" / "quy-3"
    assert main(["template", str(out), "--all", "--quarter", "2025Q3", "--blank"]) == 0
    assert "63 tỉnh" in capsys.readouterr().out
    names = {template.file_name(code, "2025Q3") for code in places.provinces().index}
    assert {path.name for path in out.iterdir()} == names
    one = reading.read("o.xlsx", (out / template.file_name("83", "2025Q3")).read_bytes())
    assert (one.province, one.quarter) == ("83", "2025Q3")


def test_a_template_that_cannot_be_written_is_told_in_words(place, capsys):
    out = place / "khong-co" / "o.xlsx"
    asked = ["--province", "83", "--quarter", "2025Q3", "--blank"]
    assert main(["template", str(out), *asked]) == 1
    assert "Không ghi được" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["template", "o.xlsx", "--province", "Atlantis", "--quarter", "2024Q3"],
        ["template", "o.xlsx", "--province", "83", "--quarter", "hôm nay"],
        ["check", "khong-co.xlsx"],
    ],
)
def test_what_is_not_there_is_wrong_usage(place, capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["template"],
        ["template", "o.xlsx", "--province", "83"],
        ["template", "o.xlsx", "--quarter", "2025Q3"],
        ["template", "o", "--all", "--province", "83", "--quarter", "2025Q3"],
        ["check"],
    ],
)
def test_missing_arguments_are_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "--quarter" in capsys.readouterr().err


def test_check_says_where_what_and_what_to_do(place, tables, capsys):
    content = filled(tables, "83", "2024Q3")
    good, bad = place / "tot.xlsx", place / "loi.xlsx"
    good.write_bytes(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Tiến độ"]["F5"] = "1.234"
    book.save(bad)
    assert main(["check", str(good)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("tot.xlsx (Tỉnh Bến Tre, Quý III/2024): 0 phải sửa")
    assert main(["check", str(bad)]) == 1
    out = capsys.readouterr().out
    assert "loi.xlsx (Tỉnh Bến Tre, Quý III/2024): 1 phải sửa" in out
    assert "  [phải sửa] Tiến độ, dòng 5, F: Hộ nghèo\n" in out
    assert "“1.234” là 1234 (dấu ngăn hàng nghìn) hay 1,234 (dấu thập phân)?" in out
