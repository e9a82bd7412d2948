"""`python -m data template` and `check`: files, words for people, exit codes."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from data import demo, publishing
from data.__main__ import main
from data.workbooks import sheets
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


def test_a_template_carries_in_the_snapshot_in_force_and_says_that_it_is_illustrative(
    place, tables, capsys
):
    publishing.publish_tables(
        str(place / "extracts"),
        tables,
        illustrative=True,
        sources=(),
        made_by="thử",
        made_at=datetime(2025, 7, 1, tzinfo=UTC),
    )
    out = place / "o.xlsx"
    assert main(["template", str(out), "--province", "83", "--quarter", "2025Q3"]) == 0
    assert "số liệu minh họa" in capsys.readouterr().out
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    ids = {cell.value for cell in book["Mô hình"]["A"]}
    assert ids > set(tables["models"].loc[tables["models"]["province"] == "83", "model_id"])


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


@pytest.mark.parametrize("arguments", [["template"], ["template", "o.xlsx"], ["check"]])
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
    assert out.startswith("tot.xlsx (Tỉnh Bến Tre, Quý III/2024): 0 từ chối")
    assert main(["check", str(bad)]) == 1
    out = capsys.readouterr().out
    assert "loi.xlsx (Tỉnh Bến Tre, Quý III/2024): 1 từ chối" in out
    assert "  [từ chối] Tiến độ, dòng 5, F: Hộ nghèo\n" in out
    assert "“1.234” là 1234 (dấu ngăn hàng nghìn) hay 1,234 (dấu thập phân)?" in out
