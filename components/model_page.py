"""One model: what it is for, who leads it, how far it is, its money, and what the rules say."""

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components import wording
from components.copying import said
from components.model_facts import Model, facts, money, place_of, plan, sum_of
from components.model_history import progress
from components.model_verdicts import not_met, verdicts
from components.models import TABLE_STYLE, choose
from data import codes, formats, model_book, model_checks, model_readers, models, periods
from data.codes import ALL
from data.model_checks import Check
from data.models import WORDS
from data.view import View

_STYLE = (
    TABLE_STYLE
    + """<style>
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem;
  margin: 0; padding: 0; font-size: 0.95rem; }
.facts dt { color: #4a5766; }
.facts dd { margin: 0; }
.figures tr.now td { font-weight: 600; background: #e6f0f5; }
.figures .not_met { color: #a3201c; font-weight: 600; }
.figures .unknown, .figures .note { color: #8a4b00; }
.figures .met { color: #1c6b3f; }
.figures td.text p { margin: 0; }
ul.faults { list-style: none; margin: 0 0 0.5rem; padding: 0; font-size: 0.95rem; }
.faults li { margin: 0.15rem 0; }
.faults b { color: #a3201c; font-weight: 600; }
.aside { font-size: 0.9rem; margin: 0.4rem 0 0; }
table + table { margin-top: 1rem; }
.small { font-size: 1.25rem; padding: 0 0 0.4rem; }
@media (max-width: 640px) {
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 0.4rem; }
  .checks thead { display: none; }
  .checks tr { display: block; border-bottom: 1px solid #d5dbe1; padding: 0.3rem 0; }
  .checks td { display: block; border: 0; padding: 0.1rem 0; }
}
</style>"""
)


def model_page(snapshot_id: str, view: View, illustrative: bool) -> bool:
    """Draw the view's model; False, saying why, when the list is to be drawn instead."""
    if not view.model:
        return False
    book = model_readers.book(snapshot_id)
    row = model_book.find(book, view.model)
    if row is None or not _in(view, book.models.loc[row]):
        st.info("Không có mô hình nào mang mã ấy trong bộ lọc đang chọn; dưới đây là danh sách.")
        return False
    model: Model = book.models.loc[row].to_dict()
    reports = model_book.history(book, row, view.quarter)
    found = model_checks.checks(models.to_check(book, view.quarter, row))
    st.button("Quay lại danh sách", icon=":material/arrow_back:", on_click=choose, args=("",))
    now, word = _now(reports, view), _word(snapshot_id, view, row)
    _title(view, model, _told(model, now, word) if now else word, found, illustrative)
    what, when = st.columns([3, 2], gap="medium")
    with what:
        st.html(_STYLE + facts(model, now, word))
    with when:
        st.html(_STYLE + plan(model, view) + money(model, now, word))
    progress(view, model, reports, illustrative)
    st.html(_STYLE + verdicts(found))
    return True


def _in(view: View, model: "pd.Series[Any]") -> bool:
    funded = view.source == ALL or model[f"budget_{view.source}"] > 0
    return model["province"] in view.area.members and view.form in (ALL, model["form"]) and funded


def _now(reports: pd.DataFrame, view: View) -> Model | None:
    """The report of the view's quarter; None where it has not come."""
    now = reports[reports["quarter"] == view.quarter]
    return None if now.empty else now.iloc[0].to_dict()


def _word(snapshot_id: str, view: View, row: int) -> str:
    """How the model stands in the view's quarter, in the word that the list has for it."""
    place = int(model_readers.tally(snapshot_id, view.quarter).word[row])
    return WORDS.label(list(WORDS)[place] if place >= 0 else "chua_phe_duyet")


def _title(view: View, model: Model, told: str, found: list[Check], illustrative: bool) -> None:
    """The name, the sentence ready to be sent on, and the faults."""
    until = formats.day(periods.end(view.quarter))
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    sentence = f"{model['name']} ({place_of(model)}) – đến {until}: {told}.{mark}"
    name = f'<h2 class="small">{escape(model["name"])}</h2>'
    html = f"{_STYLE}{name}<p>{escape(sentence)}</p>{not_met(found)}"
    said(view, sentence, draw=lambda: st.html(html))


def _told(model: Model, now: Model, word: str) -> str:
    stage = codes.STAGES.label(now["stage"]).lower()
    work = f"thực hiện {formats.percent(now['actual'])}, kế hoạch {formats.percent(now['planned'])}"
    spent, budget = sum_of(now, "spent"), sum_of(model, "budget")
    rate = f", đạt {formats.percent(spent / budget)} kinh phí" if budget else ""
    return f"{stage}; {work}: {word}; đã giải ngân {formats.money_with_unit(spent)}{rate}"
