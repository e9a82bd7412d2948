"""CSV files: one sheet of text, in the encodings and with the separators that people have."""

import csv
import io
import unicodedata
from collections import Counter
from itertools import islice

from data.workbooks.apart import MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Cell, RawSheet

SHEET = "CSV"
"""The name of the one sheet."""

_SEPARATORS = ",;\t|"


def sheet_of(content: bytes) -> RawSheet:
    """The filled rows, all cells text. Raises ValueError when it is no text."""
    text = _decoded(content)
    if "\0" in text:
        raise ValueError("not text")
    csv.field_size_limit(10 * MOST_TEXT)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                if len(rows) == MOST_ROWS:
                    return RawSheet(SHEET, False, rows, [], True)
                rows.append((number, list(cells[:MOST_COLUMNS])))
    except csv.Error as error:
        raise ValueError("not separated values") from error
    return RawSheet(SHEET, False, rows, [], False)


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8 if it is that, else Windows' Vietnamese."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if content[1:40:2].count(0) > 10:
        return content.decode("utf-16-le")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", content.decode("cp1258"))


def _separator(text: str) -> str:
    """The separator that gives the first lines the most fields in common.

    A long question may hold more commas than the file has columns, but no other line as many.
    """
    lines = [line for line in islice(io.StringIO(text), 50) if line.strip()]
    return max(_SEPARATORS, key=lambda mark: _in_common(lines, mark))


def _in_common(lines: list[str], mark: str) -> int:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
    return max(((width - 1) * times for width, times in widths.items()), default=0)
