"""The benchmark's larger snapshot: every model so many times, all else as it is."""

import pytest

from data import schema, snapshots
from tests.bench import many

HELD, _ = snapshots.in_force(snapshots.configured_place())


def read(snapshot, name):
    return snapshots.read_table(snapshot, name).to_pandas()


@pytest.fixture(scope="module")
def tripled(tmp_path_factory):
    place = str(tmp_path_factory.mktemp("extracts"))
    return snapshots.load(place, many.publish(place, 3))


def test_every_model_and_report_is_there_so_many_times_and_nothing_else(tripled):
    for name in schema.TABLES:
        times = 3 if name in many.COPIED else 1
        assert len(read(tripled, name)) == times * len(read(HELD, name)), name
    ids = set(read(tripled, "models")["model_id"])
    assert ids > set(read(HELD, "models")["model_id"])
    assert len(ids) == len(read(tripled, "models"))
    assert set(read(tripled, "progress")["model_id"]) <= ids


def test_sums_of_models_grow_and_those_of_money_do_not(tripled):
    now, then = (read(it, "province_quarter") for it in (tripled, HELD))
    for column in ("models", "households", "earned_value", "spent"):
        assert now[column].equals(3 * then[column])
    for column in ("assigned", "disbursed_ytd", "reports"):
        assert now[column].equals(then[column])
    assert now["models"].sum() > 0
