"""Public figures of an area, each with its document and date; never part of the sums above."""

from functools import cache

import pandas as pd
import streamlit as st

from data import public
from data.places import Area


def public_figures(area: Area) -> None:
    """What documents and newspapers say of the area; nothing is drawn where nothing is known."""
    figures, poverty = public.figures(area), public.poverty(area)
    if figures.empty and poverty.empty and not len(public.poor_districts(area)):
        return
    box = st.expander(
        f"Số liệu công khai về {area.name.lower() if area.kind == 'country' else area.name}",
        expanded=area.kind in ("province", "unit34"),
        key=f"cong_khai_{area.kind}_{area.code}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        st.caption(
            "Trích từ văn bản và báo chí, ghi đúng như nguồn; không cộng vào số liệu của bảng này."
        )
        if not figures.empty:
            st.table(_linked(area), hide_index=True, alt=f"Số liệu công khai về {area.name}")
        if not poverty.empty:
            st.markdown("**Kết quả rà soát hộ nghèo** (chuẩn 2022–2025)")
            st.table(poverty, hide_index=True, alt=f"Kết quả rà soát hộ nghèo, {area.name}")
        _poor_places(area)


@cache
def _linked(area: Area) -> pd.DataFrame:
    """The source as a link; notes and documents beside the label they concern."""
    figures = public.figures(area)
    texts = figures["Theo"].str.replace("[", "(", regex=False).str.replace("]", ")", regex=False)
    links = "[" + texts + "](" + figures["url"] + ")"
    notes = figures[["Văn bản", "Ghi chú"]].agg("; ".join, axis=1).str.strip("; ")
    kept = figures[["Chỉ tiêu", "Năm", "Giá trị", "Số liệu đến"]]
    return kept.assign(**{"Văn bản, ghi chú": notes, "Theo": links})


def _poor_places(area: Area) -> None:
    districts, communes = public.poor_districts(area), public.poor_communes(area)
    if area.kind not in ("province", "unit34") or (districts.empty and communes.empty):
        return
    if not districts.empty:
        st.markdown(f"**Huyện nghèo:** {', '.join(districts['district'])}.")
    if not communes.empty:
        names = ", ".join(communes["commune"])
        st.markdown(f"**Xã ĐBKK vùng bãi ngang, ven biển, hải đảo:** {names}.")
    st.caption(
        f"Theo Quyết định 353/QĐ-TTg ngày 15/3/2022; danh sách đọc được mới gồm "
        f"{len(public.poor_districts(public.places.country()))}/{public.POOR_DISTRICTS} huyện và "
        f"{len(public.poor_communes(public.places.country()))}/{public.POOR_COMMUNES} xã."
    )
