"""Columns of districts and communes: official names and codes in place of what was written."""

from collections.abc import Sequence

from data import places
from data.workbooks import cells, units
from data.workbooks.columns import Note, Problem, Read
from data.workbooks.units import Names

Texts = Sequence[str | None]


def districts(written: Texts, province: str) -> tuple[Read, list[str | None]]:
    """Official names and codes of districts of a province."""
    named = units.districts_of(province)
    return _placed(written, [named] * len(written), "huyện", "tỉnh")


def of_merged(written: Texts, province: str) -> dict[str, list[int]]:
    """Districts that are of other provinces of the unit that a province is in since 01/07/2025:
    the positions of each such province (GSO code); of a name that several bear, the first's."""
    unit = places.unit34(places.codes34(province))
    others = [code for code in (unit.members if unit else ()) if code != province]
    found: dict[str, list[int]] = {}
    for at, name in enumerate(written):
        whose = (code for code in others if name and units.districts_of(code).matches(name))
        if code := next(whose, None):
            found.setdefault(code, []).append(at)
    return found


def communes(written: Texts, province: str, district: Texts) -> tuple[Read, list[str | None]]:
    """Official names and codes of communes, each in the district of its row (a code, or None)."""
    named = [units.communes_of(province, code) if code else None for code in district]
    return _placed(written, named, "xã", "huyện")


def _placed(
    written: Texts, named: Sequence[Names | None], what: str, where: str
) -> tuple[Read, list[str | None]]:
    result = Read(list(written))
    codes: list[str | None] = [None] * len(written)
    seen: dict[tuple[str, Names], list[str]] = {}
    for at, (name, known) in enumerate(zip(written, named, strict=True)):
        if not name or not known:
            continue
        if name in known.codes:
            codes[at] = known.codes[name]
            continue
        found = seen.get((name, known))
        if found is None:
            found = seen[name, known] = known.matches(name)
        if len(found) != 1:
            result.problems.append(_unknown_place(at, name, found, known, what, where))
            continue
        codes[at] = found[0]
        official = known.names[found[0]]
        if official != name:
            result.values[at] = official
            result.notes.append(Note(at, official))
    return result, codes


def _unknown_place(
    at: int, name: str, found: list[str], known: Names, what: str, where: str
) -> Problem:
    written = cells.shown(name)
    if found:
        return Problem(at, "ambiguous_name", f"“{written}” là {known.listed(found)}?")
    near = known.near(name)
    hint = f"; có phải {' hay '.join(near)}?" if near else ""
    return Problem(at, "unknown_name", f"Không có {what} “{written}” trong {where}{hint}")
