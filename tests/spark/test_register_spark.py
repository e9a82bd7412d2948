"""A register in Spark, a real session in local mode: the same cubes. `make test-spark` runs it."""

import pytest
from pyspark.sql import SparkSession

from data import register
from data.publishing import Refused
from data.snapshots import Snapshot
from tests import registers

URL = "pyspark://"

# PySpark 4.0 speaks to pandas 3 in the words of pandas 2, and leaves its sockets to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def session():
    """A session whose views are the committed snapshot's Parquet files."""
    builder = SparkSession.builder.master("local[2]").appName("sinhke63")
    quiet = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    for setting, value in quiet.items():
        builder = builder.config(setting, value)
    started = builder.getOrCreate()
    committed: Snapshot = registers.committed()
    for name in registers.tables():
        file = f"{committed.place}/{committed.id}/{name}.parquet"
        started.read.parquet(file).createOrReplaceTempView(name)
    yield started
    started.stop()


def test_a_register_gives_the_same_snapshot_to_the_last_dong(session, tmp_path):
    registers.assert_same_snapshot(tmp_path, URL)


def test_what_is_wrong_is_counted_there_and_told(session):
    spoiled = session.sql("select *, poor - 1000 as less from progress").drop("poor")
    spoiled.withColumnRenamed("less", "poor").createOrReplaceTempView("progress")
    with register.connected(URL) as database, pytest.raises(Refused) as refused:
        register.fetch(database)
    (problem,) = refused.value.problems
    assert "Bảng Tiến độ (progress), cột poor (Hộ nghèo): 8." in problem
    assert "dòng là số âm (ví dụ -" in problem
