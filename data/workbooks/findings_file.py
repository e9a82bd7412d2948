"""The findings of a province's workbooks as an Excel file to send back.

Texts are written as texts, never as formulas: what an officer typed with `=` in front comes back
as she typed it.
"""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data import formats, places
from data.workbooks.findings import SEVERITIES, Finding, Normalised
from data.workbooks.rules import RULES

FINDINGS = "Cần sửa, cần xem"
NORMALISED = "Đã hiểu là"
ILLUSTRATIVE = "Số liệu minh họa"

_LONGEST = 32_000
"""Characters of a cell; Excel holds 32.767."""
_COLUMNS = {
    "Mức độ": 11,
    "Trang tính": 13,
    "Dòng": 7,
    "Cột": 28,
    "Giá trị": 24,
    "Điều chưa đúng": 54,
    "Cần làm gì": 50,
    "Căn cứ": 42,
    "Tệp": 28,
}
_READ_COLUMNS = {"Trang tính": 13, "Dòng": 7, "Cột": 28, "Đã ghi": 28, "Hiểu là": 28, "Tệp": 28}
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}


class _Looks(NamedTuple):
    title: Format
    plain: Format
    head: Format
    cell: Format
    grave: Format


Line = Sequence[str | int]


def write(
    findings: Sequence[Finding],
    normalised: Sequence[Normalised],
    *,
    province: str,
    quarter: str,
    on: date,
    illustrative: bool = False,
) -> bytes:
    """The file's bytes: what is wrong under a summary, and a sheet of what was normalised.

    `findings` are those of reading and of the checks together; `province` is a GSO code or empty,
    `quarter` one like `2024Q3` or empty, `on` the day of the check. The same arguments give the
    same bytes.
    """
    target = io.BytesIO()
    as_they_are = {"strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(target, {"in_memory": True, **as_they_are})
    title = _title(province, quarter)
    book.set_properties({"title": title, "created": datetime(on.year, on.month, on.day)})
    looks = _looks(book)
    order = list(SEVERITIES)
    gravest_first = sorted(findings, key=lambda it: order.index(it.severity))
    facts = [title, *_facts(on, illustrative), *_summary(gravest_first)]
    _sheet(book, looks, FINDINGS, facts, _COLUMNS, map(_told, gravest_first))
    said = [title, *_facts(on, illustrative), _how_many_read(normalised)]
    _sheet(book, looks, NORMALISED, said, _READ_COLUMNS, map(_read, normalised))
    book.close()
    return target.getvalue()


def file_name(province: str, quarter: str) -> str:
    """`ket-qua-kiem-tra_ben-tre_2024Q3.xlsx`."""
    area = places.province(province)
    parts = ("ket-qua-kiem-tra", area.slug if area else province, quarter)
    return "_".join(part for part in parts if part) + ".xlsx"


def _title(province: str, quarter: str) -> str:
    area = places.province(province)
    whose = str(places.provinces().at[area.code, "full_name"]) if area else "chưa rõ tỉnh"
    when = formats.quarter(quarter) if quarter else "chưa rõ kỳ"
    return f"Kết quả kiểm tra báo cáo: {whose}, {when}"


def _facts(on: date, illustrative: bool) -> list[str]:
    return [f"Ngày kiểm tra: {formats.day(on)}", *([ILLUSTRATIVE] if illustrative else [])]


def _summary(findings: Sequence[Finding]) -> list[str]:
    """What the findings mean for the report, and how many there are of each rule."""
    counts = Counter(it.severity for it in findings)
    if counts["refuse"]:
        verdict = (
            f"Báo cáo chưa được nhận: có {formats.number(counts['refuse'])} chỗ phải sửa rồi gửi "
            f"lại; {formats.number(counts['warn'])} chỗ cần xem lại."
        )
    elif counts["warn"]:
        verdict = f"Báo cáo nhận được; có {formats.number(counts['warn'])} chỗ cần xem lại."
    else:
        verdict = "Báo cáo nhận được, không có chỗ nào cần sửa."
    by_rule = Counter(it.rule for it in findings)
    return [verdict, *(f"{_label(key)}: {formats.number(n)}" for key, n in by_rule.items())]


def _label(key: str) -> str:
    rule = RULES[key]
    return f"– {SEVERITIES[rule.severity].capitalize()} · {rule.label}"


def _how_many_read(normalised: Sequence[Normalised]) -> str:
    if not normalised:
        return "Mọi ô được đọc đúng như đã ghi."
    n = formats.number(len(normalised))
    return f"{n} ô được đọc khác cách ghi; nếu hiểu sai thì sửa ô ấy rồi gửi lại."


def _told(finding: Finding) -> Line:
    return (
        SEVERITIES[finding.severity],
        finding.sheet,
        finding.row or "",
        finding.column,
        finding.value,
        finding.wrong,
        finding.remedy,
        RULES[finding.rule].basis,
        finding.workbook,
    )


def _read(cell: Normalised) -> Line:
    where = (cell.sheet, cell.row or "", cell.column)
    return (*where, cell.written, cell.read_as, cell.workbook)


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 14}),
        plain=book.add_format(),
        head=book.add_format({**_BORDER, "bold": True, "bg_color": "#F2F2F2"}),
        cell=book.add_format(_BORDER),
        grave=book.add_format({**_BORDER, "bold": True}),
    )


def _sheet(
    book: Workbook,
    looks: _Looks,
    name: str,
    facts: Sequence[str],
    columns: dict[str, int],
    lines: Iterable[Line],
) -> None:
    page = book.add_worksheet(name)
    for row, fact in enumerate(facts):
        page.write_string(row, 0, fact, looks.plain if row else looks.title)
    head = len(facts) + 1
    for position, (heading, width) in enumerate(columns.items()):
        page.set_column(position, position, width)
        page.write_string(head, position, heading, looks.head)
    row = head
    for row, line in enumerate(lines, start=head + 1):
        _line(page, row, line, looks)
    page.autofilter(head, 0, row, len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)


def _line(page: Worksheet, row: int, line: Line, looks: _Looks) -> None:
    grave = line[0] == SEVERITIES["refuse"]
    for position, value in enumerate(line):
        look = looks.grave if grave and not position else looks.cell
        if isinstance(value, int):
            page.write_number(row, position, value, look)
        else:
            page.write_string(row, position, value[:_LONGEST], look)
