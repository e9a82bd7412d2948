"""Who has reported: a sentence, what the area is to mend, and the matrix of all."""

from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from components import state, wording
from components.block import block
from data import formats, periods, places, reporting
from data.reporting import STATES
from data.view import View

SIGNS = {"dung_han": "✓", "muon": "!", "chua_gui": "✕", "chua_den_han": ""}
"""What a cell of the matrix shows; the key has the words, and so does each cell, unseen."""
NEWEST = 4
"""Quarters that a phone has room for: those up to the one that is looked at."""

_STYLE = """<style>
.status { border-left: 4px solid #155d86; padding: 0.1rem 0 0.1rem 0.9rem; margin: 0; }
.status.missing { border-color: #a3201c; }
.status.late { border-color: #a6611a; }
.status p { margin: 0.15rem 0; }
.status .big { font-size: 1.15rem; font-weight: 600; }
.matrix { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: 0.8rem;
  font-variant-numeric: tabular-nums; }
.matrix th { font-weight: 400; text-align: left; padding: 0 0.4rem 0 0; white-space: nowrap; }
.matrix thead th { text-align: center; padding: 0 0 0.2rem; color: #4a5764; }
.matrix thead th:first-child { width: 8.5rem; }
.matrix td { text-align: center; border: 1px solid #fff; height: 1.3rem; padding: 0;
  color: #101820; }
.matrix tr { position: relative; }
.matrix button::after { content: ""; position: absolute; inset: 0; }
.matrix tr:hover th, .matrix [aria-current] { font-weight: 600; color: var(--st-primary-color); }
.matrix span { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
  overflow: hidden; white-space: nowrap; }
.dung_han { background: #d6e7f0; }
.muon { background: #f0dfbf; }
.chua_gui { background: repeating-linear-gradient(135deg, #fff 0 3px, #b8c1ca 3px 4px); }
.key { display: flex; flex-wrap: wrap; gap: 0.15rem 0.9rem; list-style: none; margin: 0 0 0.4rem;
  padding: 0; font-size: 0.875rem; }
.key i { display: inline-block; width: 1.2rem; line-height: 1.1rem; margin-right: 0.3rem;
  text-align: center; font-style: normal; font-weight: 700; color: #101820; }
</style>"""


def sentence(view: View, now: pd.DataFrame, illustrative: bool) -> str:
    """Who has sent the quarter's report, ready to be sent on; `now` is `reporting.of_quarter`."""
    quarter = formats.quarter(view.quarter)
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    if len(now) == 1:
        return f"{name(str(now.index[0]))} – báo cáo {quarter}: {_own(now.iloc[0])}.{mark}"
    counts = now["state"].value_counts()
    received = sum(int(counts.get(key, 0)) for key in reporting.RECEIVED)
    late, missing = int(counts.get("muon", 0)), _names(now, "chua_gui")
    told = f"{received}/{len(now)} tỉnh đã gửi"
    told += f", {late} gửi muộn" if late else ""
    told += f"; chưa gửi: {', '.join(missing)}" if missing else ""
    warned = int((now["warnings"] > 0).sum())
    told += f"; {warned} báo cáo có điều cần xem lại" if warned else ""
    return f"{view.area.name} – báo cáo {quarter}: {told}.{mark}"


def _own(row: "pd.Series[object]") -> str:
    """Whether a province's report arrived, and when."""
    due = formats.day(row["due_date"].date())  # type: ignore[attr-defined]
    if row["state"] not in reporting.RECEIVED:
        return f"{STATES.label(str(row['state']))}, hạn {due}"
    came = formats.day(row["received_date"].date())  # type: ignore[attr-defined]
    late = int(row["days"])  # type: ignore[call-overload]
    how = f"muộn {late} ngày (hạn {due})" if late > 0 else f"đúng hạn (hạn {due})"
    many = int(row["warnings"])  # type: ignore[call-overload]
    said = f"{formats.number(many)} điều cần xem lại" if many else "không có điều gì cần xem lại"
    return f"đã nhận ngày {came}, {how}; {said}"


def _names(now: pd.DataFrame, state_key: str) -> list[str]:
    return [name(str(code)) for code in now.index[now["state"] == state_key]]


def name(code: str) -> str:
    """A province's name, from its code."""
    return str(places.provinces().at[code, "name"])


def opening(view: View, now: pd.DataFrame, said: str) -> None:
    """The sentence; a province's own stands out, with a colour and a sign for how it stands."""
    if len(now) != 1:
        st.markdown(said, width="stretch")
        return
    held = str(now["state"].iloc[0])
    kind = {"chua_gui": "missing", "muon": "late"}.get(held, "")
    sign = f"{SIGNS[held]} " if SIGNS[held] else ""
    st.html(f'{_STYLE}<div class="status {kind}"><p class="big">{sign}{escape(said)}</p></div>')


def matrix(snapshot_id: str, view: View, standing: pd.DataFrame, *, key: str) -> None:
    """Provinces × quarters: in time, late, missing, with how many findings; a pick filters."""
    chosen = view.area.members if view.area.kind == "region" else tuple(places.provinces().index)
    current = view.area.code if view.area.kind == "province" else ""
    html = _matrix(snapshot_id, chosen, standing)
    style = _looked_at(sorted(standing.index.unique("quarter")), view.quarter)
    block(html, state.go_to_province, key=key, current=current, style=style)


@st.cache_resource(show_spinner=False, max_entries=256)
def _matrix(snapshot_id: str, chosen: tuple[str, ...], _standing: pd.DataFrame) -> str:
    quarters = sorted(_standing.index.unique("quarter"))
    heads = "".join(f'<th scope="col">{formats.short_quarter(it)}</th>' for it in quarters)
    states = _standing["state"].unstack("quarter")
    warnings = _standing["warnings"].unstack("quarter").fillna(0).astype("int64")
    rows = "".join(
        _row(code, states.loc[code].tolist(), warnings.loc[code].tolist()) for code in chosen
    )
    return (
        f"{_STYLE}<h2>Báo cáo của từng tỉnh, theo quý</h2>{_key()}"
        '<table class="matrix"><thead><tr><th scope="col"><span>Tỉnh</span></th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _looked_at(quarters: Sequence[str], quarter: str) -> str:
    """The rules that mark the column of a quarter, and leave a phone those up to it."""
    place = quarters.index(quarter) + 2  # the first column is the province
    last = max(place, NEWEST + 1)
    kept = f":nth-child(n + {last - NEWEST + 1}):nth-child(-n + {last})"
    return (
        f".matrix thead th:nth-child({place}) {{ font-weight: 600; "
        "color: var(--st-primary-color); }\n@media (max-width: 640px) { "
        f".matrix :is(thead th, td):not(:first-child, {kept}) {{ display: none; }} }}"
    )


def _row(code: str, states: Sequence[str], warnings: Sequence[int]) -> str:
    cells = "".join(_cell(it, many) for it, many in zip(states, warnings, strict=True))
    return (
        f'<tr><th scope="row"><button type="button" data-pick="{code}">'
        f"{escape(name(code))}</button></th>{cells}</tr>"
    )


def _cell(state_key: str, many: int) -> str:
    sign = f"{SIGNS[state_key]}{f' {many}' if many else ''}"
    words = STATES.label(state_key) + (f", {many} điều cần xem lại" if many else "")
    told = f'<b aria-hidden="true">{sign}</b><span>{words}</span>'
    return f'<td class="{state_key}">{told}</td>'


def _key() -> str:
    items = "".join(
        f'<li><i class="{key}" aria-hidden="true">{SIGNS[key]}</i>{label}</li>'
        for key, label in STATES.labels.items()
        if key != "chua_den_han"
    )
    return (
        f'<ul class="key" aria-label="Chú giải">{items}<li>số: điều cần xem lại trong báo cáo</li>'
        f"</ul>"
    )


def due_line(quarter: str, today: date) -> str:
    """When the quarter's report is due, and by which calendar."""
    due = periods.due(quarter)
    late = ", đã quá hạn" if today > due else ""
    return f"Hạn gửi: {formats.day(due)}{late} (lịch của Hội: ngày 10 tháng đầu quý sau)."
