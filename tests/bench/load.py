"""What the server bears, asked in Streamlit's websocket protocol as browsers' tabs would."""

import asyncio
import random
import subprocess
import sys
from collections.abc import AsyncIterator
from time import perf_counter
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from data import places
from tests.bench.servers import ROOT

SESSIONS, EVERY, ACTS = 100, 10.0, 6
COLLECT = """
import gc, time
from streamlit.testing.v1 import AppTest
import app
def timed():
    begun = time.perf_counter(); gc.collect(2); return (time.perf_counter() - begun) * 1000
page = AppTest.from_file("pages/frame.py", default_timeout=60).run()
loaded = min(timed() for _ in range(5)); gc.freeze(); page.run(); print(loaded, timed())
"""


class Run(NamedTuple):
    """One rerun: act → script finished in ms, bytes of its messages, whether it failed."""

    ms: float
    received: int
    failed: bool


async def reruns(
    port: int, number: int, pause: float = 0, seed: int = 0, page: str = ""
) -> AsyncIterator[Run]:
    """Reruns of one tab, each another province and quarter, `pause` seconds before each."""
    chance, cached = random.Random(seed), set[str]()
    slugs, quarters = list(places.provinces()["slug"]), ["2023Q4", "2024Q1", "2024Q2", "2024Q3"]
    address, names = f"127.0.0.1:{port}", ["streamlit"]
    url, origin = f"ws://{address}/_stcore/stream", f"http://{address}"
    async with connect(url, origin=origin, subprotocols=names, max_size=None) as socket:
        await _rerun(socket, page, "", cached)
        for _ in range(number):
            await asyncio.sleep(pause * chance.uniform(0.9, 1.1))
            query = f"tinh={chance.choice(slugs)}&ky={chance.choice(quarters)}"
            yield await asyncio.wait_for(_rerun(socket, page, query, cached), 30)


async def _rerun(socket: ClientConnection, page: str, query: str, cached: set[str]) -> Run:
    """Run the script as if the tab had gone to `page?query`; keep what a browser keeps."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    message.rerun_script.cached_message_hashes.extend(cached)
    begun, received, failed = perf_counter(), 0, False
    await socket.send(message.SerializeToString())
    async for data in socket:
        answer = ForwardMsg.FromString(data)
        received += len(data)
        failed |= answer.delta.new_element.HasField("exception")
        if answer.metadata.cacheable:
            cached.add(answer.hash)
        if answer.WhichOneof("type") == "script_finished":
            failed |= answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
            return Run((perf_counter() - begun) * 1000, received, failed)
    raise ConnectionError("the server closed the session")


async def crowd(port: int) -> list[Run]:
    """All acts of 100 tabs, each acting every 10 s for a minute; a lost tab is a failed act."""
    lives = await asyncio.gather(*(_visit(port, number) for number in range(SESSIONS)))
    return [run for life in lives for run in life]


async def _visit(port: int, number: int) -> list[Run]:
    runs: list[Run] = []
    await asyncio.sleep(number * EVERY / SESSIONS)
    try:
        async for run in reruns(port, ACTS, EVERY, seed=number):
            runs.append(run)
    except (OSError, TimeoutError):
        runs.append(Run(30_000, 0, True))
    return runs


def collection() -> tuple[float, float]:
    """ms of a full collection after a run of the page: as it is, and with all before frozen."""
    command = [sys.executable, "-W", "ignore", "-c", COLLECT]
    loaded, frozen = subprocess.check_output(command, cwd=ROOT, stderr=subprocess.DEVNULL).split()
    return float(loaded), float(frozen)
