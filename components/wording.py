"""Sentences and figures in the offices' words, made from measures; no number is typed in."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from data import codes, formats, measures, periods
from data.codes import ALL
from data.measures import MEASURES, Measure
from data.rules import Finding
from data.view import View

ILLUSTRATIVE = "Số liệu minh họa"
UNCHANGED = "không đổi"
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
    """The change since the quarter before: `+3,1 điểm %`, `-12`, `+0,4 tỷ`, or that there is none
    to be seen; None if unknown."""
    step = now - before
    if math.isnan(step):
        return None
    if measure.unit == "percent":
        return formats.points(step) if formats.rounded(step, 3) else UNCHANGED
    if measure.unit == "money":
        in_ty = step / formats.DONG_PER["tỷ"]
        return f"{formats.signed(in_ty, 1)} tỷ" if formats.rounded(in_ty, 1) else UNCHANGED
    return formats.signed(step) if step else UNCHANGED


def reached(measure: Measure, sums: Mapping[str, float]) -> str:
    """What an amount means beside its plan or whole: `27.102/28.900, đạt 93,8%`."""
    if math.isnan(sums[measure.column]):
        return ""
    if measure.planned:
        return _of_plan(measure, sums[measure.done or measure.column], sums[measure.planned])
    if measure.part_of:
        whole = sums[measure.part_of]
        return f"{formats.percent(sums[measure.column] / whole)} số hộ" if whole else ""
    more = sums[measure.added] if measure.added else 0
    return f"kéo dài {formats.money_with_unit(more)}" if more else ""


def _of_plan(measure: Measure, done: float, planned: float) -> str:
    if not planned:
        return ""
    if measure.unit == "money":
        paid = f"{formats.money(done)}/{formats.money(planned)}"
        return f"{paid}, đạt {formats.percent(done / planned)}"
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
    several = f", {reports(sums)}" if view.area.kind != "province" else ""
    parts = [_work(sums), _progress(sums), _money(view, sums)]
    said = "; ".join(parts) if sums["reports"] > 0 else formats.NOT_REPORTED
    tail = f" {_attention(view, concerns)}" if concerns and sums["reports"] > 0 else ""
    mark = f" ({ILLUSTRATIVE}.)" if illustrative else ""
    return f"{where(view)} – đến {until}{several}: {said}.{tail}{mark}"


def where(view: View) -> str:
    """The area, and the form and source that a sentence speaks of."""
    parts = [view.area.name]
    if view.units == "34" and view.area.kind == "region":
        parts[0] += " (theo 63 tỉnh)"
    parts += [f"hình thức {codes.FORMS.label(view.form).lower()}"] if view.form != ALL else []
    parts += [f"nguồn {codes.SOURCES.label(view.source).lower()}"] if view.source != ALL else []
    return ", ".join(parts)


def one_of(view: View) -> str:
    """What one of the listed areas is called: `tỉnh`, or `đơn vị` of the 34."""
    return "đơn vị" if view.units == "34" else "tỉnh"


def _work(sums: Mapping[str, float]) -> str:
    models = figure_with_unit(MEASURES["mo-hinh"], sums["models"])
    if not sums["households"]:
        return models
    women = formats.percent(sums["women_headed"] / sums["households"])
    households = figure_with_unit(MEASURES["ho"], sums["households"])
    return f"{models}, {households} tham gia ({women} do phụ nữ làm chủ)"


def _progress(sums: Mapping[str, float]) -> str:
    value = measures.value(MEASURES["tien-do"], sums)
    known = f"tiến độ đạt {formats.percent(value)} kế hoạch đến kỳ"
    return measures.why_missing(MEASURES["tien-do"], sums) if math.isnan(value) else known


def _money(view: View, sums: Mapping[str, float]) -> str:
    value, year = measures.value(MEASURES["giai-ngan"], sums), periods.year_of(view.quarter)
    if math.isnan(value):
        return f"{measures.why_missing(MEASURES['giai-ngan'], sums)} năm {year}"
    whole = " (mọi hình thức)" if view.form != ALL else ""
    return f"giải ngân đạt {formats.percent(value)} kế hoạch vốn năm {year}{whole}"


def _attention(view: View, concerns: Sequence[Finding]) -> str:
    """How many provinces need attention; the reasons themselves for a single one."""
    if view.area.kind == "province":
        return f"Cần quan tâm: {'; '.join(it.reason.lower() for it in concerns)}."
    return f"{len({it.code for it in concerns})} tỉnh cần quan tâm."


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
