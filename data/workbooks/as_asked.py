"""Columns as the template asks for them, taken as a whole: a value, or None to look at with care.

Most columns of most workbooks are; what is not goes through `columns` cell by cell.
"""

import datetime
import math
from collections.abc import Sequence
from typing import Any
from unicodedata import is_normalized

import numpy as np

from data.workbooks import cells, old_fonts
from data.workbooks.apart import Cell

_NUMBERS = (float, int)
_MOST = 1e14  # đồng; up to here a float's product with the unit is exact after rounding
_EXACTLY = math.ulp(0.0)  # what is off by less is not off
_MANY = 32  # cells of a column from which numpy is quicker than a step for each


def counts(values: Sequence[Any]) -> list[int | None]:
    """Whole numbers of things."""
    return _all_whole(values, 1, _EXACTLY) or [
        whole
        if type(cell) in _NUMBERS and abs(cell) < _MOST and (whole := int(cell)) == cell
        else None
        for cell in values
    ]


def moneys(values: Sequence[Any], unit: int) -> list[int | None]:
    """Whole đồng of amounts in `unit` đồng."""
    return _all_whole(values, unit, 0.01) or [
        whole
        if type(cell) in _NUMBERS
        and abs(dong := cell * unit) < _MOST
        and abs(dong - (whole := round(dong))) < 0.01
        else None
        for cell in values
    ]


def _all_whole(values: Sequence[Any], unit: int, off: float) -> list[int | None]:
    """A long column of floats times `unit`, if all are less than `off` from a whole number."""
    if len(values) < _MANY or set(map(type, values)) != {float}:
        return []
    given = np.array(values)
    if not np.abs(given).max() < _MOST:  # nor is it of what is no number
        return []
    amounts = given * unit
    wholes = np.rint(amounts)
    if np.abs(amounts).max() < _MOST and np.abs(amounts - wholes).max() < off:
        return list(wholes.astype(np.int64).tolist())
    return []


def dates(values: Sequence[Cell]) -> list[datetime.date | None]:
    """Days of cells that are formatted as dates."""
    return [cell if type(cell) is datetime.date else None for cell in values]


def are_tidy(distinct: set[Cell], exact: bool) -> bool:
    """Whether all cells are texts in NFC on one line, without a space or sign too many.

    `exact` is for codes and numbers of documents, as in `cells.text`.
    """
    if set(map(type, distinct)) - {str}:
        return False
    joined = " | ".join(distinct - {""})  # type: ignore[arg-type]
    return (
        joined.isprintable()  # of all spaces only the plain one is
        and "  " not in joined
        and joined == joined.strip()
        and "_x000D_" not in joined
        and "Ð" not in joined
        and "ð" not in joined
        and is_normalized("NFC", joined)
        and not old_fonts.may_be_in(joined)
        and not (exact and cells.BROKEN_CODE.search(joined))
    )
