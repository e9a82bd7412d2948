"""Readers: what is in memory is what is in force, whatever happens to the files meanwhile."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as arrow
import pytest

from data import readers, snapshot_writing, storage
from data.manifest import Facts


def publish(place: Path, households: int, name: str = "province_quarter") -> str:
    cube = arrow.table({"province": ["83"], "households": [households]})
    made_at = datetime(2024, 1, 1, 0, households, tzinfo=UTC)
    facts = Facts(
        period="2024Q3", sources=(), made_at=made_at, made_by="thử nghiệm", illustrative=True
    )
    return snapshot_writing.publish(str(place), {name: cube}, facts)


def shown() -> int:
    """What a page shows on its next rerun."""
    return readers.cube(readers.current().snapshot.id, "province_quarter")["households"].sum()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SINHKE_EXTRACTS", str(tmp_path))
    monkeypatch.setattr(readers, "LOOK_EVERY", 0)
    return tmp_path


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def test_a_new_snapshot_appears_by_itself(place):
    publish(place, 19)
    assert shown() == 19
    publish(place, 20)
    assert shown() == 20


def test_a_rollback_appears_by_itself(place):
    old = publish(place, 19)
    publish(place, 20)
    assert shown() == 20
    snapshot_writing.switch(str(place), old)
    assert shown() == 19


def test_a_session_midway_still_reads_the_snapshot_it_began_with(place):
    old = publish(place, 19)
    readers.current()
    publish(place, 20)
    readers.current()
    assert readers.cube(old, "province_quarter")["households"].sum() == 19


@pytest.mark.parametrize("file", ["manifest.json", "province_quarter.parquet"])
def test_damage_while_running_leaves_the_tables_in_memory_in_use(place, file):
    publish(place, 19)
    id = publish(place, 20)
    assert shown() == 20
    truncate(place / id / file)
    assert shown() == 20
    notice = readers.current().notice
    assert notice.startswith(f"Bản số liệu {id} bị hỏng")
    assert notice.endswith("đang dùng bản đã nạp trước khi hỏng.")


def test_a_new_snapshot_that_is_damaged_does_not_take_over(place):
    old = publish(place, 19)
    assert shown() == 19
    truncate(place / publish(place, 20) / "province_quarter.parquet")
    assert shown() == 19
    assert f"đang dùng bản gần nhất còn nguyên: {old}." in readers.current().notice


def test_a_repair_ends_the_notice(place):
    file = place / publish(place, 19) / "province_quarter.parquet"
    whole = file.read_bytes()
    readers.current()
    truncate(file)
    assert readers.current().notice
    file.write_bytes(whole)
    assert readers.current().notice is None


def test_damage_before_the_start_falls_back_and_says_so_the_same_way_each_time(place):
    old = publish(place, 19)
    truncate(place / publish(place, 20) / "province_quarter.parquet")
    first = readers.current()
    assert first.snapshot.id == old
    assert "còn nguyên" in first.notice
    assert readers.current() == first


def test_without_a_snapshot_there_is_a_notice_and_the_first_one_appears_by_itself(place):
    assert readers.current().snapshot is None
    assert "python -m data demo" in readers.current().notice
    publish(place, 19)
    assert shown() == 19


def test_a_whole_snapshot_with_other_columns_does_not_take_over(place):
    publish(place, 19)
    assert shown() == 19
    publish(place, 20, name="models")
    assert shown() == 19
    assert "models.parquet không đúng lược đồ" in readers.current().notice


def test_what_one_session_changes_no_other_sees(place):
    id = publish(place, 19)
    mine = readers.cube(id, "province_quarter")
    mine["households"] = 0
    mine.loc[0, "province"] = "01"
    theirs = readers.cube(id, "province_quarter")
    assert theirs.to_dict("list") == {"province": ["83"], "households": [19]}


def test_the_files_are_not_looked_at_on_every_rerun(place, monkeypatch):
    publish(place, 19)
    monkeypatch.setattr(readers, "LOOK_EVERY", 60)
    readers.current()
    monkeypatch.setattr(storage, "read", lambda *_: pytest.fail("looked at the files"))
    assert shown() == 19


def test_a_rerun_costs_less_than_a_millisecond(place, monkeypatch):
    publish(place, 19)
    monkeypatch.setattr(readers, "LOOK_EVERY", 2)
    readers.current()
    start = time.perf_counter()
    for _ in range(200):
        readers.current()
    assert (time.perf_counter() - start) / 200 < 0.001
