"""Money against work: each province a point in one of four named quarters.

The quarters are drawn as what they are, tinted fields with their name and count in the corner, so
that the picture needs no legend. All of it comes from the rows: the specification never changes.
"""

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
import pyarrow as arrow
import streamlit as st

from components import budget, state, wording
from components.balance_spec import spec
from components.charts import Written, chart, packed
from components.tables import Words
from data import balance, figures, formats, places, view_readers
from data.view import View

_BESIDE, _BELOW, _ABOVE, _ABOVE_NAMES = 0.05, 0.2, 0.2, 0.3
"""Shares of the range of points that are left free on its sides, for the fields' words; above
also for the names of points."""
MOST_NAMED = 15
"""Points that are named: those of a region, but not of the country."""
_ROOM = 0.08
"""Share of the range within which two names would stand on each other."""
_LINE = {"part": "vạch"}
_WORDS: Words = {
    "Tỷ lệ giải ngân": formats.percent,
    "Tiến độ (SPI)": formats.percent,
    "Khối lượng / chi (CPI)": lambda value: formats.number(value, 2),
}


def money_and_work(snapshot_id: str, view: View, illustrative: bool, *, key: str) -> None:
    """The chart, its table and one sentence on how to read it; a click goes to the province."""
    frame, rows, steps, said, rate = drawn(snapshot_id, view)
    if rows is None:
        st.caption("Chưa đủ số liệu để đối chiếu tiền và việc trong kỳ này.")
        return
    font = 22 if view.presenting else 12
    chart(
        spec(font, 700 if view.presenting else 420),
        rows,
        lambda: Written(_table(view, frame), _WORDS),
        title="Tiền và việc: giải ngân so với tiến độ mô hình",
        heading=[*budget.heading(view, illustrative), *_path_note(steps)],
        alt=said,
        key=key,
        font=font,
        on_pick=lambda point: state.pick(str(point["code"])),
    )
    how = _how(rate) + _path_words(view, steps)
    st.html(f'<p style="font-size:0.875rem;margin:0">{how}</p>')


class Drawn(NamedTuple):
    """Where the units stand, the chart's rows (None where there is nothing to draw), the path of
    the chosen one, all of it in words, the country's rate."""

    frame: pd.DataFrame
    rows: arrow.Table | None
    steps: pd.DataFrame
    said: str
    rate: float


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=view_readers.BY_FIGURES)
def drawn(snapshot_id: str, view: View) -> Drawn:
    """What the chart of a view is drawn from; do not modify it."""
    found = view_readers.figures(snapshot_id, view)
    country = view_readers.trend(snapshot_id, view.form, view.source, places.country().members)
    rate = balance.country_rate(country.loc[view.quarter].to_dict())
    units = found.board.units
    frame = balance.standing(units[units.index.isin(figures.inside(view))], rate)
    alone = view.area.is_unit
    steps = balance.path(found.trend, country) if alone else balance.NO_PATH
    known = not frame.empty and not math.isnan(rate)
    rows = packed(_rows(view, frame, steps, rate)) if known else None
    return Drawn(frame, rows, steps, _alt(frame), rate)


def _rows(view: View, frame: pd.DataFrame, steps: pd.DataFrame, rate: float) -> pd.DataFrame:
    """What is drawn, by `part`: fields, lines, points, the chosen area's path and its quarters.

    money, work to money2, work2; of fields also name, kind, side (right 1, left -1) and edge (top
    1, bottom -1); of points also code, name, kind, chosen, cost; of the path's quarters name and
    words; of both label, the name if there is room for it.
    """
    names = figures.unit_names(view.units)
    passed = steps[["place", "work"]].rename(columns={"place": "money"})
    around = pd.concat([frame[["money", "work"]], passed])
    spread = around.max() - around.min()
    told = _named(frame[["money", "work"]] / spread) if len(frame) <= MOST_NAMED else []
    # Lists: a frame made of frames takes longer than all the rest.
    points = [
        {"part": "điểm", "code": code, "name": names[code], "chosen": code == view.area.code}
        | {"money": money, "work": work, "cost": cost, "kind": kind}
        | {"label": names[code] if code in told else ""}
        for code, money, work, cost, kind in frame.itertuples()
    ]
    beneath = _fields(view, frame, around, rate)
    path = _path(steps, _named(passed / spread))
    return pd.DataFrame(beneath + path + points)


def _named(passed: pd.DataFrame) -> list[str]:
    """The quarters, or units, whose names have room: not close to a later one that is named.

    money and work as shares of what the chart shows.
    """
    named = passed.index[-1:].tolist()
    for quarter in passed.index[-2::-1]:
        away = (passed.loc[named] - passed.loc[quarter]).abs()
        if not ((away["money"] < _ROOM) & (away["work"] < _ROOM)).any():
            named.append(quarter)
    return named


def _path(steps: pd.DataFrame, named: Sequence[str]) -> list[dict[str, object]]:
    """The steps between the quarters, and the quarters before the last one."""
    lines: list[dict[str, object]] = [
        {"part": "đường", "money": a.place, "work": a.work, "money2": b.place, "work2": b.work}
        for a, b in pairwise(steps.itertuples())
    ]
    before = [
        {
            "part": "mốc",
            "money": step.place,
            "work": step.work,
            "name": formats.short_quarter(str(step.Index)),
            "label": formats.short_quarter(str(step.Index)) if step.Index in named else "",
            "words": _figures(step.money, step.work),
        }
        for step in steps.iloc[:-1].itertuples()
    ]
    return lines + before


def _figures(money: float, work: float) -> str:
    return f"giải ngân {formats.percent(money)}, tiến độ {formats.percent(work)}"


def _fields(
    view: View, frame: pd.DataFrame, around: pd.DataFrame, rate: float
) -> list[dict[str, object]]:
    """The four fields with their words, and the two lines between them."""
    named = len(frame) <= MOST_NAMED or view.area.is_unit
    left, right = _ends(around["money"], rate, _BESIDE, _BESIDE)
    low, high = _ends(around["work"], balance.ON_PLAN, _BELOW, _ABOVE_NAMES if named else _ABOVE)
    counts, unit = balance.counted(frame), wording.one_of(view)
    fields: list[dict[str, object]] = [
        {
            "part": "ô",
            "kind": name,
            "name": f"{name}\n{formats.number(counts[name])} {unit}",
            "side": 1 if fast else -1,
            "edge": 1 if good else -1,
            "money": right if fast else left,
            "money2": rate,
            "work": high if good else low,
            "work2": balance.ON_PLAN,
        }
        for (fast, good), name in balance.QUARTERS.items()
    ]
    upright = {"money": rate, "money2": rate, "work": low, "work2": high}
    level = {"money": left, "money2": right, "work": balance.ON_PLAN, "work2": balance.ON_PLAN}
    return [*fields, _LINE | upright, _LINE | level]


def _ends(
    values: "pd.Series[float]", line: float, below: float, above: float
) -> tuple[float, float]:
    """Where the fields end: around all points and the line, with room for the words.

    The words of a field need a quarter of the picture; no rate is below zero.
    """
    low, high = min(values.min(), line), max(values.max(), line)
    room = (high - low) or 1.0
    low, high = low - below * room, high + above * room
    return min(low, max(line - (high - line) / 3, 0.0)), max(high, line + (line - low) / 3)


def _table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    names = figures.unit_names(view.units).reindex(frame.index)
    return pd.DataFrame(
        {
            "Địa bàn": names,
            "Tỷ lệ giải ngân": frame["money"],
            "Tiến độ (SPI)": frame["work"],
            "Khối lượng / chi (CPI)": frame["cost"],
            "Nhóm": frame["quarter"],
        }
    )


def _alt(frame: pd.DataFrame) -> str:
    told = ", ".join(f"{many} {name}" for name, many in balance.counted(frame).items())
    return f"Mỗi tỉnh một điểm, giải ngân ngang, tiến độ dọc: {told}; bảng bên dưới có cùng số"


def _how(rate: float) -> str:
    return (
        f"Vạch dọc: tỷ lệ giải ngân cả nước ({formats.percent(rate)}); vạch ngang: "
        f"{formats.percent(balance.ON_PLAN, 0)} kế hoạch đến kỳ. Tiến độ là khối lượng hoàn thành "
        "/ kế hoạch đến kỳ (SPI); khối lượng / chi (CPI) là khối lượng hoàn thành / đã giải ngân "
        "của mô hình."
    )


def _path_note(steps: pd.DataFrame) -> list[str]:
    """How the path is drawn, for the chart and its files."""
    if len(steps) < 2:
        return []
    return ["đường nối các quý: giải ngân đặt theo tỷ số với cả nước ở quý ấy"]


def _path_words(view: View, steps: pd.DataFrame) -> str:
    """The figures of the path, since the drawing shifts them."""
    if len(steps) < 2:
        return ""
    told = "; ".join(
        f"{formats.quarter(str(step.Index))} {_figures(step.money, step.work)}"
        for step in steps.itertuples()
    )
    return (
        f" Đường nối là các quý gần đây của {escape(view.area.name)} ({told}); tỷ lệ giải ngân bắt "
        "đầu lại từ tháng 1, nên mỗi quý đặt theo tỷ số với cả nước ở quý ấy."
    )
