"""What the timeline draws and its tables tell: rows of models, counts by quarter, the two lines.

Days are milliseconds, which every browser reads alike. The vertical lines are rows beside the
others; `timeline_specs` says how all of them look.
"""

from datetime import date

import pandas as pd

from data import formats, periods
from data.models import WORDS

_DAY = 86_400_000.0
"""Milliseconds."""
COUNTED = {
    "to_start": "Phải bắt đầu theo kế hoạch",
    "started": "Đã bắt đầu",
    "to_end": "Phải kết thúc theo kế hoạch",
    "ended": "Đã kết thúc",
}
"""The counts of a quarter, as the table names them."""
WORDS_OF_MODELS = {
    "Thực hiện": formats.percent,
    "Bắt đầu (kế hoạch)": formats.day,
    "Kết thúc (kế hoạch)": formats.day,
}
"""How the columns of `table_of_models` that are no texts are written."""


def of_models(spans: pd.DataFrame) -> pd.DataFrame:
    """What the chart draws of each model."""
    return pd.DataFrame(
        {
            "id": spans["id"],
            "label": _labels(spans["name"]),
            "start": _ms(spans["planned_start"]),
            "end": _ms(spans["planned_end"]),
            "began": _ms(spans["began"]),
            "until": _ms(spans["until"]),
            "last": _ms(spans[["planned_end", "until"]].max(axis=1)),
            "word": spans["word"].map(WORDS.labels),
            "done": [_done(*row) for row in zip(spans["actual"], spans["word"], strict=True)],
            "name": spans["name"],
            "plan": _between(spans["planned_start"], spans["planned_end"]),
            "real": _between(spans["began"], spans["until"]),
        }
    )


def _labels(names: "pd.Series[str]") -> "pd.Series[str]":
    """Names without the word that they all begin with; those alike are numbered."""
    short = names.str.replace(r"^Mô hình ", "", regex=True)
    short = short.str[:1].str.upper() + short.str[1:]
    again = short.groupby(short).cumcount()
    return short.where(again == 0, short + " (" + (again + 1).astype("str") + ")")


def _ms(days: pd.Series) -> "pd.Series[float]":
    numbers: pd.Series[float] = (days - pd.Timestamp(0)) / pd.Timedelta(milliseconds=1)
    return numbers


def _done(actual: float, word: str) -> str:
    return WORDS.label(word) if pd.isna(actual) else formats.percent(actual)


def _between(first: pd.Series, last: pd.Series) -> list[str]:
    return [
        "chưa rõ" if pd.isna(a) or pd.isna(b) else f"{formats.day(a)} – {formats.day(b)}"
        for a, b in zip(first, last, strict=True)
    ]


def table_of_models(spans: pd.DataFrame) -> pd.DataFrame:
    """The same models as a table, a row each; days and words as they are read."""
    told = spans.assign(
        began=[*map(_day, spans["began"])],
        until=[*map(_day, spans["until"])],
        word=spans["word"].map(WORDS.labels),
    )
    labels = {
        "id": "Mã",
        "name": "Mô hình",
        "planned_start": "Bắt đầu (kế hoạch)",
        "planned_end": "Kết thúc (kế hoạch)",
        "began": "Bắt đầu (báo cáo)",
        "until": "Báo cáo đến ngày",
        "actual": "Thực hiện",
        "word": "Tiến độ",
    }
    return told[list(labels)].rename(columns=labels)


def _day(day: pd.Timestamp) -> str:
    return "chưa rõ" if pd.isna(day) else formats.day(day)


def by_quarter(pace: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Two rows a quarter: those that began above the axis, those that ended below it."""
    parts = []
    for planned, actual, sign in (("to_start", "started", 1), ("to_end", "ended", -1)):
        now = pace.index == quarter
        planned_words, actual_words = (pace[it].map(formats.number) for it in (planned, actual))
        part = pd.DataFrame(
            {
                "plan": sign * pace[planned],
                "real": sign * pace[actual],
                "edge": sign * pace[[planned, actual]].max(axis=1),
                "kind": f"{COUNTED[planned]}, {COUNTED[actual].lower()}",
                "quarter": [*map(formats.quarter, pace.index)],
                "plan_words": planned_words,
                "real_words": actual_words.where(pace[actual].notna(), "chưa đến"),
                "told": (actual_words + "/" + planned_words).where(now),
                "of": "start" if sign > 0 else "end",
                **_bands(pace.index),
            }
        )
        parts.append(part)
    return pd.concat(parts)


def _bands(quarters: "pd.Index[str]") -> dict[str, list[float]]:
    """Where the bars of each quarter stand: the planned one wide, the actual one within it."""
    ends = [_ms_of(periods.end(it)) for it in quarters]
    starts = [_ms_of(periods.end(periods.shift(it, -1))) + _DAY for it in quarters]
    inset = {"plan": 6 * _DAY, "real": 24 * _DAY}
    return {
        f"{name}_{side}": [day + sign * by for day in days]
        for name, by in inset.items()
        for side, days, sign in (("from", starts, 1), ("to", ends, -1))
    }


def _ms_of(day: date) -> float:
    return pd.Timestamp(day).timestamp() * 1000


def table_by_quarter(pace: pd.DataFrame) -> pd.DataFrame:
    """The same counts as a table, a row for each quarter."""
    return (
        pace.rename(columns=COUNTED).rename(index=formats.quarter).rename_axis("Kỳ").reset_index()
    )


def ahead(pace: pd.DataFrame) -> pd.DataFrame:
    """The words for quarters after the one shown, which have no actual figures."""
    names = [COUNTED["started"], COUNTED["ended"]]
    return pd.DataFrame("chưa đến kỳ", index=range(len(pace)), columns=names)


def lines(ends: "pd.Series[float]", quarter: str, today: date) -> pd.DataFrame:
    """The two vertical lines: the day of the figures, and today, if the axis goes so far.

    `ends` are the days (ms) on which bars end. Where the axis ends before today, today is told
    at its end, without a line.
    """
    end, now, last = _ms_of(periods.end(quarter)), _ms_of(today), float(ends.max())
    shown = now <= last
    told = f"Hôm nay {formats.day(today)}"
    return pd.DataFrame(
        {
            "rule": [end, now if shown else None],
            "at": [end, now if shown else last],
            "line": [
                f"Số liệu đến {formats.day(periods.end(quarter))}",
                told + ", ngoài biểu đồ" * (not shown),
            ],
            "side": ["figures", "now" if shown else "beyond"],
        }
    )
