"""Sheets that are not read: foreign, a copy of the one that is, its other half, or as likely."""

from collections.abc import Iterator, Mapping

from data.text import fold
from data.workbooks import cells, records, sheets, titles, whose
from data.workbooks.apart import RawSheet
from data.workbooks.headings import Located
from data.workbooks.slips import Slip
from data.workbooks.titles import Found

_LISTS = ("mo_hinh", "tien_do", "tap_huan", "vuong_mac")
"""Tables long enough to be parted; of the others a second sheet is another year's, or a sum."""


def left_out(
    raw: RawSheet, second: Mapping[str, tuple[str, Located]], found: Found, quarter: str
) -> tuple[Slip, str]:
    """What is wrong with a sheet that is not read, and what to do where the rule does not say.

    `second` are the sheets, by name, that hold a table found on another one; `quarter` is the
    workbook's, empty if not known.
    """
    if raw.name not in second:
        if key := titles.unlocated(raw, found):
            wrong = f"Không nhận ra dòng tiêu đề của bảng {sheets.SHEETS[key].title} nên không đọc"
            return Slip(0, "", "", "missing_column", wrong), ""
        wrong = f"Trang “{raw.name}” không thuộc biểu mẫu nên không đọc"
        return Slip(0, "", "", "unknown_sheet", wrong), ""
    key, located = second[raw.name]
    title, read = sheets.SHEETS[key].title, found[key][0].name
    if not titles.is_ours(read):
        wrong = f"Bảng {title} ở trang “{read}” hay ở trang “{raw.name}”?"
        return Slip(0, "", "", "ambiguous_sheet", wrong), ""
    if key in _LISTS and not _of_another(raw, located, quarter):
        theirs = set(_named(key, *found[key]))
        if more := len(set(_named(key, raw, located)) - theirs):
            wrong = f"Trang “{raw.name}” có {more} dòng của bảng {title} không có ở trang “{read}”"
            remedy = (
                f"Nếu bảng chia hai trang thì chép các dòng ấy sang trang “{read}”; "
                "nếu là bản cũ thì xóa hoặc ẩn trang này."
            )
            return Slip(0, "", "", "ambiguous_sheet", wrong), remedy
    wrong = f"Trang “{raw.name}” cũng là bảng {title} nên không đọc; số liệu lấy ở trang “{read}”"
    return Slip(0, "", "", "unknown_sheet", wrong), ""


def _of_another(raw: RawSheet, located: Located, quarter: str) -> bool:
    """Whether a sheet says, in its name or above its table, that it is of another quarter."""
    said = {raw.name, *(cell for _, row in raw.rows[: located.row] for cell in row)}
    told = {one for text in said if isinstance(text, str) for one in whose.quarters_in(text)}
    return bool(told) and quarter not in told


def _named(key: str, raw: RawSheet, located: Located) -> Iterator[str]:
    """What the records of a sheet call themselves, folded: a copy has no other ones."""
    sheet = sheets.SHEETS[key]
    identity = [at for at, held in located.fields.items() if held.column in sheet.identity]
    own = raw._replace(rows=[(number, list(row)) for number, row in raw.rows])  # it fills cells in
    for _, row in records.below(sheet, own, located).records:
        yield from (fold(cells.shown(row[at])) for at in identity if not cells.is_empty(row[at]))
