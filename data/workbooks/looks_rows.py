"""Checks of whole rows: keys, what refers to what, what is missing, who else reports the same."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data import codes, formats, places, schema
from data.workbooks import sheets
from data.workbooks.books import Books, Bools
from data.workbooks.rule import Hit

_ENDED = ("quay_vong", codes.CANCELLED)
"""Stages after which a model need not report any more."""


def duplicate_key(books: Books) -> Iterator[Hit]:
    """Rows whose key stands in the same workbook before them."""
    for table, frame in books.frames.items():
        key = [str(name) for name in schema.TABLES[table].unique or []]
        keyed = frame[key].assign(book=books.of[table])
        twice = keyed.duplicated(keep=False)
        if not twice.any():
            continue
        again = keyed[twice].dropna()
        own = again.index.to_numpy()
        first = again.assign(at=own).groupby(list(keyed))["at"].transform("first").to_numpy()
        for at, before in zip(own[own != first], first[own != first], strict=True):
            row = books.rows[table][before]
            where = f"dòng {row}" if row else "một dòng khác"
            yield Hit(table, int(at), key[_told(table)], f"Trùng với {where}: {_name(table)}")


def _told(table: str) -> int:
    """Which column of the key names the row: the last that a workbook asks for."""
    return {"disbursements": 2, "funding": 2}.get(table, 0)


def _name(table: str) -> str:
    unit = {"disbursements": "cùng năm, tháng, nguồn và loại vốn", "funding": "cùng nguồn và loại"}
    return unit.get(table, f"cùng {schema.label(table, schema.TABLES[table].unique[0]).lower()}")


def taken_elsewhere(books: Books) -> Iterator[Hit]:
    """Codes of models and questions that another province uses, in its workbook or published."""
    for table, column in (("models", "model_id"), ("questions", "question_id")):
        new = pd.DataFrame(
            {"key": books.frames[table][column], "province": books.provinces(table)}
        ).assign(at=np.arange(len(books.frames[table])))
        known = books.known[table]
        old = pd.DataFrame({"key": known[column], "province": known["province"], "at": -1})
        owners = pd.concat([new, old])
        owners = owners[owners.duplicated("key", keep=False)].dropna(subset="key")
        owners = owners[owners["province"] != ""].drop_duplicates(["key", "province"])
        shared = owners[owners.duplicated("key", keep=False)]
        for key, group in shared.groupby("key"):
            for at, province in zip(group["at"], group["province"], strict=True):
                others = [_province(it) for it in group["province"] if it != province]
                if at >= 0:
                    wrong = f"Mã {key} đã được dùng ở tỉnh khác: {', '.join(others)}"
                    yield Hit(table, int(at), column, wrong)


def same_report_twice(books: Books) -> Iterator[Hit]:
    """Workbooks of a province and quarter that another workbook reports too."""
    held: dict[tuple[str, str], list[int]] = {}
    for place, book in enumerate(books.books):
        held.setdefault((book.province, book.quarter), []).append(place)
    for (province, _), same in held.items():
        for place in same if province and len(same) > 1 else ():
            others = ", ".join(books.books[it].name for it in same if it != place)
            yield Hit("", -1, "", f"Có tệp khác cùng tỉnh, cùng kỳ: {others}", "", place)


def lost_model(books: Books) -> Iterator[Hit]:
    """Progress of a model that the workbook's list of models does not hold."""
    ids = books.frames["progress"]["model_id"]
    known = set(books.known["models"]["model_id"].tolist())
    for at in np.flatnonzero((books.model_of < 0) & ids.notna()):
        before = " (kỳ trước có)" if ids.iloc[at] in known else ""
        wrong = f"Mô hình {ids.iloc[at]} không có trong trang {sheets.MO_HINH.title}{before}"
        yield Hit("progress", int(at), "model_id", wrong)


def lost_session(books: Books) -> Iterator[Hit]:
    """Delegates or questions of a session that no list of sessions holds."""
    held = set(books.frames["trainings"]["session"]) | set(books.known["trainings"]["session"])
    for table in ("attendance", "questions"):
        session = books.frames[table]["session"]
        for at in np.flatnonzero(session.notna() & ~session.isin(held)):
            wrong = f"Lớp {session.iloc[at]} không có trong trang {sheets.TAP_HUAN.title}"
            yield Hit(table, int(at), "session", wrong)


def session_differs(books: Books) -> Iterator[Hit]:
    """Sessions that another workbook, or the published table, gives another date or form."""
    new = books.frames["trainings"]
    known = books.known["trainings"]
    both = pd.concat([known, new], ignore_index=True)
    for column in ("date", "form"):
        first = both.dropna(subset=["session", column]).groupby("session")[column].first()
        told = first.reindex(new["session"]).set_axis(new.index)
        for at in np.flatnonzero(told.notna() & new[column].notna() & (told != new[column])):
            other = told.iloc[at]
            words = formats.day(other) if column == "date" else _form(other)
            wrong = f"Lớp {new['session'].iloc[at]} đã được báo cáo khác: {words}"
            yield Hit("trainings", int(at), column, wrong)


def not_reported(books: Books) -> Iterator[Hit]:
    """Models in force (approved by the quarter's end, not ended before it) without progress."""
    models = books.frames["models"]
    approved = (models["approval_date"] <= books.ends("models")).to_numpy()
    silent = ~np.isin(np.arange(len(models)), books.model_of)
    for at in np.flatnonzero(approved & silent & ~_ended(books)):
        yield Hit("models", int(at), "model_id", "Mô hình đang thực hiện, chưa báo cáo tiến độ")


def _ended(books: Books) -> Bools:
    models, known = books.frames["models"], books.known["progress"]
    last = known.sort_values("quarter").drop_duplicates("model_id", keep="last")
    ended = models["model_id"].isin(last["model_id"][last["stage"].isin(_ENDED)])
    return np.asarray(ended | models["stage"].isin(_ENDED), bool)


def left_out(books: Books) -> Iterator[Hit]:
    """Workbooks that lack models published for their province and not ended."""
    known = books.known["models"]
    owed = known.loc[~known["stage"].isin(_ENDED), ["province", "model_id"]]
    if owed.empty:
        return
    owed = owed.merge(books.listed())
    ids, of = books.frames["models"]["model_id"].tolist(), books.of["models"].tolist()
    held = set(zip(ids, of, strict=True))
    for model, place in zip(owed["model_id"].tolist(), owed["book"].tolist(), strict=True):
        if (model, place) not in held:
            wrong = f"Mô hình {model} có ở kỳ trước, không có trong báo cáo này"
            yield Hit("models", -1, "model_id", wrong, str(model), place)


def _form(key: str) -> str:
    return codes.TRAINING_FORMS.labels.get(key, key)


def _province(code: str) -> str:
    found = places.province(code)
    return found.name if found else code
