"""The year's cumulative curve against earlier years, with the forecast to its closing."""

from functools import cache

import altair as alt
import pandas as pd
import pyarrow as arrow
import streamlit as st

from components.budget import heading
from components.charts import QUIET, Spec, Written, axis_type, chart, checked, packed
from components.regulations import notes_box
from data import budget, formats, periods, view_readers
from data.forecast import CLOSING, METHODS, RANGE
from data.money import Money
from data.view import View

NOW, LAST, MEAN, AHEAD = "Năm đang xem", "Năm trước", "Bình quân các năm trước", "Dự báo"
_LOOKS = {
    NOW: ("#155d86", [1, 0]),
    AHEAD: ("#155d86", [5, 4]),
    LAST: ("#a6611a", [1, 0]),
    MEAN: ("#7b8794", [2, 3]),
}


def curve(snapshot_id: str, view: View, found: Money, illustrative: bool, *, key: str) -> None:
    """The chart, its table, how the forecast is made and how wrong it has been."""
    year = periods.year_of(view.quarter)
    if found.rates.isna().all() and found.past.isna().all(axis=None):
        st.markdown("Chưa có tháng nào có kế hoạch vốn và báo cáo để vẽ đường giải ngân.")
        return
    series, rows = drawn(snapshot_id, view)
    font = 24 if view.presenting else 12
    title = f"Giải ngân lũy kế năm {year} (% kế hoạch)"
    chart(
        _spec(font, 620 if view.presenting else 330),
        rows,
        lambda: _written(view, found, series),
        title=title,
        heading=heading(view, illustrative),
        alt=_alt(view, series),
        key=key,
        font=font,
    )
    st.html(f'<p class="said">{_method(found)}</p>{notes_box("Quy định về năm ngân sách", "year")}')


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=view_readers.BY_MONEY)
def drawn(snapshot_id: str, view: View) -> tuple[dict[str, "pd.Series[float]"], arrow.Table]:
    """The curves and the chart's rows; do not modify them."""
    found = view_readers.money(snapshot_id, view)
    series = _series(view, found)
    return series, packed(_rows(series, found))


def _series(view: View, found: Money) -> dict[str, "pd.Series[float]"]:
    """Name → 13 rates; this year to the view's last month, or to its closing if it is known."""
    until = CLOSING if found.rates.notna()[CLOSING] else budget.last_position(view.quarter)
    series = {NOW: found.rates.loc[:until]}
    if len(found.past):
        series[LAST] = found.past.iloc[-1]
    if len(found.past) > 1:
        series[MEAN] = found.past.mean(skipna=False)
    return series


def _rows(series: dict[str, "pd.Series[float]"], found: Money) -> pd.DataFrame:
    """position, rate, low, high, series, words; a month not reported has no rate."""
    parts = [pd.DataFrame({"rate": rates, "series": name}) for name, rates in series.items()]
    if found.outlook:
        parts.append(found.outlook.path.assign(series=AHEAD))
    rows = pd.concat(parts).rename_axis("position").reset_index()
    rows["words"] = [
        f"{month_name(position)}: {formats.percent(rate)}"
        for position, rate in zip(rows.position, rows.rate, strict=True)
    ]
    bounds = rows.reindex(columns=["low", "high"]).astype("float64")
    return rows.assign(low=bounds["low"], high=bounds["high"])


def month_name(position: int) -> str:
    return f"Tháng {position}" if position < CLOSING else "Khóa sổ 31/01 năm sau"


def _written(view: View, found: Money, series: dict[str, "pd.Series[float]"]) -> Written:
    """The chart's figures by month, and the words where there is none."""
    year, months = periods.year_of(view.quarter), range(1, CLOSING + 1)
    first = found.past.index.min() if len(found.past) else year
    names = {NOW: f"Năm {year}", LAST: f"Năm {year - 1}", MEAN: f"Bình quân {first}–{year - 1}"}
    columns = {names[name]: rates.reindex(months) for name, rates in series.items()}
    absent = {name: _absent(rates) for name, rates in zip(columns, series.values(), strict=True)}
    if found.outlook:
        path = found.outlook.path.iloc[1:].reindex(months)
        ahead = {"Dự báo": path["rate"], "Thấp": path["low"], "Cao": path["high"]}
        columns |= ahead
        absent |= dict.fromkeys(ahead, ["–"] * CLOSING)
    table = pd.DataFrame(columns).reset_index(drop=True)
    table.insert(0, "Lũy kế đến", [month_name(position) for position in months])
    return Written(table, dict.fromkeys(columns, formats.percent), pd.DataFrame(absent))


def _absent(rates: "pd.Series[float]") -> list[str]:
    """A dash for the months to come, words for those that were not reported."""
    return [formats.NOT_REPORTED if at in rates.index else "–" for at in range(1, CLOSING + 1)]


def _alt(view: View, series: dict[str, "pd.Series[float]"]) -> str:
    known = series[NOW].dropna()
    said = (
        f"{month_name(int(known.index[-1]))} {formats.percent(float(known.iloc[-1]))}"
        if len(known)
        else formats.NOT_REPORTED
    )
    return f"Đường giải ngân lũy kế của {view.area.name}: {said}; bảng bên dưới có cùng số"


def _method(found: Money) -> str:
    if pd.notna(found.rates[CLOSING]):
        return "Năm ngân sách đã khóa sổ: đường đến 31/01 là số đã giải ngân, không phải dự báo."
    judge = found.judged
    if judge is None:
        return (
            "Chưa dự báo: cần ít nhất hai năm đã khóa sổ trước năm này, một năm để tính và một "
            "năm để kiểm chứng."
        )
    others = "; ".join(
        f"{METHODS[key].label} {formats.number(error * 100, 1)}"
        for key, error in judge.errors.items()
        if key != judge.method.key
    )
    return (
        f"Dự báo (nét đứt): {judge.method.explained}. Kiểm chứng trên 63 tỉnh năm "
        f"{', '.join(map(str, judge.years))}: sai lệch bình quân "
        f"{formats.number(judge.errors[judge.method.key] * 100, 1)} điểm % ({others}). Dải màu: "
        f"sai lệch mà {formats.percent(RANGE, 0)} lần kiểm chứng ở cùng tháng không vượt quá."
    )


@cache
def _spec(font: int, height: int) -> Spec:
    """The chart without its data: Altair checks it once."""
    colours, dashes = zip(*_LOOKS.values(), strict=True)
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=2,  # four do not fit on a phone
        labelFontSize=font,
        labelLimit=400,
        symbolType="stroke",
        symbolSize=25 * font,
        symbolStrokeWidth=font / 6,
        labelColor=QUIET,
        padding=0,
        offset=6,
        rowPadding=2,
    )
    x = alt.X("position:Q", title=None, scale=alt.Scale(domain=[1, CLOSING], nice=False))
    x = x.axis(values=[*range(1, CLOSING + 1)], labelExpr=_LABELS, grid=False, **axis_type(font))
    # At least to 10%: below it, the axis of a year's first months would say 0% at every mark.
    least = alt.Scale(domain=alt.DomainUnionWith(unionWith=[0, 0.1]))
    y = alt.Y("rate:Q", title=None, scale=least, stack=None)
    y = y.axis(format=".0%", tickCount=5, **axis_type(font))
    series = alt.Color("series:N", scale=alt.Scale(domain=[*_LOOKS], range=colours), legend=legend)
    dash = alt.StrokeDash(
        "series:N", scale=alt.Scale(domain=[*_LOOKS], range=dashes), legend=legend
    )
    base = alt.Chart().encode(x=x)
    band = base.mark_area(color="#7fb2cd", opacity=0.3).encode(y=alt.Y("low:Q"), y2="high:Q")
    band = band.transform_filter("isValid(datum.low)")
    lines = base.mark_line(strokeWidth=font / 6).encode(y=y, color=series, strokeDash=dash)
    points = base.mark_point(filled=True, size=2 * font, opacity=1).encode(
        y="rate:Q",  # on the scale of the lines
        color=series,
        tooltip=[alt.Tooltip("series:N", title="Đường"), alt.Tooltip("words:N", title="Lũy kế")],
    )
    return checked(alt.layer(band, lines, points).properties(height=height))


_LABELS = f"datum.value == {CLOSING} ? '31/01' : 'T' + datum.value"
