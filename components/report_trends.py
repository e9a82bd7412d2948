"""Completeness and timeliness of the reports over time and by region; findings by rule."""

from dataclasses import replace
from datetime import date
from functools import cache
from html import escape

import altair as alt
import pandas as pd
import pyarrow as arrow
import streamlit as st

from components import models
from components.charts import QUIET, Spec, Written, chart, checked, heading, packed
from data import formats, places, readers, reporting
from data.view import View
from data.workbooks import rules

RECEIVED, IN_TIME = "Đã gửi", "Đúng hạn"
COLOURS = {RECEIVED: "#155d86", IN_TIME: "#d8a55d"}
_WRAPPED = """<style>.figures.rules th.text[scope="row"] { white-space: normal; }
h2:has(+ .rules) { font-size: 1.05rem; margin: 0.6rem 0 0.2rem; padding: 0; }</style>"""
MOST_RULES = 8
TREND_QUARTERS = 4
"""Quarters that the table of findings shows, up to the view's."""


def over_time(
    snapshot_id: str,
    today: date,
    view: View,
    standing: pd.DataFrame,
    illustrative: bool,
    *,
    key: str,
) -> None:
    """Shares of the area's provinces that reported, and in time, by quarter; of a province's
    region, since one province has no share."""
    view = _around(view)
    counted, rows = _counted(snapshot_id, today, view.area.members, standing)
    chart(
        _spec(20 if view.presenting else 11, 420 if view.presenting else 250),
        rows,
        lambda: Written(_table(counted)),
        title=f"Tỷ lệ tỉnh gửi báo cáo: {view.area.name}",
        heading=heading(view, illustrative),
        alt=_alt(counted, view.quarter),
        key=key,
        font=20 if view.presenting else 11,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _counted(
    snapshot_id: str, today: date, members: tuple[str, ...], _standing: pd.DataFrame
) -> tuple[pd.DataFrame, arrow.Table]:
    """The shares of some provinces, and what the chart draws of them; do not modify them."""
    counted = reporting.shares(_standing, members)
    return counted, packed(_rows(counted))


def _around(view: View) -> View:
    if len(view.area.members) > 1:
        return view
    region = places.region(str(places.provinces().at[view.area.members[0], "region"]))
    return replace(view, area=region or places.country())


def _table(counted: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Kỳ": [formats.quarter(it) for it in counted.index],
            "Tỉnh phải gửi": counted["due"].to_numpy(),
            RECEIVED: counted["received"].to_numpy(),
            IN_TIME: counted["in_time"].to_numpy(),
            "Có điều cần xem lại": counted["warned"].to_numpy(),
        }
    )


def _rows(counted: pd.DataFrame) -> pd.DataFrame:
    """quarter, kind, share: what the chart draws; quarters that are not due yet are left out."""
    due = counted[counted["due"] > 0]
    parts = [
        pd.DataFrame({"quarter": due.index, "kind": kind, "share": due[column] / due["due"]})
        for kind, column in ((RECEIVED, "received"), (IN_TIME, "in_time"))
    ]
    rows = pd.concat(parts, ignore_index=True)
    named = [formats.short_quarter(it) for it in rows["quarter"]]
    return rows.assign(name=named)


def _alt(counted: pd.DataFrame, quarter: str) -> str:
    now = counted.loc[quarter]
    return (
        f"Theo quý, phần tỉnh đã gửi và gửi đúng hạn; {formats.quarter(quarter)}: "
        f"{now['received']}/{now['due']} đã gửi, {now['in_time']} đúng hạn"
    )


@cache
def _spec(font: int, height: int) -> Spec:
    """The chart without its rows: Altair checks it once."""
    look = models.type_of(font)
    x = alt.X("name:N", sort=alt.SortField("quarter"), title=None)
    x = x.axis(labelAngle=0, labelOverlap=True, **look)
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    y = y.axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **look)
    legend = alt.Legend(title=None, orient="top", labelFontSize=font, labelColor=QUIET, offset=2)
    scale = alt.Scale(domain=[*COLOURS], range=[*COLOURS.values()])
    line = alt.Chart().mark_line(point=True, strokeWidth=2)
    line = line.encode(
        x=x,
        y=y,
        color=alt.Color("kind:N", scale=scale, legend=legend),
        tooltip=[
            alt.Tooltip("name:N", title="Quý"),
            alt.Tooltip("kind:N", title="Báo cáo"),
            alt.Tooltip("share:Q", title="Tỷ lệ", format=".1%"),
        ],
    )
    return checked(line.properties(height=height))


def by_region(snapshot_id: str, today: date, quarter: str, standing: pd.DataFrame) -> None:
    """The six regions and the country: sent, in time, with findings, in a quarter."""
    st.html(_regions(snapshot_id, today, quarter, standing))


@st.cache_resource(show_spinner=False, max_entries=64)
def _regions(snapshot_id: str, today: date, quarter: str, _standing: pd.DataFrame) -> str:
    areas = [places.region(str(slug)) for slug in places.regions().index]
    now = reporting.of_quarter(_standing, quarter, places.country().members)
    rows = "".join(_region(now, area) for area in [*areas, places.country()] if area)
    heads = "".join(
        f'<th scope="col">{label}</th>' for label in ("Đã gửi", "Đúng hạn", "Có điều cần xem")
    )
    return (
        f"{models.TABLE_STYLE}{_WRAPPED}<h2>Gửi báo cáo {formats.quarter(quarter)}, theo vùng"
        '</h2><table class="figures rules"><thead><tr><th scope="col" class="text">Vùng'
        f"</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _region(now: pd.DataFrame, area: places.Area) -> str:
    own = now[now.index.isin(area.members)]
    received, in_time = own["state"].isin(reporting.RECEIVED), own["state"] == "dung_han"
    due = int((own["state"] != "chua_den_han").sum())
    cells = (
        f"{received.sum()}/{due}",
        formats.percent(in_time.sum() / due) if due else "–",
        formats.number((own["warnings"] > 0).sum()),
    )
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" class="text">{escape(area.name)}</th>{told}</tr>'


def by_rule(snapshot_id: str, view: View) -> None:
    """What is found most often in the area's reports, with the quarters before."""
    shown = tuple(it for it in view.quarters if it <= view.quarter)[-TREND_QUARTERS:]
    st.html(_rules(snapshot_id, shown, view.area.members))


@st.cache_resource(show_spinner=False, max_entries=256)
def _rules(snapshot_id: str, shown: tuple[str, ...], members: tuple[str, ...]) -> str:
    counted = reporting.by_rule(readers.table(snapshot_id, "findings"), members)
    counted = counted.reindex(columns=[*shown], fill_value=0)
    counted = counted[counted.sum(axis=1) > 0].sort_values([*shown[::-1]], ascending=False)
    if counted.empty:
        return "<p>Không có điều gì cần xem lại trong báo cáo bốn quý gần đây.</p>"
    heads = "".join(f'<th scope="col">{formats.quarter(it)[4:]}</th>' for it in shown)
    rows = "".join(
        f'<tr><th scope="row" class="text">{escape(rules.label(str(rule)))}</th>'
        + "".join(f"<td>{formats.number(value)}</td>" for value in row)
        + "</tr>"
        for rule, *row in counted.head(MOST_RULES).itertuples()
    )
    return (
        f"{models.TABLE_STYLE}{_WRAPPED}<h2>Điều cần xem lại trong báo cáo, theo quý</h2>"
        f'<table class="figures rules"><thead><tr><th scope="col" class="text">Quy tắc</th>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )
