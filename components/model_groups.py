"""Sums of models by form, sector, lead unit or kind of area, in one table with its files."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components.charts import heading
from components.model_files import files_box
from components.models import TABLE_STYLE
from data import formats, model_readers, model_sums
from data.measures import MEASURES
from data.model_book import GROUPINGS
from data.view import View

GROUPED_BY = {
    "form": "Hình thức",
    "sector": "Lĩnh vực",
    "lead_kind": "Đơn vị chủ trì",
    "priority_area": "Địa bàn",
}
UNION = "hoi_lhpn"
"""The Union itself among the lead units; its row is marked."""


@st.fragment
def groups(snapshot_id: str, view: View, illustrative: bool, *, key: str) -> None:
    """Sums by form, sector, lead unit or kind of area, in one table."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        grouping = st.segmented_control(
            "Tổng hợp theo",
            list(GROUPED_BY),
            key=key,
            default="form",
            required=True,
            format_func=GROUPED_BY.__getitem__,
        )
        grouping = grouping if grouping in GROUPED_BY else "form"
        sums = partial(model_readers.groups, snapshot_id, model_sums.where(view), grouping)
        title = f"Tổng hợp mô hình theo {GROUPED_BY[grouping].lower()}"
        lines = [title, *heading(view, illustrative)]
        files_box("Tải bảng", lambda: _table(sums(), grouping), lines, _WORDS, key=f"{key}_tep")
    st.html(html(snapshot_id, view, grouping))


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=model_readers.BY_MODELS)
def html(snapshot_id: str, view: View, grouping: str = "form") -> str:
    """The table of a view's sums."""
    sums = model_readers.groups(snapshot_id, model_sums.where(view), grouping)
    heads = "".join(f'<th scope="col">{label}</th>' for label in _COLUMNS)
    records = {str(name): row for name, row in sums.to_dict("index").items()}
    rows = "".join(
        f"<tr{' class=own' * (name == UNION)}>"
        f'<th scope="row" class="text">{escape(GROUPINGS[grouping].label(name))}</th>'
        f"{_cells(row)}</tr>"
        for name, row in records.items()
    )
    marked = "Dòng tô nền: mô hình do Hội chủ trì. " if UNION in records else ""
    total = _cells({str(key): value for key, value in sums.sum().items()})
    return (
        f'{TABLE_STYLE}<div class="scroll groups" tabindex="0" role="region" '
        f'aria-label="Tổng hợp theo {GROUPED_BY[grouping].lower()}"><table class="figures">'
        f'<thead><tr><th scope="col" class="text">{GROUPED_BY[grouping]}</th>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><td class="text">Cộng</td>{total}</tr></tfoot></table>'
        f'</div><p class="aside">{marked}Các cột sau cột mô hình tính trên mô hình có báo cáo '
        "trong kỳ; "
        f"{escape(MEASURES['tien-do'].label.lower())} tính theo kinh phí.</p>"
    )


def _cells(row: Mapping[Any, float]) -> str:
    return "".join(f"<td>{escape(show(row))}</td>" for show in _COLUMNS.values())


def _rate(top: str, under: str, nothing: str) -> Callable[[Mapping[Any, float]], str]:
    return lambda row: formats.percent(row[top] / row[under]) if row[under] else nothing


def _number(column: str) -> Callable[[Mapping[Any, float]], str]:
    return lambda row: formats.number(row[column]) if row["models"] else "–"


_COLUMNS: dict[str, Callable[[Mapping[Any, float]], str]] = {
    "Mô hình": lambda row: formats.number(row["known"]),
    "Có báo cáo": lambda row: formats.number(row["models"]),
    "Chậm, chậm nhiều": _number("behind"),
    MEASURES["tien-do"].label: _rate("earned_value", "planned_value", "–"),
    "Hộ tham gia": _number("households"),
    "Hộ do phụ nữ làm chủ": _number("women_headed"),
    "Phụ nữ": _number("women"),
    "Người DTTS": _number("ethnic_minority"),
    "Hộ thoát nghèo": _number("households_out"),
    "Kinh phí (tỷ\u00a0đồng)": lambda row: formats.money(row["budget"]) if row["models"] else "–",
    "Đã giải ngân": _rate("spent", "budget", "–"),
}
_FILED = {
    "known": "Mô hình",
    "models": "Có báo cáo",
    "behind": "Chậm, chậm nhiều",
    "households": "Hộ tham gia",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "newly_escaped": "Hộ mới thoát nghèo",
    "women_headed": "Hộ do phụ nữ làm chủ",
    "women": "Phụ nữ tham gia (người)",
    "ethnic_minority": "Người dân tộc thiểu số tham gia",
    "households_out": "Hộ thoát nghèo",
    "budget": "Kinh phí (đồng)",
    "spent": "Đã giải ngân (đồng)",
}
_RATES = (MEASURES["tien-do"].label, "Tỷ lệ giải ngân")
_WORDS = dict.fromkeys(_FILED.values(), formats.number) | dict.fromkeys(_RATES, formats.percent)


def _table(sums: pd.DataFrame, grouping: str) -> pd.DataFrame:
    """The sums for a file, as numbers, with their total; words where nothing was reported."""
    whole = pd.concat([sums, sums.sum().to_frame("cong").T])
    names = [*(GROUPINGS[grouping].label(str(it)) for it in sums.index), "Cộng"]
    table = whole[list(_FILED)].astype("int64").rename(columns=_FILED)
    for label, top, under in zip(
        _RATES, ("earned_value", "spent"), ("planned_value", "budget"), strict=True
    ):
        table[label] = whole[top] / whole[under].where(whole[under] > 0)
    silent = whole["models"] == 0
    for label in [*list(_FILED.values())[2:], *_RATES]:
        table[label] = table[label].astype("object").mask(silent, formats.NOT_REPORTED)
    table.insert(0, GROUPED_BY[grouping], names)
    return table
