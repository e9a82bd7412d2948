"""Checks against what was reported before: cumulative figures that fall, jumps, restated months.

A report is held against the newest one before it, published or among the same workbooks; a jump
only against the quarter just before. The thresholds are the dashboard's own.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from data import codes, formats, schema
from data.workbooks.books import Books
from data.workbooks.rule import Hit

JUMP_OF_WORK = 0.5
"""Part of the work plan done in one quarter from which a report is worth a second look."""
JUMP_OF_PEOPLE, FEW_PEOPLE = 0.5, 5
"""Share of the households that come or go in a quarter, and how many there must be at least."""
JUMP_OF_MONEY = 5
"""Times that an amount grows or shrinks against the one published: a slip of the unit."""

SPENT = codes.by_source("spent")
_BUDGET = codes.by_source("budget")
_HOUSEHOLDS = ["poor", "near_poor", "newly_escaped"]
_BEFORE_WORK = tuple(codes.STAGES)[: tuple(codes.STAGES).index(codes.STARTED_STAGES[0])]
_Key = list[str]
_Pairs = tuple[pd.DataFrame, pd.DataFrame]


def spent_falls(books: Books) -> Iterator[Hit]:
    """A model's money spent so far, by source, lower than before."""
    return _falls(books, SPENT)


def work_falls(books: Books) -> Iterator[Hit]:
    """A model's work done or households out of poverty so far lower than before."""
    return _falls(books, ["actual", "households_out"])


def _falls(books: Books, columns: list[str]) -> Iterator[Hit]:
    now, before = books.once(_pairs)
    for column in columns:
        words = partial(_words, "progress", column)
        for row in np.flatnonzero(now[column].to_numpy() < before[column].to_numpy()):
            then = formats.quarter(before["quarter"].iloc[row])
            wrong = (
                f"{schema.label('progress', column)} là số lũy kế nhưng giảm từ "
                f"{words(before[column].iloc[row])} ({then}) xuống {words(now[column].iloc[row])}"
            )
            yield Hit("progress", int(now["at"].iloc[row]), column, wrong)


def _pairs(books: Books) -> _Pairs:
    """New reports, and beside each the one before it of the same model (same positions)."""
    history = books.history
    same = (history["model_id"] == history["model_id"].shift()) & (history["at"] >= 0)
    rows = np.flatnonzero(same)
    return history.iloc[rows], history.iloc[rows - 1]


def _next_pairs(books: Books) -> _Pairs:
    """Those of them whose report before is that of the quarter just before."""
    pairs = books.once(_pairs)
    when, before = (
        it["quarter"].str[:4].astype("int64") * 4 + it["quarter"].str[5:].astype("int64")
        for it in pairs
    )
    rows = np.flatnonzero(when.to_numpy() - before.to_numpy() == 1)
    now, then = (it.iloc[rows] for it in pairs)
    return now, then


def jump_of_work(books: Books) -> Iterator[Hit]:
    now, before = books.once(_next_pairs)
    rise = now["actual"].to_numpy() - before["actual"].to_numpy()
    for row in np.flatnonzero(rise > JUMP_OF_WORK):
        wrong = (
            f"Khối lượng thực hiện tăng {formats.points(rise[row]).removeprefix('+')} trong một quý"
        )
        yield Hit("progress", int(now["at"].iloc[row]), "actual", wrong)


def jump_of_people(books: Books) -> Iterator[Hit]:
    now, before = books.once(_next_pairs)
    new, old = (frame[_HOUSEHOLDS].sum(axis=1, skipna=False).to_numpy() for frame in (now, before))
    change = np.abs(new - old)
    for row in np.flatnonzero((old > 0) & (change > JUMP_OF_PEOPLE * old) & (change >= FEW_PEOPLE)):
        wrong = (
            f"Số hộ tham gia đổi từ {formats.number(old[row])} thành {formats.number(new[row])} "
            "trong một quý"
        )
        yield Hit("progress", int(now["at"].iloc[row]), "poor", wrong, formats.number(new[row]))


def moved_while_stopped(books: Books) -> Iterator[Hit]:
    """Work that goes on between two reports of a model suspended or cancelled in both."""
    now, before = books.once(_pairs)
    still, already = (it["stage"].isin(codes.ASIDE_STAGES).to_numpy() for it in (now, before))
    more = now["actual"].to_numpy() > before["actual"].to_numpy()
    for row in np.flatnonzero(still & already & more):
        label = codes.STAGES.label(now["stage"].iloc[row]).lower()
        wrong = f"Mô hình {label} từ kỳ trước nhưng khối lượng thực hiện vẫn tăng"
        yield Hit("progress", int(now["at"].iloc[row]), "actual", wrong)


def work_before_start(books: Books) -> Iterator[Hit]:
    """Work done while the stage says that nothing has begun."""
    progress = books.frames["progress"]
    early = progress["stage"].isin(_BEFORE_WORK) & (progress["actual"] > 0)
    for at in np.flatnonzero(early):
        wrong = (
            f"Đã có khối lượng thực hiện {formats.percent(progress['actual'].iloc[at])} nhưng giai "
            f"đoạn là “{codes.STAGES.label(progress['stage'].iloc[at])}”"
        )
        yield Hit("progress", int(at), "stage", wrong)


def jump_of_money(books: Books) -> Iterator[Hit]:
    """A model's budget or a line of the plan many times larger or smaller than published."""
    models = books.frames["models"].assign(money=lambda it: it[_BUDGET].sum(axis=1, skipna=False))
    known = books.known["models"].assign(money=lambda it: it[_BUDGET].sum(axis=1, skipna=False))
    yield from _jumps("models", "money", ["model_id"], models, known, "budget_trung_uong")
    funding, line = books.frames["funding"], ["province", "year", "source", "kind"]
    yield from _jumps("funding", "assigned", line, funding, books.known["funding"], "assigned")


def _jumps(
    table: str, column: str, key: _Key, new: pd.DataFrame, old: pd.DataFrame, told: str
) -> Iterator[Hit]:
    before = _beside(column, key, new, old)
    now = new[column].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        times = now / before
    odd = (before > 0) & (now > 0) & ((times > JUMP_OF_MONEY) | (times < 1 / JUMP_OF_MONEY))
    for at in np.flatnonzero(odd):
        words = formats.money_with_unit(before[at]), formats.money_with_unit(now[at])
        wrong = f"Số tiền đổi từ {words[0]} (đã công bố) thành {words[1]}"
        yield Hit(table, int(at), told, wrong, words[1])


def month_restated(books: Books) -> Iterator[Hit]:
    """Months whose figure is not the one published."""
    new, key = books.frames["disbursements"], [str(it) for it in schema.DISBURSEMENTS.unique or []]
    before = _beside("disbursed", key, new, books.known["disbursements"])
    now = new["disbursed"].to_numpy()
    for at in np.flatnonzero(~np.isnan(before) & ~np.isnan(now) & (before != now)):
        month = formats.month(str(new["month"].iloc[at]))
        wrong = (
            f"Giải ngân tháng {month} đã công bố {formats.money_with_unit(before[at])}, nay "
            f"{formats.money_with_unit(now[at])}"
        )
        yield Hit("disbursements", int(at), "disbursed", wrong)


def _beside(column: str, key: _Key, new: pd.DataFrame, old: pd.DataFrame) -> "np.ndarray":
    """The old value of each new row, NaN where there is none."""
    if old.empty:
        return np.full(len(new), np.nan)
    held = old.drop_duplicates(key).set_index(key)[column]
    wanted = new[key[0]] if len(key) == 1 else pd.MultiIndex.from_frame(new[key])
    return held.reindex(wanted).to_numpy("float64")


def _words(table: str, column: str, value: float) -> str:
    unit = schema.metadata(table, column)["unit"]
    if unit == "đồng":
        return formats.money_with_unit(value)
    return formats.percent(value) if unit == "tỷ lệ" else formats.number(value)
