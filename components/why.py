"""Why a province or a model needs attention: reasons as HTML, and where each of them shows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from components import state
from components.block import block
from data import budget, formats, notes, places
from data.budget import Year
from data.rules import RULES, Finding, Rule, Shown
from data.view import View

FIRST, MOST = 6, 30
"""Provinces of a reason that are named at once, and below a line that opens them."""

_CARRIED = "von_keo_dai"
PAGES: dict[Shown, tuple[str, str]] = {
    "overview": ("overview.py", "Tổng quan"),
    "progress": ("progress.py", "Tiến độ"),
    "budget": ("budget.py", "Ngân sách"),
}


def picked(value: str) -> None:
    """Go to where a reason shows: `<rule>:<province>`, or to a model: `mo_hinh:<code>`."""
    kind, _, code = value.partition(":")
    if kind == "mo_hinh":
        state.go(PAGES["progress"][0], replace(state.view(), model=code))
    elif kind == _CARRIED:
        _to("budget", code)
    elif kind in RULES:
        _to(RULES[kind].shown, code)


def _to(shown: Shown, code: str) -> None:
    if shown == "overview":
        state.go_to_province(code)
    elif area := state.area_of(code):
        state.go(PAGES[shown][0], replace(state.view(), area=area))


def groups(concerns: Sequence[Finding]) -> str:
    """The provinces by reason, the gravest figure first, each a button to where it shows."""
    if not concerns:
        return "<p>Không có tỉnh nào cần quan tâm theo các ngưỡng đang dùng.</p>"
    return f'<div class="why">{"".join(_group(rule, concerns) for rule in RULES.values())}</div>'


def _group(rule: Rule, concerns: Sequence[Finding]) -> str:
    found = [it for it in concerns if it.rule == rule.key]
    found.sort(key=lambda it: (it.weight, it.code))
    count = f"{len(found)} tỉnh" if found else "không có tỉnh nào"
    return (
        f"<section><h3>{escape(rule.label)}: {count}</h3>{_named(rule, found)}"
        f'<p class="limit">Căn cứ: {escape(rule.grounds)}.</p></section>'
    )


def _named(rule: Rule, found: Sequence[Finding]) -> str:
    if not found:
        return ""
    where = PAGES[rule.shown][1]
    return (
        f'<p class="limit">{escape(_limit(found[0]))}Bấm tên tỉnh để xem ở {where}.</p>'
        f"{_list(found[:FIRST])}{_rest(found[FIRST:])}"
    )


def _limit(finding: Finding) -> str:
    return f"Ngưỡng: {finding.limit}. " if finding.limit else ""


def _list(found: Iterable[Finding]) -> str:
    items = "".join(
        f'<li><button type="button" data-pick="{it.rule}:{it.code}" title="{escape(it.reason)}">'
        f"{escape(name(it.code))}</button> <span>{escape(it.figure)}</span></li>"
        for it in found
    )
    return f"<ul>{items}</ul>"


def _rest(found: Sequence[Finding]) -> str:
    if not found:
        return ""
    more = len(found) - MOST
    tail = f"<p>và {formats.number(more)} tỉnh nữa trong bảng số liệu.</p>" if more > 0 else ""
    return (
        f"<details><summary>và {len(found)} tỉnh nữa</summary>{_list(found[:MOST])}{tail}</details>"
    )


def name(code: str) -> str:
    """A province's name by its code."""
    return str(places.provinces().loc[code, "name"])


def reasons(view: View, concerns: Iterable[Finding], here: Shown) -> str:
    """Every reason of the view's province in full; those that show elsewhere lead there."""
    items = "".join(_reason(view, it, here) for it in concerns if it.code in view.area.members)
    none = (
        f"<p>{escape(view.area.name)} không có điều gì cần quan tâm theo các ngưỡng đang dùng.</p>"
    )
    return f'<ul class="reasons">{items}</ul>' if items else none


def _reason(view: View, it: Finding, here: Shown) -> str:
    rule = RULES[it.rule]
    whose = f"{name(it.code)}: " if len(view.area.members) > 1 else ""
    there = (
        f' <button type="button" data-pick="{it.rule}:{it.code}">Xem ở {PAGES[rule.shown][1]}'
        "</button>"
        if rule.shown not in (here, "overview")
        else ""
    )
    limit = _limit(it) if rule.share < 1 else ""  # else the reason itself says it
    return (
        f"<li><strong>{escape(whose + rule.label)}.</strong> {escape(it.reason)}. "
        f"{escape(limit)}<span>Căn cứ: {escape(rule.grounds)}.</span>{there}</li>"
    )


def province_reasons(view: View, concerns: Sequence[Finding], here: Shown, *, key: str) -> None:
    """On a page of a province: why it needs attention; nothing where it does not."""
    with st.container():  # stays in place where there is nothing to say
        if not view.area.is_unit:
            return
        if any(it.code in view.area.members for it in concerns):
            block(reasons(view, concerns, here), picked, key=key)


def carried_over(view: View, year: Year) -> str:
    """The provinces of the view whose carried-over money may be left, the largest sums first.

    `year` is that of the 63 provinces. Empty when there is none, or no forecast to tell.
    """
    named = budget.at_risk(year.plans, year.ahead)
    named = named[named.index.isin(view.area.members)]
    items = "".join(
        f'<li><button type="button" data-pick="{_CARRIED}:{code}">{escape(name(str(code)))}'
        f"</button><p>Kéo dài {formats.money_with_unit(row['carried_over'])}; dự báo cả năm nhiều "
        f"nhất {formats.money_with_unit(row['expected'])}, giao trong năm "
        f"{formats.money_with_unit(row['assigned'])}</p></li>"
        for code, row in named.head(MOST).iterrows()
    )
    more = len(named) - MOST
    tail = f"<p>và {formats.number(more)} tỉnh nữa ở Ngân sách.</p>" if more > 0 else ""
    return items and (
        f"<section><h3>Vốn kéo dài có nguy cơ không dùng hết: {len(named)} tỉnh</h3>"
        f'<p class="limit">Ngưỡng: mức cao của dự báo giải ngân cả năm thấp hơn vốn giao trong '
        f"năm. Căn cứ: dự báo, {notes.GRADES['']}.</p>"
        f"<ul>{items}</ul>{tail}</section>"
    )
