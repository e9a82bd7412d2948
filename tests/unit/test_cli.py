"""The command line: what it prints, and its exit codes 0 done, 1 refused, 2 wrong usage."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import duckdb
import pyarrow as arrow
import pytest

from data import cube_sql, publishing, snapshot_writing, snapshots, storage
from data.__main__ import main
from data.manifest import Facts


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SINHKE_EXTRACTS", str(tmp_path))
    return tmp_path


def publish(place, rows=1, illustrative=True) -> str:
    facts = Facts(
        period="2024Q3",
        sources=(),
        made_at=datetime(2024, 9, 30, 8, 30, tzinfo=UTC),
        made_by="thử nghiệm",
        illustrative=illustrative,
    )
    return snapshot_writing.publish(str(place), {"models": arrow.table({"n": range(rows)})}, facts)


def damage(place, id) -> None:
    (place / id / "models.parquet").write_bytes(b"PAR1")


def test_snapshots_lists_each_and_marks_the_one_in_force(place, capsys):
    broken, whole, current = publish(place, 1), publish(place, 2), publish(place, 3, False)
    damage(place, broken)
    assert main(["snapshots"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines[:-1]) == sorted(
        [
            f"   {broken}  hỏng: models.parquet bị cắt ngắn",
            f"   {whole}  2024Q3  minh họa  30/09/2024 08:30  nguyên vẹn",
            f"*  {current}  2024Q3  chính thức  30/09/2024 08:30  nguyên vẹn",
        ]
    )
    assert lines[-1] == "* đang dùng"


def test_snapshots_of_an_empty_place(place, capsys):
    assert main(["snapshots"]) == 0
    assert "Chưa có bản nào đang dùng" in capsys.readouterr().out


def test_verify_checks_the_one_in_force_or_the_one_named(place, capsys):
    old, current = publish(place, 1), publish(place, 2)
    damage(place, old)
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == f"{current}: nguyên vẹn\n"
    assert main(["verify", old]) == 1
    assert capsys.readouterr().out == f"{old}: models.parquet bị cắt ngắn\n"


def test_verify_without_a_snapshot_in_force_is_refused(place, capsys):
    assert main(["verify"]) == 1
    assert "CURRENT không chỉ đến bản số liệu nào" in capsys.readouterr().err


def test_rollback_puts_a_whole_snapshot_in_force(place):
    old, _current = publish(place, 1), publish(place, 2)
    assert main(["rollback", old]) == 0
    assert snapshots.current_id(str(place)) == old


@pytest.mark.parametrize("id", ["damaged", "2024Q3-000000000000", "../x"])
def test_rollback_to_anything_else_is_refused(place, capsys, id):
    old, current = publish(place, 1), publish(place, 2)
    damage(place, old)
    assert main(["rollback", old if id == "damaged" else id]) == 1
    assert snapshots.current_id(str(place)) == current
    assert "python -m data snapshots" in capsys.readouterr().err


def test_demo_publishes_and_prints_the_rows_of_each_table(place, monkeypatch, capsys):
    monkeypatch.setattr(publishing, "publish_demo", lambda place: publish(place, 1500))
    assert main(["demo"]) == 0
    out = capsys.readouterr().out
    assert snapshots.current_id(str(place)) in out
    assert "1.500 dòng" in out


def test_a_full_disk_is_refused(place, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_folder", full)
    monkeypatch.setattr(publishing, "publish_demo", publish)
    assert main(["demo"]) == 1
    assert "Không ghi được bản số liệu" in capsys.readouterr().err
    assert snapshots.ids(str(place)) == []


@pytest.mark.parametrize("arguments", [[], ["sai"], ["rollback"], ["demo", "thừa"]])
def test_wrong_usage_exits_2_and_says_how(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "Cách dùng: python -m data LỆNH" in capsys.readouterr().err


def test_help_exits_0(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    assert "rollback ID" in capsys.readouterr().out


@pytest.mark.parametrize("at_work_on", ["loading", "reading"])
def test_ctrl_c_is_answered_with_a_line(place, monkeypatch, at_work_on):
    pipe = place / "bao-cao.xlsx"
    os.mkfifo(pipe)  # who opens one side waits for the other
    if at_work_on == "loading":
        (place / "filelock.py").write_text(f"open({str(pipe)!r})")
        monkeypatch.setenv("PYTHONPATH", str(place))
    command = [sys.executable, "-m", "data", "check", str(pipe)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        held = os.open(pipe, os.O_WRONLY)
        process.send_signal(signal.SIGINT)
        said, warned = process.communicate(timeout=60)
    os.close(held)
    assert process.returncode == 130
    assert said == b""
    assert warned.decode().strip().startswith("Đã dừng theo yêu cầu (Ctrl-C).")
    assert "Traceback" not in warned.decode()


def test_too_little_memory_is_told_in_words(place, monkeypatch, capsys):
    def demo(place):
        raise MemoryError

    monkeypatch.setattr(publishing, "publish_demo", demo)
    assert main(["demo"]) == 1
    assert "không đủ bộ nhớ" in capsys.readouterr().err


def test_an_engine_without_memory_is_told_in_words_too(place, monkeypatch, capsys):
    small = duckdb.connect(config={"memory_limit": "1MB"})
    monkeypatch.setattr(cube_sql.duckdb, "connect", lambda config: small)
    assert main(["demo"]) == 1
    assert "không đủ bộ nhớ" in capsys.readouterr().err


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_who_reads_only_the_first_line_hears_of_no_trouble(place, monkeypatch, unbuffered):
    publish(place)
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "data", "snapshots"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
