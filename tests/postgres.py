"""A PostgreSQL server of one's own, for as long as it is needed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database; no port of the machine is opened, the socket is a file."""
    assert PROGRAMS, "this needs PostgreSQL: apt-get install postgresql"
    # Not pytest's own folder, which is closed to others: PostgreSQL does not run as root.
    with tempfile.TemporaryDirectory(prefix="sinhke-") as folder:
        account = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        if account:
            shutil.chown(folder, **account)
        data = f"{folder}/data"
        _run(account, "initdb", "-D", data, "-A", "trust", "-U", "hoi", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = ("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log")
        _run(account, *control, "-o", options, "start")
        try:
            yield f"postgres://hoi@/postgres?host={folder}"
        finally:
            _run(account, *control, "-m", "immediate", "stop")


def _run(account: dict[str, str], program: str, *arguments: str) -> None:
    command = [str(PROGRAMS[-1] / program), *arguments]
    done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, **account)
    assert done.returncode == 0, command
