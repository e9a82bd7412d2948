"""Every measure a screen can show, and how its value is taken from summed cube columns.

The map, the cards, the ranking, the sentence, the glossary and the exports read `MEASURES`; a new
measure is one entry. Rates use the terms of earned value (ISO 21508): planned value is budget ×
planned share, earned value is budget × actual share, both over the models that reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd

from data import places

SEQUENTIAL = ("#e6f0f5", "#b5d3e2", "#7fb2cd", "#4389b0", "#155d86")
"""One hue, light to dark; for amounts and shares."""

DIVERGING = ("#a6611a", "#d8a55d", "#f0dfbf", "#cfe3ee", "#5b9bc4")
"""Brown (behind) to blue (ahead) around 100% of plan; told apart by colour-blind readers."""


@dataclass(frozen=True)
class Measure:
    """One thing that can be shown for an area and a quarter.

    The value is `column`, or `column / over` for a rate. `done` and `planned` are the columns of
    “done/planned, reached x%”: `done` is the value where it is not named, `doing` its verb.
    `part_of` is the column that the value is a share of, `added` one that comes on top of it.
    `breaks` are fixed class limits of a rate; amounts get theirs from the data of all quarters.
    """

    key: str
    label: str
    unit: Literal["percent", "models", "households", "money"]
    column: str
    explained: str
    over: str | None = None
    done: str | None = None
    doing: str = ""
    planned: str | None = None
    part_of: str | None = None
    added: str | None = None
    breaks: tuple[float, ...] = ()
    scale: tuple[str, ...] = SEQUENTIAL
    by_form: bool = True
    needs_report: bool = True
    nothing: str = "không có mô hình"
    more_is_better: bool = False


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            key="tien-do",
            label="Tiến độ so với kế hoạch",
            unit="percent",
            column="earned_value",
            over="planned_value",
            breaks=(0.6, 0.8, 0.95, 1.05),
            more_is_better=True,
            scale=DIVERGING,
            explained=(
                "Khối lượng hoàn thành chia cho kế hoạch đến kỳ, tính theo kinh phí của các mô "
                "hình có báo cáo: tổng (kinh phí × % thực hiện) / tổng (kinh phí × % kế hoạch)."
            ),
            nothing="chưa có mô hình đến kỳ",
        ),
        Measure(
            key="giai-ngan",
            label="Tỷ lệ giải ngân năm",
            unit="percent",
            column="disbursed_ytd",
            over="plan_reported",
            breaks=(0.1, 0.25, 0.5, 0.75),
            more_is_better=True,
            by_form=False,
            explained=(
                "Vốn đã giải ngân từ đầu năm chia cho kế hoạch vốn năm (giao trong năm + kéo dài "
                "từ năm trước) của các tỉnh có báo cáo."
            ),
            nothing="không có kế hoạch vốn",
        ),
        Measure(
            key="mo-hinh",
            label="Mô hình",
            unit="models",
            column="models",
            done="models_started",
            doing="triển khai ",
            planned="models_due",
            explained=(
                "Số mô hình đã phê duyệt, chưa hủy, có báo cáo trong kỳ. Đã triển khai / theo kế "
                "hoạch: mô hình từ giai đoạn triển khai trở đi so với mô hình đến hạn bắt đầu."
            ),
        ),
        Measure(
            key="ho",
            label="Hộ tham gia",
            unit="households",
            column="households",
            planned="households_planned",
            explained=(
                "Số hộ nghèo, cận nghèo, mới thoát nghèo đang tham gia, so với số hộ theo kế "
                "hoạch của các mô hình đến hạn bắt đầu."
            ),
        ),
        Measure(
            key="ho-phu-nu",
            label="Hộ do phụ nữ làm chủ",
            unit="households",
            column="women_headed",
            part_of="households",
            explained="Số hộ do phụ nữ làm chủ trong số hộ đang tham gia.",
        ),
        Measure(
            key="ho-thoat-ngheo",
            label="Hộ thoát nghèo",
            unit="households",
            column="households_out",
            part_of="households",
            explained="Số hộ thoát nghèo nhờ mô hình, lũy kế của các mô hình có báo cáo trong kỳ.",
        ),
        Measure(
            key="ke-hoach-von",
            label="Kế hoạch vốn giao",
            unit="money",
            column="assigned",
            by_form=False,
            needs_report=False,
            added="carried_over",
            explained=(
                "Vốn được giao trong năm của kỳ, cả tỉnh chưa báo cáo; chưa gồm vốn kéo dài từ "
                "năm trước."
            ),
            nothing="không có kế hoạch vốn",
        ),
        Measure(
            key="da-giai-ngan",
            label="Đã giải ngân",
            unit="money",
            column="disbursed_ytd",
            planned="plan_reported",
            by_form=False,
            explained=(
                "Vốn đã giải ngân từ đầu năm đến cuối kỳ, so với kế hoạch vốn năm gồm cả vốn kéo "
                "dài, của các tỉnh có báo cáo."
            ),
            nothing="không có kế hoạch vốn",
        ),
    )
}
DEFAULT = "tien-do"


def totals(frame: pd.DataFrame, by: "str | pd.Series[str]") -> pd.DataFrame:
    """Sums of all columns by group; NaN where no province of the group reported."""
    return frame.groupby(by, sort=False).sum(min_count=1)


def over_time(frame: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """quarter × columns: sums over the member provinces of a (quarter, province) frame.

    NaN where none of them reported, as in `totals`; on the bare block of numbers, since this is
    the one sum that every click on another province asks for.
    """
    quarters, provinces = frame.index.levels  # type: ignore[attr-defined]
    block = frame.to_numpy("float64").reshape(len(quarters), len(provinces), -1)
    block = block[:, provinces.isin(members)]
    sums = np.where(np.isnan(block).all(axis=1), np.nan, np.nansum(block, axis=1))
    return pd.DataFrame(sums, index=quarters, columns=frame.columns)


def by_unit(quarter: pd.DataFrame, units: str) -> pd.DataFrame:
    """unit × columns for one quarter's province frame: 63 provinces, 34 units or 6 regions."""
    if units == "63":
        return quarter
    column = {"34": "unit34", "6": "region"}[units]
    order = {"34": places.units34, "6": places.regions}[units]().index
    return totals(quarter, places.provinces()[column].reindex(quarter.index)).reindex(order)


def values(measure: Measure, sums: pd.DataFrame) -> pd.Series:
    """The measure's value for each row of summed columns; NaN where there is none."""
    top = sums[measure.column].astype("float64")
    return top if measure.over is None else _ratio(top, sums[measure.over])


def value(measure: Measure, sums: Mapping[str, float]) -> float:
    """The measure's value of one row of sums; NaN where there is none."""
    top = float(sums[measure.column])
    if measure.over is None:
        return top
    under = float(sums[measure.over])
    return top / under if under else float("nan")


def _ratio(top: pd.Series, under: pd.Series) -> pd.Series:
    return top / under.astype("float64").replace(0.0, np.nan)


def why_missing(measure: Measure, sums: Mapping[str, float]) -> str:
    """Why a value is absent: not reported, or nothing there to measure."""
    reported = sums["reports"] > 0 or not measure.needs_report
    return measure.nothing if reported else "chưa báo cáo"


def breaks(measure: Measure, all_quarters: pd.DataFrame) -> tuple[float, ...]:
    """Four class limits: the measure's own, or round fifths of all quarters' unit values.

    Taken over every quarter at once, so that a legend keeps its classes from period to period.
    """
    if measure.breaks:
        return measure.breaks
    known = values(measure, all_quarters).dropna()
    known = known[known > 0]
    if known.empty:
        return (1.0, 2.0, 3.0, 4.0)
    limits = [_round(float(known.quantile(share))) for share in (0.2, 0.4, 0.6, 0.8)]
    return _rising(limits) if measure.unit == "money" else _rising([ceil(it) for it in limits], 1)


def _rising(limits: Sequence[float], least: float = 0.0) -> tuple[float, ...]:
    """Strictly rising limits, for data so even that fifths fall together: 25% or `least` apart."""
    rising = [float(limits[0])]
    for limit in limits[1:]:
        step = least if least else rising[-1] * 0.25
        rising.append(max(float(limit), rising[-1] + step))
    return tuple(rising)


def _round(number: float) -> float:
    """Two significant digits at most, so that a legend reads well."""
    if number == 0:
        return 0.0
    step = 10 ** (np.floor(np.log10(abs(number))) - 1)
    return float(np.round(number / step) * step)


def classes(limits: Sequence[float], known: pd.Series) -> pd.Series:
    """The class number (0 = lowest) of each value; <NA> where there is none."""
    found = np.searchsorted(np.asarray(limits), known.to_numpy("float64"), side="right")
    return pd.Series(found, known.index, dtype="Int64").mask(known.isna())
