"""What the tests of mutated files look at: memory, seeds asked for, cells that are computed."""

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl

THOUSAND = "0-999"
ASKED = os.environ.get("SEEDS", THOUSAND)
FIRST, LAST = int(ASKED.partition("-")[0]), int(ASKED.rpartition("-")[2])

MOST_MEMORY = 300_000_000
"""Bytes by which reading a file may raise the peak of the process that the pages live in."""


def memory() -> int:
    """Bytes of memory in use; from here on `peak` counts anew, whatever was in use before."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def peak() -> int:
    """The most bytes of memory in use at once since `memory` was asked."""
    return _status("VmHWM")


def _status(what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text())
    assert found
    return 1024 * int(found[1])


def computed(content: bytes) -> Iterator[str]:
    """The cells of a workbook that a spreadsheet would compute or follow as a link."""
    for page in openpyxl.load_workbook(io.BytesIO(content)):
        for row in page.iter_rows():
            yield from (str(cell.value) for cell in row if cell.data_type == "f" or cell.hyperlink)


def texts(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
