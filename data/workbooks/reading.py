"""From what a province really sends to tables, findings, and the list of what was read otherwise.

`read` never raises for a bad file and takes bounded time and memory: what cannot be read, or not
without guessing, is a finding in words, and the cell is missing.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data import formats, places
from data.text import fold
from data.workbooks import (
    amounts,
    beside,
    cells,
    cover,
    days,
    epoch,
    errors,
    keys,
    old_fonts,
    opening,
    rules_reading,
    scales,
    separated,
    sheets,
    titles,
    whose,
)
from data.workbooks.apart import RawSheet
from data.workbooks.as_read import Reading
from data.workbooks.body import Body
from data.workbooks.columns import Style
from data.workbooks.fields import DONG_PER_UNIT
from data.workbooks.findings import Finding, Normalised, Severity
from data.workbooks.headings import Located
from data.workbooks.opening import Opened
from data.workbooks.slips import Slip, Table
from data.workbooks.tables import Owner, Reader
from data.workbooks.whose import Hints, Told

MOST_FINDINGS = 500
"""Findings of one workbook that are told one by one."""

MOST_NOTES = 5_000
"""Normalised cells of one workbook that are listed."""

_RULES = {rule.key: rule for rule in rules_reading.READING}


def read(name: str, content: bytes, hints: Hints | None = None) -> Reading:
    """Read a workbook: `.xlsx`, `.xlsm` (macros never run), `.xls`, `.ods` or `.csv`.

    `name` is the file's name; `hints` say province and quarter where the file may not.
    """
    reading = Reading(name, hashlib.sha256(content).hexdigest())
    opened = opening.open_file(name, content)
    if opened.trouble is not None:
        trouble = opened.trouble
        _find(reading, "", Slip(0, "", "", trouble.rule, trouble.wrong), trouble.remedy)
        return _completed(reading)
    found = titles.tables(opened.sheets)
    if not found:
        opened, found = _of_old_font(reading, opened)
    second = titles.also(opened.sheets, found)
    ours = titles.telling(opened.sheets, found, second)
    told = whose.told(ours, {raw.name: located for raw, located in found.values()})
    reading.illustrative = told.illustrative
    if not found:
        wrong = "Không thấy trang nào của biểu mẫu báo cáo quý trong tệp"
        _find(reading, "", Slip(0, "", "", "unreadable_file", wrong), _USE_TEMPLATE)
        return _completed(reading)
    _whose(reading, told, hints or Hints())
    _sheets_beside(reading, opened.sheets, found, second)
    _errors(reading, content, opened)
    bodies = [Body(sheets.SHEETS[key], raw, located) for key, (raw, located) in found.items()]
    stated = _unit_on_cover(opened.sheets)
    from_1904 = epoch.from_1904(content, opened.parts)
    style = _style(opened.sheets, bodies)._replace(from_1904=from_1904)
    for body in bodies:
        sheet, owner = body.raw.name, Owner(reading.province, reading.quarter)
        reader = Reader(body, opened.faults.get(sheet, {}), stated)
        _take(reading, sheet, reader.table(owner, style))
        struck = opened.struck.get(sheet, [])
        for number in sorted({*struck} & {*body.numbers} if struck else ()):
            wrong = "Dòng bị gạch ngang nhưng vẫn còn số liệu: bỏ hay giữ?"
            table = body.sheet.tables[0]
            _find(reading, sheet, Slip(number, "", "", "struck_out", wrong, table))
    return _completed(reading)


def _unit_on_cover(raw_sheets: Sequence[RawSheet]) -> frozenset[int]:
    """The unit of money that the cover states, where somebody changed the template's."""
    rows = (row for raw in raw_sheets if raw.name == sheets.HUONG_DAN for _, row in raw.rows)
    facts = (row for row in rows if len(row) > 1 and row[0] == cover.MONEY)
    said = [scales.of_heading(f"({cells.shown(row[1])})") for row in facts]
    return frozenset(unit for unit in said if unit not in (None, DONG_PER_UNIT))


def _of_old_font(reading: Reading, opened: Opened) -> tuple[Opened, titles.Found]:
    """What a file holds whose headings are of a font before Unicode, if they are."""
    raw_sheets, font = old_fonts.converted(opened.sheets)
    if font:
        _note(reading, "", (0, "", f"chữ phông {font}", "chữ Unicode"))
    return replace(opened, sheets=raw_sheets), titles.tables(raw_sheets) if font else {}


def _style(raw_sheets: Sequence[RawSheet], bodies: Sequence[Body]) -> Style:
    """What the file as a whole tells about its dates and, if it is all text, its numbers."""
    dates = (cell for body in bodies for cell in body.dates_as_text)
    month_first = days.writes_month_first(dates)
    written = (cell for body in bodies for cell in body.numbers_written())
    return Style(month_first, point=amounts.decimal_mark(written) if _is_text(raw_sheets) else None)


def _is_text(raw_sheets: Sequence[RawSheet]) -> bool:
    return [raw.name for raw in raw_sheets] == [separated.SHEET]


_USE_TEMPLATE = "Dùng biểu mẫu tải về ở trang Báo cáo & chất lượng số liệu cho tỉnh và kỳ của mình."


def _whose(reading: Reading, told: Told, hints: Hints) -> None:
    """Province and quarter, and what is wrong with them."""
    reading.province = told.province or hints.province
    reading.quarter = told.quarter or hints.quarter
    if reading.province is None:
        _find(reading, "", Slip(0, "", "", "no_province", "Không rõ báo cáo của tỉnh nào"))
    if reading.quarter is None:
        _find(reading, "", Slip(0, "", "", "no_quarter", "Không rõ báo cáo của quý nào"))
    for others, ours, shown in (
        (told.provinces | {hints.province}, reading.province, _province_name),
        (told.quarters | {hints.quarter}, reading.quarter, formats.quarter),
    ):
        for other in sorted(one for one in others if one and ours and one != ours):
            wrong = f"Tệp này là báo cáo của {shown(ours or '')} nhưng lại ghi {shown(other)}"
            rule = "wrong_place"
            if shown is _province_name and _merged_into(ours or "") == shown(other):
                rule, wrong = "merged_province", f"{wrong} (tên sau sáp nhập 01/07/2025)"
            _find(reading, "", Slip(0, "", shown(other), rule, wrong))


def _province_name(code: str) -> str:
    return str(places.provinces().at[code, "full_name"])


def _merged_into(province: str) -> str:
    """The full name of the unit that a province is in since 01/07/2025."""
    return str(places.units34().at[places.codes34(province), "full_name"])


def _sheets_beside(
    reading: Reading,
    raw_sheets: Sequence[RawSheet],
    found: titles.Found,
    second: Mapping[str, tuple[str, Located]],
) -> None:
    """Sheets that are missing, renamed, hidden, second ones, or not of the template."""
    used = {raw.name: key for key, (raw, _) in found.items()}
    text_only = _is_text(raw_sheets)
    for raw in raw_sheets:
        key = used.get(raw.name)
        if key is None:
            if raw.rows and not raw.hidden and fold(raw.name) != fold(sheets.HUONG_DAN):
                told = beside.left_out(raw, second, found, reading.quarter or "")
                _find(reading, raw.name, *told)
            continue
        title = sheets.SHEETS[key].title
        if raw.name != title and not text_only:
            _note(reading, raw.name, (0, "", raw.name, f"trang {title}"))
        if raw.hidden:
            _note(reading, raw.name, (0, "", "trang ẩn", f"trang {title}"))
    if text_only:
        return
    for key, sheet in sheets.SHEETS.items():
        if key not in found:
            wrong = f"Thiếu trang {sheet.title}"
            _find(reading, sheet.title, Slip(0, "", "", "missing_sheet", wrong))


def _errors(reading: Reading, content: bytes, opened: Opened) -> None:
    """Cells with an error of which no place is known; those of an .xlsx are told one by one."""
    if not _is_text(opened.sheets) and (shown := errors.of_file(content, opened.parts)):
        kinds = ", ".join(sorted(set(shown)))
        wrong = f"Tệp có {len(shown)} ô công thức báo lỗi ({kinds}), đọc như ô trống"
        _find(reading, "", Slip(0, "", kinds, "cell_error", wrong, severity="warn"))


def _take(reading: Reading, sheet: str, table: Table) -> None:
    reading.tables.update(table.tables)
    reading.columns.update(table.columns)
    for slip in table.slips:
        _find(reading, sheet, slip)
    for note in table.notes:
        _note(reading, sheet, note)


def _find(reading: Reading, sheet: str, slip: Slip, remedy: str = "") -> None:
    rule = _RULES[slip.rule]
    severity: Severity = "warn" if slip.severity == "warn" else rule.severity
    reading.findings.append(
        Finding(
            workbook=reading.workbook,
            sheet=sheet,
            row=slip.row,
            column=slip.column,
            value=slip.value,
            rule=slip.rule,
            severity=severity,
            wrong=slip.wrong,
            remedy=remedy or rule.remedy,
            province=reading.province or "",
            quarter=reading.quarter or "",
            table=slip.table,
        )
    )


def _note(reading: Reading, sheet: str, note: tuple[int, str, str, str]) -> None:
    row, column, written, read_as = note
    if len(reading.normalised) < MOST_NOTES:
        reading.normalised.append(
            Normalised(
                workbook=reading.workbook,
                sheet=sheet,
                row=row,
                column=column,
                written=written,
                read_as=read_as,
            )
        )


def _completed(reading: Reading) -> Reading:
    """The findings not without end, and each with its key."""
    if (left := len(reading.findings) - MOST_FINDINGS) > 0:
        refused = sorted(reading.findings, key=lambda one: one.severity != "refuse")
        reading.findings = refused[:MOST_FINDINGS]
        wrong = f"Còn {left} lỗi khác cùng loại không kể ra ở đây"
        _find(reading, "", Slip(0, "", "", "too_many", wrong))
    if reading.findings:
        reading.findings = keys.keyed(reading.findings, reading.frames, reading.columns)
    return reading
