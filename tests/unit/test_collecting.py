"""A folder of workbooks becomes the snapshot in force: what is replaced, what stays, when not."""

import errno
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import messes
import pandas as pd
import pytest
import python_calamine

from data import (
    collecting,
    conversion,
    cubes,
    demo,
    halves,
    incoming,
    merging,
    places,
    publishing,
    schema,
    snapshots,
    summary,
)
from data.__main__ import main
from data.manifest import digest
from data.publishing import Refused
from data.told import Report
from data.workbooks import layout, scope
from data.workbooks.frames import Lists
from data.workbooks.rules_reading import READING
from tests import filling

QUARTER = "2024Q3"
MADE_AT = datetime(2024, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_tables():
    return demo.tables()


@pytest.fixture(scope="module")
def all_books(demo_tables, tmp_path_factory) -> Path:
    """The workbooks of every province that reported the quarter, dated when they came."""
    folder = tmp_path_factory.mktemp("all")
    came = demo_tables["submissions"].query("quarter == @QUARTER").set_index("province")
    reported = [code for code in sorted(came.index) if pd.notna(came["received_date"][code])]
    books = list(filling.all_filled(demo_tables, QUARTER))
    for code, (name, content) in zip(reported, books, strict=True):
        put(folder / name, content, came["received_date"][code].date())
    return folder


def put(path: Path, content: bytes, day: date = date(2024, 10, 8)) -> Path:
    """A file that came on a day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC).timestamp()  # 12:00 in Việt Nam
    os.utime(path, (noon, noon))
    return path


@pytest.fixture(scope="module")
def book(demo_tables):
    """`book("83")`: a real workbook of a province, from figures that are the demo's."""

    def make(code: str = "83", quarter: str = QUARTER, **changed: pd.DataFrame) -> bytes:
        tables = {**demo_tables, **changed}
        return filling.filled(tables, code, quarter, illustrative=False)

    return make


@pytest.fixture
def place(tmp_path):
    return str(tmp_path / "extracts")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "bao-cao"
    made.mkdir()
    return made


def publish(place: str, folder: Path, **options) -> summary.Summary:
    return collecting.publish(place, folder, made_at=MADE_AT, **options)


def held(place: str, name: str) -> pd.DataFrame:
    snapshot, notice = snapshots.in_force(place)
    assert notice is None
    stored = snapshots.read_table(snapshot, name)
    return conversion.from_arrow(name, stored) if name in schema.TABLES else stored.to_pandas()


# The round trip: template, filled, published.


@pytest.fixture(scope="module")
def on_the_demo(all_books, tmp_path_factory):
    """The demo's place after its own workbooks were published there; the demo's id."""
    place = str(tmp_path_factory.mktemp("demo"))
    id = publishing.publish_demo(place)
    done = publish(place, all_books)
    return place, id, done


def test_workbooks_of_all_provinces_give_the_same_cubes(on_the_demo):
    place, id, done = on_the_demo
    old, new = snapshots.load(place, id).manifest.files, snapshots.load(place, done.id).manifest
    assert len(done.workbooks) > 55
    assert not done.refused
    same = [name for name in old if old[name] == new.files[name]]
    assert set(old) - set(same) == {"submissions", "findings"}  # other files, other findings
    assert set(cubes.KEYS) < set(same)
    assert new.illustrative


def test_the_day_each_report_came_is_that_of_its_file(on_the_demo, demo_tables):
    came = held(on_the_demo[0], "submissions")
    columns = ["province", "quarter", "due_date", "received_date", "errors"]
    assert came[columns].equals(demo_tables["submissions"][columns])
    assert came.query("quarter == @QUARTER")["file_sha256"].dropna().is_unique


def test_publishing_again_changes_nothing(on_the_demo, all_books):
    place, _, done = on_the_demo
    before = snapshots.ids(place)
    again = publish(place, all_books)
    assert (again.id, again.unchanged) == (done.id, True)
    assert snapshots.ids(place) == before
    assert "Không có gì thay đổi" in summary.text(again)


def test_on_an_empty_place_the_quarter_has_the_same_figures(all_books, place, on_the_demo):
    done = publish(place, all_books)
    assert done.id
    keys = ["province", "quarter", "form", "source"]
    ours = held(place, "province_quarter").set_index(keys)
    demos = held(on_the_demo[0], "province_quarter").set_index(keys).loc[ours.index]
    assert list(held(place, "submissions")["quarter"].unique()) == [QUARTER]
    told = ours.index.get_level_values("province").isin(dict(done.reports))
    assert told.sum() > 55 * 20
    # A plan is known of a province that does not report, once some earlier report told of it.
    assert ours[told].equals(demos[told])


def test_real_reports_leave_nothing_illustrative(place, folder, book):
    publishing.publish_demo(place)
    put(folder / "83.xlsx", book("83"))
    done = publish(place, folder)
    snapshot = snapshots.load(place, done.id)
    assert not snapshot.manifest.illustrative
    assert not any("minh họa" in line for line in snapshot.manifest.sources)
    assert set(held(place, "models")["province"]) == {"83"}
    assert set(held(place, "funding")["province"]) == {"83"}
    assert held(place, "submissions")["received_date"].notna().sum() == 1
    assert len(held(place, "submissions")) == 63


# What stops a run.


def test_what_reading_found_is_published_by_rule_row_and_column(place, folder, book):
    def change(opened):
        for name in ("Nháp", "Nháp 2"):
            opened.create_sheet(name)["A1"] = "x"
        page = opened["Tiến độ"]
        page.title = "TD"
        page.cell(layout.TOTALS_ROW + 1, messes.column(page, "Hộ nghèo")).value = 1
        page.delete_cols(messes.column(page, "Ghi chú"))

    put(folder / "83.xlsx", messes.changed(book(), change))
    assert publish(place, folder).id
    found = held(place, "findings")
    told = found[found["rule"].isin([rule.key for rule in READING])]
    assert told[["rule", "table", "column", "key"]].to_numpy().tolist() == [
        ["missing_column", "progress", "note", ""],
        ["totals_mismatch", "progress", "poor", ""],
        ["unknown_sheet", "", "", "Nháp"],
        ["unknown_sheet", "", "", "Nháp 2"],
    ]
    sent = held(place, "submissions").set_index("province")
    assert sent.at["83", "warnings"] == len(found)


def test_one_refused_workbook_and_nothing_is_published(place, folder, book):
    put(folder / "tot.xlsx", book("83"))
    put(folder / "hong.xlsx", book("82")[:3000])
    done = publish(place, folder)
    assert done.id is None
    assert done.refused == ("hong.xlsx",)
    assert snapshots.ids(place) == []
    assert "Không xuất bản gì" in summary.text(done)
    (reply,) = [path for path in done.findings_files if "hong" in path.name]
    rows = python_calamine.load_workbook(reply).get_sheet_by_index(0).to_python()
    assert any("không mở được" in str(cell) for row in rows for cell in row)


def test_the_others_are_published_when_asked_for(place, folder, book):
    put(folder / "mien-nam/tot.xlsx", book("83"))
    put(folder / "hong.xlsx", b"PK\x03\x04")
    done = publish(place, folder, without_refused=True)
    assert done.reports == (("83", QUARTER),)
    assert set(held(place, "models")["province"]) == {"83"}
    said = summary.text(done)
    assert "từ chối: hong.xlsx" in said
    assert f"Đang dùng bản số liệu mới {done.id} (không có các tệp bị từ chối)." in said


def test_a_refused_one_among_many_leaves_the_snapshot_of_the_others(
    place, folder, book, monkeypatch
):
    put(folder / "tot.xlsx", book("83"))
    alone = publish(f"{place}-alone", folder)
    put(folder / "hong.xlsx", b"PK\x03\x04")
    monkeypatch.setattr(halves, "worth", lambda items: True)
    assert publish(place, folder).id is None
    assert publish(place, folder, without_refused=True).id == alone.id


@pytest.fixture
def corrected(demo_tables, book) -> bytes:
    """The workbook of Bến Tre with the first model's report left empty."""
    progress = demo_tables["progress"]
    first = progress.query("quarter == @QUARTER and model_id.str.startswith('83')").index[0]
    return book("83", progress=progress.drop(first))


def test_two_workbooks_of_one_province_and_quarter_are_refused_by_name(
    place, folder, book, corrected
):
    put(folder / "lan-1.xlsx", book("83"))
    put(folder / "lan-2.xlsx", corrected)
    done = publish(place, folder)
    assert done.id is None
    assert set(done.refused) == {"lan-1.xlsx", "lan-2.xlsx"}
    told = [it for it in done.findings if it.severity == "refuse"]
    assert {it.workbook for it in told} == {"lan-1.xlsx", "lan-2.xlsx"}
    assert any("lan-2.xlsx" in it.wrong for it in told if it.workbook == "lan-1.xlsx")


def test_the_same_file_twice_is_one(place, folder, book):
    put(folder / "a.xlsx", book("83"), date(2024, 10, 9))
    put(folder / "zalo/ban-sao.xlsx", book("83"), date(2024, 10, 7))
    done = publish(place, folder)
    assert len(done.workbooks) == 1
    came = held(place, "submissions").set_index("province")["received_date"]
    assert came["83"] == pd.Timestamp("2024-10-07")


def test_real_and_illustrative_workbooks_are_not_mixed(place, folder, book, demo_tables):
    put(folder / "that.xlsx", book("83"))
    put(folder / "minh-hoa.xlsx", filling.filled(demo_tables, "82", QUARTER))
    with pytest.raises(Refused, match=r"(?s)Số liệu minh họa.*minh-hoa\.xlsx"):
        publish(place, folder)
    assert snapshots.ids(place) == []


def test_illustrative_workbooks_are_not_published_on_real_figures(place, folder, book, demo_tables):
    put(folder / "83.xlsx", book("83"))
    id = publish(place, folder).id
    (folder / "83.xlsx").unlink()
    put(folder / "minh-hoa.xlsx", filling.filled(demo_tables, "82", QUARTER))
    with pytest.raises(Refused, match="bản số liệu chính thức"):
        publish(place, folder)
    assert snapshots.current_id(place) == id


def test_a_damaged_snapshot_is_not_built_upon(place, folder, book):
    put(folder / "83.xlsx", book("83"))
    id = publish(place, folder).id
    Path(place, id, "models.parquet").write_bytes(b"PAR1")
    with pytest.raises(snapshots.SnapshotError, match=r"models\.parquet"):
        publish(place, folder)
    assert snapshots.ids(place) == [id]


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_workbook_that_vanishes_meanwhile_stops_the_run_by_its_name(
    place, folder, book, monkeypatch, elsewhere
):
    put(folder / "82.xlsx", book("82"))
    gone = put(folder / "83.xlsx", book("83"))
    content = gone.read_bytes()
    monkeypatch.setattr(halves, "worth", lambda items: elsewhere)
    monkeypatch.setattr(incoming, "digest", lambda it: it == content and gone.unlink())
    with pytest.raises(Refused, match=r"Không mở được 83\.xlsx: .*vừa bị xóa"):
        publish(place, folder)
    assert snapshots.ids(place) == []


def test_findings_files_that_cannot_be_written_stop_the_run_in_words(
    place, folder, book, corrected, monkeypatch
):
    def half(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    put(folder / "83.xlsx", corrected)
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(Refused, match=r"(?s)tệp phát hiện vào .*phat-hien: không còn chỗ"):
        publish(place, folder)
    assert list((folder / "phat-hien").iterdir()) == []
    assert snapshots.ids(place) == []


def test_only_workbooks_are_read(folder, book):
    for name in ("~$83.xlsx", ".an/83.xlsx", "phat-hien/83.xlsx", "cong-van.pdf", "Bia.XLSX"):
        put(folder / name, b"")
    found = incoming.workbooks(folder)
    assert [path.name for path in found] == ["Bia.XLSX"]
    assert incoming.other_files(folder) == ["cong-van.pdf"]


def test_a_workbook_that_comes_meanwhile_is_not_told_as_another_kind_of_file(place, folder, book):
    put(folder / "83.xlsx", book("83"))
    put(folder / "cong-van.pdf", b"")
    done = publish(place, folder, tell=lambda *_: put(folder / "82.xlsx", b""))
    assert done.workbooks == ("83.xlsx",)
    assert done.passed_over == ("cong-van.pdf",)


def test_a_folder_that_cannot_be_looked_into_stops_the_run(place, folder, book, monkeypatch):
    put(folder / "83.xlsx", book("83"))
    put(folder / "khoa/82.xlsx", book("82"))
    really = os.scandir

    def closed(path):  # permissions do not stop the one whom tests may run as
        if Path(path).name in ("khoa", "phat-hien"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(Refused, match=r"thư mục .*khoa: không có quyền"):
        publish(place, folder)
    assert snapshots.ids(place) == []
    (folder / "khoa").rename(folder / ".khoa")
    (folder / "phat-hien").mkdir()
    assert publish(place, folder).id


# The command.


def test_the_command_draws_a_bar_and_prints_what_it_did(place, folder, book, monkeypatch, capsys):
    monkeypatch.setenv("SINHKE_EXTRACTS", place)
    put(folder / "83.xlsx", book("83"))
    assert main(["publish", str(folder), "--received", "2024-10-05"]) == 0
    printed = capsys.readouterr()
    assert "[####################] 1/1" in printed.err
    assert "Quý III/2024: 1/63 tỉnh đã báo cáo" in printed.out
    assert "chưa báo cáo: Hà Nội, " in printed.out
    models = len(held(place, "models"))
    assert f"{models}  Mô hình" in printed.out
    came = held(place, "submissions").set_index("province")["received_date"]
    assert came["83"] == pd.Timestamp("2024-10-05")


def test_the_command_exits_1_when_a_workbook_is_refused(place, folder, monkeypatch, capsys):
    monkeypatch.setenv("SINHKE_EXTRACTS", place)
    put(folder / "83.xlsx", b"khong phai excel")
    assert main(["publish", str(folder)]) == 1
    assert "từ chối: 83.xlsx" in capsys.readouterr().out


@pytest.mark.parametrize("given", ["empty", "nowhere"])
def test_a_folder_without_workbooks_is_refused_in_words(place, folder, monkeypatch, capsys, given):
    monkeypatch.setenv("SINHKE_EXTRACTS", place)
    assert main(["publish", str(folder if given == "empty" else folder / "x")]) == 1
    assert "Không xuất bản gì." in capsys.readouterr().err


def test_the_earliest_day_is_kept_when_a_report_is_sent_again(place, folder, book, corrected):
    put(folder / "83.xlsx", book("83"), date(2024, 10, 9))
    publish(place, folder)
    before = len(held(place, "progress"))
    (folder / "83.xlsx").unlink()
    put(folder / "83 sua.xlsx", corrected, date(2024, 11, 20))
    publish(place, folder)
    row = held(place, "submissions").set_index("province").loc["83"]
    assert row["received_date"] == pd.Timestamp("2024-10-09")
    assert len(held(place, "progress")) == before - 1
    assert row["file_sha256"] == digest((folder / "83 sua.xlsx").read_bytes())


# Merging, on tables of one province.


@pytest.fixture(scope="module")
def told(demo_tables):
    """`told("2024Q3")`: the report of Bến Tre of a quarter, its tables changed as given."""

    def report(quarter: str, province: str = "83", **changed: pd.DataFrame) -> Report:
        rows = scope.rows(demo_tables, province, quarter)
        return Report(
            province=province,
            quarter=quarter,
            sha256=f"{quarter} {sorted(changed)}",
            received=date(2024, 10, 8) + timedelta(len(changed)),
            tables={name: lists(frame) for name, frame in {**rows, **changed}.items()},
        )

    return report


def lists(frame: pd.DataFrame) -> Lists:
    columns = {name: frame[name].astype("object") for name in frame}
    held = {name: values.where(values.notna(), None).tolist() for name, values in columns.items()}
    return Lists(held, range(len(frame)))


def test_a_quarter_replaces_itself_and_nothing_else(demo_tables, told):
    rows = scope.rows(demo_tables, "83", QUARTER)
    without_one = rows["progress"].iloc[1:]
    merged = merging.merge(demo_tables, [told(QUARTER, progress=without_one)])
    lost = demo_tables["progress"].merge(merged["progress"], how="left", indicator=True)
    lost = lost[lost["_merge"] == "left_only"]
    assert lost["model_id"].tolist() == rows["progress"]["model_id"].iloc[:1].tolist()
    assert lost["quarter"].tolist() == [QUARTER]
    for name in set(schema.TABLES) - {"progress", "submissions", "findings"}:
        assert merged[name].equals(demo_tables[name])


def test_a_model_that_is_not_named_any_more_stays(demo_tables, told):
    named = scope.rows(demo_tables, "83", "2025Q2")["models"].iloc[1:]
    merged = merging.merge(demo_tables, [told("2025Q2", models=named)])
    assert merged["models"]["model_id"].equals(demo_tables["models"]["model_id"])


def test_an_older_quarter_leaves_the_newer_texts_plan_and_stage(demo_tables, told):
    rows = scope.rows(demo_tables, "83", QUARTER)
    old = told(
        QUARTER,
        models=rows["models"].assign(name="tên cũ", stage="huy"),
        funding=rows["funding"].assign(assigned=1),
        disbursements=rows["disbursements"].assign(disbursed=7),
    )
    merged = merging.merge(demo_tables, [old])
    assert merged["models"].equals(demo_tables["models"])
    assert merged["funding"].equals(demo_tables["funding"])
    months = merged["disbursements"].query("province == '83' and year == 2024")
    assert (months["disbursed"] == 7).sum() == len(rows["disbursements"])
    assert set(months["month"][months["disbursed"] == 7]) == {f"2024-0{n}" for n in range(1, 10)}


def test_a_newer_quarter_brings_texts_plan_and_stage(demo_tables, told):
    before = merging.merge({}, [told("2024Q2")])
    named = scope.rows(demo_tables, "83", QUARTER)["models"].assign(name="tên mới")
    merged = merging.merge(before, [told(QUARTER, models=named)])
    assert set(merged["models"]["name"]) == {"tên mới"}
    last = merged["progress"].query("quarter == @QUARTER").set_index("model_id")["stage"]
    stages = merged["models"].set_index("model_id")["stage"]
    assert stages[last.index].equals(last)
    assert set(merged["progress"]["quarter"]) == {"2024Q2", QUARTER}


def test_quarters_of_one_folder_are_taken_in_their_order(told):
    both = [told(QUARTER), told("2024Q2")]
    one_by_one = merging.merge(merging.merge({}, [told("2024Q2")]), [told(QUARTER)])
    at_once = merging.merge({}, both)
    assert all(at_once[name].equals(one_by_one[name]) for name in schema.TABLES)


def test_the_first_quarter_closes_the_books_of_the_year_before(demo_tables, told):
    rows = scope.rows(demo_tables, "83", "2025Q1")["disbursements"]
    report = told("2025Q1", disbursements=rows.assign(disbursed=7))
    merged = merging.merge(demo_tables, [report])["disbursements"].query("province == '83'")
    changed = merged[merged["disbursed"] == 7]
    assert set(zip(changed["year"], changed["month"], strict=True)) == set(scope.months("2025Q1"))
    assert (2024, "2025-01") in set(scope.months("2025Q1"))


def test_a_session_that_others_attended_keeps_what_was_first_said_of_it(demo_tables, told):
    rows = scope.rows(demo_tables, "83", QUARTER)
    other = rows["trainings"].assign(topic="khác")
    onto_others = merging.merge(demo_tables, [told(QUARTER, trainings=other)])
    assert onto_others["trainings"].equals(demo_tables["trainings"])
    alone = merging.merge({}, [told(QUARTER)])
    corrected = merging.merge(alone, [told(QUARTER, trainings=other)])["trainings"]
    topics = corrected.set_index("session")["topic"]
    assert set(topics[rows["attendance"]["session"]]) == {"khác"}


def test_a_file_that_is_published_already_keeps_its_findings(told):
    row = {"province": "83", "quarter": QUARTER, "severity": "warn", "table": ""}
    findings = [[row.get(name, f"{name} 1") for name in schema.FINDINGS.columns]]
    first = told(QUARTER)
    with_one = Report(**{**vars(first), "findings": findings})
    merged = merging.merge({}, [with_one])
    assert merged["submissions"].set_index("province")["warnings"]["83"] == 1
    again = merging.merge(merged, [first])
    assert again["findings"].equals(merged["findings"])
    assert again["submissions"].equals(merged["submissions"])
    resent = merging.merge(merged, [Report(**{**vars(first), "sha256": "another"})])
    assert resent["findings"].empty


def test_every_province_has_a_row_for_a_quarter_that_one_has_reported(told):
    rows = merging.merge({}, [told(QUARTER)])["submissions"]
    assert list(rows["province"]) == list(places.provinces().index)
    assert rows.loc[rows["province"] != "83", "received_date"].isna().all()
    assert (rows["due_date"] == pd.Timestamp("2024-10-10")).all()
