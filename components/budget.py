"""Ngân sách: the sentence that says the figures of a view, and what its files say of them."""

from components import charts, wording
from data import budget, codes, formats, periods
from data.codes import ALL
from data.forecast import CLOSING
from data.formats import MoneyUnit
from data.money import Money
from data.view import View


def heading(view: View, illustrative: bool) -> list[str]:
    """What the page's pictures and files say of themselves below their title."""
    every = "; vốn của mọi hình thức" if view.form != ALL else ""
    filters, until = charts.heading(view, illustrative)
    return [filters + every, until]


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
    return (
        name if view.source == ALL else f"{name}, nguồn {codes.SOURCES.label(view.source).lower()}"
    )


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
    late = found.outlook.at < budget.last_position(view.quarter)
    since = f", tính từ số liệu tháng {found.outlook.at}" if late else ""
    return f"Dự báo khi khóa sổ {day}{since}: khoảng {rate} ({low} – {high})."


def unit_of(dong: float) -> MoneyUnit:
    """The unit that an area's sums read best in."""
    return "tỷ" if dong >= 10 * formats.DONG_PER["tỷ"] else "triệu"
