"""What the views of models share: how to go to one, how they stand in words, colours, tables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from components import state, wording
from data import formats, models, periods
from data.models import WORDS
from data.snapshots import Snapshot
from data.view import View

INK = "#3a4653"
COLOURS = {
    "vuot": "#155d86",
    "dung": "#5b9bc4",
    "cham": "#d8a55d",
    "cham_nhieu": "#a6611a",
    "chua_den_ky": "#9aa5b1",
}
"""Brown (behind) to blue (ahead), as on the map; the word always stands beside."""

NARROW = "windowSize()[0] < 640"
"""How Vega knows a phone."""
TABLE_STYLE = """<style>
.figures { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.3;
  font-variant-numeric: tabular-nums; }
.figures th, .figures td { padding: 0.3rem 0.5rem; border-bottom: 1px solid #d5dbe1;
  text-align: right; vertical-align: middle; }
.figures th { font-weight: 600; vertical-align: bottom; }
.figures .text { text-align: left; }
@media (min-width: 640px) { .figures th.text[scope="row"] { white-space: nowrap; } }
.figures tfoot td { font-weight: 600; border-bottom: 0; }
.figures tr.own > * { background: #e6f0f5; }
.scroll { overflow-x: auto; }
.groups th { min-width: 3.4rem; }
.groups th.text { min-width: 7.5rem; }
.aside { font-size: 0.9rem; margin: 0.4rem 0 0; }
</style>"""


def type_of(font: int) -> dict[str, Any]:
    """The type of an axis, dark enough to be read from afar."""
    look = {"labelColor": INK, "titleColor": INK, "titleFontWeight": "normal"}
    return {"labelFontSize": font, "titleFontSize": font, **look}


def without_list(snapshot: Snapshot) -> bool:
    """Whether the snapshot holds sums only, as that of a large register; says so where it does."""
    if snapshot.manifest.files["models"].rows:
        return False
    st.info(
        "Bản số liệu này lấy từ cơ sở dữ liệu lớn nên chỉ có số tổng, không kèm danh sách mô hình; "
        "xem số tổng ở Tổng quan và Ngân sách."
    )
    return True


def choose(model_id: str) -> None:
    """Go to the page of a model; to the list of models with an empty code."""
    state.show(replace(state.view(), model=model_id))


def situation(view: View, words: Mapping[str, int], illustrative: bool) -> str:
    """How many models there are and how they stand, in one sentence ready to be sent on."""
    until = formats.day(periods.end(view.quarter))
    reported = sum(words[it] for it in models.REPORTED)
    told = _counted(words, models.REPORTED)
    said = f"{formats.number(reported)} mô hình có báo cáo{f': {told}' if told else ''}"
    others = _counted(words, [it for it in WORDS if it not in models.REPORTED])
    tail = f"; ngoài ra {others}" if others else ""
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    return f"{wording.where(view)} – đến {until}: {said}{tail}.{mark}"


def _counted(words: Mapping[str, int], keys: "tuple[str, ...] | list[str]") -> str:
    """`141 vượt kế hoạch, 412 đúng tiến độ`; what there is none of is left out."""
    return ", ".join(f"{formats.number(words[k])} {WORDS.label(k)}" for k in keys if words[k])
