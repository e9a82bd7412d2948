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
OURS, EMPTY, MANY, SPED = 8641, 8642, 8643, 8644
TIMES = 100
STREAMLIT = [sys.executable, "-m", "streamlit"]
PLAIN = f"""
import sys
sys.modules |= dict.fromkeys({["uvloop", "httptools", "orjson"]})
from streamlit.web.cli import main
main()
"""
"""Streamlit as it is installed by default, without the extra `performance` that ours has."""
BARE = [sys.executable, "-c", PLAIN]


@contextmanager
def running() -> Iterator[dict[int, int]]:
    """The dashboard, the same with `TIMES` the models, the empty app: port → process.

    The empty app as it is by default (`EMPTY`), and with the extra that ours has (`SPED`). The
    models' copies are published into a folder that is gone afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(Path(__file__).with_name("empty_app.py"), folder)
        # A folder and a home without a config.toml.
        bare = {name: it for name, it in os.environ.items() if not name.startswith("STREAMLIT_")}
        bare["HOME"] = folder
        show = [*BARE, "config", "show"]
        if b"value below was set in" in subprocess.check_output(show, cwd=folder, env=bare):
            raise RuntimeError("the empty app would not run on default settings")
        many.publish(f"{folder}/extracts", TIMES)
        copied = os.environ | {"SINHKE_EXTRACTS": f"{folder}/extracts"}
        with (
            _served(BARE, Path(folder), "empty_app.py", EMPTY, bare) as empty,
            _served(STREAMLIT, Path(folder), "empty_app.py", SPED, bare) as sped,
            _served(STREAMLIT, ROOT, "app.py", OURS, os.environ) as ours,
            _served(STREAMLIT, ROOT, "app.py", MANY, copied) as large,
        ):
            yield {EMPTY: empty, SPED: sped, OURS: ours, MANY: large}


@contextmanager
def _served(
    streamlit: list[str], folder: Path, script: str, port: int, environment: Mapping[str, str]
) -> Iterator[int]:
    flags = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    command, quiet = [*streamlit, "run", script, *flags], subprocess.DEVNULL
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
