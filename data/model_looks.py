"""What a rule of models looks at: figures of a frame of models beside their thresholds.

Each look is given the frame of `models.to_check` and answers for each of its rows.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandas.arrays import BooleanArray

from data import codes, formats, schema
from data.codes import CodeList

COMMUNITY_CEILING = {"dbkk": 0.95, "kho_khan": 0.80, "khac": 0.60}
CHAIN_CEILING = {"dbkk": 0.80, "kho_khan": 0.70, "khac": 0.50}
"""The State's share of a model's money, by kind of area."""
PROVINCE_CAPS = {("54", "chuoi_gia_tri"): 2_000_000_000, ("54", "cong_dong"): 1_000_000_000}
"""Đồng of the State per project, by province and form; only Phú Yên's resolution was read of."""
TASK_CAP = 3_000_000_000
TASK_DIRECT = 0.70
PROGRAMME_END = date(2025, 12, 31)
"""Last day of the programme's models; a setting."""

ORDER = ("announced_date", "file_date", "appraised_date", "approval_date", "contract_date")
CHAIN_LEADS = ("doanh_nghiep", "hop_tac_xa", "lien_hiep_htx")

_STATE = ["budget_trung_uong", "budget_dia_phuong"]
_POOR_DISTRICTS = Path(__file__).parent / "reference" / "poor_districts.csv"


class Looked(NamedTuple):
    """Per model: whether it meets the rule (<NA>: not known), the figure (or several, as columns),
    the threshold; a rule's `words` says them.

    `about`: whether the rule has anything to say of it; None: of every model.
    """

    met: "pd.Series[bool]"
    value: pd.Series | pd.DataFrame
    threshold: Any = None
    about: "pd.Series[bool] | None" = None


Look = Callable[[pd.DataFrame], Looked]


def _share(top: pd.Series, whole: pd.Series) -> pd.Series:
    return top.astype("float64") / whole.astype("float64").replace(0, np.nan)


def _where_known(met: "pd.Series[bool]", *known: pd.Series) -> "pd.Series[bool]":
    lost = np.any([column.isna() for column in known], axis=0)
    return met.astype("boolean").mask(lost)


def state_share(ceilings: dict[str, float]) -> Look:
    def look(frame: pd.DataFrame) -> Looked:
        state = frame[_STATE].sum(axis=1)
        share = _share(state, state + frame["budget_khac"])
        kinds = [frame["area_kind"] == kind for kind in ceilings]
        limit = pd.Series(np.select(kinds, list(ceilings.values()), np.nan), frame.index)
        return Looked(_where_known(share <= limit + 1e-9, share, limit), share, limit)

    return look


def share_at_least(top: str, whole: str, least: float, above: bool = False) -> Look:
    def look(frame: pd.DataFrame) -> Looked:
        share = _share(frame[top], frame[whole])
        return Looked(_where_known(share > least if above else share >= least, share), share, least)

    return look


def direct(frame: pd.DataFrame) -> Looked:
    share = _share(frame["direct_spending"], frame[_STATE].sum(axis=1))
    return Looked(_where_known(share >= TASK_DIRECT, share), share, TASK_DIRECT)


def state_cap(frame: pd.DataFrame) -> Looked:
    state = frame[_STATE].sum(axis=1)
    return Looked(state <= TASK_CAP, state, TASK_CAP)


def province_cap(frame: pd.DataFrame) -> Looked:
    cap = pd.Series(pd.NA, frame.index, dtype="Int64")
    for (province, form), most in PROVINCE_CAPS.items():
        cap = cap.mask((frame["province"] == province) & (frame["form"] == form), most)
    state = frame[_STATE].sum(axis=1)
    return Looked(_where_known(state <= cap.fillna(0), cap), state, cap)


def one_of(column: str, allowed: Sequence[str]) -> Look:
    def look(frame: pd.DataFrame) -> Looked:
        value = frame[column]
        return Looked(_where_known(value.isin(allowed), value), value)

    return look


def stated(column: str, allowed: CodeList) -> Look:
    """Whether a coded column is filled at all: an empty one does not meet the rule."""

    def look(frame: pd.DataFrame) -> Looked:
        return Looked(frame[column].isin(list(allowed)), frame[column])

    return look


def named(labels: CodeList) -> Callable[[Any], str]:
    """A code in words, or that there is none."""
    return lambda code: labels.labels.get(code, "chưa nêu")


def own_money(frame: pd.DataFrame) -> Looked:
    return Looked(frame["budget_khac"] > 0, frame["budget_khac"])


_RESULTS = ("việc làm", "tăng thu nhập", "hợp đồng liên kết")


def results(frame: pd.DataFrame) -> Looked:
    stated = [frame["jobs_planned"].notna(), frame["income_rise"].notna(), frame["has_contract"]]
    parts = pd.DataFrame(dict(zip(_RESULTS, stated, strict=True))).astype("bool")
    return Looked(parts.all(axis=1), parts)


def lacking(stated: Iterable[bool]) -> str:
    """Which results a model does not state."""
    return ", ".join(it for it, told in zip(_RESULTS, stated, strict=True) if not told) or "không"


def in_order(*columns: str) -> Look:
    """Whether dates follow one another; a broken pair is enough to say no, a gap is not known."""

    def look(frame: pd.DataFrame) -> Looked:
        days = frame[list(columns)]
        pairs = combinations([days[column].to_numpy() for column in columns], 2)
        broken = np.any([earlier > later for earlier, later in pairs], axis=0)
        lost = days.isna().any(axis=1).to_numpy() & ~broken
        return Looked(pd.Series(BooleanArray(~broken, lost), frame.index), days)

    return look


def dated(*columns: str) -> Callable[[Iterable[Any]], str]:
    """`Phê duyệt 29/06/2024 → Ký hợp đồng chưa có`."""
    labels = [schema.label("models", column).removeprefix("Ngày ") for column in columns]

    def words(days: Iterable[Any]) -> str:
        return " → ".join(
            f"{label.capitalize()} {'chưa có' if pd.isna(day) else formats.day(day)}"
            for label, day in zip(labels, days, strict=True)
        )

    return words


def by_end(frame: pd.DataFrame) -> Looked:
    met = frame["planned_end"] <= pd.Timestamp(PROGRAMME_END)
    return Looked(met, frame["planned_end"], pd.Timestamp(PROGRAMME_END))


@cache
def _poor_districts() -> frozenset[str]:
    return frozenset(pd.read_csv(_POOR_DISTRICTS, dtype="str")["district_code"].dropna())


def on_the_list(frame: pd.DataFrame) -> Looked:
    """The list confirms a poor district and never denies one; communes on it have no codes."""
    declared = frame["priority_area"].astype("object")
    listed = (declared == "huyen_ngheo") & frame["district"].isin(_poor_districts())
    return Looked(listed.astype("boolean").mask(~listed), declared, about=declared != "khong")


def no_more(part: str, whole: str) -> Look:
    def look(frame: pd.DataFrame) -> Looked:
        least, most = frame[part].astype("float64"), frame[whole].astype("float64")
        return Looked(_where_known(least <= most, least, most), least, most)

    return look


def spent_within(frame: pd.DataFrame) -> Looked:
    spent = frame[codes.by_source("spent")].to_numpy("float64")
    budget = frame[codes.by_source("budget")].to_numpy("float64")
    known = pd.Series(spent.sum(axis=1), frame.index)
    met = pd.Series((spent <= budget).all(axis=1), frame.index)
    return Looked(_where_known(met, known), known, pd.Series(budget.sum(axis=1), frame.index))


def between_0_and_1(frame: pd.DataFrame) -> Looked:
    actual = frame["actual"].astype("float64")
    return Looked(_where_known(actual.between(0, 1), actual), actual)


def never_fell(frame: pd.DataFrame) -> Looked:
    fell = frame["fell"].astype("boolean")
    return Looked(~fell, fell)


def of_one_province(frame: pd.DataFrame) -> Looked:
    return Looked(~frame["shared"], frame["shared"])
