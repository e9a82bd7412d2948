"""A register in PostgreSQL: a real server, started here, gives the same cubes."""

import ibis
import pytest

from data import register
from data.publishing import Refused
from tests import postgres, registers


@pytest.fixture(scope="module")
def server():
    """The URL of a database that holds the committed snapshot's tables."""
    with postgres.server() as url:
        connection = ibis.connect(url)
        for name, rows in registers.tables().items():
            connection.create_table(name, rows)
        connection.disconnect()
        yield url


@pytest.fixture
def execute(server):
    """Run SQL on the server; undone by the test itself."""
    connection = ibis.connect(server)

    def run(sql: str) -> None:
        with connection.con.cursor() as cursor:
            cursor.execute(sql)
        connection.con.commit()

    yield run
    connection.disconnect()


def test_a_register_gives_the_same_snapshot_to_the_last_dong(server, tmp_path):
    registers.assert_same_snapshot(tmp_path, server)


def test_what_is_wrong_is_counted_there_and_told(server, execute):
    execute("update progress set planned = planned + 2 where quarter = '2024Q3'")
    try:
        with register.connected(server) as database, pytest.raises(Refused) as refused:
            register.fetch(database)
    finally:
        execute("update progress set planned = planned - 2 where quarter = '2024Q3'")
    (problem,) = refused.value.problems
    assert "cột planned (Kế hoạch lũy kế): 1." in problem
    assert "dòng ngoài khoảng cho phép" in problem


def test_the_types_of_an_office_database_are_taken(server, execute, tmp_path):
    execute("alter table progress alter poor type smallint, alter planned type numeric(18, 6)")
    execute("alter table models alter province type char(2), alter name type varchar(500)")
    execute("alter table submissions alter received_date type timestamp")
    registers.assert_same_snapshot(tmp_path, server)


def test_a_register_is_not_written_to(server, execute, tmp_path):
    execute("create role chi_doc login; grant select on all tables in schema public to chi_doc")
    registers.assert_same_snapshot(tmp_path, server.replace("hoi@", "chi_doc@"))


def test_a_server_that_is_not_there_is_said_in_words(tmp_path):
    url = f"postgres://hoi@/so_dang_ky?host={tmp_path}&port=1"
    said = r"Không mở được cơ sở dữ liệu so_dang_ky \(postgres\)"
    with pytest.raises(Refused, match=said), register.connected(url):
        pass
