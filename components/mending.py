"""What is to be mended in a report, rule by rule: what must hold, what to do, where it does not.

One list for the reports that came and for the files that are checked before they are sent.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from data import formats
from data.workbooks.findings import SEVERITIES, Severity
from data.workbooks.rules import RULES, label

SHOWN = 4
"""Places of a rule that are seen at once; the others are a click away."""

STYLE = """<style>
h2.mend { font-size: 1.05rem; font-weight: 600; margin: 0.2rem 0 0.4rem; padding: 0; }
ul.mend { margin: 0 0 0.6rem; padding: 0; list-style: none; font-size: 0.9rem; line-height: 1.45; }
.mend > li { margin: 0 0 0.7rem; padding-left: 0.7rem; border-left: 3px solid #d8a55d; }
ul.refuse > li { border-color: #a3201c; }
.mend p { margin: 0; font-size: 0.9rem; }
.mend .do { color: #4a5766; }
.mend ul { margin: 0.1rem 0 0; padding-left: 1.1rem; }
.mend li li { margin: 0.1rem 0; font-size: 0.9rem; overflow-wrap: anywhere; }
.mend summary { cursor: pointer; color: var(--st-link-color); }
.mend button { color: var(--st-link-color); text-align: left; }
</style>"""


class Line(NamedTuple):
    """One place where a rule does not hold; `pick` is what its button picks, empty for none.

    `remedy` says what to do where it is not what the rule says.
    """

    rule: str
    severity: Severity
    place: str
    said: str
    pick: str = ""
    remedy: str = ""


def mending(lines: Sequence[Line]) -> str:
    """The lists as HTML, what must be mended first; `STYLE` goes with it."""
    return "".join(
        _severity(word, [line for line in lines if line.severity == severity])
        for severity, word in SEVERITIES.items()
    )


def _severity(word: str, lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.rule, line.remedy), []).append(line)
    items = "".join(_group(held) for held in groups.values())
    head = f"{word.capitalize()} ({formats.number(len(lines))})"
    return f'<h2 class="mend">{head}</h2><ul class="mend {lines[0].severity}">{items}</ul>'


def _group(lines: Sequence[Line]) -> str:
    first = lines[0]
    many = f" ({formats.number(len(lines))} chỗ)" if len(lines) > 1 else ""
    remedy = first.remedy or (RULES[first.rule].remedy if first.rule in RULES else "")
    what = f'<p class="do">Cần làm: {escape(remedy)}</p>' if remedy else ""
    places = [_place(list(held)) for _, held in groupby(lines, key=lambda it: it.place or it.said)]
    more = _list(places[SHOWN:])
    if more:
        more = f"<details><summary>và {len(places) - SHOWN} chỗ nữa</summary>{more}</details>"
    name = escape(label(first.rule))
    return f"<li><p><b>{name}</b>{many}</p>{what}{_list(places[:SHOWN])}{more}</li>"


def _list(places: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{place}</li>' for place in places)}</ul>" if places else ""


def _place(lines: Sequence[Line]) -> str:
    """All that a rule finds in one row."""
    first = lines[0]
    said = escape("; ".join(line.said for line in lines))
    name = escape(first.place)
    if first.pick:
        name = f'<button type="button" data-pick="{escape(first.pick)}">{name}</button>'
    return f"{name}: {said}" if name else said
