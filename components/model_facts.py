"""What one model is: aim, place, units, households, its dates in order and its money by source."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from data import codes, formats, periods, places
from data.codes import CodeList
from data.view import View

Model = Mapping[str, Any]

_DATES = {
    "announced_date": "Thông báo, khảo sát",
    "file_date": "Nộp hồ sơ",
    "appraised_date": "Thẩm định",
    "approval_date": "Phê duyệt",
    "contract_date": "Ký hợp đồng, giao nhiệm vụ",
    "planned_start": "Bắt đầu theo kế hoạch",
    "planned_end": "Kết thúc theo kế hoạch",
}


def place_of(model: Model) -> str:
    province = places.provinces().at[model["province"], "name"]
    parts = (model["commune_name"], model["district_name"], province)
    return ", ".join(str(part) for part in parts if not pd.isna(part))


def sum_of(values: Model, prefix: str) -> int:
    return sum(int(values[f"{prefix}_{key}"]) for key in codes.SOURCES)


def facts(model: Model, now: Model | None, word: str) -> str:
    """What the model is; without a report of the quarter, `word` says how it stands."""
    kinds = (codes.AREA_KINDS.label(model["area_kind"]), _priority(model))
    rows = {
        "Mục tiêu": model["objective"],
        "Quy mô": model["scale"],
        "Địa bàn": f"{place_of(model)} ({'; '.join(filter(None, kinds)).lower()})",
        "Hình thức": codes.FORMS.label(model["form"]),
        "Lĩnh vực": codes.SECTORS.label(model["sector"]),
        "Đơn vị chủ trì": f"{model['lead_unit']} ({codes.LEAD_KINDS.label(model['lead_kind'])})",
        "Đơn vị phối hợp": model["coordinating_units"],
        "Đơn vị đề xuất": _label(codes.PROPOSER_KINDS, model["proposer_kind"]),
        "Căn cứ giao nhiệm vụ": _label(codes.TASK_GROUNDS, model["task_ground"]),
        "Số quyết định": model["approval_no"],
        "Hộ tham gia": _households(model, now, word),
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


def _households(model: Model, now: Model | None, word: str) -> str:
    planned = model["households_planned"]
    if now is None:
        return f"{word}; kế hoạch {formats.number(planned)}"
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


def plan(model: Model, view: View) -> str:
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


def money(model: Model, now: Model | None, word: str) -> str:
    """Its money by source; a dash where no report of the quarter is owed."""
    absent = word if word == formats.NOT_REPORTED else "–"
    lines = [
        (label, int(model[f"budget_{key}"]), now and int(now[f"spent_{key}"]))
        for key, label in codes.SOURCES.labels.items()
    ]
    rows = "".join(_money_row(*line, absent) for line in lines)
    total = _money_row("Cộng", sum_of(model, "budget"), now and sum_of(now, "spent"), absent)
    heads = "".join(f'<th scope="col">{it}</th>' for it in ("Kinh phí", "Đã giải ngân", "Tỷ lệ"))
    return (
        '<table class="figures"><thead><tr><th scope="col" class="text">Nguồn vốn (đơn vị tính: '
        f"triệu đồng)</th>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{total}</tfoot></table>"
    )


def _money_row(label: str, budget: int, spent: int | None, absent: str) -> str:
    rate = "–" if spent is None or not budget else formats.percent(spent / budget)
    paid = absent if spent is None else formats.money(spent, "triệu")
    cells = (formats.money(budget, "triệu"), paid, rate)
    return f'<tr><td class="text">{label}</td>{"".join(f"<td>{it}</td>" for it in cells)}</tr>'
