"""Workbooks changed at random, each from a seed: the same seed gives the same file.

`KINDS` lists what can happen to a file on its way; `mutated` makes one of them happen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

import mutated_cells as cells
import mutated_files as files
import mutated_rows as rows


@dataclass(frozen=True)
class Mutated:
    """What a seed gives: the kind of change, the file's name and content."""

    seed: int
    kind: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Kind:
    """A kind of change: how many of a thousand files it happens to, the change, the file's name."""

    share: int
    change: Callable[[Random, bytes], bytes]
    names: Sequence[str] = ("bao-cao.xlsx",)


def mutated(seed: int, clean: bytes) -> Mutated:
    """The file of a seed, made from a filled template; seeds 0 to 999 hold each kind's share."""
    random = Random(seed)
    place = seed % _ENDS[-1]
    kind = next(name for name, end in zip(KINDS, _ENDS, strict=True) if place < end)
    content = KINDS[kind].change(random, clean)
    return Mutated(seed, kind, random.choice(KINDS[kind].names), content)


_ANY_NAME = ("a.xls", "a.csv", "a.ods", "a.pdf", "a", "=1+1.xlsx", "../../a.xlsx", "ộ" * 80)
_HARMFUL = ("a.xlsx", "a.xlsm", "a.ods", "a.csv")

KINDS: dict[str, Kind] = {
    "numbers": Kind(60, cells.replaced(cells.NUMBERS)),
    "numbers as text": Kind(60, cells.replaced(cells.NUMBER_TEXTS)),
    "dates": Kind(50, cells.replaced(cells.DATES)),
    "texts": Kind(60, cells.replaced(cells.TEXTS)),
    "texts like formulas": Kind(60, cells.replaced(cells.FORMULA_TEXTS)),
    "formulas": Kind(50, cells.replaced(cells.FORMULAS)),
    "other types": Kind(40, cells.replaced(cells.TYPES)),
    "cells against the format": Kind(15, cells.replaced(cells.MALFORMED)),
    "headings renamed": Kind(25, rows.headings(rows.renamed)),
    "headings dropped": Kind(20, rows.headings(rows.dropped)),
    "headings doubled": Kind(20, rows.headings(rows.doubled)),
    "headings swapped": Kind(20, rows.headings(rows.swapped)),
    "columns moved": Kind(20, rows.columns_moved),
    "rows shuffled": Kind(20, rows.rows_of(rows.shuffled)),
    "rows repeated": Kind(20, rows.rows_of(rows.repeated)),
    "cells merged": Kind(25, rows.merged),
    "sheets renamed": Kind(20, rows.sheets_of(rows.sheet_renamed)),
    "sheets dropped": Kind(20, rows.sheets_of(rows.sheets_dropped)),
    "sheets doubled": Kind(20, rows.sheets_of(rows.sheet_doubled)),
    "sheets hidden": Kind(15, rows.sheets_of(rows.sheets_hidden)),
    "hundreds of sheets": Kind(10, rows.sheets_of(rows.many_sheets)),
    "a million rows declared": Kind(10, files.blank_declared),
    "a million blank rows": Kind(5, files.blank_rows),
    "a cell far out": Kind(20, files.far_cell),
    "file cut short": Kind(40, files.cut),
    "bytes flipped": Kind(40, files.flipped),
    "directory damaged": Kind(30, files.directory_damaged),
    "XML damaged": Kind(40, files.xml_damaged),
    "wrong suffix": Kind(10, files.unchanged, _ANY_NAME),
    "old Excel damaged": Kind(15, files.old_excel, ("a.xls", "a.xlsx")),
    "OpenDocument altered": Kind(15, files.open_document, ("a.ods", "a.xlsx")),
    "text files": Kind(40, files.text_file, ("a.csv", "a.CSV", "a.txt", "a.xlsx")),
    "locked": Kind(10, files.locked, ("a.xlsx", "a.xls")),
    "empty": Kind(10, files.empty, ("a.xlsx", "a.csv")),
    "sheet of gigabytes": Kind(10, files.bomb_sheet, _HARMFUL),
    "texts of gigabytes": Kind(5, files.bomb_texts, _HARMFUL),
    "a billion laughs": Kind(10, files.entities, _HARMFUL),
    "endless markup": Kind(15, files.endless_markup, _HARMFUL),
    "paths that lead out": Kind(10, files.paths, _HARMFUL),
    "parts twice": Kind(15, files.twice, _HARMFUL),
}
_ENDS = list(accumulate(kind.share for kind in KINDS.values()))
