"""`python -m tests.bench.publishing`: 63 workbooks of 100 models; a register of a million rows.

The workbooks are held against what nobody can save: python-calamine alone reading them, pyarrow
alone writing the tables. All in one run, so that a slow machine slows both.
"""

import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import psycopg
import pyarrow.parquet as parquet
from python_calamine import CalamineWorkbook

from data import collecting, conversion, demo, places, register, schema, snapshots
from data.workbooks import template
from tests import filling, postgres

QUARTER, MODELS, TARGET = "2024Q3", 100, 2.0
TIMES = 119
"""How often the illustrative register is repeated: 8.429 rows of `progress` make a million."""

MADE_AT = datetime(2024, 10, 12, tzinfo=UTC)
Frames = dict[str, pd.DataFrame]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        workbooks(Path(folder))
    for name, made in (("DuckDB", a_file), ("PostgreSQL", a_server)):
        for url in made():
            seconds, peak = apart(_register, url)
            rows = f"{8429 * TIMES:,}".replace(",", ".")
            print(f"register of {rows} progress rows, {name}: {seconds:.1f} s, peak {peak:.0f} MB")


def workbooks(folder: Path) -> None:
    """Time of publishing 63 workbooks against reading them and writing the tables, bare."""
    frames = larger(demo.tables())
    for province in places.provinces().index:
        content = filling.filled(frames, province, QUARTER, illustrative=False)
        (folder / template.file_name(province, QUARTER)).write_bytes(content)
    files = sorted(folder.glob("*.xlsx"))
    place = str(folder / "extracts")
    publishing, peak = apart(_publish, place, folder)
    reading, _ = apart(_read_bare, files)
    writing, _ = apart(_write_bare, place, folder / "bare")
    ratio = publishing / (reading + writing)
    verdict = "" if ratio <= TARGET else "  MISSED"
    print(
        f"{len(files)} workbooks of {MODELS} models published: {publishing:.2f} s, peak {peak:.0f} "
        f"MB; calamine alone {reading:.2f} s + pyarrow alone {writing:.2f} s: "
        f"{ratio:.2f}, at most {TARGET}{verdict}"
    )


def larger(tables: Frames) -> Frames:
    """Tables in which each province has 100 models that report the quarter, at its own places."""
    dice = np.random.default_rng(63)
    models, progress = tables["models"], tables["progress"].query("quarter == @QUARTER")
    reported = models[models["model_id"].isin(progress["model_id"])]
    syllables = sorted(set(" ".join(models["commune_name"].dropna()).split()))
    parts = []
    for province in places.provinces().index:
        drawn = reported.iloc[dice.integers(0, len(reported), MODELS)].reset_index(drop=True)
        ours = models[models["province"] == province]
        where = ours.iloc[np.arange(MODELS) % len(ours)].reset_index(drop=True)
        place = ["province", "district", "district_name", "commune", "commune_name"]
        ids = [f"{province}-2024-{number:03d}" for number in range(MODELS)]
        # Names as unlike each other as those of real models are.
        names = [" ".join(dice.choice(syllables, 8)) for _ in ids]
        made_of = {"was": drawn["model_id"], "model_id": ids, "name": names}
        parts.append(drawn.assign(**where[place], **made_of))
    made = pd.concat(parts, ignore_index=True)
    again = progress.rename(columns={"model_id": "was"}).merge(made[["was", "model_id"]], on="was")
    columns = list(schema.TABLES["progress"].columns)
    sent = tables["submissions"].assign(received_date=pd.Timestamp("2024-10-08"))
    changed = {"models": made.drop(columns="was"), "progress": again[columns], "submissions": sent}
    return {**tables, **changed, "questions": tables["questions"].iloc[:0]}


def apart(work: Callable[..., None], *arguments: Any) -> tuple[float, float]:
    """Seconds and peak memory (MB) of work done in a process of its own, imports not counted."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_measured, args=(theirs, work, arguments))
    process.start()
    seconds, peak = ours.recv()
    process.join()
    return seconds, peak


def _measured(answer: Any, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # Pandera loads it at its first check if it can: where the dashboard runs, it is not there.
    sys.modules["hypothesis"] = None  # type: ignore[assignment]
    before = time.perf_counter()
    work(*arguments)
    seconds = time.perf_counter() - before
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000))


def _publish(place: str, folder: Path) -> None:
    done = collecting.publish(place, folder, made_at=MADE_AT)
    assert done.id, [it for it in done.findings if it.severity == "refuse"][:3]


def _read_bare(files: list[Path]) -> None:
    for file in files:
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def _write_bare(place: str, folder: Path) -> None:
    snapshot = snapshots.load(place, str(snapshots.current_id(place)))
    folder.mkdir()
    for name in snapshot.manifest.files:
        file = folder / f"{name}.parquet"
        parquet.write_table(snapshots.read_table(snapshot, name), file, compression="zstd")


def _register(url: str) -> None:
    place = tempfile.mkdtemp()
    register.publish(place, url, illustrative=True, made_at=MADE_AT)
    shutil.rmtree(place)


def a_file() -> Iterator[str]:
    """A DuckDB file with the illustrative tables, models and progress so many times."""
    with tempfile.TemporaryDirectory() as folder:
        with duckdb.connect(f"{folder}/register.duckdb") as connection:
            _fill(connection)
        yield f"duckdb://{folder}/register.duckdb"


def a_server() -> Iterator[str]:
    """A PostgreSQL server with the same; its own memory is not counted."""
    with postgres.server() as url, tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/register.duckdb"
        with duckdb.connect(file) as source:
            _fill(source)
            with psycopg.connect(url) as target:
                for name in schema.TABLES:
                    _copy(source, target, name, f"{folder}/{name}.csv")
        yield url


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    for name, frame in demo.tables().items():
        connection.register("rows", conversion.to_arrow(name, frame))
        if name in register.LISTS:
            connection.execute(
                f"create table {name} as select rows.* replace (model_id || '/' || n as model_id) "
                f"from rows, range({TIMES}) as times(n)"
            )
        else:
            connection.execute(f"create table {name} as select * from rows")
        connection.unregister("rows")


def _copy(
    source: duckdb.DuckDBPyConnection, target: psycopg.Connection, name: str, file: str
) -> None:
    source.execute(f"copy {name} to '{file}' (header false)")
    columns = source.execute(f"select name, type from pragma_table_info('{name}')").fetchall()
    kinds = {"DOUBLE": "double precision"}
    named = ", ".join(f'"{column}" {kinds.get(kind, kind)}' for column, kind in columns)
    target.execute(f"create table {name} ({named})")  # type: ignore[arg-type]
    with (
        open(file, "rb") as content,
        target.cursor().copy(f"copy {name} from stdin csv") as copy,  # type: ignore[arg-type]
    ):
        while part := content.read(1 << 20):
            copy.write(part)


if __name__ == "__main__":
    main()
