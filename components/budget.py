"""Ngân sách: the figures of a view, the sentence that says them, the plan by source and kind."""

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from components import wording
from components.charts import twin
from components.filters import in_words
from data import budget, codes, formats, notes, periods, readers
from data.budget import Judged, Remaining, Year
from data.codes import ALL
from data.forecast import CLOSING, Outlook
from data.formats import MoneyUnit
from data.view import View


@dataclass(frozen=True)
class Money:
    """What the page shows of a view; see `data.budget` for the frames.

    `past`: year × 13 of the area; `rates` and `outlook` are the area's own, `units` those of the
    63 or 34.
    """

    lines: pd.DataFrame
    left: Remaining | None
    past: pd.DataFrame
    rates: "pd.Series[float]"
    outlook: Outlook | None
    judged: Judged | None
    units: Year

    @property
    def total(self) -> dict[str, float]:
        return {str(name): float(each) for name, each in self.lines.iloc[-1].items()}


def money(snapshot_id: str, view: View) -> Money:
    """The figures of a view; do not modify them."""
    by, key = budget.area_key(view.area)
    year = periods.year_of(view.quarter)
    own = _year(snapshot_id, view.source, by, view.quarter)
    lines = _lines(snapshot_id, view.area.members, view.quarter, view.source)
    past = _curves(snapshot_id, view.source, by).loc[key]
    return Money(
        lines=lines,
        left=budget.remaining(lines.iloc[-1].to_dict(), view.quarter),
        past=past[past.index < year],
        rates=own.rates.loc[key],
        outlook=own.ahead.get(key),
        judged=_judged(snapshot_id, year),
        units=_year(snapshot_id, view.source, view.units, view.quarter),
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _months(snapshot_id: str) -> pd.DataFrame:
    return budget.prepared(readers.cube(snapshot_id, "province_month"))


@st.cache_resource(show_spinner=False, max_entries=64)
def _curves(snapshot_id: str, source: str, by: str) -> pd.DataFrame:
    return budget.curves(_months(snapshot_id), source, by)


def _country(snapshot_id: str, source: str) -> pd.DataFrame:
    return budget.country_curve(_curves(snapshot_id, source, "6"))


@st.cache_resource(show_spinner=False, max_entries=16)
def _judged(snapshot_id: str, year: int) -> Judged | None:
    return budget.judged(_curves(snapshot_id, ALL, "63"), _country(snapshot_id, ALL), year)


@st.cache_resource(show_spinner=False, max_entries=256)
def _year(snapshot_id: str, source: str, by: str, quarter: str) -> Year:
    judge = _judged(snapshot_id, periods.year_of(quarter))
    found, country = _curves(snapshot_id, source, by), _country(snapshot_id, source)
    return budget.year_of(_months(snapshot_id), found, country, quarter, source, by, judge)


@st.cache_resource(show_spinner=False, max_entries=1024)
def _lines(snapshot_id: str, members: tuple[str, ...], quarter: str, source: str) -> pd.DataFrame:
    return budget.lines(_months(snapshot_id), members, quarter, source)


def heading(view: View, illustrative: bool) -> list[str]:
    """What the page's pictures and files say of themselves below their title."""
    until = f"Số liệu đến ngày {formats.day(periods.end(view.quarter))}"
    source = "nguồn: báo cáo của các tỉnh" if not illustrative else wording.ILLUSTRATIVE
    every = "; vốn của mọi hình thức" if view.form != ALL else ""
    return [in_words(view) + every, f"{until}; {source}"]


def sentence(view: View, found: Money, reports: str, illustrative: bool) -> str:
    """Plan, allocation, disbursement and what is still to spend, ready to be sent on."""
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    until = formats.day(periods.end(view.quarter))
    several = f", {reports}" if view.area.kind != "province" else ""
    parts = [f"{_plan(view, found)}.", _left(view, found), _ahead(view, found)]
    said = " ".join(part for part in parts if part)
    return f"{_where(view)} – đến {until}{several}: {said}{mark}"


def _where(view: View) -> str:
    regions = view.units == "34" and view.area.kind == "region"
    name = view.area.name + (" (theo 63 tỉnh)" if regions else "")
    return name if view.source == ALL else f"{name}, nguồn {_source(view.source).lower()}"


def _plan(view: View, found: Money) -> str:
    sums, year = found.total, periods.year_of(view.quarter)
    plan = sums["assigned"] + sums["carried_over"]
    if not plan > 0:
        return f"không có kế hoạch vốn năm {year}"
    unit = unit_of(plan)
    assigned, carried = (formats.money(sums[name], unit) for name in ("assigned", "carried_over"))
    parts = f" (giao {assigned}, kéo dài {carried})" if sums["carried_over"] else ""
    every = " của mọi hình thức" if view.form != ALL else ""
    return (
        f"kế hoạch vốn năm {year}{every} {formats.money(plan, unit)} {unit} đồng{parts}; đã phân "
        f"bổ {formats.percent(sums['allocated'] / plan)}; giải ngân {_done(sums, unit)}"
    )


def _done(sums: dict[str, float], unit: MoneyUnit) -> str:
    done, planned = sums["disbursed"], sums["plan_known"]
    if not planned > 0:
        return formats.NOT_REPORTED
    reached = formats.percent(done / planned)
    return f"{formats.money(done, unit)}/{formats.money(planned, unit)} {unit} đồng, đạt {reached}"


def _left(view: View, found: Money) -> str:
    left, closed = found.left, found.rates[CLOSING]
    if left is None or closed == closed:
        return ""
    unit = unit_of(left.money)
    closing = formats.day(budget.closing_day(view.quarter))
    each = f"{formats.money(left.by_closing, unit)} {unit} đồng"
    said = f"Còn {formats.money(left.money, unit)} {unit} đồng: mỗi tháng phải giải ngân "
    if left.by_year_end is None:
        return f"Còn {each} để thanh toán đến {closing}."
    first = f"{formats.money(left.by_year_end, unit)} {unit} đồng"
    return f"{said}{first} để xong trước 31/12, hoặc {each} nếu tính đến {closing}."


def _ahead(view: View, found: Money) -> str:
    closed = found.rates[CLOSING]
    day = formats.day(budget.closing_day(view.quarter))
    if closed == closed:
        return f"Khóa sổ {day}: đạt {formats.percent(closed)}."
    if found.outlook is None:
        return ""
    rate, low, high = (formats.percent(each, 0) for each in found.outlook.closing())
    return f"Dự báo khi khóa sổ {day}: khoảng {rate} ({low} – {high})."


def unit_of(dong: float) -> MoneyUnit:
    """The unit that an area's sums read best in."""
    return "tỷ" if dong >= 10 * formats.DONG_PER["tỷ"] else "triệu"


_STYLE = """<style>
.plan { width: 100%; border-collapse: collapse; font-size: 0.9rem;
  font-variant-numeric: tabular-nums; }
.plan caption { text-align: left; font-weight: 600; font-size: 1.05rem; padding-bottom: 0.3rem; }
.plan th, .plan td { padding: 0.14rem 0.35rem; text-align: right; font-weight: 400;
  border: 0; border-bottom: 1px solid #e6eaee; }
.plan thead th { vertical-align: bottom; color: #4a5764; font-size: 0.875rem; }
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
.notes { font-size: 0.9rem; margin-top: 0.4rem; }
.notes summary { cursor: pointer; color: #155d86; }
.notes ul { margin: 0.3rem 0 0; padding-left: 1.1rem; }
.notes li { margin-bottom: 0.3rem; }
@media (max-width: 640px) { .plan .bar { display: none } .plan th, .plan td { padding: 0.14rem
  0.15rem; font-size: 0.8rem } }
</style>"""
_COLUMNS = {
    "assigned": "Giao trong năm",
    "carried_over": "Kéo dài",
    "allocated": "Đã phân bổ",
    "disbursed": "Đã giải ngân",
}


def plan_table(view: View, found: Money, illustrative: bool) -> None:
    """Plan, allocation and disbursement by source and kind, with the rules that concern them."""
    title = f"Kế hoạch, phân bổ, giải ngân năm {periods.year_of(view.quarter)}"
    st.html(f"{_STYLE}{_table(title, found)}{notes_box('plan', 'Quy định về vốn hỗ trợ')}")
    twin(
        _for_files(found.lines),
        title=title,
        heading=heading(view, illustrative),
        key="ngan_sach_nguon",
        label="Bảng theo nguồn vốn: số đầy đủ, tệp tải về",
        words=dict.fromkeys(_COLUMNS.values(), formats.number) | {"Tỷ lệ": formats.percent},
    )


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
    rate_words = formats.percent(rate) if plan > 0 else "–"
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
    known = formats.number(found.total["known"])
    return (
        "Thanh: kế hoạch (xám), đã phân bổ (nhạt), đã giải ngân (đậm). Tỷ lệ = đã giải ngân / "
        f"(giao + kéo dài), của {known} tỉnh có kế hoạch và đủ số liệu các tháng."
    )


def notes_box(topic: str, title: str) -> str:
    """The rules of a topic, closed until asked for; part of the figure they concern."""
    items = "".join(
        f"<li>{escape(note.says)} <em>{escape(note.basis)}</em> ({notes.GRADES[note.grade]}).</li>"
        for note in notes.NOTES
        if note.topic == topic
    )
    return f'<details class="notes"><summary>{title}</summary><ul>{items}</ul></details>'
