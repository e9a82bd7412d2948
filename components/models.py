"""The models of a view: the funnel, planned against actual, people, and sums by group."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from html import escape
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import model_readers, state, wording
from components.charts import PICK, Spec, chart, checked, heading
from components.model_readers import Summary
from data import codes, formats, models, periods
from data.measures import MEASURES
from data.models import GROUPINGS, WORDS
from data.view import View

INK = "#3a4653"
COLOURS = {
    "vuot": "#155d86",
    "dung": "#5b9bc4",
    "cham": "#d8a55d",
    "cham_nhieu": "#a6611a",
    "chua_den_ky": "#9aa5b1",
}
"""Brown (behind) to blue (ahead), as on the map; the word always stands beside."""

GROUPED_BY = {
    "form": "Hình thức",
    "sector": "Lĩnh vực",
    "lead_kind": "Đơn vị chủ trì",
    "priority_area": "Địa bàn",
}
TABLE_STYLE = """<style>
.figures { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.3;
  font-variant-numeric: tabular-nums; }
.figures th, .figures td { padding: 0.3rem 0.5rem; border-bottom: 1px solid #d5dbe1;
  text-align: right; vertical-align: middle; }
.figures th { font-weight: 600; vertical-align: bottom; }
.figures .text { text-align: left; }
.figures tfoot td { font-weight: 600; border-bottom: 0; }
.scroll { overflow-x: auto; }
</style>"""
_FUNNEL_STYLE = """<style>
dl.funnel { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 0.6rem;
  margin: 0; padding: 0; font-size: 0.9rem; line-height: 1.2; align-items: center; }
.funnel dt { text-align: right; }
.funnel dd { margin: 0; display: flex; align-items: center; gap: 0.4rem;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.funnel i { height: 0.85rem; flex: none; background: #155d86; }
.funnel i + i { background: #cfe3ee; margin-left: -0.4rem; }
.aside { margin: 0.4rem 0 0; font-size: 0.9rem; }
.small { font-size: 1.05rem; padding: 0; margin: 0 0 0.4rem; }
dl.people { display: grid; grid-template-columns: 3fr 2fr; gap: 0.6rem;
  margin: 0.75rem 0 0; padding: 0; }
.people div { border-left: 3px solid #b5d3e2; padding-left: 0.6rem; }
.people dt { font-size: 0.875rem; font-weight: 400; }
.people dd { margin: 0; font-size: 1.2rem; font-weight: 500; font-variant-numeric: tabular-nums; }
.people dd.note { font-size: 0.875rem; font-weight: 400; }
@media (max-width: 640px) { .funnel span { display: none; } }
</style>"""


def choose(model_id: str) -> None:
    """Go to the page of a model; to the list of models with an empty code."""
    state.show(replace(state.view(), model=model_id))


def situation(view: View, words: Mapping[str, int], illustrative: bool) -> str:
    """How many models there are and how they stand, in one sentence ready to be sent on."""
    until = formats.day(periods.end(view.quarter))
    reported = sum(words[it] for it in models.REPORTED)
    told = _counted(words, models.REPORTED)
    said = f"{formats.number(reported)} mô hình có báo cáo{f': {told}' if told else ''}"
    others = _counted(words, [it for it in WORDS if it not in models.REPORTED])
    tail = f"; ngoài ra {others}" if others else ""
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    return f"{wording.where(view)} – đến {until}: {said}{tail}.{mark}"


def _counted(words: Mapping[str, int], keys: "tuple[str, ...] | list[str]") -> str:
    """`141 vượt kế hoạch, 412 đúng tiến độ`; what there is none of is left out."""
    return ", ".join(f"{formats.number(words[k])} {WORDS.label(k)}" for k in keys if words[k])


def funnel(found: Summary) -> None:
    """Models by stage, those beside the way counted apart; then the people they reach."""
    st.html(_FUNNEL_STYLE + _stages(found) + _people(found.total))


def _stages(found: Summary) -> str:
    steps = [key for key in codes.STAGES if key not in codes.ASIDE_STAGES]
    here = [found.stages[key] for key in steps]
    whole = sum(here)
    rows = ""
    for place, key in enumerate(steps):
        reached = sum(here[place:])
        rows += _step(codes.STAGES.label(key), here[place], reached, whole)
    beside = [(codes.STAGES.label(key).lower(), found.stages[key]) for key in codes.ASIDE_STAGES]
    beside += [(WORDS.label(key), found.words[key]) for key in ("chua_bao_cao", "thoi_bao_cao")]
    told = " + ".join(f"{formats.number(many)} {label}" for label, many in beside if many)
    every = sum(found.words.values())
    total = f"{formats.number(whole)} trên các giai đoạn{' + ' if told else ''}{told}"
    return (
        f'<h2 class="small">Theo giai đoạn</h2><dl class="funnel">{rows}</dl>'
        f'<p class="aside">{escape(total)} = <b>{formats.number(every)} mô hình</b>. '
        "Đậm: đang ở giai đoạn; nhạt: đã qua.</p>"
    )


def _step(label: str, here: int, reached: int, whole: int) -> str:
    # 60% of the width, so that the figures have room after the longest bar.
    dark, light = (60 * each / (whole or 1) for each in (here, reached - here))
    words = f"<b>{formats.number(here)}</b>" + (
        f" <span>· đã đến: {formats.number(reached)}</span>" if reached > here else ""
    )
    return (
        f'<dt>{escape(label)}</dt><dd><i style="width:{dark:.1f}%"></i>'
        f'<i style="width:{light:.1f}%"></i>{words}</dd>'
    )


def _people(total: Mapping[str, float]) -> str:
    if not total["models"]:
        return ""
    households = total["households"]
    parts = ("poor", "near_poor", "newly_escaped")
    poor, near, escaped = (formats.number(total[key]) for key in parts)
    figures = (
        ("Hộ tham gia", households, f"{poor} nghèo, {near} cận nghèo, {escaped} mới thoát nghèo"),
        ("Hộ do phụ nữ làm chủ", total["women_headed"], _of(total["women_headed"], households)),
        ("Phụ nữ tham gia (người)", total["women"], ""),
        ("Hộ thoát nghèo", total["households_out"], _of(total["households_out"], households)),
    )
    cells = "".join(
        f"<div><dt>{label}</dt><dd>{formats.number(value)}</dd>"
        f'<dd class="note">{escape(note)}</dd></div>'
        for label, value, note in figures
    )
    return f'<dl class="people">{cells}</dl>'


def _of(part: float, households: float) -> str:
    return f"{formats.percent(part / households)} số hộ" if households else ""


def planned_and_actual(view: View, points: pd.DataFrame, illustrative: bool, *, key: str) -> None:
    """Each model a point, the late ones below the line; a click goes to the model."""
    if points.empty:
        st.caption("Không có mô hình nào có báo cáo trong kỳ này.")
        return
    gathered = not points["id"].iloc[0]
    chart(
        _spec(20 if view.presenting else 11, 700 if view.presenting else 460, gathered),
        points,
        _table(points, gathered),
        title=f"Thực hiện so với kế hoạch lũy kế: {view.area.name}",
        heading=heading(view, illustrative),
        alt=_alt(points),
        key=key,
        words={"Kế hoạch": formats.percent, "Thực hiện": formats.percent},
        on_pick=None if gathered else lambda point: choose(str(point["id"])),
    )


def _table(points: pd.DataFrame, gathered: bool) -> pd.DataFrame:
    labels = {
        **({"models": "Số mô hình"} if gathered else {"id": "Mã", "name": "Mô hình"}),
        "form": "Hình thức",
        "planned": "Kế hoạch",
        "actual": "Thực hiện",
        "word": "Tiến độ",
    }
    return points[list(labels)].rename(columns=labels)


def _alt(points: pd.DataFrame) -> str:
    by_word = points.groupby("word")["models"].sum()
    told = ", ".join(f"{formats.number(many)} {word}" for word, many in by_word.items())
    return f"Mỗi mô hình một điểm, kế hoạch lũy kế ngang, thực hiện lũy kế dọc: {told}"


@cache
def _spec(font: int, height: int, gathered: bool) -> Spec:
    """The chart without its data: Altair checks it once."""
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **type_of(font))
    scale = alt.Scale(domain=[-0.02, 1.02], nice=False)
    x = alt.X("planned:Q", title="Kế hoạch lũy kế", axis=axis, scale=scale)
    y = alt.Y("actual:Q", title="Thực hiện lũy kế", axis=axis, scale=scale)
    line = alt.Chart(alt.Data(values=[{"planned": end, "actual": end} for end in (0, 1)]))
    line = line.mark_line(color="#5c6b7a", strokeDash=[4, 3], strokeWidth=1).encode(x=x, y=y)
    dots = alt.Chart().mark_point(filled=True, opacity=0.7, size=3 * font)
    dots = dots.encode(
        x=x, y=y, color=_colour(font), shape=_shape(font), tooltip=_tooltip(gathered)
    )
    if gathered:
        dots = dots.encode(size=alt.Size("models:Q", legend=None))
    else:
        picked = alt.selection_point(PICK, fields=["id"], on="click", toggle=False)
        dots = dots.add_params(picked)
    spec = checked(alt.layer(dots, line).properties(height=height))
    # Altair's schema does not know Vega's way of putting two legends one below the other.
    beneath = {"layout": {"bottom": {"direction": "vertical", "anchor": "start"}}}
    return spec | {"config": spec["config"] | {"legend": beneath}}


def type_of(font: int) -> dict[str, Any]:
    """The type of an axis, dark enough to be read from afar."""
    return {"labelFontSize": font, "titleFontSize": font, "labelColor": INK, "titleColor": INK}


def _legend(font: int, columns: int) -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="bottom",
        columns=columns,
        labelFontSize=font,
        labelColor=INK,
        labelLimit=300,
        offset=4,
        padding=2,
        rowPadding=0,
    )


def _colour(font: int) -> alt.Color:
    scale = alt.Scale(domain=[WORDS.label(key) for key in COLOURS], range=[*COLOURS.values()])
    return alt.Color("word:N", scale=scale, legend=_legend(font, 3))


def _shape(font: int) -> alt.Shape:
    names = list(codes.FORMS.labels.values())
    scale = alt.Scale(domain=names, range=["square", "circle", "triangle-up", "diamond"])
    return alt.Shape("form:N", scale=scale, legend=_legend(font, 1))


def _tooltip(gathered: bool) -> list[alt.Tooltip]:
    first = alt.Tooltip("models:Q", title="Số mô hình", format=",")
    named = alt.Tooltip("name:N", title="Mô hình")
    return [
        first if gathered else named,
        alt.Tooltip("form:N", title="Hình thức"),
        alt.Tooltip("planned:Q", title="Kế hoạch", format=".1%"),
        alt.Tooltip("actual:Q", title="Thực hiện", format=".1%"),
        alt.Tooltip("word:N", title="Tiến độ"),
    ]


@st.fragment
def groups(snapshot_id: str, view: View, *, key: str) -> None:
    """Sums by form, sector, lead unit or kind of area, in one table."""
    grouping = st.segmented_control(
        "Tổng hợp theo",
        list(GROUPED_BY),
        key=key,
        default="form",
        required=True,
        format_func=GROUPED_BY.__getitem__,
    )
    grouping = grouping if grouping in GROUPED_BY else "form"
    sums = model_readers.groups(snapshot_id, model_readers.where(view), grouping)
    st.html(_groups(sums, grouping))


def _groups(sums: pd.DataFrame, grouping: str) -> str:
    heads = "".join(f'<th scope="col">{label}</th>' for label in _COLUMNS)
    records = {str(name): row for name, row in sums.to_dict("index").items()}
    rows = "".join(
        f'<tr><th scope="row" class="text">{escape(GROUPINGS[grouping].label(name))}</th>'
        f"{_cells(row)}</tr>"
        for name, row in records.items()
    )
    total = _cells({str(key): value for key, value in sums.sum().items()})
    return (
        f'{TABLE_STYLE}<div class="scroll" tabindex="0" role="region" '
        f'aria-label="Tổng hợp theo {GROUPED_BY[grouping].lower()}"><table class="figures">'
        f'<thead><tr><th scope="col" class="text">{GROUPED_BY[grouping]}</th>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody><tfoot><tr><td class="text">Cộng</td>{total}</tr></tfoot></table>'
        '</div><p class="aside">Các cột sau cột mô hình tính trên mô hình có báo cáo trong kỳ; '
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
    "Hộ thoát nghèo": _number("households_out"),
    "Kinh phí (tỷ đồng)": lambda row: formats.money(row["budget"]) if row["models"] else "–",
    "Đã giải ngân": _rate("spent", "budget", "–"),
}
