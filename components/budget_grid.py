"""Provinces × months of the budget year, and the provinces whose carried-over money may be left.

The grid is an HTML table with one button a row: 819 marks of a chart cannot be read by a screen
reader nor reached from the keyboard, and take Vega ten times as long.
"""

from html import escape

import pandas as pd
import streamlit as st

from components import state, wording
from components.block import block
from components.budget import heading
from components.budget_curve import month_name
from components.charts import Written, twin
from components.grid_picture import grid_picture
from components.ranking import picked, ranking
from data import budget, figures, formats, measures, periods, view_readers
from data.budget import Year
from data.figures import Figures
from data.forecast import CLOSING
from data.measures import MEASURES
from data.money import Money
from data.view import View

RATE = MEASURES["giai-ngan"]
FIRST = 6
"""Provinces named at once among those whose carried-over money may be left."""

_STYLE = """<style>
.box { content-visibility: auto; }
.grid { border-collapse: collapse; table-layout: fixed; width: 100%; font-size: 0.8rem;
  font-variant-numeric: tabular-nums; }
.grid th { font-weight: 400; text-align: left; padding: 0 0.4rem 0 0; white-space: nowrap; }
.grid thead th { text-align: center; padding: 0 0 0.2rem; color: #4a5764; }
.grid td { text-align: center; border: 1px solid #fff; height: 1.3rem; padding: 0;
  color: #101820; }
.grid thead th:first-child { width: 9.5rem; }
.grid tr { position: relative; }
.grid button::after { content: ""; position: absolute; inset: 0; }
.grid tr:hover th, .grid [aria-current] { font-weight: 600; color: var(--st-primary-color); }
.grid span, .key span { position: absolute; clip-path: inset(50%); width: 1px; height: 1px;
  overflow: hidden; white-space: nowrap; }
.grid .n, .key .n { background: repeating-linear-gradient(135deg, #fff 0 3px, #b8c1ca 3px 4px); }
.grid .c4 { color: #fff; }
.key { display: flex; flex-wrap: wrap; gap: 0.15rem 0.9rem; list-style: none; margin: 0 0 0.4rem;
  padding: 0; font-size: 0.875rem; }
.key i { display: inline-block; width: 0.9rem; height: 0.9rem; margin-right: 0.3rem;
  vertical-align: -0.1rem; border: 1px solid #8a96a3; }
@media (max-width: 640px) { .grid .m { display: none } }
"""
_COLOURS = "".join(
    f".grid .c{rank}, .key .c{rank} {{ background: {colour}; }}"
    for rank, colour in enumerate(RATE.scale)
)


def grid(snapshot_id: str, view: View, found: Money, illustrative: bool, *, key: str) -> None:
    """The units inside the area in official order; a pick filters the page."""
    chosen = view.area.code if view.area.is_unit else ""
    block(html(snapshot_id, view), state.pick, key=key, current=chosen)
    title = f"Tỷ lệ giải ngân lũy kế theo tháng năm {periods.year_of(view.quarter)}"
    twin(
        lambda: _written(view, *_known(view, found.units)),
        title=title,
        heading=heading(view, illustrative),
        key=f"{key}_bang",
        label="Bảng tỷ lệ theo tháng: số đầy đủ; ảnh và tệp tải về",
        picture=lambda: grid_picture(
            *_known(view, found.units),
            figures.unit_names(view.units),
            title,
            heading(view, illustrative),
        ),
    )


def _known(view: View, year: Year) -> tuple[pd.DataFrame, "pd.Series[float]"]:
    """unit × position of rates, to the last month of the view; the units' plans."""
    rates = year.rates.loc[figures.inside(view)].loc[:, : _until(view, year)]
    return rates, year.plans.sum(axis=1)


def _written(view: View, rates: pd.DataFrame, plans: "pd.Series[float]") -> Written:
    """The rates by month, and why a unit has none."""
    table = rates.rename(columns={at: month_name(int(at)) for at in rates})
    why = [formats.NOT_REPORTED if plans[unit] > 0 else RATE.nothing for unit in rates.index]
    absent = pd.DataFrame(dict.fromkeys(table, why))
    words = dict.fromkeys(table, formats.percent)
    table.insert(0, "Địa bàn", figures.unit_names(view.units).reindex(rates.index))
    return Written(table.reset_index(drop=True), words, absent)


def _until(view: View, year: Year) -> int:
    closed = bool(year.rates[CLOSING].notna().any())
    return CLOSING if closed else budget.last_position(view.quarter)


def _shown(view: View) -> tuple[str, ...]:
    """What of a view the grid depends on: a province stands among the others."""
    region = view.area.slug if view.area.kind == "region" else ""
    return view.source, view.quarter, view.units, region


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={View: _shown})
def html(snapshot_id: str, view: View) -> str:
    """The grid."""
    year = view_readers.money(snapshot_id, view).units
    rates = year.rates.loc[figures.inside(view)]
    every = pd.Series(rates.to_numpy().ravel())
    ranks = measures.classes(RATE.breaks, every).to_numpy("int64", na_value=-1)
    names = figures.unit_names(view.units)
    until = _until(view, year)
    plans = year.plans.sum(axis=1)
    # Lists: 819 look-ups in a frame take longer than all the rest.
    months = zip(
        rates.index,
        rates.to_numpy().tolist(),
        ranks.reshape(rates.shape).tolist(),
        strict=True,
    )
    rows = "".join(
        _row(str(code), names[code], list(zip(rates, own, rank, strict=True)), until, plans[code])
        for code, own, rank in months
    )
    heads = "".join(f'<th scope="col"{_quarterly(at)}>{_head(at)}</th>' for at in rates)
    title = f"Tỷ lệ giải ngân lũy kế theo tháng năm {periods.year_of(view.quarter)} (%)"
    return (
        f"{_STYLE}{_COLOURS}</style><h2>{title}</h2>{_key()}"
        f'<div class="box" style="contain-intrinsic-size:auto {1.4 * len(rates) + 2:.0f}rem">'
        f'<table class="grid"><thead><tr><th scope="col"><span>Địa bàn</span></th>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _head(at: int) -> str:
    return f"T{at}" if at < CLOSING else "31/01"


def _quarterly(at: int) -> str:
    """A phone shows the ends of quarters only."""
    return "" if at % 3 == 0 or at == CLOSING else ' class="m"'


def _row(
    code: str, name: str, months: list[tuple[int, float, int]], until: int, plan: float
) -> str:
    """A unit's row; `months` are position, rate and class of each."""
    cells = "".join(_cell(*month, until, plan) for month in months)
    return (
        f'<tr><th scope="row"><button type="button" data-pick="{code}">{escape(name)}'
        f"</button></th>{cells}</tr>"
    )


def _cell(at: int, rate: float, rank: int, until: int, plan: float) -> str:
    small = "" if at % 3 == 0 or at == CLOSING else "m "
    if at > until:
        return f'<td class="{small}"></td>'
    if rate == rate:
        return f'<td class="{small}c{rank}">{formats.number(rate * 100)}</td>'
    if not plan > 0:
        return f'<td class="{small}">–</td>'
    return f'<td class="{small}n"><span>{formats.NOT_REPORTED}</span></td>'


def _key() -> str:
    words = wording.class_words(RATE, RATE.breaks)
    marks = [(f"c{rank}", said) for rank, said in enumerate(words)]
    items = "".join(
        f'<li><i class="{mark}"></i>{said}</li>'
        for mark, said in [*marks, ("n", formats.NOT_REPORTED)]
    )
    return f'<ul class="key" aria-label="Chú giải, Đơn vị tính: %">{items}</ul>'


def behind(snapshot_id: str, view: View, board: Figures, *, key: str) -> None:
    """The ranking by rate or by improvement, and the carried-over money that may be left."""
    heading = "<h2>Xếp hạng tỷ lệ giải ngân</h2>"
    ranked = ranking(snapshot_id, view, RATE, board)
    block(heading + ranked + risks(snapshot_id, view), picked, key=key)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=view_readers.BY_MONEY)
def risks(snapshot_id: str, view: View) -> str:
    """Units of the area whose carried-over money may be left, the largest sums first."""
    found = view_readers.money(snapshot_id, view)
    alone = view.area.is_unit
    asked = pd.Index([view.area.code]) if alone else figures.inside(view)
    ahead = {unit: it for unit, it in found.units.ahead.items() if unit in asked}
    named = budget.at_risk(found.units.plans, ahead)
    names = figures.unit_names(view.units)
    items = "".join(
        f'<li><button type="button" data-pick="{code}">{escape(names[code])}</button>'
        f"<p>{_risk(row)}</p></li>"
        for code, row in zip(named.index[:FIRST], named.to_dict("records"), strict=False)
    )
    heading = '<h2 style="margin-top:1.2rem">Vốn kéo dài có nguy cơ không dùng hết</h2>'
    said = _rule(view, len(named)) if ahead else _nothing_ahead(found)
    return f'{heading}<p style="font-size:0.875rem">{said}</p><ul class="list">{items}</ul>'


def _risk(row: dict[str, float]) -> str:
    carried, expected, assigned = (
        formats.money_with_unit(row[name]) for name in ("carried_over", "expected", "assigned")
    )
    return f"Kéo dài {carried}; dự báo cả năm nhiều nhất {expected}, giao trong năm {assigned}"


def _rule(view: View, count: int) -> str:
    """How many, and by which threshold."""
    unit = wording.one_of(view)
    shown = f"; {FIRST} nơi có số vốn lớn nhất" if count > FIRST else ""
    sign = (
        "mức cao của dự báo giải ngân cả năm vẫn thấp hơn vốn giao trong năm (báo cáo không tách "
        "vốn kéo dài)"
    )
    if not count:
        none = f"{escape(view.area.name)} không có" if view.area.is_unit else f"Không {unit} nào có"
        return f"{none} dấu hiệu này: {sign}."
    return f"{count} {unit} mà {sign}{shown}."


def _nothing_ahead(found: Money) -> str:
    closed = found.units.rates[CLOSING].notna().any()
    return "Năm ngân sách đã khóa sổ." if closed else "Chưa có dự báo cho năm này."
