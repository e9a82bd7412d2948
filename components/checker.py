"""Check a workbook before it is sent: upload, read what is wrong, take it away; nothing is kept."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import tables
from components.mending import STYLE, Line, mending
from data import formats, places, readers
from data.snapshots import Snapshot
from data.view import View
from data.workbooks import checking
from data.workbooks.checking import Checked
from data.workbooks.findings import SEVERITIES, Finding

MOST_SHOWN = 200
"""Findings, and cells read otherwise, that are shown on the page; the file has all."""

_PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E"
# Streamlit's upload box speaks English only, on screen and to screen readers: the words that CSS
# reaches give way to ours, and sizes written as `31.4KB` to none. An empty picture with an empty
# name stands for the button's own word, which thus is no part of its accessible name, while what
# is written after it is.
_STYLE = f"""{STYLE}<style>
[data-testid="stFileUploaderDropzoneInstructions"], [data-testid="stFileUploaderDropzone"] >
  div:not(:has(button)), [data-testid="stFileChipName"] + div {{ display: none; }}
[data-testid="stFileUploaderDropzoneInput"] {{ visibility: hidden; }}
[data-testid="stFileUploaderDropzone"] button p {{ width: 0; height: 0;
  content: url("{_PICTURE}") / ""; }}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after {{
  content: "Chọn hoặc kéo tệp vào đây"; }}
</style>"""


def checker(snapshot: Snapshot, view: View, *, key: str) -> None:
    """The box for files, and below it what was found in each."""
    with st.container(gap="xsmall"):
        st.html(f'{_STYLE}<h2 class="mend">Kiểm tra tệp trước khi gửi</h2>')
        files = st.file_uploader(
            "Tệp báo cáo (Excel, ODS, CSV); kiểm tra xong không lưu lại",
            accept_multiple_files=True,
            key=key,
        )
    for number, file in enumerate(files or []):
        _result(_checked(snapshot, file), view, key=f"{key}_{number}")


def _checked(snapshot: Snapshot, file: UploadedFile) -> Checked:
    """What is wrong with a file; kept for this tab alone, by the upload's own id."""
    held: dict[str, Checked] = st.session_state.setdefault("_checked_files", {})
    if file.file_id not in held:
        known = {} if snapshot.manifest.illustrative else readers.tables(snapshot.id)
        held[file.file_id] = checking.check_file(file.name, file.getvalue(), known)
        while len(held) > 10:
            held.pop(next(iter(held)))
    return held[file.file_id]


def _result(found: Checked, view: View, *, key: str) -> None:
    """One file: of which province and quarter, whether it can be sent, and what to mend."""
    name = f"**{tables.plain(found.reading.workbook)}**{_whose(found)}"
    refused, warned = found.count("refuse"), found.count("warn")
    see = f"{formats.number(warned)} chỗ cần xem lại" if warned else ""
    if refused:
        many = f"{formats.number(refused)} chỗ phải sửa{f', {see}' if see else ''}"
        st.error(f"{name}: chưa gửi được. {many}.", icon=":material/error:")
    elif warned:
        st.warning(f"{name}: gửi được; {see}.", icon=":material/warning:")
    else:
        st.success(f"{name}: gửi được, không thấy gì sai.", icon=":material/check_circle:")
    if other := _other_province(found, view):
        st.markdown(other)
    files: list[tables.File] = [
        (
            "Tải kết quả kiểm tra",
            "xlsx",
            tables.XLSX,
            partial(checking.to_take, found, date.today()),
        )
    ]
    tables.downloads(files, f"ket-qua-kiem-tra-{key.rsplit('_', 1)[-1]}")
    st.html(mending([_line(it) for it in _first(found.findings)]))
    if len(found.findings) > MOST_SHOWN:
        st.markdown(f"Ở đây kể {MOST_SHOWN} chỗ đầu; tệp kết quả có đủ.")
    _normalised(found)


def _whose(found: Checked) -> str:
    province, quarter = found.reading.province, found.reading.quarter
    parts = [_name(province)] if province else []
    parts += [formats.quarter(quarter)] if quarter else []
    return f" ({', '.join(parts)})" if parts else ""


def _other_province(found: Checked, view: View) -> str:
    """A word on a file that is another province's than the one on the page."""
    province = found.reading.province
    if not province or view.area.kind != "province" or province == view.area.code:
        return ""
    return f"Tệp này là báo cáo của {_name(province)}; trang đang xem {view.area.name}."


def _name(province: str) -> str:
    return str(places.provinces().at[province, "name"])


def _first(findings: Sequence[Finding]) -> list[Finding]:
    """As many as are shown, what must be mended before the rest, each sheet from top to bottom."""
    order, told = list(SEVERITIES), list(dict.fromkeys(it.sheet for it in findings))
    ranked = sorted(
        findings,
        key=lambda it: (order.index(it.severity), told.index(it.sheet), it.row, _letters(it)),
    )
    return ranked[:MOST_SHOWN]


def _letters(finding: Finding) -> tuple[int, str]:
    """Where a finding's column stands from left to right: `Z` before `AA`."""
    letter = finding.column.partition(":")[0]
    return len(letter), letter


def _line(it: Finding) -> Line:
    place = ", ".join([*([it.sheet] if it.sheet else []), *([f"dòng {it.row}"] if it.row else [])])
    letter, _, label = it.column.partition(": ")
    column = letter if label and label.casefold() in it.wrong.casefold() else it.column
    said = it.wrong + (f" (cột {column})" if column else "")
    return Line(it.rule, it.severity, place, said, remedy=it.remedy)


def _normalised(found: Checked) -> None:
    """What was read otherwise than it is written, for the officer to look through."""
    many = len(found.reading.normalised)
    if not many:
        return
    with st.expander(f"{formats.number(many)} ô được hiểu lại cho đúng kiểu"):
        rows = [
            {
                "Trang tính": it.sheet,
                "Dòng": str(it.row or ""),
                "Cột": it.column,
                "Trong tệp": it.written,
                "Hiểu là": it.read_as,
            }
            for it in found.reading.normalised[:MOST_SHOWN]
        ]
        st.table(pd.DataFrame(rows), hide_index=True, alt="Các ô được hiểu lại")
        if many > MOST_SHOWN:
            st.markdown(f"Ở đây kể {MOST_SHOWN} ô đầu; tệp kết quả có đủ.")
