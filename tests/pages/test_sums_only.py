"""A snapshot of a large register holds sums and no list of models: every page still speaks."""

import pytest

from data import snapshot_writing, snapshots
from data.manifest import Facts

LISTS = ("models", "progress", "model_places")


@pytest.fixture
def sums_only(tmp_path, monkeypatch):
    place = snapshots.configured_place()
    whole = snapshots.load(place, snapshots.current_id(place))
    tables = {name: snapshots.read_table(whole, name) for name in whole.manifest.files}
    bare = {name: it.slice(0, 0) if name in LISTS else it for name, it in tables.items()}
    facts = {name: getattr(whole.manifest, name) for name in Facts.__dataclass_fields__}
    snapshot_writing.publish(str(tmp_path), bare, Facts(**facts))
    monkeypatch.setenv("SINHKE_EXTRACTS", str(tmp_path))


@pytest.mark.parametrize("page", ["overview", "progress", "budget", "reports", "guide"])
def test_every_page_is_drawn_without_the_list_of_models(sums_only, tab, page):
    assert not tab().on(f"{page}.py").failures


def test_the_page_of_models_says_that_there_is_no_list(sums_only, tab):
    assert "không kèm danh sách mô hình" in tab().on("progress.py").app.info[0].value
