"""Check a workbook before it is sent: upload, read what is wrong, take it away; nothing is kept."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import tables
from data import formats, places, readers
from data.snapshots import Snapshot
from data.workbooks import checking
from data.workbooks.checking import Checked
from data.workbooks.findings import Finding

MOST_SHOWN = 200
"""Findings shown on the page; the file has all."""

# Streamlit's upload box speaks English only: its own words give way to ours.
_VIETNAMESE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "Chọn hoặc kéo tệp vào đây";
  font-size: 0.9375rem; }
</style>"""


def checker(snapshot: Snapshot, *, key: str) -> None:
    """The box for files, and below it what was found in each."""
    st.html(_VIETNAMESE)
    files = st.file_uploader(
        "Kiểm tra tệp trước khi gửi (Excel, ODS, CSV; tệp không được lưu lại)",
        accept_multiple_files=True,
        key=key,
    )
    for number, file in enumerate(files or []):
        _result(_checked(snapshot, file), key=f"{key}_{number}")


def _checked(snapshot: Snapshot, file: UploadedFile) -> Checked:
    """What is wrong with a file; kept for this tab alone, by the upload's own id."""
    held: dict[str, Checked] = st.session_state.setdefault("_checked_files", {})
    if file.file_id not in held:
        known = {} if snapshot.manifest.illustrative else readers.tables(snapshot.id)
        held[file.file_id] = checking.check_file(file.name, file.getvalue(), known)
        while len(held) > 10:
            held.pop(next(iter(held)))
    return held[file.file_id]


def _result(found: Checked, *, key: str) -> None:
    """One file: of which province and quarter, whether it can be sent, and each finding."""
    name = f"**{tables.plain(found.reading.workbook)}**{_whose(found)}"
    refused, warned = found.count("refuse"), found.count("warn")
    if refused:
        st.error(
            f"{name}: chưa gửi được. {formats.number(refused)} chỗ phải sửa"
            f"{f', {formats.number(warned)} chỗ nên xem lại' if warned else ''}.",
            icon=":material/error:",
        )
    elif warned:
        st.warning(
            f"{name}: gửi được; {formats.number(warned)} chỗ nên xem lại.",
            icon=":material/warning:",
        )
    else:
        st.success(f"{name}: gửi được, không thấy gì sai.", icon=":material/check_circle:")
    if found.findings:
        st.dataframe(
            _table(found.findings[:MOST_SHOWN]),
            hide_index=True,
            alt=f"Các chỗ phải sửa, nên xem lại trong {found.reading.workbook}",
        )
    if found.reading.normalised:
        with st.expander(f"{len(found.reading.normalised)} ô được hiểu lại cho đúng kiểu"):
            st.dataframe(_normalised(found), hide_index=True, alt="Các ô được hiểu lại")
    files: list[tables.File] = [
        (
            "Tải kết quả kiểm tra",
            "xlsx",
            tables.XLSX,
            partial(checking.to_take, found, date.today()),
        )
    ]
    tables.downloads(files, f"ket-qua-kiem-tra-{key.rsplit('_', 1)[-1]}")


def _whose(found: Checked) -> str:
    province, quarter = found.reading.province, found.reading.quarter
    parts = [str(places.provinces().at[province, "name"])] if province else []
    parts += [formats.quarter(quarter)] if quarter else []
    return f" ({', '.join(parts)})" if parts else ""


def _table(findings: Sequence[Finding]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Mức": "phải sửa" if it.severity == "refuse" else "nên xem lại",
                "Trang tính": it.sheet,
                "Dòng": str(it.row or ""),
                "Cột": it.column,
                "Giá trị": it.value,
                "Sai ở đâu": it.wrong,
                "Cách sửa": it.remedy,
            }
            for it in findings
        ]
    )


def _normalised(found: Checked) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Trang tính": it.sheet,
                "Dòng": it.row,
                "Cột": it.column,
                "Trong tệp": it.written,
                "Hiểu là": it.read_as,
            }
            for it in found.reading.normalised
        ]
    )
