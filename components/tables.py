"""Tables with the same figures as the map and charts, and their files to take away."""

import csv as comma_separated
import io
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import wording
from components.filters import in_words
from components.pictures import Picture
from data import formats, measures, periods, text
from data.figures import Figures, unit_names
from data.measures import MEASURES, Measure
from data.view import View

_LETTER = 8  # pixels, with its share of a cell's margins


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
    # The browser writes one word in all empty cells.
    reasons = {said for it in MEASURES.values() for said in why_missing(found, it)}
    word = next(iter(reasons)) if len(reasons) == 1 else "không có số liệu"
    for measure in MEASURES.values():
        styled = styled.format(partial(wording.figure, measure), subset=[measure.label])
        for words, lost in why_missing(found, measure).groupby(why_missing(found, measure)):
            cells = pd.IndexSlice[lost.index, [measure.label]]
            styled = styled.format(partial(_instead, words), subset=cells)
        heads[measure.label] = st.column_config.Column(
            help=f"{measure.explained} {wording.unit_line(measure)}.",
            # The browser leaves no room for the word that it writes in empty cells.
            width=_LETTER * len(word) if len(measure.label) < len(word) else None,
        )
    st.dataframe(styled, column_config=heads, hide_index=True, alt=alt, key=key, placeholder=word)


def _instead(words: str, _absent: float) -> str:
    return words


def for_files(table: pd.DataFrame, found: Figures) -> pd.DataFrame:
    """The table with words where a figure is absent, so that no blank reads as zero."""
    filled = table.astype({measure.label: "object" for measure in MEASURES.values()})
    for measure in MEASURES.values():
        filled[measure.label] = filled[measure.label].fillna(why_missing(found, measure))
    return filled


def unit_words() -> "dict[str, Callable[..., str]]":
    """How the measures' columns write their numbers; money in đồng."""
    return {
        measure.label: formats.percent if measure.unit == "percent" else formats.number
        for measure in MEASURES.values()
    }


def csv(table: pd.DataFrame, heading: Sequence[str]) -> bytes:
    """The table as CSV that Excel opens with its letters right; the heading as comment lines."""
    lines = io.StringIO()
    comma_separated.writer(lines, lineterminator="\n").writerows([f"# {it}"] for it in heading)
    plain = table.map(_as_text).rename(columns=_as_text)
    return ("\ufeff" + lines.getvalue() + plain.to_csv(index=False)).encode()


def _as_text(cell: object) -> object:
    """A text that a spreadsheet would compute, with the apostrophe that keeps it a text."""
    starts = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if starts else cell


Words = Mapping[str, Callable[..., str]]
"""Column → how its numbers are written."""

PATTERNS: dict[Callable[..., str], str] = {
    formats.percent: "0.0%",
    formats.number: "#,##0",
    str: "0",
}
"""How a column writes its numbers → how Excel does; whole numbers and others without a word."""
_WHOLE, _BROKEN, _DAY = "#,##0", "#,##0.00", "dd/mm/yyyy"
_NARROW, _WIDE = 9, 60


def xlsx(table: pd.DataFrame, heading: Sequence[str], words: Words | None = None) -> bytes:
    """The table as an Excel workbook: heading lines, then numbers as numbers, texts as texts.

    `words` are how columns write their numbers on screen.
    """
    buffer = io.BytesIO()
    as_they_are = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(
        buffer,
        engine="xlsxwriter",
        date_format=_DAY,
        datetime_format=_DAY,
        engine_kwargs=as_they_are,
    ) as writer:
        table.to_excel(writer, sheet_name="Số liệu", index=False, startrow=len(heading) + 1)
        sheet, bold = writer.sheets["Số liệu"], writer.book.add_format({"bold": True})
        for row, line in enumerate(heading):
            sheet.write_string(row, 0, line, None if row else bold)
        _format(writer, table, len(heading) + 1, words or {})
    return buffer.getvalue()


def _format(writer: pd.ExcelWriter, table: pd.DataFrame, top: int, words: Words) -> None:
    """Widths and number formats of columns; the header, in row `top`, bold and always in sight."""
    sheet = writer.sheets["Số liệu"]
    head = writer.book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    for place, label in enumerate(table.columns):
        cells = table[label].dropna().tolist()
        look = _look(cells, words.get(label))
        written = [_written(cell, words.get(label)) for cell in cells]
        style = writer.book.add_format(look | {"valign": "top"})
        sheet.set_column(place, place, _width(str(label), written), style)
        sheet.write_string(top, place, str(label), head)
    sheet.freeze_panes(top + 1, 0)


def _look(cells: Sequence[Any], word: Callable[..., str] | None) -> dict[str, object]:
    numbers = [cell for cell in cells if not isinstance(cell, str)]
    if word in PATTERNS:
        return {"num_format": PATTERNS[word]}
    if not numbers:
        return {"text_wrap": True}
    if all(isinstance(cell, int | float) for cell in numbers):
        whole = all(float(cell).is_integer() for cell in numbers)
        return {"num_format": _WHOLE if whole else _BROKEN}
    return {}


def _written(cell: object, word: Callable[..., str] | None) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float):
        return word(cell) if word else formats.number(cell, 2)
    return "dd/mm/yyyy"


def _width(label: str, written: Sequence[str]) -> int:
    """As wide as the longest cell; a longer header takes two lines."""
    longest = max([len(label) // 2, *map(len, label.split()), *map(len, written)])
    return min(max(longest + 2, _NARROW), _WIDE)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
File = tuple[str, str, str, Callable[[], bytes]]
"""Label, ending, media type, and what makes the file when it is asked for."""

NO_TOOLBAR = '<style>[data-testid="stElementToolbar"] { display: none }</style>'
"""Streamlit's own toolbar speaks English, and its files lack title, period and mark."""


def sheets(table: pd.DataFrame, heading: Sequence[str], words: Words | None = None) -> list[File]:
    """The table as Excel and as CSV."""
    return [
        ("Tải Excel", "xlsx", XLSX, partial(xlsx, table, heading, words)),
        ("Tải CSV", "csv", "text/csv", partial(csv, table, heading)),
    ]


def pictures(picture: Callable[[], Picture]) -> list[File]:
    """The chart as PNG and as SVG."""
    return [
        ("Tải ảnh PNG", "png", "image/png", lambda: picture().png()),
        ("Tải ảnh SVG", "svg", "image/svg+xml", lambda: picture().svg()),
    ]


def plain(words: str) -> str:
    """A stranger's words, as a file's name, for Markdown: letter by letter, nothing of it set."""
    return re.sub(r"([^\w\s])", r"\\\1", " ".join(words.split()))


def file_name(*parts: str) -> str:
    """`giai-ngan-luy-ke-nam-2024-quy-iii-2024-ca-nuoc`, from words."""
    return text.fold(" ".join(parts)).replace(" ", "-")[:100].rstrip("-")


def downloads(files: Sequence[File], name: str) -> None:
    """A button for each file, which is made when it is asked for."""
    st.html(NO_TOOLBAR)
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
    each = f"từng {wording.one_of(view)}"
    title = f"Bảng số liệu {each}: cùng số với bản đồ và xếp hạng"
    box = st.expander(title, on_change="rerun", key="bang_mo")
    if not box.open:
        return
    with box:
        table, lines = units(view, found), heading(view, illustrative)
        st.caption("Vốn tính bằng tỷ đồng.")
        show(table, found, f"Số liệu {each}, cùng số với bản đồ và xếp hạng", key="bang")
        filled = for_files(table, found)
        files: list[File] = [
            *sheets(filled, lines, unit_words()),
            ("Tải bản đồ", "html", "text/html", partial(map_file, lines)),
        ]
        downloads(files, f"sinh-ke-63-{view.quarter}")


def heading(view: View, illustrative: bool) -> list[str]:
    """What every file says of itself: title, filters, until when, and whether it is made up."""
    lines = ["Sinh kế 63: mô hình sinh kế, giảm nghèo theo tỉnh", in_words(view)]
    lines.append(f"Số liệu đến ngày {formats.day(periods.end(view.quarter))}; tiền tính bằng đồng")
    return [*lines, wording.ILLUSTRATIVE] if illustrative else lines
