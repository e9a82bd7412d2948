"""One publisher at a time, and a place that is full: the snapshot in force stays whole."""

import multiprocessing
import os
import resource
import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as arrow
import pytest

from data import publishing, snapshot_writing, snapshots, storage
from data.__main__ import main
from data.manifest import Facts
from data.snapshots import SnapshotError

FORK = multiprocessing.get_context("fork")
FACTS = Facts(
    period="2024Q3",
    sources=("Báo cáo của các tỉnh",),
    made_at=datetime(2024, 10, 15, tzinfo=UTC),
    made_by="thử nghiệm",
    illustrative=False,
)


def tables(rows: int) -> dict[str, arrow.Table]:
    # Random bytes, so that they stay as large when they are compressed.
    texts = [os.urandom(32).hex() for _ in range(rows)]
    return {"models": arrow.table({"n": texts}), "progress": arrow.table({"n": texts})}


@pytest.fixture
def place(tmp_path):
    snapshot_writing.publish(str(tmp_path), tables(10), FACTS)
    return str(tmp_path)


@pytest.fixture(autouse=True)
def short_wait(monkeypatch):
    monkeypatch.setattr(storage, "WAIT_SECONDS", 0.2)


def hold(place: str, ready, seconds: float) -> None:
    with snapshot_writing.turn(place):
        ready.set()
        time.sleep(seconds)


@contextmanager
def held_elsewhere(place: str, seconds: float):
    """Another process has its turn for so long."""
    ready = FORK.Event()
    other = FORK.Process(target=hold, args=(place, ready, seconds))
    other.start()
    assert ready.wait(10)
    yield other
    other.kill()
    other.join()


def test_a_second_publisher_is_refused_and_nothing_changes(place):
    before = snapshots.current_id(place)
    with held_elsewhere(place, 60), pytest.raises(SnapshotError, match="lần xuất bản khác chưa"):
        snapshot_writing.publish(place, tables(20), FACTS)
    assert snapshots.ids(place) == [before]


def test_a_second_publisher_waits_for_one_who_is_nearly_done(place, monkeypatch):
    monkeypatch.setattr(storage, "WAIT_SECONDS", 20.0)
    with held_elsewhere(place, 0.5):
        id = snapshot_writing.publish(place, tables(20), FACTS)
    assert snapshots.current_id(place) == id


def test_the_lock_of_a_killed_publisher_holds_nobody_up(place):
    with held_elsewhere(place, 60) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.join()
        id = snapshot_writing.publish(place, tables(20), FACTS)
    assert snapshots.current_id(place) == id


def test_rolling_back_takes_its_turn_too(place, monkeypatch, capsys):
    monkeypatch.setenv("SINHKE_EXTRACTS", place)
    old = snapshots.current_id(place)
    new = snapshot_writing.publish(place, tables(20), FACTS)
    with held_elsewhere(place, 60):
        assert main(["rollback", old]) == 1
    assert "lần xuất bản khác chưa xong" in capsys.readouterr().err
    assert snapshots.current_id(place) == new


def test_the_lock_is_no_snapshot_and_stays_out_of_sight(place):
    assert (Path(place) / ".lock").exists()
    assert storage.names(place) == [*snapshots.ids(place), "CURRENT"]


@pytest.mark.parametrize("kind", ["folder", "memory URL"])
def test_what_was_put_in_force_meanwhile_is_not_overwritten(kind, tmp_path):
    place = str(tmp_path) if kind == "folder" else f"memory://{tmp_path.name}"
    first = snapshot_writing.publish(place, tables(10), FACTS)
    with snapshot_writing.turn(place) as held:
        second = snapshot_writing.publish(place, tables(20), FACTS, held)
        with pytest.raises(SnapshotError, match=f"đã đổi từ {first} sang {second}.*chạy lại"):
            snapshot_writing.publish(place, tables(30), FACTS, held)
    assert snapshots.current_id(place) == second
    assert snapshots.ids(place) == sorted([first, second])


@contextmanager
def files_of_at_most(size: int):
    """No file may grow beyond this: writing more fails as on a disk that is full."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_a_full_disk_is_refused_in_words_and_leaves_nothing_behind(place):
    before = snapshots.current_id(place)
    large = tables(3000)
    with files_of_at_most(50_000), pytest.raises(SnapshotError, match="không còn chỗ để ghi"):
        snapshot_writing.publish(place, large, FACTS)
    assert storage.names(place) == [before, "CURRENT"]
    assert snapshots.in_force(place) == (snapshots.load(place, before), None)
    assert snapshot_writing.publish(place, large, FACTS) == snapshots.current_id(place) != before


def test_a_disk_that_fills_up_at_current_leaves_the_old_one_in_force(place, monkeypatch):
    before = snapshots.current_id(place)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "replace", full)
    with pytest.raises(SnapshotError, match="không còn chỗ để ghi"):
        snapshot_writing.publish(place, tables(20), FACTS)
    assert storage.names(place) == [before, "CURRENT"]


def test_the_command_says_that_the_disk_is_full(place, monkeypatch, capsys):
    monkeypatch.setenv("SINHKE_EXTRACTS", place)
    large = tables(3000)
    monkeypatch.setattr(
        publishing, "publish_demo", lambda place: snapshot_writing.publish(place, large, FACTS)
    )
    with files_of_at_most(50_000):
        assert main(["demo"]) == 1
    assert "không còn chỗ để ghi" in capsys.readouterr().err
