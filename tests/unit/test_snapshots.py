"""Snapshots: whatever happens to the files, only what was published is ever read."""

import itertools
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as arrow
import pytest

from data import schema, snapshot_writing, snapshots, storage
from data.manifest import Facts, snapshot_id
from data.snapshots import SnapshotError


def facts(period="2024Q3", **changes) -> Facts:
    return Facts(
        **{
            "period": period,
            "sources": ("Báo cáo của các tỉnh",),
            "made_at": datetime(2024, 10, 15, tzinfo=UTC),
            "made_by": "thử nghiệm",
            "illustrative": True,
            **changes,
        }
    )


def tables(households=19) -> dict[str, arrow.Table]:
    rows = 1000
    models = arrow.table({"model_id": [f"83-{n}" for n in range(rows)], "n": [households] * rows})
    return {"models": models, "province_quarter": arrow.table({"province": ["83"]})}


@pytest.fixture(params=["folder", "file URL", "memory URL"])
def place(request, tmp_path):
    return {
        "folder": str(tmp_path / "extracts"),
        "file URL": f"file://{tmp_path}/extracts",
        "memory URL": f"memory://{uuid.uuid4().hex}/extracts",
    }[request.param]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "extracts"


@pytest.fixture
def two(folder) -> tuple[str, str]:
    """An older snapshot and the one in force."""
    older = snapshot_writing.publish(str(folder), tables(), facts("2024Q2"))
    newer = snapshot_writing.publish(
        str(folder), tables(20), facts("2024Q3", made_at=datetime(2025, 1, 15, tzinfo=UTC))
    )
    return older, newer


def contents(place: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(place)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in place.rglob("*")
        if path.is_file()
    }


def test_published_tables_are_read_back(place):
    id = snapshot_writing.publish(place, tables(), facts())
    snapshot, notice = snapshots.in_force(place)
    assert (snapshot.id, notice) == (id, None)
    assert snapshot.manifest.files["models"].rows == 1000
    assert snapshots.read_table(snapshot, "models").equals(tables()["models"])
    assert snapshots.verify(place, id) == []


def test_an_id_is_the_period_and_the_same_everywhere(folder):
    first = snapshot_writing.publish(str(folder / "a"), tables(), facts())
    second = snapshot_writing.publish(str(folder / "b"), tables(), facts())
    assert first == second
    assert first.startswith("2024Q3-")


def test_bytes_do_not_depend_on_how_rows_came(folder):
    in_chunks = arrow.concat_tables([tables()["models"].slice(0, 10), tables()["models"].slice(10)])
    described = in_chunks.replace_schema_metadata({"pandas": "another version"})
    snapshot_writing.publish(str(folder / "a"), {"models": described}, facts())
    snapshot_writing.publish(str(folder / "b"), {"models": tables()["models"]}, facts())
    assert snapshots.current_id(str(folder / "a")) == snapshots.current_id(str(folder / "b"))


def test_publishing_the_same_again_changes_nothing(folder):
    id = snapshot_writing.publish(str(folder), tables(), facts())
    before = contents(folder)
    again = facts(made_at=datetime(2024, 10, 16, tzinfo=UTC), made_by="người khác")
    assert snapshot_writing.publish(str(folder), tables(), again) == id
    assert contents(folder) == before


def test_a_new_snapshot_takes_over_and_the_old_one_can_come_back(place):
    old = snapshot_writing.publish(place, tables(19), facts())
    new = snapshot_writing.publish(place, tables(20), facts())
    assert snapshots.ids(place) == sorted([old, new])
    assert snapshots.current_id(place) == new
    snapshot_writing.switch(place, old)
    assert snapshots.in_force(place)[0].id == old


def edit(text: str, becomes: str) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        content = path.read_text("utf-8")
        assert text in content
        path.write_text(content.replace(text, becomes, 1), "utf-8")

    return change


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("file", "damage", "problem"),
    [
        ("manifest.json", flip_a_byte, "manifest.json đã bị sửa"),
        ("manifest.json", edit("true", "false"), "manifest.json đã bị sửa"),
        ("manifest.json", truncate, "manifest.json đã bị sửa"),
        ("manifest.json", Path.unlink, "không tìm thấy manifest.json"),
        ("models.parquet", flip_a_byte, "models.parquet đã bị sửa"),
        ("models.parquet", truncate, "models.parquet bị cắt ngắn"),
        ("models.parquet", Path.unlink, "không tìm thấy models.parquet"),
    ],
)
def test_damage_is_named_and_the_newest_whole_one_is_used(two, folder, file, damage, problem):
    older, newer = two
    damage(folder / newer / file)
    assert snapshots.verify(str(folder), newer) == [problem]
    snapshot, notice = snapshots.in_force(str(folder))
    assert snapshot.id == older
    assert notice == (
        f"Bản số liệu {newer} bị hỏng ({problem}); đang dùng bản gần nhất còn nguyên: {older}."
    )


@pytest.mark.parametrize("damage", [flip_a_byte, truncate, Path.unlink])
def test_a_file_damaged_after_loading_is_not_parsed(two, folder, damage):
    snapshot = snapshots.load(str(folder), two[1])
    damage(folder / two[1] / "models.parquet")
    with pytest.raises(SnapshotError, match=r"models\.parquet.*python -m data rollback ID"):
        snapshots.read_table(snapshot, "models")


@pytest.mark.parametrize("current", ["", "rác \x00", "../x", "2024Q3-", "/etc"])
def test_current_that_is_no_id_leads_nowhere(two, folder, current):
    (folder / "CURRENT").write_text(current)
    assert snapshots.current_id(str(folder)) is None
    snapshot, notice = snapshots.in_force(str(folder))
    assert snapshot.id == two[1]
    assert notice.startswith("Tệp CURRENT không chỉ đến bản số liệu nào; đang dùng")


def test_current_that_names_a_missing_snapshot(two, folder):
    (folder / "CURRENT").write_text("2031Q1-000000000000")
    snapshot, notice = snapshots.in_force(str(folder))
    assert snapshot.id == two[1]
    assert "2031Q1-000000000000 bị hỏng (không tìm thấy manifest.json)" in notice


def test_current_that_cannot_be_read(two, folder):
    (folder / "CURRENT").unlink()
    (folder / "CURRENT").mkdir()
    snapshot, notice = snapshots.in_force(str(folder))
    assert snapshot.id == two[1]
    assert notice.startswith("Không đọc được CURRENT")


def test_newest_means_made_last_not_the_latest_period(two, folder):
    older, newer = two
    corrected = facts("2024Q1", made_at=datetime(2025, 6, 1, tzinfo=UTC))
    last = snapshot_writing.publish(str(folder), tables(), corrected)
    snapshot_writing.switch(str(folder), older)
    truncate(folder / older / "models.parquet")
    assert snapshots.in_force(str(folder))[0].id == last
    truncate(folder / last / "models.parquet")
    assert snapshots.in_force(str(folder))[0].id == newer


def test_without_any_snapshot_the_notice_says_what_to_do(place):
    snapshot, notice = snapshots.in_force(place)
    assert snapshot is None
    assert "người quản trị" in notice
    assert "python -m data demo" in notice
    assert snapshots.ids(place) == []


@pytest.mark.parametrize("nowhere", ["nosuch://bucket/extracts", "nosuch::memory://x"])
def test_a_place_of_an_unknown_kind_is_a_notice_not_a_crash(nowhere):
    snapshot, notice = snapshots.in_force(nowhere)
    assert snapshot is None
    assert notice.startswith("Không mở được nơi lưu số liệu")


def test_another_schema_version_is_refused(two, folder, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    (problem,) = snapshots.verify(str(folder), two[1])
    assert "lược đồ phiên bản 2, chương trình đọc bản 3" in problem
    assert snapshots.in_force(str(folder))[0] is None


@pytest.mark.parametrize("content", [b"[]", b"{}", b"\xff", b'{"schema_version": 1}'])
def test_a_manifest_of_another_make_is_refused(place, content):
    id = snapshot_id("2024Q3", content)
    storage.write_folder(place, id, {"manifest.json": content})
    assert snapshots.verify(place, id)[0].startswith("manifest.json không đúng mẫu")


@pytest.mark.parametrize("id", ["../2024Q3-000000000000", "", "CURRENT", "2024Q3-00000000000g"])
def test_what_is_no_id_is_never_looked_up(place, id):
    with pytest.raises(SnapshotError, match="không phải mã"):
        snapshots.load(place, id)


def test_rolling_back_to_a_damaged_snapshot_is_refused(two, folder):
    older, newer = two
    truncate(folder / older / "models.parquet")
    with pytest.raises(SnapshotError, match="bị cắt ngắn"):
        snapshot_writing.switch(str(folder), older)
    assert snapshots.current_id(str(folder)) == newer


class Killed(BaseException):
    """The process ends here."""


def killed_publishing(place: str, patch: pytest.MonkeyPatch, where: object, step: str, nth=1):
    """Publish, and be killed at the nth call of a step."""
    calls = itertools.count(1)
    go_on = getattr(where, step)

    def kill_in_time(*arguments: object) -> None:
        if next(calls) == nth:
            raise Killed
        go_on(*arguments)

    patch.setattr(where, step, kill_in_time)
    with pytest.raises(Killed):
        snapshot_writing.publish(place, tables(20), facts())
    patch.undo()


@pytest.mark.parametrize("nth", [1, 2, 3, 4], ids=["models", "cube", "manifest", "CURRENT"])
def test_killed_while_writing_readers_see_the_old_one(place, monkeypatch, nth):
    old = snapshot_writing.publish(place, tables(19), facts())
    killed_publishing(place, monkeypatch, storage, "_write", nth)
    snapshot, notice = snapshots.in_force(place)
    assert (snapshot.id, notice) == (old, None)
    new = snapshot_writing.publish(place, tables(20), facts())
    assert snapshots.in_force(place)[0].id == new
    assert storage.names(place) == sorted(["CURRENT", old, new])


@pytest.mark.parametrize("step", ["rename", "replace"])
def test_killed_before_a_written_file_gets_its_name(folder, monkeypatch, step):
    old = snapshot_writing.publish(str(folder), tables(19), facts())
    killed_publishing(str(folder), monkeypatch, storage.os, step)
    assert any(name.startswith(".tmp-") for name in storage.names(str(folder)))
    assert snapshots.in_force(str(folder))[0].id == old
    new = snapshot_writing.publish(str(folder), tables(20), facts())
    assert storage.names(str(folder)) == sorted(["CURRENT", old, new])


def test_publishing_completes_a_snapshot_that_is_half_there(place):
    id = snapshot_writing.publish(f"{place}/other", tables(), facts())
    manifest = storage.read(f"{place}/other", f"{id}/manifest.json")
    storage.write_folder(place, id, {"manifest.json": manifest})
    assert snapshots.verify(place, id)
    assert snapshot_writing.publish(place, tables(), facts()) == id
    assert snapshots.verify(place, id) == []


def test_the_fingerprint_follows_current_and_its_files(two, folder):
    first = snapshots.fingerprint(str(folder))
    assert snapshots.fingerprint(str(folder)) == first
    flip_a_byte(folder / two[1] / "models.parquet")
    damaged = snapshots.fingerprint(str(folder))
    snapshot_writing.switch(str(folder), two[0])
    assert len({first, damaged, snapshots.fingerprint(str(folder))}) == 3


def test_the_manifest_can_be_read_by_people(folder):
    id = snapshot_writing.publish(str(folder), tables(), facts())
    document = json.loads((folder / id / "manifest.json").read_text("utf-8"))
    assert document["sources"] == ["Báo cáo của các tỉnh"]
    assert document["illustrative"] is True
    assert document["files"]["models"].keys() == {"rows", "bytes", "sha256"}


@pytest.mark.parametrize("changes", [{"period": "2024"}, {"made_at": datetime(2024, 1, 1)}])
def test_facts_need_a_quarter_and_a_time_zone(changes):
    with pytest.raises(ValueError, match="not a quarter, or no time zone"):
        facts(**changes)
