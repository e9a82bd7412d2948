"""Who reported a quarter, in time or late, and what was found in the reports.

All from the tables `submissions` and `findings` of a snapshot. A quarter not reported has no
findings: that is not the same as none found.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from data import places
from data.codes import CodeList

STATES = CodeList(
    "Tình trạng báo cáo",
    {
        "dung_han": "đúng hạn",
        "muon": "gửi muộn",
        "chua_gui": "chưa gửi",
        "chua_den_han": "chưa đến hạn",
    },
)
RECEIVED = ("dung_han", "muon")


def standing(submissions: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row per province (official order) and quarter (index), reported or not.

    Columns: `state` (a key of `STATES`), `due_date`, `received_date`, `days` late (NaN if not
    received), `warnings` (NaN if not received). A province without a row has not reported.
    """
    quarters = sorted(submissions["quarter"].unique())
    index = pd.MultiIndex.from_product(
        [places.provinces().index, quarters], names=["province", "quarter"]
    )
    frame = submissions.set_index(["province", "quarter"]).reindex(index)
    due = submissions.groupby("quarter")["due_date"].max()
    frame["due_date"] = frame["due_date"].fillna(index.to_frame()["quarter"].map(due))
    days = (frame["received_date"] - frame["due_date"]).dt.days
    received = frame["received_date"].notna()
    state = pd.Series("chua_gui", index, dtype="str")
    state[~received & (frame["due_date"] >= pd.Timestamp(today))] = "chua_den_han"
    state[received] = "dung_han"
    state[received & (days > 0)] = "muon"
    return pd.DataFrame(
        {
            "state": state,
            "due_date": frame["due_date"],
            "received_date": frame["received_date"],
            "days": days,
            "warnings": frame["warnings"].astype("float64").where(received),
        }
    )


def shares(standing: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """quarter × `due`, `received`, `in_time` (provinces) and `warned` (of the received)."""
    chosen = standing[standing.index.get_level_values("province").isin(members)]
    counted = pd.DataFrame(
        {
            "due": chosen["state"] != "chua_den_han",
            "received": chosen["state"].isin(RECEIVED),
            "in_time": chosen["state"] == "dung_han",
            "warned": chosen["warnings"] > 0,
        }
    )
    return counted.astype("int64").groupby(level="quarter").sum()


def of_quarter(standing: pd.DataFrame, quarter: str, members: Sequence[str]) -> pd.DataFrame:
    """The rows of one quarter and some provinces, by province."""
    of_members = standing.index.get_level_values("province").isin(members)
    here = standing.index.get_level_values("quarter") == quarter
    return standing[here & of_members].droplevel("quarter")


def by_rule(findings: pd.DataFrame, members: Sequence[str]) -> pd.DataFrame:
    """rule × quarter: how many findings of some provinces."""
    chosen = findings[findings["province"].isin(members)]
    return pd.crosstab(chosen["rule"], chosen["quarter"])


def found(findings: pd.DataFrame, quarter: str, members: Iterable[str]) -> pd.DataFrame:
    """The findings of one quarter and some provinces."""
    here = findings["province"].isin(list(members))
    return findings[here & (findings["quarter"] == quarter)]


def by_province(findings: pd.DataFrame) -> "pd.Series[int]":
    """Province → number of findings, the most first; provinces without left out."""
    return findings.groupby("province").size().sort_values(ascending=False, kind="stable")
