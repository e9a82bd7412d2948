"""Public figures of the programme, as documents and newspapers give them, each with its source.

They are shown beside the dashboard's own figures and never added to them. Files: the CSV tables
in `data/reference/`, read on 24/11/2026 from the pages named in their `source` column. An empty
cell was not read. Rows of `province_public_figures.csv` marked “(mới)” speak of a unit of
01/07/2025 and are given to that unit only.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from data import formats, places
from data.places import Area

FOLDER = Path(__file__).parent / "reference"
NEW_UNIT = " (mới)"
POOR_DISTRICTS, POOR_COMMUNES = 74, 54
"""How many Quyết định 353/QĐ-TTg (15/3/2022) lists; the files hold fewer."""


@cache
def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


@cache
def _figures() -> pd.DataFrame:
    """Provinces' public figures with the area each speaks of as `kind` and `code`."""
    rows = _table("province_public_figures")
    new = rows["province"].str.endswith(NEW_UNIT)
    code = rows["province"].str.removesuffix(NEW_UNIT).map(places.find)
    code = code.where(~new, code.map(places.codes34, na_action="ignore"))
    return rows.assign(code=code, kind=new.map({True: "unit34", False: "province"}))


@cache
def figures(area: Area) -> pd.DataFrame:
    """Chỉ tiêu, năm, giá trị, số liệu đến, nguồn, ghi chú, url of an area; may be empty."""
    if area.kind == "country":
        return _programme()
    rows = _figures()
    rows = rows[(rows["code"] == area.code) & (rows["kind"] == area.kind)]
    return _shown(rows, rows["measure"], _values(rows))


def _programme() -> pd.DataFrame:
    rows = _table("programme_funding")
    money = rows["plan_dong"].where(rows["plan_dong"] != "", rows["disbursed_dong"])
    what = rows["plan_dong"].map(lambda plan: "kế hoạch" if plan else "đã giải ngân")
    shown = money.map(lambda text: _money(text) if text else "")
    rates = rows["rate_pct"].map(lambda text: f"đạt {_percent(text)}" if text else "")
    label = rows["scope"] + ": " + rows["capital_kind"] + " (" + what + ")"
    return _shown(rows, label, (shown + ", " + rates).str.strip(", "))


def _shown(rows: pd.DataFrame, label: pd.Series, value: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Chỉ tiêu": label,
            "Năm": rows["year"],
            "Giá trị": value,
            "Số liệu đến": rows["as_of"].map(as_of),
            "Theo": rows["source"].str.replace(r"^\[|\]", "", regex=True),
            "Văn bản": rows.get("document", ""),
            "Ghi chú": rows["note"],
            "url": rows["url"],
        }
    ).reset_index(drop=True)


def _values(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(
        [_value(value, unit) for value, unit in zip(rows["value"], rows["unit"], strict=True)],
        rows.index,
        dtype="str",
    )


def _value(value: str, unit: str) -> str:
    if unit == "đồng":
        return _money(value)
    return _percent(value) if unit == "%" else f"{formats.number(float(value))} {unit}"


def _money(dong: str) -> str:
    return f"{formats.exact(float(dong) / formats.DONG_PER['tỷ'])} tỷ đồng"


def _percent(text: str) -> str:
    """A percentage with the decimals its source printed."""
    _, _, decimals = text.partition(".")
    return f"{formats.number(float(text), len(decimals))}%"


def as_of(text: str) -> str:
    """`30/06/2024`, `06/2024` or `2024`, as exactly as the source says."""
    return "/".join(reversed(text.split("-")))


@cache
def poverty(area: Area) -> pd.DataFrame:
    """Năm, hộ nghèo, tỷ lệ hộ nghèo, hộ cận nghèo, văn bản, nguồn of a poverty review.

    2021 follows the earlier standard and is never joined with the later years: it is left out.
    """
    rows = _table("poverty_review")
    key = {"country": "VN", "region": area.name}.get(area.kind, area.code)
    rows = rows[(rows["gso_code"] == key) & (rows["year"] != "2021")]
    if area.kind == "unit34":
        rows = rows.iloc[:0]
    return pd.DataFrame(
        {
            "Năm": rows["year"],
            "Hộ nghèo": rows["poor_households"].map(_count),
            "Tỷ lệ hộ nghèo": rows["poor_rate"].map(lambda text: _percent(text) if text else ""),
            "Hộ cận nghèo": rows["near_poor_households"].map(_count),
            "Văn bản": rows["document"],
            "Theo": rows["source"],
        }
    ).reset_index(drop=True)


def _count(text: str) -> str:
    return formats.number(float(text)) if text else ""


@cache
def poor_districts(area: Area) -> pd.DataFrame:
    """Huyện nghèo of the area that are known by name, with their number on the list."""
    rows = _table("poor_districts")
    return rows[rows["gso_code"].isin(area.members)]


@cache
def poor_communes(area: Area) -> pd.DataFrame:
    """Xã ĐBKK vùng bãi ngang, ven biển, hải đảo of the area that are known by name."""
    rows = _table("poor_coastal_communes")
    return rows[rows["gso_code"].isin(area.members)]
