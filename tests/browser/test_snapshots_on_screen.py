"""What a viewer sees when snapshots are damaged, lost, or replaced while the server runs."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data import snapshot_writing, snapshots
from data.manifest import Facts
from tests.browser.serving import ROOT, serving
from tests.browser.visits import PROVINCES

SHIPPED = ROOT / "data" / "extracts"
CHIEF = "province_quarter.parquet"
FACTS = ("period", "sources", "made_at", "made_by", "illustrative")


def current(place: Path) -> Path:
    return place / snapshots.current_id(str(place))


def alter_manifest(place: Path) -> None:
    manifest = current(place) / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("minh họa", "chính thức"), "utf-8")


def truncate_parquet(place: Path) -> None:
    cube = current(place) / CHIEF
    cube.write_bytes(cube.read_bytes()[:1000])


def point_nowhere(place: Path) -> None:
    (place / "CURRENT").write_text("2025Q4-000000000000\n")


def publish_another(place: Path, **changed: object) -> str:
    """The same tables as a snapshot of other facts; returns its id."""
    old = snapshots.load(str(place), current(place).name)
    files = {name: snapshots.read_table(old, name) for name in old.manifest.files}
    facts = Facts(**{name: getattr(old.manifest, name) for name in FACTS})
    return snapshot_writing.publish(str(place), files, replace(facts, **changed))


def restore(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(SHIPPED, place)


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory) -> Iterator[tuple[Path, str]]:
    """A server of its own on a copy of the shipped snapshots."""
    place = tmp_path_factory.mktemp("served") / "extracts"
    restore(place)
    with serving(SINHKE_EXTRACTS=str(place)) as url:
        yield place, url


@pytest.fixture
def place(served) -> Path:
    restore(served[0])
    return served[0]


@pytest.fixture
def screen(served, place, tab):
    """The page as it stands before anything happens to the files."""
    opened = tab(served[1]).goto()
    expect_within(opened, lambda: notice(opened).count() == 0)
    return opened


def notice(screen):
    return screen.page.get_by_test_id("stAlert")


def expect_within(screen, done) -> None:
    """A viewer goes on working until what is expected shows: the server looks every two seconds."""
    for choice in ("34", "63") * 4:
        if done() and choice == "34":
            break
        screen.press(choice)
        screen.page.wait_for_timeout(1_000)
    expect(screen.page.locator(PROVINCES)).to_have_count(63)
    assert done()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (alter_manifest, "manifest.json đã bị sửa"),
        (truncate_parquet, "bị cắt ngắn"),
        (point_nowhere, "đang dùng"),
    ],
)
def test_damage_while_running_keeps_the_figures_on_screen_with_a_notice(
    screen, place, damage, words
):
    said = screen.sentence.inner_text()
    damage(place)
    expect_within(screen, lambda: notice(screen).count() > 0)
    expect(notice(screen)).to_contain_text(words, ignore_case=True)
    assert screen.sentence.inner_text() == said
    expect(screen.page.get_by_test_id("stException")).to_have_count(0)
    restore(place)
    expect_within(screen, lambda: notice(screen).count() == 0)


def test_a_second_snapshot_appears_by_itself(screen, place):
    id = publish_another(place, illustrative=False)
    shown = screen.page.get_by_text(id)
    expect_within(screen, lambda: shown.count() > 0)
    expect(notice(screen)).to_have_count(0)
    expect(screen.page.get_by_text("Số liệu minh họa")).to_have_count(0)


def test_a_server_started_on_a_damaged_snapshot_shows_the_last_good_one(tab, tmp_path):
    place = tmp_path / "extracts"
    restore(place)
    good = current(place).name
    assert publish_another(place, sources=("kiểm thử",)) != good
    truncate_parquet(place)
    with serving(SINHKE_EXTRACTS=str(place)) as url:
        screen = tab(url).goto()
        expect(notice(screen)).to_contain_text("đang dùng")
        expect(screen.page.get_by_test_id("stException")).to_have_count(0)
        expect(screen.page.get_by_text(f"bản số liệu {good}")).to_be_visible()


def test_an_empty_place_says_what_to_do_and_fills_by_itself(tab, tmp_path):
    place = tmp_path / "extracts"
    place.mkdir()
    with serving(SINHKE_EXTRACTS=str(place)) as url:
        screen = tab(url).goto(shapes=0)
        expect(notice(screen)).to_be_visible()
        expect(screen.page.get_by_text("python -m data demo").first).to_be_visible()
        expect(screen.page.get_by_text("Traceback")).to_have_count(0)
        expect(screen.page.locator(PROVINCES)).to_have_count(0)
        restore(place)
        # “Trang tự hiện khi có số liệu”: nobody touches the page.
        expect(screen.page.locator(PROVINCES)).to_have_count(63)
