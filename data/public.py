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
ROUGHLY = ("hơn", "trên", "gần", "khoảng", "ít nhất")
"""Notes that belong before their figure."""


@cache
def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False)


@cache
def figures(area: Area) -> pd.DataFrame:
    """Chỉ tiêu, năm, giá trị, số liệu đến, nguồn, ghi chú, url of an area; may be empty."""
    if area.kind == "country":
        return _programme()
    return _figures().get((area.kind, area.code), _programme().iloc[:0])


@cache
def _figures() -> dict[tuple[str, str], pd.DataFrame]:
    """Provinces' public figures by the kind and code of the area they speak of."""
    rows = _table("province_public_figures")
    new = rows["province"].str.endswith(NEW_UNIT)
    code = rows["province"].str.removesuffix(NEW_UNIT).map(places.find)
    code = code.where(~new, code.map(places.codes34, na_action="ignore"))
    kind = new.map({True: "unit34", False: "province"})
    shown = _shown(rows, rows["measure"], _values(rows))
    return {
        (str(of), str(code)): frame.reset_index(drop=True)
        for (of, code), frame in shown.groupby([kind, code])
    }


@cache
def _programme() -> pd.DataFrame:
    rows = _table("programme_funding")
    money = rows["plan_dong"].where(rows["plan_dong"] != "", rows["disbursed_dong"])
    what = rows["plan_dong"].map(lambda plan: "kế hoạch" if plan else "đã giải ngân")
    shown = money.map(lambda text: _money(text) if text else "")
    rates = rows["rate_pct"].map(lambda text: f"đạt {_percent(text)}" if text else "")
    label = rows["scope"] + ": " + rows["capital_kind"] + " (" + what + ")"
    return _shown(rows, label, (shown + ", " + rates).str.strip(", "))


def _shown(rows: pd.DataFrame, label: pd.Series, value: pd.Series) -> pd.DataFrame:
    notes = [note.split("; ") for note in rows["note"]]
    return pd.DataFrame(
        {
            "Chỉ tiêu": label,
            "Năm": rows["year"],
            "Giá trị": [_about(it, said) for it, said in zip(value, notes, strict=True)],
            "Số liệu đến": rows["as_of"].map(as_of),
            "Theo": rows["source"].str.replace(r"^\[|\]", "", regex=True),
            "Văn bản": rows.get("document", ""),
            "Ghi chú": ["; ".join(it for it in said if it not in ROUGHLY) for said in notes],
            "url": rows["url"],
        }
    ).reset_index(drop=True)


def _about(value: str, notes: list[str]) -> str:
    """`hơn 85 tỷ đồng`, `đạt khoảng 42%`: the figure as nearly as its source says."""
    word = next((it for it in notes if it in ROUGHLY), "")
    verb = "đạt " if value.startswith("đạt ") else ""
    return f"{verb}{word} {value.removeprefix(verb)}" if word else value


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
    key = {"country": "VN", "region": area.name, "unit34": ""}.get(area.kind, area.code)
    return _poverty().get(key, _poverty()["VN"].iloc[:0])


@cache
def _poverty() -> dict[str, pd.DataFrame]:
    rows = _table("poverty_review")
    rows = rows[rows["year"] != "2021"]
    shown = pd.DataFrame(
        {
            "Năm": rows["year"],
            "Hộ nghèo": rows["poor_households"].map(_count),
            "Tỷ lệ hộ nghèo": rows["poor_rate"].map(lambda text: _percent(text) if text else ""),
            "Hộ cận nghèo": rows["near_poor_households"].map(_count),
            "Văn bản": rows["document"],
            "Theo": rows["source"],
        }
    )
    groups = shown.groupby(rows["gso_code"])
    return {str(key): frame.reset_index(drop=True) for key, frame in groups}


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
