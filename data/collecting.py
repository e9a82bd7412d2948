"""From a folder of workbooks to a snapshot in force: read, checked, merged, published, told.

All or nothing: a refused workbook stops the whole run, unless the caller wants the others
published without it. The turn to publish is held from before the base is read to the end, so
that nobody else's report is lost.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pandas as pd
import pandera.errors

from data import (
    beginning,
    conversion,
    formats,
    halves,
    incoming,
    merging,
    places,
    publishing,
    replies,
    snapshot_writing,
    snapshots,
    told,
)
from data.incoming import VIETNAM, Sent, Tell
from data.manifest import Facts, digest
from data.merging import Frames
from data.publishing import Refused
from data.snapshot_writing import Packed, Turn
from data.snapshots import Snapshot
from data.summary import Summary, totals
from data.told import Report
from data.workbooks import checking, frames
from data.workbooks.as_read import Reading
from data.workbooks.findings import Finding

Files = dict[str, Packed]
_REPORTS = "Báo cáo "


@contextmanager
def _no_collection() -> Iterator[None]:
    """Rest for Python's search for cycles: it would go through millions of cells again and again,
    none of which is in one. At the end of a function that it decorates they are gone."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_no_collection()
def publish(
    place: str,
    folder: Path,
    *,
    made_at: datetime,
    received: date | None = None,
    without_refused: bool = False,
    tell: Tell = lambda done, total, name: None,
) -> Summary:
    """Publish the workbooks of a folder and its subfolders, write what was found beside them.

    `received` is the day they came, by default each file's date. Where a workbook is refused,
    nothing is published and the summary's `id` is None; Refused when the run as a whole makes no
    sense, SnapshotError and OSError as `publishing.publish_tables`. Nothing changes then.
    """
    paths, others = incoming.workbooks(folder), incoming.other_files(folder)
    if not paths:
        raise Refused(
            [f"Không có tệp báo cáo nào ({', '.join(incoming.SUFFIXES)}) trong {folder}."]
        )
    with snapshot_writing.turn(place) as held:
        before = beginning.in_force(held)
        sent = incoming.read(folder, paths, received, tell)
        readings = [it.reading for it in sent]
        illustrative = beginning.illustrative(readings, before)
        base = beginning.tables(before, illustrative)
        joined = frames.joined([it.tables for it in readings])
        with _ready_meanwhile(base, sent, joined) as ready:
            found = _findings(readings, base, joined)
            files = replies.write(folder, readings, found, made_at.astimezone(VIETNAM).date())
            refused = _refused(readings, found)
            clean = [it for it in sent if it.reading.workbook not in refused]
            id = None
            if clean and (without_refused or not refused):
                made = partial(_ready, base, clean) if refused else ready
                reports = told.reports([(it.reading, it.received) for it in clean], found)
                id = _publish(held, before, base, reports, made, illustrative, made_at)
        after = snapshots.load(place, id) if id else None
    return Summary(
        id=id,
        unchanged=id is not None and id == held.base,
        workbooks=tuple(it.reading.workbook for it in sent),
        refused=refused,
        findings=tuple(it for each in found.values() for it in each),
        findings_files=tuple(files),
        passed_over=tuple(others),
        reports=tuple((it.reading.province or "", it.reading.quarter or "") for it in clean),
        **totals(after),
    )


def _findings(
    readings: Sequence[Reading], base: Frames, joined: Frames
) -> dict[str, list[Finding]]:
    """What reading and the checks found, by workbook."""
    checked = checking.check(readings, base, joined)
    return {it.reading.workbook: list(it.findings) for it in checked}


def _refused(
    readings: Sequence[Reading], found: Mapping[str, Sequence[Finding]]
) -> tuple[str, ...]:
    """Workbooks that have a refusing finding, or whose province or quarter is not known."""
    return tuple(
        it.workbook
        for it in readings
        if not (it.province and it.quarter)
        or any(finding.severity == "refuse" for finding in found[it.workbook])
    )


@contextmanager
def _ready_meanwhile(
    base: Frames, sent: Sequence[Sent], joined: Frames
) -> Iterator[Callable[[], Files]]:
    """The snapshot's files if no workbook is refused; of many workbooks, made while this process
    looks for that, since the files do not need the findings."""
    make = partial(_ready, base, sent, joined)
    if halves.worth(len(sent)):
        with halves.aside(make) as made:
            yield made
    else:
        yield make


def _ready(base: Frames, sent: Sequence[Sent], joined: Frames | None = None) -> Files:
    """The files of the snapshot in which these workbooks are merged, but what is told of them."""
    reports = told.reports([(it.reading, it.received) for it in sent], {})
    files = publishing.ready(merging.merge(base, reports, joined))
    return {name: snapshot_writing.packed(table) for name, table in files.items()}


def _publish(
    held: Turn,
    before: Snapshot | None,
    base: Frames,
    reports: Sequence[Report],
    ready: Callable[[], Files],
    illustrative: bool,
    made_at: datetime,
) -> str:
    same_kind = before is not None and before.manifest.illustrative == illustrative
    known = before.manifest.sources if before and same_kind else ()
    quarters = {report.quarter for report in reports}
    about = merging.told(base, reports)
    try:
        files = ready() | {
            name: snapshot_writing.packed(conversion.to_arrow(name, frame))
            for name, frame in about.items()
        }
        facts = Facts(
            period=publishing.newest_quarter(about["submissions"]),
            sources=tuple(sources(about["submissions"], known, quarters)),
            made_at=made_at,
            made_by="python -m data publish",
            illustrative=illustrative,
        )
        return snapshot_writing.publish(held.place, files, facts, held)
    except (pandera.errors.SchemaErrors, ValueError) as error:
        # The checks of the workbooks ask for all of this; this net is for what they missed.
        raise Refused(
            ["Các bảng ghép lại không đúng lược đồ, nên không xuất bản:", str(error)[:2000]]
        ) from error


def sources(
    submissions: pd.DataFrame, known: Sequence[str], quarters: Collection[str]
) -> list[str]:
    """What is known of where the figures come from, with a line for each quarter of workbooks.

    A line says how many provinces reported and gives one mark of all their files.
    """
    lines = [line for line in known if not line.startswith(_REPORTS)]
    received = submissions.dropna(subset=["received_date"]).sort_values("province")
    for quarter, rows in received.groupby("quarter"):
        title = f"{_REPORTS}{formats.quarter(str(quarter))} "
        if quarter in quarters or any(line.startswith(title) for line in known):
            mark = digest("".join(rows["province"] + rows["file_sha256"]).encode())[:12]
            lines.append(f"{title}của {len(rows)}/{len(places.provinces())} tỉnh (tệp: {mark})")
    return lines
