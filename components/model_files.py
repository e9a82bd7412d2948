"""Tables of models to take away: made when a button is pressed, from what was on the screen."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from components import tables
from components.pictures import Picture
from components.tables import File, Words


def files_box(
    label: str,
    make: Callable[[], pd.DataFrame],
    lines: Sequence[str],
    words: Words,
    *,
    key: str,
    excel: bool = True,
    said: str = "",
    drawn: Callable[[], Picture] | None = None,
) -> None:
    """A box with the files of a table; `make` is called by a press, never by a rerun.

    `lines` are the title and heading of the files; `said` stands beside the buttons; `drawn` is
    the map of what the table lists.
    """
    box = st.popover(label, icon=":material/download:", on_change="rerun", key=key)
    if not box.open:
        return
    files: list[File] = [("Tải CSV", "csv", "text/csv", lambda: tables.csv(make(), lines))]
    if excel:
        book = ("Tải Excel", "xlsx", tables.XLSX, lambda: tables.xlsx(make(), lines, words))
        files.insert(0, book)
    with box:
        if said:
            st.caption(said)
        tables.downloads(files, tables.file_name(*lines[:2]))
        if drawn:
            st.caption("Bản đồ vị trí mô hình")
            tables.downloads(tables.pictures(drawn), tables.file_name("Vị trí mô hình", lines[1]))
