"""The table of models: searched, sorted and paged on the server, so that its cost never grows."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from components.block import block
from components.charts import heading
from components.model_files import files_box
from components.model_picture import model_picture
from components.models import COLOURS, TABLE_STYLE, choose
from data import codes, formats, model_files, model_lists, model_readers, model_sums, models, places
from data.model_lists import SORTS, Rows
from data.model_sums import Where
from data.models import WORDS
from data.view import View

HEADS: dict[str, tuple[str, str]] = {
    "ten": ("Mô hình", "text"),
    "dia_ban": ("Địa bàn", "text"),
    "": ("Hình thức", "text wide"),
    "giai_doan": ("Giai đoạn", "text wide"),
    "ke_hoach": ("Kế hoạch", "wide"),
    "thuc_hien": ("Thực hiện", "text"),
    "cham_truoc": ("Tiến độ", "text"),
    "so_ho": ("Số hộ", "wide"),
    "kinh_phi": ("Kinh phí (triệu\u00a0đồng)", "wide"),
}
"""Sort → heading and class of its column; a column without a sort is only read."""
FIRST = "cham_truoc"
_TURNS = {"truoc": -1, "sau": 1}
RULE = (
    f"Thực hiện so với kế hoạch đến kỳ: từ {formats.percent(models.AHEAD, 0)} vượt kế hoạch, từ "
    f"{formats.percent(models.LATE, 0)} đúng tiến độ, từ {formats.percent(models.FAR_BEHIND, 0)} "
    "chậm, thấp hơn chậm nhiều"
)
"""The rule of the words, as it stands above the table."""

_STYLE = (
    TABLE_STYLE
    + """<style>
.figures td button { text-align: left; color: var(--st-link-color); }
.figures th button { font-weight: 600; text-align: inherit; }
.figures th button:hover, .figures td button:hover { text-decoration: underline; }
.progress { display: inline-block; position: relative; width: 6.5rem; height: 0.75rem;
  background: #e4e9ee; vertical-align: -0.05rem; margin-right: 0.4rem; }
.figures td.text:has(.progress) { white-space: nowrap; }
.progress i { position: absolute; inset: 0 auto 0 0; }
.progress b { position: absolute; top: -0.15rem; bottom: -0.15rem; width: 2px;
  background: #1d2733; }
.pager { display: flex; gap: 1rem; align-items: center; margin: 0.5rem 0 0; font-size: 0.9rem; }
.pager button { border: 1px solid var(--st-border-color); border-radius: 0.25rem;
  padding: 0.3rem 0.8rem; }
.pager button:disabled { color: #5c6b7a; cursor: default; }
.note { font-size: 0.875rem; margin: 0.25rem 0; }
@media (max-width: 640px) { .wide { display: none; } .progress { width: 3.5rem; } }
</style>"""
)


@st.fragment
def model_table(snapshot_id: str, view: View, illustrative: bool, *, key: str) -> None:
    """Search box and table; a pick goes to the model, a heading sorts, the foot turns pages."""
    # What is typed outlives a visit to a model, during which the box is not drawn.
    st.session_state.setdefault(f"{key}_tim", st.session_state.get(f"{key}_da_tim", ""))
    above = st.container(horizontal=True, vertical_alignment="bottom")
    query = above.text_input(
        "Tìm mô hình",
        key=f"{key}_tim",
        max_chars=80,
        placeholder="Tên, nơi, đơn vị chủ trì, mã; không cần dấu",
        width=520,
    )
    st.session_state[f"{key}_da_tim"] = query
    where = model_sums.where(view)
    sort = _sort(key)
    found = model_readers.order(snapshot_id, where, sort, query)
    number = _page(key, (where, sort, query), len(found))
    with above:
        _files(snapshot_id, view, found, query, illustrative, key)
    html = _html(snapshot_id, where, sort, query, number)
    block(html, lambda value: _picked(key, value), key=key)
    if st.session_state.pop(f"{key}_di", False):
        st.rerun()


def _files(
    snapshot_id: str, view: View, found: Rows, query: str, illustrative: bool, key: str
) -> None:
    """The files of all that was found, not of the page alone, in the table's order."""
    if not len(found):
        return
    book = model_readers.book(snapshot_id)
    tally = model_readers.tally(snapshot_id, view.quarter)
    title = f"Danh sách {formats.number(len(found))} mô hình"
    searched = [f"Tìm: {query.strip()}"] if query.strip() else []
    most = formats.number(model_files.MOST_IN_EXCEL)
    excel = len(found) <= model_files.MOST_IN_EXCEL
    alone = view.area.is_unit
    files_box(
        "Tải danh sách, bản đồ" if alone else "Tải danh sách",
        lambda: model_files.listing(book, tally, found, view.source),
        [title, *heading(view, illustrative), *searched],
        dict.fromkeys(model_files.RATES, formats.percent)
        | dict.fromkeys(model_files.AMOUNTS, formats.number),
        key=f"{key}_tep",
        excel=excel,
        said="" if excel else f"Trên {most} mô hình: chỉ có tệp CSV.",
        drawn=partial(model_picture, snapshot_id, view, illustrative) if alone else None,
    )


def _sort(key: str) -> str:
    chosen = st.session_state.get(f"{key}_xep", FIRST)
    return chosen if chosen in SORTS else FIRST


def _page(key: str, shown: Any, rows: int) -> int:  # noqa: ANN401 - only compared
    """The page to show: the first one of another list."""
    held = st.session_state.get(f"{key}_trang", (shown, 0))
    number = min(held[1], model_lists.pages(rows) - 1) if held[0] == shown else 0
    st.session_state[f"{key}_trang"] = (shown, number)
    return number


def _picked(key: str, value: str) -> None:
    kind, _, rest = value.partition(":")
    if kind == "mo_hinh":
        choose(rest)
        st.session_state[f"{key}_di"] = True  # the whole page changes, not this part alone
    elif kind == "xep":
        st.session_state[f"{key}_xep"] = rest
    elif kind == "trang" and rest in _TURNS:
        shown, number = st.session_state[f"{key}_trang"]
        st.session_state[f"{key}_trang"] = (shown, max(0, number + _TURNS[rest]))


def first_page(snapshot_id: str, view: View) -> str:
    """The table as a view opens with it."""
    return _html(snapshot_id, model_sums.where(view), FIRST, "", 0)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=model_readers.BY_MODELS)
def _html(snapshot_id: str, where: Where, sort: str, query: str, number: int) -> str:
    """A page of the table, from 0."""
    found = model_readers.order(snapshot_id, where, sort, query)
    if not len(found):
        return f'{_STYLE}<p role="status">Không tìm thấy mô hình nào.</p>'
    rows = model_readers.rows(snapshot_id, where, model_lists.page(found, number))
    heads = "".join(_head(key, *head, sort) for key, head in HEADS.items())
    body = "".join(_row(row) for row in rows.to_dict("records"))
    return (
        f'{_STYLE}<div class="scroll"><table class="figures"><caption class="note text">'
        f"{RULE}. Vạch đen trên thanh: kế hoạch đến kỳ. Bấm tên cột để sắp xếp, tên mô hình để xem."
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        f"{_pager(number, len(found))}"
    )


def _head(key: str, label: str, kind: str, sort: str) -> str:
    if not key:
        return f'<th scope="col" class="{kind}">{label}</th>'
    up = SORTS[key][1]
    sorted_by = f' aria-sort="{"ascending" if up else "descending"}"' if key == sort else ""
    arrow = (" ▲" if up else " ▼") if key == sort else ""
    return (
        f'<th scope="col" class="{kind}"{sorted_by}>'
        f'<button type="button" data-pick="xep:{key}">{label}{arrow}</button></th>'
    )


def _row(row: dict[Any, Any]) -> str:
    name = (
        f'<button type="button" data-pick="mo_hinh:{escape(row["model_id"])}">'
        f"{escape(row['name'])}</button>"
    )
    cells = (
        name,
        escape(_place(row)),
        escape(codes.FORMS.label(row["form"])),
        escape(_label(codes.STAGES, row["stage"])),
        _known(row["planned"], formats.percent),
        _bar(row),
        escape(WORDS.label(row["word"])),
        _known(row["households"], formats.number),
        formats.money(row["budget"], "triệu"),
    )
    kinds = [kind for _, kind in HEADS.values()]
    texts = (f'<td class="{kind}">{cell}</td>' for kind, cell in zip(kinds, cells, strict=True))
    return f"<tr>{''.join(texts)}</tr>"


def _place(row: dict[Any, Any]) -> str:
    parts = [row["commune_name"], row["district_name"]]
    parts.append(places.provinces().at[row["province"], "name"])
    return ", ".join(str(part) for part in parts if not pd.isna(part))


def _label(listed: codes.CodeList, key: object) -> str:
    return "–" if pd.isna(key) else listed.label(str(key))  # type: ignore[call-overload]


def _known(value: float, words: Callable[[float], str]) -> str:
    return "–" if pd.isna(value) else words(value)


def _bar(row: dict[Any, Any]) -> str:
    """Actual as a bar, planned as a mark on it; nothing where there is no report."""
    if pd.isna(row["actual"]):
        return "–"
    done, due = (min(max(row[key], 0.0), 1.0) for key in ("actual", "planned"))
    return (
        f'<span class="progress"><i style="width:{100 * done:.0f}%;'
        f'background:{COLOURS[row["word"]]}"></i><b style="left:{99 * due:.0f}%"></b></span>'
        f"{formats.percent(row['actual'])}"
    )


def _pager(number: int, found: int) -> str:
    last = model_lists.pages(found) - 1
    first = number * model_lists.PAGE_ROWS
    until = min(first + model_lists.PAGE_ROWS, found)
    told = f"{formats.number(first + 1)}–{formats.number(until)} trong {formats.number(found)}"
    return (
        f'<div class="pager">{_turn("Trang trước", "truoc", number > 0)}'
        f'<span role="status">{told} mô hình</span>'
        f"{_turn('Trang sau', 'sau', number < last)}</div>"
    )


def _turn(label: str, to: str, possible: bool) -> str:
    state = f'data-pick="trang:{to}"' if possible else "disabled"
    return f'<button type="button" {state}>{label}</button>'
