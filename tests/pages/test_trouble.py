"""What the page shows when snapshots are missing or damaged: words, never a traceback."""

import shutil
from pathlib import Path

import pytest

from data import readers, snapshots

COMMITTED = Path(snapshots.__file__).parent / "extracts"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A copy of the committed snapshots that a test may spoil."""
    copy = shutil.copytree(COMMITTED, tmp_path / "extracts")
    monkeypatch.setenv("SINHKE_EXTRACTS", str(copy))
    monkeypatch.setattr(readers, "LOOK_EVERY", 0)
    return copy


def alter_manifest(place: Path) -> None:
    manifest = next(place.glob("*/manifest.json"))
    manifest.write_text(manifest.read_text().replace("true", "false"))


def truncate_cube(place: Path) -> None:
    cube = next(place.glob("*/province_quarter.parquet"))
    cube.write_bytes(cube.read_bytes()[:1000])


def lose_everything(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


@pytest.mark.parametrize("spoil", [alter_manifest, truncate_cube, lose_everything])
def test_without_a_whole_snapshot_a_clear_page_says_what_to_do(tab, place, spoil):
    spoil(place)
    page = tab()
    assert page.failures == []
    assert page.app.title[0].value == "Sinh kế 63"
    assert page.app.error[0].value
    assert "python -m data demo" in page.app.markdown[0].value
    assert not page.cards
    assert not page.app.button


def test_a_pointer_to_nowhere_leaves_the_last_good_snapshot_with_a_notice(tab, place):
    (place / "CURRENT").write_text("2025Q3-000000000000")
    page = tab()
    assert page.failures == []
    assert "đang dùng bản gần nhất còn nguyên" in page.app.warning[0].value
    assert page.cards


@pytest.mark.parametrize("spoil", [alter_manifest, truncate_cube, lose_everything])
def test_damage_in_the_middle_of_a_session_leaves_its_figures_with_a_notice(tab, place, spoil):
    page = tab(ky="2024Q3")
    before = page.cards
    assert before
    spoil(place)
    page.go(ky="2024Q3", tinh="ben-tre").go(ky="2024Q3")
    assert page.failures == []
    assert page.cards == before
    assert len(page.app.warning) == 1


def test_a_repaired_snapshot_appears_by_itself(tab, place):
    good = (place / "CURRENT").read_text()
    (place / "CURRENT").unlink()
    page = tab()
    assert page.app.warning
    (place / "CURRENT").write_text(good)
    assert not page.go().app.warning
