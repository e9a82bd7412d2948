"""From a folder of workbooks to a snapshot in force: read, checked, merged, published, told.

All or nothing: a refused workbook stops the whole run, unless the caller wants the others
published without it. The turn to publish is held from before the base is read to the end, so
that nobody else's report is lost.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pandas as pd
import pandera.errors

from data import formats, halves, merging, places, publishing, replies, schema, snapshots, told
from data.manifest import digest
from data.merging import Report
from data.publishing import Refused
from data.snapshots import Snapshot, SnapshotError, Turn
from data.summary import Summary, totals
from data.workbooks import checking, opening, reading, scope
from data.workbooks.findings import Finding
from data.workbooks.reading import Reading

Tell = Callable[[int, int, str], None]
"""Told as workbooks are read: how many are done, of how many, which one comes."""

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
VIETNAM = timezone(timedelta(hours=7))
_REPORTS = "Báo cáo "


@dataclass(frozen=True)
class Sent:
    """A workbook that was found: when it came, what was read."""

    path: Path
    received: date
    reading: Reading


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
    paths = workbooks(folder)
    if not paths:
        raise Refused([f"Không có tệp báo cáo nào ({', '.join(SUFFIXES)}) trong {folder}."])
    with snapshots.turn(place) as held, _no_collection():
        before = _in_force(held)
        sent = read(folder, paths, received, tell)
        illustrative = _illustrative(sent, before)
        base = _base(before, illustrative)
        readings = [it.reading for it in sent]
        found = _findings(readings, base)
        files = replies.write(folder, readings, found, made_at.astimezone(VIETNAM).date())
        refused = _refused(readings, found)
        clean = [it for it in sent if it.reading.workbook not in refused]
        id = None
        if clean and (without_refused or not refused):
            reports = told.reports([(it.reading, it.received) for it in clean], found)
            id = _publish(held, before, base, reports, illustrative, made_at)
        after = snapshots.load(place, id) if id else None
    return Summary(
        id=id,
        unchanged=id is not None and id == held.base,
        workbooks=tuple(it.reading.workbook for it in sent),
        refused=refused,
        findings=tuple(it for each in found.values() for it in each),
        findings_files=tuple(files),
        passed_over=tuple(other_files(folder, paths)),
        reports=tuple((it.reading.province or "", it.reading.quarter or "") for it in clean),
        **totals(after),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Rest for Python's search for cycles: it would go through millions of cells again and again,
    none of which is in one."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def workbooks(folder: Path) -> list[Path]:
    """The workbooks of a folder and its subfolders, but Excel's own and hidden ones, sorted."""
    return [path for path in _files(folder) if path.suffix.lower() in SUFFIXES]


def other_files(folder: Path, paths: Sequence[Path]) -> list[str]:
    """Names of the files that are no workbooks: scans, letters, archives."""
    taken = set(paths)
    return [_name(folder, path) for path in _files(folder) if path not in taken]


def read(folder: Path, paths: Sequence[Path], received: date | None, tell: Tell) -> list[Sent]:
    """Each workbook, read; of files with the same content the first."""
    first: dict[str, Path] = {}
    came: dict[str, tuple[date, Path]] = {}
    for path in paths:
        key = digest(opening.content_of(path))
        first.setdefault(key, path)
        day = received or datetime.fromtimestamp(path.stat().st_mtime, VIETNAM).date()
        came[key] = min(came.get(key, (day, path)), (day, path), key=lambda it: it[0])
    ones = list(first.values())
    readings = halves.both(
        lambda path: reading.read(_name(folder, path), opening.content_of(path)),
        ones,
        lambda at: tell(at, len(ones), _name(folder, ones[at])),
    )
    tell(len(ones), len(ones), "")
    return [Sent(came[key][1], came[key][0], it) for key, it in zip(first, readings, strict=True)]


def _files(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) for part in inside)
        if not hidden and inside[0] != replies.FOLDER and path.is_file():
            found.append(path)
    return found


def _name(folder: Path, path: Path) -> str:
    return opening.name_of(path.relative_to(folder))


def _in_force(held: Turn) -> Snapshot | None:
    """The snapshot to start from; refused rather than started anew where it is damaged."""
    if held.base is None:
        return None
    if problems := snapshots.verify(held.place, held.base):
        raise SnapshotError("; ".join(problems), f"{held.place}/{held.base}")
    return snapshots.load(held.place, held.base)


def _illustrative(sent: Sequence[Sent], before: Snapshot | None) -> bool:
    """Whether the workbooks are made up: all of them or none, and never on real figures.

    A text file cannot tell: it goes with the others.
    """
    marked = [it.reading.workbook for it in sent if it.reading.illustrative]
    if not marked:
        return False
    if before and not before.manifest.illustrative:
        raise Refused(
            [
                "Đang dùng bản số liệu chính thức: không nhận tệp mang dấu “Số liệu minh họa”:",
                *(f"  {name}" for name in marked),
            ]
        )
    if real := [it for it in sent if it.reading.illustrative is False]:
        raise Refused(
            [
                "Trong thư mục vừa có báo cáo thật, vừa có tệp mang dấu “Số liệu minh họa”. "
                "Hãy để hai loại riêng. Tệp minh họa:",
                *(f"  {name}" for name in marked),
                f"Báo cáo thật: {len(real)} tệp.",
            ]
        )
    return True


def _base(before: Snapshot | None, illustrative: bool) -> dict[str, pd.DataFrame]:
    """The tables to start from: none where real reports come upon made-up ones."""
    if before is None or before.manifest.illustrative != illustrative:
        return {name: scope.empty(name) for name in schema.TABLES}
    return {
        name: schema.from_arrow(name, snapshots.read_table(before, name)) for name in schema.TABLES
    }


def _findings(
    readings: Sequence[Reading], base: Mapping[str, pd.DataFrame]
) -> dict[str, list[Finding]]:
    """What reading and the checks found, by workbook."""
    return {it.reading.workbook: list(it.findings) for it in checking.check(readings, base)}


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


def _publish(
    held: Turn,
    before: Snapshot | None,
    base: Mapping[str, pd.DataFrame],
    reports: Sequence[Report],
    illustrative: bool,
    made_at: datetime,
) -> str:
    merged = merging.merge(base, reports)
    same_kind = before is not None and before.manifest.illustrative == illustrative
    known = before.manifest.sources if before and same_kind else ()
    quarters = {report.quarter for report in reports}
    try:
        return publishing.publish_tables(
            held.place,
            merged,
            illustrative=illustrative,
            sources=sources(merged["submissions"], known, quarters),
            made_by="python -m data publish",
            made_at=made_at,
            held=held,
        )
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
