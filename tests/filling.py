"""Workbooks as provinces would fill them in, from tables that hold their figures already."""

from collections.abc import Iterator, Mapping

import pandas as pd

from data.workbooks import template


def filled(
    tables: Mapping[str, pd.DataFrame], province: str, quarter: str, *, illustrative: bool = True
) -> bytes:
    """The template of a province (GSO code) and quarter with the quarter's figures entered."""
    return template.workbook(province, quarter, tables, illustrative=illustrative, reported=tables)


def all_filled(tables: Mapping[str, pd.DataFrame], quarter: str) -> Iterator[tuple[str, bytes]]:
    """File name and workbook of every province that reported the quarter, in the codes' order."""
    sent = tables["submissions"]
    sent = sent[(sent["quarter"] == quarter) & sent["received_date"].notna()]
    for province in sorted(sent["province"]):
        yield template.file_name(province, quarter), filled(tables, province, quarter)
