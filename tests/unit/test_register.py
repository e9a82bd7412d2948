"""A register in DuckDB: the same cubes as from workbooks, and what is wrong with it in words."""

import duckdb
import pytest

from data import register, register_checks, schema, snapshots
from data.__main__ import main
from data.publishing import Refused
from tests import registers


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A database file with the committed snapshot's tables."""
    path = tmp_path_factory.mktemp("register") / "so-dang-ky.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, rows in registers.tables().items():
            connection.register("rows", rows)
            connection.execute(f"create table {name} as select * from rows")
            connection.unregister("rows")
    return path


@pytest.fixture
def spoiled(whole, tmp_path):
    """`spoiled(sql)`: the URL of a copy of the register in which something was changed."""

    def change(sql: str) -> str:
        path = tmp_path / "copy.duckdb"
        path.write_bytes(whole.read_bytes())
        with duckdb.connect(str(path)) as connection:
            connection.execute(sql)
        return f"duckdb://{path}"

    return change


def problems(url: str) -> tuple[str, ...]:
    with register.connected(url) as database, pytest.raises(Refused) as refused:
        register.fetch(database)
    return refused.value.problems


def test_a_register_gives_the_same_snapshot_to_the_last_dong(whole, tmp_path):
    registers.assert_same_snapshot(tmp_path, f"duckdb://{whole}")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "update progress set planned = 1.2 where quarter = '2024Q3' and model_id = "
            "(select min(model_id) from progress where quarter = '2024Q3')",
            "Bảng Tiến độ (progress), cột planned (Kế hoạch lũy kế): 1 dòng ngoài khoảng cho phép "
            "(ví dụ 1.2).",
        ),
        (
            "update models set form = 'la' where province = '83'",
            "dòng ngoài danh mục (ví dụ la; la; la).",
        ),
        (
            "update models set form = null where province = '83'",
            "cột form (Hình thức): ",
        ),
        (
            "update funding set assigned = -5 where province = '83' and year = 2024",
            "dòng là số âm (ví dụ -5; -5; -5).",
        ),
        (
            "update disbursements set month = '9/2024' where province = '83' and month = '2024-09'",
            "dòng không đúng mẫu (ví dụ 9/2024; 9/2024; 9/2024).",
        ),
        (
            "alter table progress alter poor type double; update progress set poor = 2.5 "
            "where quarter = '2024Q3' and model_id = (select min(model_id) from progress "
            "where quarter = '2024Q3')",
            "cột poor (Hộ nghèo): 1 dòng không phải số nguyên (ví dụ 2.5).",
        ),
        (
            "update trainings set topic = 'Ke\u0302\u0301 hoa\u0323ch' "
            "where session = (select min(session) from trainings)",
            "cột topic (Nội dung): 1 dòng có dấu rời",
        ),
        (
            "insert into funding select * from funding where province = '83' limit 2",
            "khóa province, year, source, kind: 2 khóa có ở nhiều dòng (ví dụ 83|202",
        ),
        (
            "delete from models where model_id = (select min(model_id) from progress)",
            "Bảng Tiến độ (progress), cột model_id (Mã mô hình): ",
        ),
        (
            "drop table questions",
            "Cơ sở dữ liệu không có bảng questions.",
        ),
        (
            "alter table models drop column sector",
            "Bảng Mô hình (models), cột sector: không có trong cơ sở dữ liệu.",
        ),
        (
            "alter table progress alter planned type varchar",
            "Bảng Tiến độ (progress), cột planned: kiểu string không dùng được cho cột này.",
        ),
        (
            "update submissions set received_date = null",
            "không có báo cáo nào đã nhận",
        ),
    ],
)
def test_what_is_wrong_is_counted_there_and_told_in_a_line(spoiled, sql, said):
    (problem,) = problems(spoiled(sql))
    assert said in problem


def test_a_reference_to_a_row_that_is_not_there_is_counted(spoiled):
    (problem,) = problems(spoiled("delete from trainings where session = 'TH-20240926'"))[:1]
    assert "không có trong bảng Tập huấn (ví dụ TH-20240926" in problem


def test_every_problem_is_told_at_once(spoiled):
    told = problems(
        spoiled("update models set form = 'la'; update progress set stage = 'la', poor = -1")
    )
    assert [line.split(", ")[1].split(" ")[1] for line in told] == ["form", "stage", "poor"]


def test_other_types_that_mean_the_same_are_taken(spoiled, tmp_path):
    url = spoiled(
        "alter table progress alter poor type integer;"
        "alter table progress alter planned type decimal(18, 6);"
        "alter table progress alter actual type decimal(18, 6);"
        "alter table funding alter assigned type hugeint;"
        "alter table submissions alter received_date type timestamp;"
        "create table more (x int); alter table models add column extra int"
    )
    registers.assert_same_snapshot(tmp_path / "place", url)


def test_every_check_of_the_schema_has_an_expression():
    for table in schema.TABLES.values():
        for column in table.columns.values():
            for check in column.checks:
                assert register_checks._key(check) in register_checks._RULES


def test_a_large_register_leaves_its_lists_where_they_are(whole, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(register, "MOST_ROWS", 8000)
    monkeypatch.setenv("SINHKE_EXTRACTS", str(tmp_path))
    assert main(["publish", "--source", f"duckdb://{whole}"]) == 0
    snapshot, notice = snapshots.in_force(str(tmp_path))
    files, ours = snapshot.manifest.files, registers.committed().manifest.files
    assert notice is None
    assert (files["models"].rows, files["progress"].rows, files["model_places"].rows) == (0, 0, 0)
    for name in ("province_quarter", "province_month", "funding", "submissions"):
        assert files[name] == ours[name]
    assert snapshot.manifest.period == registers.committed().manifest.period
    assert not snapshot.manifest.illustrative
    assert "không kèm danh sách mô hình và tiến độ" in capsys.readouterr().out


def test_a_refused_register_changes_nothing(spoiled, tmp_path, monkeypatch, capsys):
    place = tmp_path / "place"
    monkeypatch.setenv("SINHKE_EXTRACTS", str(place))
    url = spoiled("update models set form = 'la'")
    assert main(["publish", "--source", url]) == 1
    assert snapshots.ids(str(place)) == []
    said = capsys.readouterr().err
    assert "dòng ngoài danh mục" in said
    assert said.endswith("Không xuất bản gì.\n")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("duckdb:///nowhere/x.duckdb", "Không mở được cơ sở dữ liệu x (duckdb)"),
        ("nosuch://me:secret@host/so", "Không mở được cơ sở dữ liệu so (nosuch)"),
    ],
)
def test_a_database_that_is_not_there_is_said_without_its_password(url, said):
    with pytest.raises(Refused) as refused, register.connected(url):
        pass
    assert refused.value.problems[0].startswith(said)
    assert "secret" not in refused.value.problems[0]


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(Refused), register.connected(f"duckdb://{tmp_path}/new.duckdb"):
        pass
    assert list(tmp_path.iterdir()) == []
