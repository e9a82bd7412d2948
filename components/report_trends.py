"""Completeness and timeliness of the reports over time and by region; findings by rule."""

from functools import cache
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from components import models
from components.charts import QUIET, Spec, Written, chart, checked, heading
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


def over_time(view: View, standing: pd.DataFrame, illustrative: bool, *, key: str) -> None:
    """Shares of the area's provinces that reported, and in time, by quarter."""
    counted = reporting.shares(standing, view.area.members)
    chart(
        _spec(20 if view.presenting else 11, 420 if view.presenting else 190),
        _rows(counted),
        lambda: Written(_table(counted)),
        title=f"Tỷ lệ tỉnh gửi báo cáo: {view.area.name}",
        heading=heading(view, illustrative),
        alt=_alt(counted, view.quarter),
        key=key,
        font=20 if view.presenting else 11,
    )


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
    named = [f"{formats.ROMAN[int(it[5]) - 1]}/{it[2:4]}" for it in rows["quarter"]]
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


def by_region(view: View, standing: pd.DataFrame) -> None:
    """The six regions and the country: sent, in time, with findings, in the view's quarter."""
    areas = [places.region(str(slug)) for slug in places.regions().index]
    rows = "".join(_region(view, standing, area) for area in [*areas, places.country()] if area)
    heads = "".join(
        f'<th scope="col">{label}</th>' for label in ("Đã gửi", "Đúng hạn", "Cần xem lại")
    )
    st.html(
        f'{models.TABLE_STYLE}<table class="figures"><thead><tr><th scope="col" class="text">Vùng'
        f"</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _region(view: View, standing: pd.DataFrame, area: places.Area) -> str:
    now = reporting.shares(standing, area.members).loc[view.quarter]
    due = int(now["due"])
    cells = (
        f"{now['received']}/{due}",
        formats.percent(now["in_time"] / due) if due else "–",
        formats.number(now["warned"]),
    )
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" class="text">{escape(area.name)}</th>{told}</tr>'


def by_rule(snapshot_id: str, view: View) -> None:
    """What is found most often in the area's reports, with the quarters before."""
    found = readers.table(snapshot_id, "findings")
    counted = reporting.by_rule(found[found["quarter"] <= view.quarter], view.area.members)
    shown = [it for it in view.quarters if it <= view.quarter][-TREND_QUARTERS:]
    counted = counted.reindex(columns=shown, fill_value=0)
    counted = counted[counted.sum(axis=1) > 0].sort_values(shown[::-1], ascending=False)
    if counted.empty:
        st.html("<p>Không có điều gì cần xem lại trong báo cáo bốn quý gần đây.</p>")
        return
    heads = "".join(f'<th scope="col">{formats.quarter(it)[4:]}</th>' for it in shown)
    rows = "".join(
        f'<tr><th scope="row" class="text">{escape(rules.label(str(rule)))}</th>'
        + "".join(f"<td>{formats.number(value)}</td>" for value in row)
        + "</tr>"
        for rule, *row in counted.head(MOST_RULES).itertuples()
    )
    st.html(
        f"{models.TABLE_STYLE}{_WRAPPED}<h2>Điều cần xem lại trong báo cáo, theo quý</h2>"
        f'<table class="figures rules"><thead><tr><th scope="col" class="text">Quy tắc</th>{heads}'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )
