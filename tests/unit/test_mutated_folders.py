"""Folders with files changed at random: published whole or not at all, told of in words."""

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import mutations
import pytest
from mutated_looks import FIRST, LAST, MOST_MEMORY, computed, memory, peak

from data import collecting, demo, incoming, snapshots, summary
from tests import filling

QUARTER = "2024Q3"
MADE_AT = datetime(2024, 10, 12, tzinfo=UTC)
BATCHES = range(6)
FILES_IN_ONE = 8


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    """Clean workbooks of the provinces with the fewest models, by code."""
    figures = demo.tables()
    sizes = figures["models"].groupby("province").size().sort_values()
    told = figures["submissions"].query("quarter == @QUARTER").dropna(subset="received_date")
    codes = [code for code in sizes.index if code in set(told["province"])][: FILES_IN_ONE + 3]
    return {code: filling.filled(figures, code, QUARTER, illustrative=False) for code in codes}


@pytest.fixture(scope="module")
def start(books, tmp_path_factory) -> str:
    """A place where the report of one province is in force."""
    folder, place = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("extracts")
    (folder / "dau-tien.xlsx").write_bytes(list(books.values())[-1])
    assert collecting.publish(str(place), folder, made_at=MADE_AT).id
    return str(place)


@pytest.mark.parametrize("batch", BATCHES)
def test_publishing_is_whole_or_not_at_all(batch, start, books, tmp_path):
    random, codes = Random(batch), list(books)
    chosen = [random.randint(FIRST, LAST) for _ in range(FILES_IN_ONE)]
    for at, seed in enumerate(chosen):
        one = mutations.mutated(seed, books[codes[at]])
        suffix = Path(one.name).suffix if len(one.name) < 20 else ".xlsx"
        (tmp_path / f"{at}{suffix if suffix in incoming.SUFFIXES else '.xlsx'}").write_bytes(
            one.content
        )
    for code in codes[FILES_IN_ONE:-1]:
        (tmp_path / f"sach-{code}.xlsx").write_bytes(books[code])
    before, current = _held(start), snapshots.current_id(start)
    done = collecting.publish(start, tmp_path, made_at=MADE_AT)
    if done.refused:
        assert done.id is None, chosen
        assert (_held(start), snapshots.current_id(start)) == (before, current), chosen
        done = collecting.publish(start, tmp_path, made_at=MADE_AT, without_refused=True)
    assert done.id, chosen
    assert not [name for name in done.refused if name.startswith("sach-")], chosen
    assert snapshots.current_id(start) == done.id
    assert snapshots.verify(start, done.id) == [], chosen
    assert set(_held(start)) - set(before) <= {done.id}, chosen
    for reply in done.findings_files:
        assert list(computed(reply.read_bytes())) == [], (chosen, reply.name)


def _held(place: str) -> Counter[str]:
    """The folders and files of a place, however deep, by the folder they are in."""
    return Counter(
        path.relative_to(place).parts[0] for path in Path(place).rglob("*") if path.is_file()
    )


def test_a_folder_of_odd_files_is_told_of_in_words(tmp_path):
    """Names in other encodings, with controls, too long; files larger than any memory."""
    folder = tmp_path / "gui"
    folder.mkdir()
    with (folder / "lon.xlsx").open("wb") as large:
        large.write(b"PK\3\4")
        large.truncate(20_000_000_000)
    for name in (b"B\xe1\xbf.xlsx", b"B\xe1\xbe.xlsx", b"a\x1b[2J\n.xlsx", b"a" * 250 + b".xlsx"):
        (folder / os.fsdecode(name)).write_bytes(b"PK" + name)
    (folder / ("中" * 80 + ".xlsx")).write_bytes(b"PK")
    (folder / "thu-muc.xlsx").mkdir()
    before = memory()
    done = collecting.publish(str(tmp_path / "extracts"), folder, made_at=MADE_AT)
    assert peak() - before < MOST_MEMORY
    assert done.id is None
    assert len(done.refused) == len(done.findings_files) == 6
    assert summary.text(done).encode().isascii() is False
    assert {r"B\udce1\udcbf.xlsx", r"B\udce1\udcbe.xlsx", r"a\x1b[2J\n.xlsx"} <= set(done.refused)
