"""The list of models as a file holds it: every one that was found, with all that a list says."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from data import codes, model_book, model_sums, places, schema
from data.model_book import GROUPINGS, Book
from data.model_sums import Tally
from data.models import WORDS

Rows = npt.NDArray[np.int32]

MOST_IN_EXCEL = 50_000
"""More models than this are offered as CSV alone: an Excel file of as many takes 20 seconds."""
_DATES = ("approval_date", "contract_date", "planned_start", "planned_end")
_RATES = {"planned": "Kế hoạch lũy kế", "actual": "Thực hiện lũy kế"}
HOUSEHOLDS, WOMEN_HEADED = "Số hộ tham gia", "Hộ do phụ nữ làm chủ"
BUDGET, SPENT = "Kinh phí (đồng)", "Đã giải ngân (đồng)"
RATES, AMOUNTS = [*_RATES.values()], [HOUSEHOLDS, WOMEN_HEADED, BUDGET, SPENT]
"""Columns of fractions, and of counts and money."""


def listing(book: Book, found: Tally, chosen: Rows, source: str) -> pd.DataFrame:
    """The models in the order given, under the labels of the schema; money is of the source.

    Where a model has no figure its word stands instead: what was not reported is never blank.
    """
    table = book.models.iloc[chosen]
    reports = found.report[chosen]
    word = pd.Series(np.array(list(WORDS), object)[found.word[chosen]], table.index)
    told = {
        **{name: table[key] for key, name in _texts().items()},
        **{GROUPINGS[key].name: _labels(table[key], GROUPINGS[key]) for key in GROUPINGS},
        "Tỉnh": table["province"].astype("object").map(places.provinces()["name"]),
        **{schema.label("models", key): table[key] for key in _DATES},
        "Giai đoạn": _stages(found, chosen, table.index),
        "Tiến độ": word.map(WORDS.labels),
        **{name: model_book.reported(book, reports, key) for key, name in _RATES.items()},
        HOUSEHOLDS: _sum(book, reports, ["poor", "near_poor", "newly_escaped"]),
        WOMEN_HEADED: model_book.reported(book, reports, "women_headed"),
        BUDGET: table[model_sums.of_source("budget", source)].sum(axis=1),
        SPENT: _sum(book, reports, model_sums.of_source("spent", source)),
    }
    whole = pd.DataFrame(told, index=table.index)[_ORDER].reset_index(drop=True)
    whole = whole.astype(dict.fromkeys(AMOUNTS, "Int64"))
    for name in [*RATES, *AMOUNTS]:
        if whole[name].isna().any():
            whole[name] = whole[name].astype("object").fillna(whole["Tiến độ"])
    return whole


def _texts() -> dict[str, str]:
    keys = ("model_id", "name", "commune_name", "district_name", "lead_unit")
    return {key: schema.label("models", key) for key in keys}


_ORDER = [
    *[schema.label("models", key) for key in ("model_id", "name", "commune_name", "district_name")],
    "Tỉnh",
    *[GROUPINGS[key].name for key in ("priority_area", "form", "sector")],
    schema.label("models", "lead_unit"),
    GROUPINGS["lead_kind"].name,
    *[schema.label("models", key) for key in _DATES],
    "Giai đoạn",
    *RATES,
    "Tiến độ",
    *AMOUNTS,
]


def _labels(column: pd.Series, listed: codes.CodeList) -> "pd.Series[str]":
    return column.astype("object").map(listed.labels)


def _stages(found: Tally, chosen: Rows, index: pd.Index) -> "pd.Series[str]":
    """The stage in words; empty where none is known."""
    labels = np.array([*codes.STAGES.labels.values(), ""], object)
    return pd.Series(labels[found.stage[chosen]], index)


def _sum(book: Book, reports: Rows, columns: list[str]) -> npt.NDArray[np.float64]:
    parts = (model_book.reported(book, reports, name) for name in columns)
    return sum(parts, np.zeros(len(reports)))
