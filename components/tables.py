"""Tables with the same figures as the map and charts, and their files to take away."""

import io
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from components import wording
from components.filters import in_words
from data import formats, measures, periods
from data.figures import Figures, unit_names
from data.measures import MEASURES, Measure
from data.view import View


def units(view: View, found: Figures) -> pd.DataFrame:
    """One row per unit: name, reports, every measure as a number (rates 0–1, money in đồng)."""
    sums = found.board.units
    reports = sums[["reports", "reports_due"]].astype("int64").astype("str")
    columns = {measure.label: measures.values(measure, sums) for measure in MEASURES.values()}
    return pd.DataFrame(
        {
            "Địa bàn": unit_names(view.units),
            "Tỉnh đã báo cáo": reports.agg("/".join, axis=1),
            **columns,
        }
    )


def why_missing(found: Figures, measure: Measure) -> "pd.Series[str]":
    """Unit → the words for its absent figure, for the units that have none."""
    known = measures.values(measure, found.board.units)
    lost = known.index[known.isna()]
    return pd.Series(
        {code: measures.why_missing(measure, found.board.sums[str(code)]) for code in lost},
        dtype="str",
    )


def show(table: pd.DataFrame, found: Figures, alt: str, key: str) -> None:
    """The table on screen: sorts as numbers, reads as Vietnamese, says why a figure is absent."""
    styled, heads = table.style, {}
    for measure in MEASURES.values():
        styled = styled.format(partial(wording.figure, measure), subset=[measure.label])
        for words, lost in why_missing(found, measure).groupby(why_missing(found, measure)):
            cells = pd.IndexSlice[lost.index, [measure.label]]
            styled = styled.format(partial(_instead, words), subset=cells)
        heads[measure.label] = st.column_config.Column(
            help=f"{measure.explained} {wording.unit_line(measure)}."
        )
    st.dataframe(styled, column_config=heads, hide_index=True, alt=alt, key=key)


def _instead(words: str, _absent: float) -> str:
    return words


def for_files(table: pd.DataFrame, found: Figures) -> pd.DataFrame:
    """The table with words where a figure is absent, so that no blank reads as zero."""
    filled = table.astype({measure.label: "object" for measure in MEASURES.values()})
    for measure in MEASURES.values():
        filled[measure.label] = filled[measure.label].fillna(why_missing(found, measure))
    return filled


def csv(table: pd.DataFrame, heading: Sequence[str]) -> bytes:
    """The table as CSV that Excel opens with its letters right; the heading as comment lines."""
    lines = "".join(f"# {line}\n" for line in heading)
    return ("\ufeff" + lines + table.to_csv(index=False)).encode()


def xlsx(table: pd.DataFrame, heading: Sequence[str]) -> bytes:
    """The table as an Excel workbook: heading lines, then numbers as numbers."""
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as writer:
        table.to_excel(writer, sheet_name="Số liệu", index=False, startrow=len(heading) + 1)
        sheet = writer.sheets["Số liệu"]
        for row, line in enumerate(heading):
            sheet.write_string(row, 0, line)
        _format(writer, table)
    return buffer.getvalue()


def _format(writer: "pd.ExcelWriter", table: pd.DataFrame) -> None:
    sheet, patterns = writer.sheets["Số liệu"], {"percent": "0.0%", "money": "#,##0"}
    sheet.set_column(0, 0, 28)
    for place, label in enumerate(table.columns):
        unit = next((it.unit for it in MEASURES.values() if it.label == label), None)
        if unit:
            style = writer.book.add_format({"num_format": patterns.get(unit, "#,##0")})
            sheet.set_column(place, place, 18, style)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
File = tuple[str, str, str, Callable[[], bytes]]
"""Label, ending, media type, and what makes the file when it is asked for."""


def downloads(files: Sequence[File], name: str) -> None:
    """A button for each file."""
    with st.container(horizontal=True):
        for label, ending, mime, make in files:
            st.download_button(
                label,
                make,
                f"{name}.{ending}",
                mime,
                icon=":material/download:",
                on_click="ignore",
            )


def units_box(
    view: View, found: Figures, illustrative: bool, map_file: Callable[[Sequence[str]], bytes]
) -> None:
    """The table of all units, and its files and the map's, made when it is opened."""
    box = st.expander(
        "Bảng số liệu từng tỉnh: cùng số với bản đồ và xếp hạng", on_change="rerun", key="bang_mo"
    )
    if not box.open:
        return
    with box:
        table, lines = units(view, found), heading(view, illustrative)
        show(table, found, "Số liệu từng tỉnh, cùng số với bản đồ và xếp hạng", key="bang")
        filled = for_files(table, found)
        files: list[File] = [
            ("Tải Excel", "xlsx", XLSX, partial(xlsx, filled, lines)),
            ("Tải CSV", "csv", "text/csv", partial(csv, filled, lines)),
            ("Tải bản đồ", "html", "text/html", partial(map_file, lines)),
        ]
        downloads(files, f"sinh-ke-63-{view.quarter}")


def heading(view: View, illustrative: bool) -> list[str]:
    """What every file says of itself: title, filters, until when, and whether it is made up."""
    lines = ["Sinh kế 63: mô hình sinh kế, giảm nghèo theo tỉnh", in_words(view)]
    lines.append(f"Số liệu đến ngày {formats.day(periods.end(view.quarter))}; tiền tính bằng đồng")
    return [*lines, wording.ILLUSTRATIVE] if illustrative else lines
