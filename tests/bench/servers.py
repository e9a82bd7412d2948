"""The servers under test, each a process of its own on 127.0.0.1."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from tests.bench import many

ROOT = Path(__file__).parents[2]
OURS, EMPTY, MANY = 8641, 8642, 8643
TIMES = 100
STREAMLIT = [sys.executable, "-m", "streamlit"]


@contextmanager
def running() -> Iterator[dict[int, int]]:
    """The dashboard, the same with `TIMES` the models, the empty app on defaults: port → process.

    The models' copies are published into a folder that is gone afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(Path(__file__).with_name("empty_app.py"), folder)
        # A folder and a home without a config.toml.
        bare = {name: it for name, it in os.environ.items() if not name.startswith("STREAMLIT_")}
        bare["HOME"] = folder
        show = [*STREAMLIT, "config", "show"]
        if b"value below was set in" in subprocess.check_output(show, cwd=folder, env=bare):
            raise RuntimeError("the empty app would not run on default settings")
        many.publish(f"{folder}/extracts", TIMES)
        copied = os.environ | {"SINHKE_EXTRACTS": f"{folder}/extracts"}
        with (
            _served(Path(folder), "empty_app.py", EMPTY, bare) as empty,
            _served(ROOT, "app.py", OURS, os.environ) as ours,
            _served(ROOT, "app.py", MANY, copied) as large,
        ):
            yield {EMPTY: empty, OURS: ours, MANY: large}


@contextmanager
def _served(folder: Path, script: str, port: int, environment: Mapping[str, str]) -> Iterator[int]:
    flags = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command, quiet = [*STREAMLIT, "run", script, *flags], subprocess.DEVNULL
    if _healthy(port):
        raise RuntimeError(f"port {port} is taken")
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    try:
        while not _healthy(port):
            if process.poll() is not None:
                raise RuntimeError(f"the server on port {port} ended")
            sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def _healthy(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
    except OSError:
        return False
    return True


def resident_mb(process_id: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
