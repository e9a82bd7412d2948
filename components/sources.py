"""Public figures of an area, each with its document and date; never part of the sums above."""

import re
from functools import cache
from html import escape

import streamlit as st

from data import places, public
from data.places import Area

_STYLE = """<style>.public { font-size: 0.9rem; }
.public a { color: #155d86; }
.public li { break-inside: avoid; }</style>"""
_LIST = '<ul style="columns:22rem;column-gap:2rem;margin:0.3rem 0;padding-left:1.1rem">'


def public_figures(area: Area) -> None:
    """What documents and newspapers say of the area; nothing is drawn where nothing is known."""
    if area.is_unit:
        heading = f"<h2 style='font-size:1.25rem;padding:0'>Số liệu công khai về {area.name}</h2>"
        # An empty element keeps the place: what comes and goes makes the browser lay out twice.
        st.html(heading + _html(area) if _html(area) else "<span></span>")
        return
    name = area.name.lower() if area.kind == "country" else area.name
    box = st.expander(f"Số liệu công khai về {name}", key="cong_khai", on_change="rerun")
    if box.open:
        box.html(_html(area))


@cache
def _html(area: Area) -> str:
    """The whole panel as one element, since tables of links are slow; empty if nothing is known."""
    figures = [_figure(row) for row in public.figures(area).to_dict("records")]
    poverty = [_poverty(row) for row in public.poverty(area).to_dict("records")]
    parts = _part("", figures) + _part("Kết quả rà soát hộ nghèo (chuẩn 2022–2025)", poverty)
    parts += _poor_places(area)
    said = "Trích từ văn bản và báo chí, ghi đúng như nguồn; không cộng vào số liệu của bảng này."
    return parts and f'{_STYLE}<div class="public"><p style="margin:0">{said}</p>{parts}</div>'


def _dates(text: str) -> str:
    """Dates as the whole page writes them: `20/01/2022`, `06/2024`, `2021–2025`."""
    text = re.sub(r"\b(20\d\d)-(\d\d)-(\d\d)\b", r"\3/\2/\1", text)
    text = re.sub(r"\b(20\d\d)-(\d\d)\b", r"\2/\1", text)
    text = re.sub(r"\b(20\d\d)-(20\d\d)\b", r"\1–\2", text)
    return re.sub(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b", _padded, text)


def _padded(found: re.Match[str]) -> str:
    return f"{int(found[1]):02d}/{int(found[2]):02d}/{found[3]}"


def _words(text: str) -> str:
    """A source's own words for a page: quotations marked as such, dates as elsewhere."""
    return re.sub("“([^”]*)”", r"<q>\1</q>", escape(_dates(text), quote=False))


def _part(title: str, items: list[str]) -> str:
    if not items:
        return ""
    heading = f"<p style='margin:0.5rem 0 0'><b>{title}</b></p>" if title else ""
    return f"{heading}{_LIST}{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _figure(row: dict[str, str]) -> str:
    notes = "; ".join(filter(None, (row["Văn bản"], row["Ghi chú"])))
    source = (
        f'<cite><a href="{escape(row["url"])}" target="_blank" rel="noopener">'
        f"{_words(row['Theo'])}</a></cite>"
    )
    return (
        f"{_words(row['Chỉ tiêu'])} ({_words(row['Năm'])}): <b>{escape(row['Giá trị'])}</b>. "
        f"Theo {source}, số liệu đến {row['Số liệu đến']}."
        f"{f' Ghi chú: {_words(notes)}.' if notes else ''}"
    )


def _poverty(row: dict[str, str]) -> str:
    kinds = ("Hộ nghèo", "Tỷ lệ hộ nghèo", "Hộ cận nghèo")
    known = [f"{kind.lower()} <b>{row[kind]}</b>" for kind in kinds if row[kind]]
    source = f"Theo <cite>{_words(row['Theo'])}</cite>."
    return f"{row['Năm']}: {', '.join(known)}. {_words(row['Văn bản'])}. {source}"


def _poor_places(area: Area) -> str:
    """Poor districts and coastal communes that are known by name, and how many are known at all."""
    districts, communes = public.poor_districts(area), public.poor_communes(area)
    if not area.is_unit or (districts.empty and communes.empty):
        return ""
    rows = [f"Huyện nghèo: {escape(', '.join(districts['district']))}." if len(districts) else ""]
    if len(communes):
        names = escape(", ".join(communes["commune"]))
        rows.append(f"Xã ĐBKK vùng bãi ngang, ven biển, hải đảo: {names}.")
    country = places.country()
    rows.append(
        "Theo Quyết định 353/QĐ-TTg ngày 15/03/2022; danh sách đọc được mới gồm "
        f"{len(public.poor_districts(country))}/{public.POOR_DISTRICTS} huyện, "
        f"{len(public.poor_communes(country))}/{public.POOR_COMMUNES} xã."
    )
    return _part("Địa bàn ưu tiên", [row for row in rows if row])
