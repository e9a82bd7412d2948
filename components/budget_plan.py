"""Plan → allocated → disbursed by capital source and kind, with the rules that concern them."""

import math
from html import escape

import pandas as pd
import streamlit as st

from components.budget import heading, unit_of
from components.charts import Written, twin
from components.regulations import notes_box
from data import codes, formats, periods, view_readers
from data.codes import ALL
from data.formats import MoneyUnit
from data.money import Money
from data.view import View

_STYLE = """<style>
.plan { width: 100%; border-collapse: collapse; font-size: 0.9rem;
  font-variant-numeric: tabular-nums; }
.plan caption { text-align: left; font-weight: 600; font-size: 1.05rem; padding-bottom: 0.3rem; }
.plan th, .plan td { padding: 0.14rem 0.35rem; text-align: right; font-weight: 400;
  border: 0; border-bottom: 1px solid #e6eaee; }
.plan thead th { vertical-align: bottom; color: #4a5764; font-size: 0.875rem; }
.plan td { white-space: nowrap; }
.plan th:first-child { text-align: left; padding-left: 0; }
.plan tbody th[scope=row] { padding-left: 0.8rem; }
.plan .all * { font-weight: 600; }
.plan .all th { padding-left: 0; }
.plan .group { border-bottom: 0; padding-top: 0.35rem; font-weight: 600; }
.plan .bar { width: 22%; }
.plan .bar span { display: block; position: relative; height: 0.7rem; background: #dfe5ea; }
.plan .bar i { position: absolute; inset: 0 auto 0 0; background: #b5d3e2; }
.plan .bar i + i { background: #155d86; }
.said { margin: 0.35rem 0 0; font-size: 0.875rem; }
@media (max-width: 640px) { .plan .bar { display: none } .plan th, .plan td { padding: 0.14rem
  0 0.14rem 0.4rem; font-size: 0.8rem } }
</style>"""
_COLUMNS = {
    "assigned": "Giao trong năm",
    "carried_over": "Kéo dài",
    "allocated": "Đã phân bổ",
    "disbursed": "Đã giải ngân",
}
_WORDS = dict.fromkeys(_COLUMNS.values(), formats.number) | {"Tỷ lệ": formats.percent}


def plan_table(snapshot_id: str, view: View, found: Money, illustrative: bool) -> None:
    """Plan, allocation and disbursement by source and kind, with the rules that concern them."""
    st.html(html(snapshot_id, view))
    twin(
        lambda: Written(_for_files(found.lines), _WORDS),
        title=_title(view),
        heading=heading(view, illustrative),
        key="ngan_sach_nguon",
        label="Bảng theo nguồn vốn: số đầy đủ, tệp tải về",
    )


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=view_readers.BY_MONEY)
def html(snapshot_id: str, view: View) -> str:
    """The table and its rules."""
    rules = notes_box("Quy định về vốn hỗ trợ", "plan", "lead", "people")
    return f"{_STYLE}{_table(_title(view), view_readers.money(snapshot_id, view))}{rules}"


def _title(view: View) -> str:
    return f"Kế hoạch, phân bổ, giải ngân năm {periods.year_of(view.quarter)}"


def _for_files(lines: pd.DataFrame) -> pd.DataFrame:
    table = lines[list(_COLUMNS)].rename(columns=_COLUMNS).astype("float64")
    return pd.DataFrame(
        {
            "Nguồn vốn": [_source(source) for source, _ in lines.index],
            "Loại vốn": [_kind(kind) for _, kind in lines.index],
            **{name: table[name].to_numpy() for name in table},
            "Tỷ lệ": (lines["disbursed"] / lines["plan_known"].where(lambda it: it > 0)).to_numpy(),
        }
    )


def _source(key: str) -> str:
    return "Tất cả các nguồn" if key == ALL else codes.SOURCES.label(key)


def _kind(key: str) -> str:
    return "Cộng" if key == ALL else codes.KINDS.label(key)


def _table(title: str, found: Money) -> str:
    plans = found.lines["assigned"].fillna(0) + found.lines["carried_over"].fillna(0)
    unit = unit_of(float(plans.iloc[-1]))
    most = float(plans.iloc[:-1].max()) if len(plans) > 1 else 0.0
    body, group = "", ""
    for (source, kind), row in zip(found.lines.index, found.lines.to_dict("records"), strict=True):
        if source != group and kind != ALL:
            body += f'<tr><th class="group" colspan="7">{escape(_source(source))}</th></tr>'
        group = source
        body += _row(kind, row, unit, most)
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS.values())
    return (
        f'<table class="plan"><caption>{escape(title)} ({unit} đồng)</caption><thead><tr>'
        f'<th scope="col">Nguồn, loại vốn</th>{heads}<th scope="col">Tỷ lệ</th>'
        f'<th class="bar" aria-hidden="true"></th></tr></thead><tbody>{body}</tbody></table>'
        f'<p class="said">{_explained(found)}</p>'
    )


def _row(kind: str, row: dict[str, float], unit: MoneyUnit, most: float) -> str:
    cells = "".join(f"<td>{formats.money(row[name], unit)}</td>" for name in _COLUMNS)
    rate = row["disbursed"] / row["plan_known"] if row["plan_known"] > 0 else float("nan")
    plan = row["assigned"] + row["carried_over"]
    marks = ' class="all"' if kind == ALL else ""
    told = plan > 0 and not math.isnan(rate)  # “chưa báo cáo” stands beside a dash once
    rate_words = formats.percent(rate) if told else "–"
    bar = _bar(plan, row, most) if kind != ALL else ""
    return (
        f'<tr{marks}><th scope="row">{_kind(kind)}</th>{cells}<td>{rate_words}</td>'
        f'<td class="bar" aria-hidden="true">{bar}</td></tr>'
    )


def _bar(plan: float, row: dict[str, float], most: float) -> str:
    """Plan as a track, allocated and disbursed on it."""
    parts = (min(row[name] / plan, 1.0) for name in ("allocated", "disbursed"))
    inner = "".join(f'<i style="width:{part:.1%}"></i>' for part in parts if part == part)
    return f'<span style="width:{plan / most:.1%}">{inner}</span>'


def _explained(found: Money) -> str:
    known = found.total["known"]
    count = f", của {formats.number(known)} tỉnh đủ số liệu các tháng" if known > 1 else ""
    return (
        "Thanh: kế hoạch (xám), đã phân bổ (nhạt), đã giải ngân (đậm). Tỷ lệ = đã giải ngân / "
        f"(giao + kéo dài){count}."
    )
