"""Publishing: tables are checked, summed and put in force together, or nothing changes."""

from datetime import UTC, datetime

import pandera.errors
import pytest

from data import conversion, cubes, demo, model_places, publishing, schema, snapshots


@pytest.fixture(scope="module")
def frames():
    return demo.tables()


def publish(place, frames) -> str:
    return publishing.publish_tables(
        str(place),
        frames,
        illustrative=False,
        sources=["Báo cáo của các tỉnh"],
        made_by="thử nghiệm",
        made_at=datetime(2025, 7, 15, tzinfo=UTC),
    )


def test_a_snapshot_holds_every_table_the_cubes_and_the_models_points(tmp_path, frames):
    id = publish(tmp_path, frames)
    snapshot = snapshots.load(str(tmp_path), id)
    assert snapshot.manifest.files.keys() == {*schema.TABLES, *cubes.KEYS, model_places.NAME}
    assert snapshot.manifest.period == frames["progress"]["quarter"].max()
    models = conversion.from_arrow("models", snapshots.read_table(snapshot, "models"))
    assert models.equals(frames["models"])
    points = snapshots.read_table(snapshot, model_places.NAME)
    assert points["model_id"].to_pylist() == models["model_id"].tolist()


def test_one_wrong_value_and_nothing_is_published(tmp_path, frames):
    id = publish(tmp_path, frames)
    wrong = frames["funding"].assign(assigned=-1)
    with pytest.raises(pandera.errors.SchemaErrors):
        publish(tmp_path, {**frames, "funding": wrong})
    assert snapshots.ids(str(tmp_path)) == [id]


def test_a_missing_table_and_nothing_is_published(tmp_path, frames):
    rest = {name: frame for name, frame in frames.items() if name != "questions"}
    with pytest.raises(ValueError, match="questions"):
        publish(tmp_path, rest)
    assert snapshots.current_id(str(tmp_path)) is None


def test_the_illustrative_snapshot_says_so_and_is_the_same_each_time(tmp_path):
    first, second = (publishing.publish_demo(str(tmp_path / name)) for name in ("a", "b"))
    assert first == second
    assert snapshots.load(str(tmp_path / "a"), first).manifest.illustrative
