"""What an area is to do about its reports: send those that are missing, look at what was found."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import pandas as pd

from components import reports, state, tables
from components.block import block
from components.mending import STYLE, Line, mending
from data import formats, places, readers, reporting
from data.snapshots import Snapshot
from data.view import View
from data.workbooks import rules, sheets
from data.workbooks.findings import SEVERITIES

MOST = 60
"""Findings written out for a province; the file has all."""

_STYLE = f"""{STYLE}<style>
.lists {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  gap: 0 2rem; }}
.lists h2 {{ font-size: 1.05rem; }}
.todo {{ margin: 0 0 0.6rem; }}
.names {{ font-size: 0.9rem; line-height: 1.6; margin: 0.2rem 0; }}
.names button {{ color: var(--st-link-color); font-weight: 600; margin-right: 0.6rem; }}
</style>"""


def to_mend(
    snapshot: Snapshot, view: View, now: pd.DataFrame, standing: pd.DataFrame, *, key: str
) -> None:
    """What the area is to do: send, look at again; a pick goes to a province or model."""
    findings = readers.table(snapshot.id, "findings")
    found = reporting.found(findings, view.quarter, now.index)
    if len(now) == 1:
        html = _province(now.iloc[0], _unsent(standing, str(now.index[0]), view.quarter), found)
    else:
        html = _several(now, found)
    block(_STYLE + html, _picked, key=key)
    if len(found):
        lines = tables.heading(view, snapshot.manifest.illustrative)
        file = partial(_file, found, lines)
        name = f"can-xem-lai-{view.area.slug or 'ca-nuoc'}-{view.quarter}"
        tables.downloads([("Tải danh sách cần xem lại", "xlsx", tables.XLSX, file)], name)


def _picked(value: str) -> None:
    kind, _, rest = value.partition(":")
    if kind == "mo_hinh":
        state.go("progress.py", replace(state.view(), model=rest))
    else:
        state.go_to_province(value)


def _province(row: "pd.Series[object]", unsent: Sequence[str], found: pd.DataFrame) -> str:
    what = ""
    if row["state"] not in reporting.RECEIVED:
        what = "Tải mẫu, điền, kiểm tra tệp rồi gửi về Trung ương Hội."
    elif found.empty:
        what = "Báo cáo của kỳ này không có điều gì cần xem lại."
    parts = [f'<p class="todo">{what}</p>'] if what else []
    if unsent:
        names = ", ".join(formats.quarter(it) for it in unsent)
        parts.append(f'<p class="todo">Các kỳ khác còn thiếu báo cáo: {names}.</p>')
    return "".join(parts) + _mend(found)


def _unsent(standing: pd.DataFrame, province: str, but: str) -> list[str]:
    """The other quarters whose report is missing, newest first."""
    states = standing["state"].xs(province, level="province")
    return [str(it) for it in states.index[states == "chua_gui"][::-1] if it != but]


def _mend(found: pd.DataFrame) -> str:
    """What to look at again in a province's report."""
    more = len(found) - MOST
    tail = f'<p class="names">và {formats.number(more)} điều nữa, có trong tệp.</p>'
    return mending([_line(row) for row in found.head(MOST).to_dict("records")]) + (
        tail if more > 0 else ""
    )


def _line(row: Mapping[Hashable, Any]) -> Line:
    table, key = row["table"], row["key"]
    if table in ("models", "progress") and key:
        return Line(
            row["rule"], row["severity"], f"Mô hình {key}", row["message"], f"mo_hinh:{key}"
        )
    place = sheets.sheet_of(table).title if table in sheets.TABLES else key
    return Line(row["rule"], row["severity"], place, row["message"])


def _file(found: pd.DataFrame, heading: Sequence[str]) -> bytes:
    """The findings as an Excel file, with what to do."""
    known = [rules.RULES.get(str(it)) for it in found["rule"]]
    table = pd.DataFrame(
        {
            "Tỉnh": found["province"].map(places.provinces()["name"]),
            "Mức độ": found["severity"].map(SEVERITIES),
            "Quy tắc": [rules.label(str(it)) for it in found["rule"]],
            "Trang": [sheets.sheet_of(it).title if it else "" for it in found["table"]],
            "Mã": found["key"],
            "Giá trị": found["value"],
            "Điều cần xem lại": found["message"],
            "Cần làm gì": [it.remedy if it else "" for it in known],
        }
    )
    return tables.xlsx(table, heading)


def _several(now: pd.DataFrame, found: pd.DataFrame) -> str:
    missing, late = (now.index[now["state"] == key] for key in ("chua_gui", "muon"))
    most = reporting.by_province(found).head(8)
    parts = [
        _named("Chưa gửi", [(str(code), "") for code in missing]),
        _named("Gửi muộn", [(str(code), f"{int(now.at[code, 'days'])} ngày") for code in late]),
        _named(
            "Nhiều điều cần xem lại nhất",
            [(str(code), formats.number(many)) for code, many in most.items()],
        ),
    ]
    none = "<p>Mọi tỉnh đã gửi đúng hạn, không có điều gì cần xem lại.</p>"
    return f'<div class="lists">{"".join(parts)}</div>' if any(parts) else none


def _named(title: str, rows: Sequence[tuple[str, str]]) -> str:
    if not rows:
        return ""
    buttons = "".join(
        f'<button type="button" data-pick="{code}">{escape(reports.name(code))}'
        f"{f' ({escape(more)})' if more else ''}</button>"
        for code, more in rows
    )
    return f'<div><h2>{title}</h2><p class="names">{buttons}</p></div>'
