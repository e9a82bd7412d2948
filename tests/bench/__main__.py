"""`python -m tests.bench`: the dashboard against an empty Streamlit app, in one run."""

import argparse
import asyncio
import os
from collections import Counter, defaultdict
from statistics import median, quantiles

from playwright.sync_api import Browser

from tests.bench import browser as chrome
from tests.bench import load, servers
from tests.bench.servers import EMPTY, OURS

# Ours, the empty app's action it is held against, and how many times as long it may take.
TARGETS = {
    "province filter": ("selectbox", 2.0),
    "map click": ("button", 2.0),
    "another measure": ("selectbox", 2.0),
    "another period": ("selectbox", 2.0),
    "first load": ("first load", 1.3),
}
Times = dict[tuple[int, str], list[float]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="repetitions of each action")
    parser.add_argument("--latency", action="store_true", help="only what the browser times")
    parser.add_argument("--why", action="store_true", help="only where an action's time goes")
    options = parser.parse_args()
    with servers.both() as process_id:
        with chrome.chromium() as browser:
            explain(browser) if options.why else report(latency(browser, options.rounds))
        if not options.latency and not options.why:
            asyncio.run(report_server(process_id))


def latency(browser: Browser, rounds: int) -> Times:
    """ms of every load and action, the two apps in turn; two rounds more to warm up."""
    times: Times = defaultdict(list)
    named = {port: chrome.actions(chrome.load(browser, port)[0], port) for port in (OURS, EMPTY)}
    for turn in range(-2, rounds):
        for port, acts in named.items():
            page, loaded = chrome.load(browser, port)
            page.context.close()
            spent = {"first load": loaded} | {name: act()["total"] for name, act in acts.items()}
            for name, ms in spent.items() if turn >= 0 else ():
                times[port, name].append(ms)
    return times


def report(times: Times) -> None:
    """The table of ratios."""
    print(f"ms, median (p95); load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, (floor, target) in TARGETS.items():
        mine, bare = times[OURS, name], times[EMPTY, floor]
        ratio = median(mine) / median(bare)
        against = f"empty app's {floor} {shown(bare)}"
        verdict = "" if ratio <= target else "  MISSED"
        print(f"{name:<16}{shown(mine):>12}   {against:<37}{ratio:.2f}, at most {target}{verdict}")


def shown(times: list[float]) -> str:
    """Median and 95th percentile: `70 (104)`."""
    return f"{median(times):.0f} ({quantiles(times, n=20, method='inclusive')[-1]:.0f})"


async def report_server(process_id: int) -> None:
    """Server time and bytes of one rerun, garbage collection, memory, and the crowd."""
    for name, port in (("empty", EMPTY), ("ours", OURS)):
        runs = [run async for run in load.reruns(port, 100)]
        print(f"{name}, one rerun on the server: {described(runs)}")
    early = servers.resident_mb(process_id)
    failed = [run async for run in load.reruns(OURS, 1900) if run.failed]
    late = servers.resident_mb(process_id)
    print(
        f"memory: {early:.0f} MB after 100 reruns, {late:.0f} MB after 2.000, {len(failed)} failed"
    )
    loaded, frozen = load.collection()
    print(f"full garbage collection: {loaded:.0f} ms; with gc.freeze() before {frozen:.1f} ms")
    print(
        f"{load.SESSIONS} tabs acting every {load.EVERY:.0f} s: {described(await load.crowd(OURS))}"
    )


def described(runs: list[load.Run]) -> str:
    """`99 runs, 53 (60) ms, 31.2 kB, 0 failed`."""
    times, size = shown([run.ms for run in runs]), median(run.received for run in runs) / 1000
    return f"{len(runs)} runs, {times} ms, {size:.1f} kB, {sum(run.failed for run in runs)} failed"


def explain(browser: Browser) -> None:
    """For one of each action: when it sent and received, and which element changed when."""
    for port, app in ((EMPTY, "empty"), (OURS, "ours")):
        page, _ = chrome.load(browser, port)
        for name, act in chrome.actions(page, port).items():
            act()
            page.evaluate("benchClock.changes = []")
            spent = act()
            page.evaluate("benchClock.changes = null")
            sent = next(at for at, way, _ in spent["frames"] if way == "out")
            first, *_, last = (at for at, way, _ in spent["frames"] if way == "in")
            print(f"\n{app}, {name}: sent {sent:.0f}, messages {first:.0f}–{last:.0f}, ", end="")
            print(f"last change {spent['total']:.0f} ms; changes first – last, element, kinds")
            _explain_changes(spent["changes"])


def _explain_changes(changes: list[chrome.Timed]) -> None:
    owners = defaultdict(list)
    for change in changes:
        owners[change["owner"]].append(change)
    for owner, its in sorted(owners.items(), key=lambda item: item[1][-1]["at"]):
        kinds = Counter(change["what"] for change in its).most_common(4)
        words = ", ".join(f"{what} ×{number}" for what, number in kinds)
        print(f"  {its[0]['at']:5.0f} – {its[-1]['at']:4.0f}  {owner[:36]:<36}  {words}")


if __name__ == "__main__":
    main()
