"""One model: what it is for, who leads it, how far it is, its money, and what the rules say."""

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from components import model_readers, wording
from components.charts import Spec, chart, checked, heading
from components.copying import copy_button
from components.models import INK, TABLE_STYLE, choose, type_of
from data import codes, formats, model_checks, models, periods, places
from data.codes import ALL, CodeList
from data.model_checks import VERDICTS, Check
from data.model_rules import GRADES, SEVERITIES
from data.models import WORDS
from data.view import View

Model = Mapping[str, Any]

_STYLE = (
    TABLE_STYLE
    + """<style>
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem;
  margin: 0; padding: 0; font-size: 0.95rem; }
.facts dt { color: #4a5766; }
.facts dd { margin: 0; }
.figures tr.now td { font-weight: 600; background: #e6f0f5; }
.figures .not_met { color: #a3201c; font-weight: 600; }
.figures .unknown { color: #8a4b00; }
.figures .met { color: #1c6b3f; }
.figures td.text p { margin: 0; }
.aside { font-size: 0.9rem; margin: 0.4rem 0 0; }
table + table { margin-top: 1rem; }
.small { font-size: 1.25rem; padding: 0 0 0.4rem; }
@media (max-width: 640px) {
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 0.4rem; }
  .checks thead { display: none; }
  .checks tr { display: block; border-bottom: 1px solid #d5dbe1; padding: 0.3rem 0; }
  .checks td { display: block; border: 0; padding: 0.1rem 0; }
}
</style>"""
)
_SIGNS = {"not_met": "✕", "unknown": "?", "met": "✓"}
_DATES = {
    "announced_date": "Thông báo, khảo sát",
    "file_date": "Nộp hồ sơ",
    "appraised_date": "Thẩm định",
    "approval_date": "Phê duyệt",
    "contract_date": "Ký hợp đồng, giao nhiệm vụ",
    "planned_start": "Bắt đầu theo kế hoạch",
    "planned_end": "Kết thúc theo kế hoạch",
}


def model_page(snapshot_id: str, view: View, illustrative: bool) -> bool:
    """Draw the view's model; False, saying why, when the list is to be drawn instead."""
    if not view.model:
        return False
    book = model_readers.book(snapshot_id)
    row = models.find(book, view.model)
    if row is None or not _in(view, book.models.loc[row]):
        st.info("Không có mô hình nào mang mã ấy trong bộ lọc đang chọn; dưới đây là danh sách.")
        return False
    model: Model = book.models.loc[row].to_dict()
    reports = models.history(book, row, view.quarter)
    st.button("Quay lại danh sách", icon=":material/arrow_back:", on_click=choose, args=("",))
    _title(view, model, reports, illustrative)
    what, when = st.columns([3, 2], gap="medium")
    with what:
        st.html(_STYLE + _facts(model, _now(reports, view)))
    with when:
        st.html(_STYLE + _plan(model, view) + _money(model, _now(reports, view)))
    _progress(view, model, reports, illustrative)
    st.html(_STYLE + _checks(model_checks.checks(models.to_check(book, view.quarter, row))))
    return True


def _in(view: View, model: "pd.Series[Any]") -> bool:
    money = view.source == ALL or model[f"budget_{view.source}"] > 0
    return model["province"] in view.area.members and view.form in (ALL, model["form"]) and money


def _now(reports: pd.DataFrame, view: View) -> Model | None:
    """The report of the view's quarter; None where it has not come."""
    now = reports[reports["quarter"] == view.quarter]
    return None if now.empty else now.iloc[0].to_dict()


def _title(view: View, model: Model, reports: pd.DataFrame, illustrative: bool) -> None:
    sentence = _sentence(view, model, reports, illustrative)
    said, copied = st.columns([11, 1], vertical_alignment="center")
    said.html(f'{_STYLE}<h2 class="small">{escape(model["name"])}</h2><p>{escape(sentence)}</p>')
    with copied:
        copy_button(sentence, key="sao_chep")


def _sentence(view: View, model: Model, reports: pd.DataFrame, illustrative: bool) -> str:
    """Where the model is and how it stands, ready to be sent on."""
    until, now = formats.day(periods.end(view.quarter)), _now(reports, view)
    mark = f" ({wording.ILLUSTRATIVE}.)" if illustrative else ""
    told = _told(model, now, models.words_of(reports)[-1]) if now else _untold(model, view)
    return f"{model['name']} ({_place(model)}) – đến {until}: {told}.{mark}"


def _told(model: Model, now: Model, word: str) -> str:
    stage = codes.STAGES.label(now["stage"]).lower()
    work = f"thực hiện {formats.percent(now['actual'])}, kế hoạch {formats.percent(now['planned'])}"
    spent, budget = _sum(now, "spent"), _sum(model, "budget")
    money = f"đã giải ngân {formats.money_with_unit(spent)}"
    rate = f", đạt {formats.percent(spent / budget)} kinh phí" if budget else ""
    return f"{stage}; {work}: {WORDS.label(word)}; {money}{rate}"


def _untold(model: Model, view: View) -> str:
    approved = model["approval_date"]
    if pd.isna(approved) or approved.date() > periods.end(view.quarter):
        return WORDS.label("chua_phe_duyet")
    return formats.NOT_REPORTED


def _place(model: Model) -> str:
    province = places.provinces().at[model["province"], "name"]
    parts = (model["commune_name"], model["district_name"], province)
    return ", ".join(str(part) for part in parts if not pd.isna(part))


def _sum(values: Model, prefix: str) -> int:
    return sum(int(values[f"{prefix}_{key}"]) for key in codes.SOURCES)


def _facts(model: Model, now: Model | None) -> str:
    kinds = (codes.AREA_KINDS.label(model["area_kind"]), _priority(model))
    rows = {
        "Mục tiêu": model["objective"],
        "Quy mô": model["scale"],
        "Địa bàn": f"{_place(model)} ({'; '.join(filter(None, kinds)).lower()})",
        "Hình thức": codes.FORMS.label(model["form"]),
        "Lĩnh vực": codes.SECTORS.label(model["sector"]),
        "Đơn vị chủ trì": f"{model['lead_unit']} ({codes.LEAD_KINDS.label(model['lead_kind'])})",
        "Đơn vị phối hợp": model["coordinating_units"],
        "Đơn vị đề xuất": _label(codes.PROPOSER_KINDS, model["proposer_kind"]),
        "Căn cứ giao nhiệm vụ": _label(codes.TASK_GROUNDS, model["task_ground"]),
        "Số quyết định": model["approval_no"],
        "Hộ tham gia": _households(model, now),
        "Người tham gia": _participants(model),
        "Mã mô hình": model["model_id"],
    }
    cells = "".join(
        f"<dt>{label}</dt><dd>{escape(str(text))}</dd>"
        for label, text in rows.items()
        if not pd.isna(text)
    )
    return f'<dl class="facts">{cells}</dl>'


def _priority(model: Model) -> str:
    known = model["priority_area"]
    return "" if known == "khong" else codes.PRIORITY_AREAS.label(known)


def _label(listed: CodeList, key: object) -> str | None:
    return None if pd.isna(key) else listed.label(str(key))  # type: ignore[call-overload]


def _households(model: Model, now: Model | None) -> str:
    planned = model["households_planned"]
    if now is None:
        return f"{formats.NOT_REPORTED}; kế hoạch {formats.number(planned)}"
    joined = now["poor"] + now["near_poor"] + now["newly_escaped"]
    return (
        f"{formats.done_of_planned(joined, planned)} ({formats.number(now['poor'])} nghèo, "
        f"{formats.number(now['near_poor'])} cận nghèo, "
        f"{formats.number(now['newly_escaped'])} mới thoát nghèo); "
        f"{formats.number(now['women_headed'])} hộ do phụ nữ làm chủ; "
        f"{formats.number(now['households_out'])} hộ đã thoát nghèo"
    )


def _participants(model: Model) -> str:
    everyone, right, first = (
        formats.number(model[f"{key}_planned"]) for key in ("participants", "eligible", "priority")
    )
    return f"{everyone} người theo kế hoạch: {right} đúng đối tượng, {first} thuộc diện ưu tiên"


def _plan(model: Model, view: View) -> str:
    """The dates in order, with the day that the figures are of among them."""
    today = pd.Timestamp(periods.end(view.quarter))
    known = [(model[key], label, "") for key, label in _DATES.items() if not pd.isna(model[key])]
    rows = sorted([*known, (today, "Ngày số liệu đang xem", "now")], key=lambda row: row[0])
    lost = [label.lower() for key, label in _DATES.items() if pd.isna(model[key])]
    if model["form"] != "cong_dong" and _DATES["announced_date"].lower() in lost:
        lost.remove(_DATES["announced_date"].lower())  # asked of communities alone
    cells = "".join(
        f'<tr class="{mark}"><td class="text">{label}</td><td>{formats.day(day)}</td></tr>'
        for day, label, mark in rows
    )
    tail = f'<p class="aside">Chưa có ngày: {", ".join(lost)}.</p>' if lost else ""
    head = '<tr><th scope="col" class="text">Kế hoạch và mốc</th><th scope="col">Ngày</th></tr>'
    return f'<table class="figures"><thead>{head}</thead><tbody>{cells}</tbody></table>{tail}'


def _money(model: Model, now: Model | None) -> str:
    lines = [
        (label, int(model[f"budget_{key}"]), now and int(now[f"spent_{key}"]))
        for key, label in codes.SOURCES.labels.items()
    ]
    rows = "".join(_money_row(*line) for line in lines)
    total = _money_row("Cộng", _sum(model, "budget"), now and _sum(now, "spent"))
    heads = "".join(f'<th scope="col">{it}</th>' for it in ("Kinh phí", "Đã giải ngân", "Tỷ lệ"))
    return (
        '<table class="figures"><thead><tr><th scope="col" class="text">Nguồn vốn (đơn vị tính: '
        f"triệu đồng)</th>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{total}</tfoot></table>"
    )


def _money_row(label: str, budget: int, spent: int | None) -> str:
    rate = "–" if spent is None or not budget else formats.percent(spent / budget)
    cells = (formats.money(budget, "triệu"), formats.money(spent, "triệu"), rate)
    return f'<tr><td class="text">{label}</td>{"".join(f"<td>{it}</td>" for it in cells)}</tr>'


def _progress(view: View, model: Model, reports: pd.DataFrame, illustrative: bool) -> None:
    """Planned and actual by quarter, the same as a table, and what was noted."""
    if reports.empty:
        st.caption("Chưa có báo cáo nào của mô hình đến kỳ này.")
        return
    chart(
        _spec(20 if view.presenting else 11, 420 if view.presenting else 260),
        _lines(reports),
        _table(reports),
        title=f"Tiến độ theo quý: {model['name']}",
        heading=heading(view, illustrative),
        alt=f"Kế hoạch và thực hiện lũy kế qua {len(reports)} quý có báo cáo",
        key="tien_do_quy",
        words={"Kế hoạch": formats.percent, "Thực hiện": formats.percent}
        | dict.fromkeys(("Hộ tham gia", "Đã giải ngân (đồng)"), formats.number),
    )
    notes = reports[reports["note"].notna()]
    told = "".join(
        f"<li>{formats.quarter(quarter)}: {escape(note)}</li>"
        for quarter, note in zip(notes["quarter"], notes["note"], strict=True)
    )
    if told:
        st.html(f"<h3>Ghi chú của tỉnh</h3><ul>{told}</ul>")


def _lines(reports: pd.DataFrame) -> pd.DataFrame:
    """quarter, series, rate: two rows for each report."""
    names = {"planned": "Kế hoạch lũy kế", "actual": "Thực hiện lũy kế"}
    rows = reports.rename(columns=names).melt("quarter", list(names.values()), "series", "rate")
    return rows.assign(quarter=rows["quarter"].map(formats.quarter))


def _table(reports: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Kỳ": reports["quarter"].map(formats.quarter),
            "Giai đoạn": reports["stage"].map(codes.STAGES.labels),
            "Kế hoạch": reports["planned"],
            "Thực hiện": reports["actual"],
            "Tiến độ": [WORDS.label(key) for key in models.words_of(reports)],
            "Hộ tham gia": reports[["poor", "near_poor", "newly_escaped"]].sum(axis=1),
            "Đã giải ngân (đồng)": reports[models.SPENT].sum(axis=1),
            "Ghi chú": reports["note"].fillna(""),
        }
    )


@cache
def _spec(font: int, height: int) -> Spec:
    legend = alt.Legend(title=None, orient="top", labelFontSize=font, labelColor=INK, offset=4)
    names = ["Kế hoạch lũy kế", "Thực hiện lũy kế"]
    x = alt.X("quarter:N", sort=None, title=None)
    x = x.axis(labelAngle=0, labelOverlap=True, **type_of(font))
    y = alt.Y("rate:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    y = y.axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], **type_of(font))
    colour = alt.Scale(domain=names, range=["#5c6b7a", "#155d86"])
    dash = alt.Scale(domain=names, range=[[5, 4], [1, 0]])
    lines = (
        alt.Chart()
        .mark_line(point=True)
        .encode(
            x=x,
            y=y,
            color=alt.Color("series:N", scale=colour, legend=legend),
            strokeDash=alt.StrokeDash("series:N", scale=dash, legend=legend),
            tooltip=[
                alt.Tooltip("quarter:N", title="Kỳ"),
                alt.Tooltip("series:N", title=" "),
                alt.Tooltip("rate:Q", title="Lũy kế", format=".1%"),
            ],
        )
    )
    return checked(lines.properties(height=height))


def _checks(found: list[Check]) -> str:
    """What is not met first, then what cannot be judged, then what is met."""
    ranks = list(VERDICTS)
    counted = {key: sum(it.verdict == key for it in found) for key in ranks}
    told = ", ".join(f"{counted[key]} {VERDICTS[key]}" for key in ranks if counted[key])
    rows = "".join(_check(it) for it in sorted(found, key=lambda it: ranks.index(it.verdict)))
    heads = (("Kết quả", "text"), ("Nội dung", "text"), ("Căn cứ", "text"))
    cells = "".join(f'<th scope="col" class="{kind}">{label}</th>' for label, kind in heads)
    return (
        f'<h3>Đối chiếu quy định: {told}</h3><table class="figures checks">'
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _check(check: Check) -> str:
    rule, grave = check.rule, ""
    if check.verdict == "not_met":
        grave = f" ({SEVERITIES[rule.severity]})"
    return (
        f'<tr><td class="text {check.verdict}">{_SIGNS[check.verdict]} '
        f"{VERDICTS[check.verdict]}{grave}</td>"
        f'<td class="text"><p>{escape(rule.label)}</p><p>{escape(check.said)}</p></td>'
        f'<td class="text"><p>{escape(rule.basis)}</p><p>{escape(_grade(check))}</p></td></tr>'
    )


def _grade(check: Check) -> str:
    words = GRADES[check.rule.grade]
    return f"Mức {check.rule.grade}: {words}" if check.rule.grade else words.capitalize()
