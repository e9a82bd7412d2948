"""“Cần quan tâm”: what needs attention in the filter in force, by reason, each with its basis."""

from dataclasses import replace
from html import escape

import streamlit as st

from components import why
from components.block import block
from data import formats, model_readers, model_sums, view_readers
from data.figures import Figures
from data.model_book import Book
from data.model_checks import Failure
from data.model_rules import GRADES, SEVERITIES
from data.view import View

FIRST, MORE = 6, 24
"""Models of a reason that are named at once, and how many more each time they are asked for."""

_NONE = "<p>Không có mô hình nào chưa đạt quy định trong bộ lọc đang chọn.</p>"
_ASKED = "quan_tam_them"
"""Session key: reason → how many models more have been asked for."""


def attention(snapshot_id: str, view: View, found: Figures, *, key: str) -> None:
    """The provinces by reason, or the chosen one's reasons; below, the models by reason."""
    alone = view.area.is_unit
    concerns = [it for it in found.board.concerns if it.code in view.area.members]
    said = why.reasons(view, concerns, "overview") if alone else why.groups(concerns)
    block(f"<h2>Cần quan tâm</h2>{said}", why.picked, key=key)
    _models(snapshot_id, view, key=f"{key}_mo_hinh")


def _models(snapshot_id: str, view: View, *, key: str) -> None:
    reasons = model_readers.reasons(snapshot_id, model_sums.where(view))
    count = formats.number(reasons.models)
    label = f"Mô hình cần quan tâm ({count}) và vốn kéo dài có nguy cơ, theo từng lý do"
    box = st.expander(label, on_change="rerun", key=f"{key}_mo")
    if not box.open:
        return
    book = model_readers.book(snapshot_id)
    html = "".join(_reason(book, it) for it in reasons.failures) or _NONE
    html += why.carried_over(view, view_readers.money(snapshot_id, replace(view, units="63")).units)
    with box:
        block(f'<div class="why models">{html}</div>', _picked, key=key)


def _picked(value: str) -> None:
    kind, _, rule = value.partition(":")
    if kind == "them":
        asked = st.session_state.setdefault(_ASKED, {})
        asked[rule] = asked.get(rule, 0) + MORE
    else:
        why.picked(value)


def _reason(book: Book, found: Failure) -> str:
    rule, many = found.rule, len(found.rows)
    most = FIRST + st.session_state.get(_ASKED, {}).get(rule.key, 0)
    named = book.models.loc[found.rows[:most], ["model_id", "name", "province"]]
    items = "".join(
        _model(found, place, *row) for place, row in enumerate(named.itertuples(index=False))
    )
    return (
        f"<section><h3>Chưa đạt “{escape(rule.label)}”: {formats.number(many)} mô hình</h3>"
        f'<p class="limit">{escape(_basis(found))}</p><ul>{items}</ul>'
        f"{_more(rule.key, many - most)}</section>"
    )


def _model(found: Failure, place: int, model_id: str, name: str, province: str) -> str:
    return (
        f'<li><button type="button" data-pick="mo_hinh:{escape(model_id)}">{escape(name)}</button>'
        f" ({escape(why.name(province))})<p>{escape(found.said(place))}</p></li>"
    )


def _basis(found: Failure) -> str:
    """`Cảnh báo. Căn cứ: Nghị định 27/2022/NĐ-CP, Điều 20 khoản 5 (theo báo chí, …).`"""
    rule = found.rule
    rests = f"{rule.basis} ({GRADES[rule.grade]})" if rule.basis else GRADES[rule.grade]
    return f"{SEVERITIES[rule.severity].capitalize()}. Căn cứ: {rests}."


def _more(rule: str, left: int) -> str:
    if left <= 0:
        return ""
    return (
        f'<button type="button" data-pick="them:{rule}">và {formats.number(left)} mô hình nữa: '
        "xem thêm</button>"
    )
