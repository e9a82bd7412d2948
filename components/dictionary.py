"""The data dictionary, made from the schema: every table and column, its unit and meaning."""

import pandas as pd
import streamlit as st

from components import tables
from data import schema

TITLE = "Từ điển dữ liệu: các bảng, cột, đơn vị và ý nghĩa"

# A phone would squeeze the columns of sentences to a word or less in a line.
_STYLE = '<style>[data-testid="stTable"] td:nth-child(odd) { min-width: 10rem; }</style>'


def dictionary(*, key: str) -> None:
    """Every table of the schema in a box that is filled when it is opened, and its file."""
    box = st.expander(TITLE, on_change="rerun", key=key)
    if not box.open:
        return
    with box:
        st.html(_STYLE)
        for name, table in schema.TABLES.items():
            st.markdown(f"**{table.title}** (`{name}`). {table.description}.")
            st.table(columns(name), hide_index=True, alt=f"Các cột của bảng {table.title}")
        files: list[tables.File] = [
            ("Tải từ điển (Excel)", "xlsx", tables.XLSX, lambda: tables.xlsx(_all(), [TITLE]))
        ]
        tables.downloads(files, "tu-dien-du-lieu")


def columns(name: str) -> pd.DataFrame:
    """One row per column of a table: label, key, meaning, unit, allowed values."""
    return pd.DataFrame(
        [
            {
                "Cột": str(spec.title),
                "Tên trong bản số liệu": column,
                "Ý nghĩa": str(spec.description),
                "Đơn vị": schema.metadata(name, column)["unit"] or "–",
                "Giá trị cho phép": _allowed(name, column),
                "Được để trống": "có" if spec.nullable else "không",
            }
            for column, spec in schema.TABLES[name].columns.items()
        ]
    )


def _allowed(name: str, column: str) -> str:
    listed = schema.metadata(name, column)["codes"]
    return "; ".join(listed.labels.values()) if listed else "–"


def _all() -> pd.DataFrame:
    parts = [columns(name).assign(**{"Bảng": table.title}) for name, table in schema.TABLES.items()]
    whole = pd.concat(parts, ignore_index=True)
    return whole[["Bảng", *(label for label in whole if label != "Bảng")]]
