"""What was found in each province's workbooks, as Excel files to send back to them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from data import halves, storage
from data.publishing import Refused
from data.text import fold
from data.workbooks import findings_file
from data.workbooks.as_read import Reading
from data.workbooks.findings import Finding

FOLDER = "phat-hien"
"""Folder beside the workbooks that the files are written to; never read from."""

_LONGEST = 50
"""Letters of a file's name that are taken over: a name holds 255 bytes, a letter takes up to 4."""


def write(
    folder: Path, readings: Sequence[Reading], found: Mapping[str, Sequence[Finding]], on: date
) -> list[Path]:
    """A file for each province and quarter with something to say; the files written.

    `found` are the findings by workbook. Of a province whose workbooks are now in order,
    the file of an earlier run is removed. Refused where one cannot be written: a province that is
    not told mends nothing.
    """
    try:
        files = halves.both(partial(_file, folder, found, on), _by_province(readings))
    except OSError as error:
        where = folder / FOLDER
        said = f"Không ghi được các tệp phát hiện vào {where}: {storage.why(error)}."
        ask = "Hãy dọn chỗ, mở quyền ghi, hoặc chép các báo cáo sang thư mục khác rồi chạy lại."
        raise Refused([said, ask]) from error
    return [path for path in files if path]


def _file(
    folder: Path,
    found: Mapping[str, Sequence[Finding]],
    on: date,
    reply: tuple[str, Sequence[Reading]],
) -> Path | None:
    """Write one file, or see that there is none where there is nothing to say."""
    name, ours = reply
    path = folder / FOLDER / name
    findings = [finding for it in ours for finding in found.get(it.workbook, ())]
    normalised = [note for it in ours for note in it.normalised]
    if not findings and not normalised:
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(exist_ok=True)
    content = findings_file.write(
        findings,
        normalised,
        province=ours[0].province or "",
        quarter=ours[0].quarter or "",
        on=on,
        illustrative=bool(ours[0].illustrative),
    )
    _write(path, content)
    return path


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave none that a province could not open."""
    try:
        path.write_bytes(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _by_province(readings: Sequence[Reading]) -> list[tuple[str, list[Reading]]]:
    """Each file's name and its workbooks; one whose province is not known has its own file."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        name = findings_file.file_name(reading.province or "", reading.quarter or "")
        if not reading.province:
            stem = fold(Path(reading.workbook).stem).replace(" ", "-")[:_LONGEST]
            name = name.replace(".xlsx", f"-{stem}.xlsx")
        found.setdefault(name, []).append(reading)
    return list(found.items())
