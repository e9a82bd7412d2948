"""A publisher killed at any moment: readers see a whole snapshot, the next publish succeeds.

Forked from a process that is warm, killed by SIGKILL. A few moments are spread over the whole run,
from the first workbook on, which hardly touches the place; most over its last part, from the
moment on at which the tables are ready to be written and put in force.
"""

import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from data import collecting, demo, snapshot_writing, snapshots, storage
from tests import filling

WHOLE_RUNS, LAST_PARTS = 10, 90
FORK = multiprocessing.get_context("fork")
PROVINCE, QUARTER = "83", "2024Q3"
Work = Callable[[], object]


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    """Two folders with the workbook of one province; in the second its tables are shorter."""
    tables = demo.tables()
    fewer = {**tables, "progress": tables["progress"].query("not model_id.str.endswith('001')")}
    made = []
    for name, held in (("first", tables), ("second", fewer)):
        folder = tmp_path_factory.mktemp(name)
        content = filling.filled(held, PROVINCE, QUARTER, illustrative=False)
        (folder / "83.xlsx").write_bytes(content)
        made.append(folder)
    return made[0], made[1]


@dataclass
class Stage:
    """A place where `first` is in force, and what publishes `second` there, whole or in part."""

    place: str
    first: str
    second: str
    whole_run: Work
    last_part: Work

    def reset(self) -> None:
        """As if `second` had never been published."""
        snapshot_writing.switch(self.place, self.first)
        shutil.rmtree(Path(self.place, self.second), ignore_errors=True)


@pytest.fixture
def stage(folders, tmp_path, monkeypatch) -> Stage:
    place, handed = str(tmp_path / "extracts"), []
    really = snapshot_writing.publish

    def publish(folder: Path) -> str | None:
        return collecting.publish(place, folder, made_at=datetime(2024, 10, 8, tzinfo=UTC)).id

    def noting(place, files, facts, held):
        handed.append((place, files, facts))
        return really(place, files, facts, held)

    monkeypatch.setattr(snapshot_writing, "publish", noting)
    first, second = publish(folders[0]), publish(folders[1])
    monkeypatch.undo()
    assert first
    assert second not in (first, None)
    found = Stage(
        place,
        first,
        second,
        lambda: publish(folders[1]),
        lambda: snapshot_writing.publish(*handed[1]),
    )
    found.reset()
    return found


def work_and_exit(work: Work) -> None:
    """What the forked publisher does: nothing of pytest's runs in it."""
    work()
    os._exit(0)


def started(work: Work) -> BaseProcess:
    process = FORK.Process(target=work_and_exit, args=(work,))
    process.start()
    return process


def read_whole(place: str) -> str:
    """What a reader sees: the id of a snapshot that is whole, without a notice."""
    snapshot, notice = snapshots.in_force(place)
    assert notice is None
    assert snapshot is not None
    for name in snapshot.manifest.files:
        snapshots.read_table(snapshot, name)
    return snapshot.id


def seconds_of(work: Work) -> float:
    """How long the work takes while readers look on."""
    before = time.monotonic()
    process = started(work)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - before


def killed_at(place: str, work: Work, seconds: float) -> float | None:
    """None if the publisher was still at work when it was killed, or what it took; readers look
    on meanwhile."""
    before = time.monotonic()
    process = started(work)
    clock = threading.Timer(seconds, process.kill)  # on time, however long a read takes
    clock.start()
    while process.exitcode is None:
        read_whole(place)
        time.sleep(0.005)
    clock.cancel()
    clock.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return None if process.exitcode == -signal.SIGKILL else time.monotonic() - before


@pytest.mark.parametrize(("part", "kills"), [("whole_run", WHOLE_RUNS), ("last_part", LAST_PARTS)])
def test_killed_at_random_moments_readers_see_a_whole_snapshot(stage, part, kills):
    work, dice = getattr(stage, part), random.Random(63)
    lasts = seconds_of(work)
    killed = half_written = 0
    for _ in range(20 * kills):  # a publisher that was done already does not count
        if killed == kills:
            break
        stage.reset()
        took = killed_at(stage.place, work, dice.uniform(0, lasts))
        killed += took is None
        lasts = took or lasts  # the machine may be quicker or slower than it was
        half_written += any(name.startswith(".tmp-") for name in storage.names(stage.place))
        assert read_whole(stage.place) in (stage.first, stage.second)
    assert killed == kills
    assert half_written > 0 or part == "whole_run"
    stage.whole_run()
    assert read_whole(stage.place) == stage.second
    assert storage.names(stage.place) == sorted([stage.first, stage.second, "CURRENT"])
