"""Sentences and figures in the offices' words, made from measures; no number is typed in."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from data import formats, measures, periods
from data.measures import MEASURES, Measure
from data.rules import Finding
from data.view import View

ILLUSTRATIVE = "Số liệu minh họa"
_NOUNS = {"models": "mô hình", "households": "hộ", "money": "tỷ đồng", "percent": "%"}


def noun(measure: Measure) -> str:
    """What the measure counts: `mô hình`, `hộ`, `tỷ đồng`, `%`."""
    return _NOUNS[measure.unit]


def unit_line(measure: Measure) -> str:
    """`Đơn vị tính: tỷ đồng`, once in a heading."""
    return f"Đơn vị tính: {_NOUNS[measure.unit]}"


def figure(measure: Measure, value: float) -> str:
    """The value alone: `64,2%`, `1.482`, `12,4` (tỷ đồng)."""
    if measure.unit == "percent":
        return formats.percent(value)
    return formats.money(value) if measure.unit == "money" else formats.number(value)


def figure_with_unit(measure: Measure, value: float) -> str:
    """The value in a sentence: `64,2%`, `1.482 mô hình`, `12,4 tỷ đồng`."""
    if measure.unit == "money":
        return formats.money_with_unit(value)
    noun = "" if measure.unit == "percent" else f" {_NOUNS[measure.unit]}"
    return figure(measure, value) + noun


def change(measure: Measure, now: float, before: float) -> str | None:
    """The change since the quarter before: `+3,1 điểm %`, `-12`, `+0,4 tỷ`; None if unknown."""
    step = now - before
    if math.isnan(step) or not round(step, 3):
        return None
    if measure.unit == "percent":
        return formats.points(step)
    if measure.unit == "money":
        return f"{formats.signed(step / formats.DONG_PER['tỷ'], 1)} tỷ"
    return formats.signed(step)


def reached(measure: Measure, sums: Mapping[str, float]) -> str:
    """What an amount means beside its plan or whole: `27.102/28.900, đạt 93,8%`."""
    if math.isnan(sums[measure.column]):
        return ""
    if measure.planned:
        return _of_plan(measure, sums[measure.done or measure.column], sums[measure.planned])
    if measure.part_of:
        whole = sums[measure.part_of]
        return f"{formats.percent(sums[measure.column] / whole)} số hộ" if whole else ""
    return f"kéo dài {formats.money_with_unit(sums[measure.added])}" if measure.added else ""


def _of_plan(measure: Measure, done: float, planned: float) -> str:
    if not planned:
        return ""
    if measure.unit == "money":
        return f"đạt {formats.percent(done / planned)} kế hoạch"
    return f"{measure.doing}{formats.done_of_planned(done, planned)}"


def shown_or_why(measure: Measure, sums: Mapping[str, float]) -> str:
    """The figure, or the words for its absence."""
    value = measures.value(measure, sums)
    if math.isnan(value):
        return measures.why_missing(measure, sums)
    return figure_with_unit(measure, value)


def reports(sums: Mapping[str, float]) -> str:
    """`58/63 tỉnh đã báo cáo`."""
    return (
        f"{formats.number(sums['reports'])}/{formats.number(sums['reports_due'])} tỉnh đã báo cáo"
    )


def situation(
    view: View, sums: Mapping[str, float], concerns: Sequence[Finding], illustrative: bool
) -> str:
    """How things stand, in one sentence ready to be sent on."""
    until = formats.day(periods.end(view.quarter))
    if sums["reports"] == 0:
        return f"{_where(view)}đến {until}: chưa báo cáo.{_mark(illustrative)}"
    women = formats.percent(_share(sums["women_headed"], sums["households"]))
    households = figure_with_unit(MEASURES["ho"], sums["households"])
    parts = [
        f"{figure_with_unit(MEASURES['mo-hinh'], sums['models'])}, "
        f"{households} tham gia ({women} do phụ nữ làm chủ)",
        f"tiến độ {_rate('tien-do', sums)} kế hoạch đến kỳ",
        f"giải ngân {_rate('giai-ngan', sums)} kế hoạch vốn năm {periods.year_of(view.quarter)}",
    ]
    said = "" if view.area.kind in ("province", "unit34") else f", {reports(sums)}"
    tail = f" {_attention(view, concerns)}" if concerns else ""
    return f"{_where(view)}đến {until}{said}: {'; '.join(parts)}.{tail}{_mark(illustrative)}"


def _where(view: View) -> str:
    return f"{view.area.name} – "


def _rate(key: str, sums: Mapping[str, float]) -> str:
    value = measures.value(MEASURES[key], sums)
    known = f"đạt {formats.percent(value)}"
    return measures.why_missing(MEASURES[key], sums) if math.isnan(value) else known


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _attention(view: View, concerns: Sequence[Finding]) -> str:
    """How many provinces need attention; the reasons themselves for a single one."""
    if view.area.kind == "province":
        return f"Cần quan tâm: {'; '.join(it.reason.lower() for it in concerns)}."
    return f"{len({it.code for it in concerns})} tỉnh cần quan tâm."


def _mark(illustrative: bool) -> str:
    return f" ({ILLUSTRATIVE}.)" if illustrative else ""


def overdue(newest: str, today: date) -> str | None:
    """A warning when a later quarter's report is already due but not in the snapshot."""
    due = periods.newest_due(today)
    if due <= newest:
        return None
    return (
        f"Số liệu mới nhất là {formats.quarter(newest)}; báo cáo {formats.quarter(due)} "
        f"đã quá hạn từ {formats.day(periods.due(due))}."
    )


def overdue_mark(newest: str, today: date) -> str:
    """The warning as it stands behind the sentence, or nothing."""
    late = overdue(newest, today)
    return f":small[:orange[:material/schedule: {late}]]" if late else ""


def class_words(measure: Measure, limits: tuple[float, ...]) -> list[str]:
    """The legend's classes, lowest first: `dưới 60%`, `60% – 80%`, …, `từ 105%`."""
    words = [figure_of_limit(measure, limit) for limit in limits]
    between = [f"{low} – {high}" for low, high in pairwise(words)]
    return [f"dưới {words[0]}", *between, f"từ {words[-1]}"]


def figure_of_limit(measure: Measure, limit: float) -> str:
    """A class limit without idle decimals."""
    if measure.unit == "percent":
        return formats.percent(limit, 0)
    return formats.exact(limit / formats.DONG_PER["tỷ"] if measure.unit == "money" else limit)
