"""Workbooks as they really arrive: the template of a province, changed by hand in some way.

Each function takes a filled template and gives the file that somebody sends instead.
"""

import csv
import io
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.workbooks import layout, old_fonts, sheets

HEADING = layout.HEADING_ROW + 1
FIRST = layout.FIRST_ROW + 1
"""Excel's rows of the headings and of the first record."""

ERRORS = ("#DIV/0!", "#REF!")
"""What stands for a formula's error, which `as_xls` and `as_ods` write as one."""


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after `change` did something to it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def on(title: str, change: Callable[[Worksheet], None]) -> Callable[[Workbook], None]:
    """A change of one sheet."""
    return lambda book: change(book[title])


def column(page: Worksheet, label: str, row: int = HEADING) -> int:
    """The number of the column whose heading begins with a label."""
    for cell in page[row]:
        if cell.value and str(cell.value).startswith(label):
            return cell.column
    raise KeyError(label)


def put(page: Worksheet, label: str, row: int, value: object) -> None:
    """Write a cell: `row` counts records from 0."""
    cell = page.cell(FIRST + row, column(page, label))
    cell.value = value
    if isinstance(value, str) and value.startswith("="):
        cell.data_type = "f"


def last_row(page: Worksheet) -> int:
    """The last row with something in its first column."""
    return max(n for n in range(1, page.max_row + 1) if page.cell(n, 1).value is not None)


def signed(page: Worksheet) -> None:
    """A note, a date, two signatures with their names and a list of recipients under the table."""
    row = page.max_row + 2
    lines = {
        0: {2: "Ghi chú: Số liệu tính đến 30/9/2024"},
        1: {8: "Bến Tre, ngày 5 tháng 10 năm 2024"},
        2: {2: "NGƯỜI LẬP BIỂU", 8: "TM. BAN THƯỜNG VỤ"},
        3: {2: "(Ký, ghi rõ họ tên)", 8: "PHÓ CHỦ TỊCH"},
        7: {2: "Nguyễn Thị Lan", 8: "Trần Thị Hồng"},
        8: {1: "Nơi nhận:"},
        9: {1: "- TW Hội LHPN Việt Nam (b/c);"},
        10: {1: "- Lưu: VT, 01 bản."},
    }
    for below, cells in lines.items():
        for at, words in cells.items():
            page.cell(row + below, at).value = words


def rows_of(page: Worksheet) -> list[list[object]]:
    return [list(row) for row in page.iter_rows(values_only=True)]


def as_csv(page: Worksheet, encoding: str, separator: str = ",") -> bytes:
    """A sheet as text, as Excel saves it: dates dd/mm/yyyy, decimals with a comma."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=separator)
    for row in rows_of(page):
        writer.writerow([_csv_text(value) for value in row])
    return output.getvalue().encode(encoding)


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(value)


def as_xls(book: Workbook) -> bytes:
    """The values in Excel's old format."""
    old = xlwt.Workbook()
    old.dates_1904 = book.epoch == CALENDAR_MAC_1904
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for page in book:
        sheet = old.add_sheet(page.title)
        for number, row in enumerate(rows_of(page)):
            for at, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    continue
                if value in ERRORS:
                    sheet.row(number).set_cell_error(at, value)
                elif isinstance(value, datetime | date):
                    sheet.write(number, at, value, day)
                elif value is not None:
                    sheet.write(number, at, value)
    output = io.BytesIO()
    old.save(output)
    return output.getvalue()


def as_ods(book: Workbook) -> bytes:
    """The values as a small OpenDocument spreadsheet."""
    tables = "".join(
        f'<table:table table:name="{_escaped(page.title)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
            for row in rows_of(page)
        )
        + "</table:table>"
        for page in book
    )
    first_day = _ODS_1904 if book.epoch == CALENDAR_MAC_1904 else ""
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (_ODS_HEAD + first_day + tables + _ODS_TAIL).encode(),
            "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest:manifest '
            b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_1904 = (
    "<table:calculation-settings>"
    '<table:null-date table:value-type="date" table:date-value="1904-01-01"/>'
    "</table:calculation-settings>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def _ods_cell(value: object) -> str:
    if value is None or (isinstance(value, str) and value.startswith("=")):
        return "<table:table-cell/>"
    if isinstance(value, datetime | date):
        day = f"{value:%Y-%m-%d}"
        return f'<table:table-cell office:value-type="date" office:date-value="{day}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
    text = f"<text:p>{_escaped(str(value))}</text:p>"
    if value in ERRORS:
        kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
        return f"<table:table-cell {kind}>{text}</table:table-cell>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def zipped(parts: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return output.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of its zip rewritten."""
    parts = parts_of(content)
    return zipped(parts | {name: change(parts[name])})


def bomb(size: int) -> bytes:
    """A small file that unpacks to `size` bytes of one sheet."""
    row = b"<row><c><v>1</v></c></row>"
    sheet = b'<?xml version="1.0"?><worksheet><sheetData>' + row * (size // len(row))
    book = b'<workbook><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
    return zipped({"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet})


def many_sheets(count: int) -> bytes:
    book = Workbook()
    for number in range(count):
        book.create_sheet(f"S{number}")["A1"] = number
    return saved(book)


def blank_rows(content: bytes, title: str, count: int) -> bytes:
    """Rows with a format and no value, as a whole-column format leaves behind."""
    number = 2 + [sheet.title for sheet in sheets.SHEETS.values()].index(title)
    rows = b"".join(b'<row r="%d"/>' % row for row in range(1000, 1000 + count))
    return with_part(
        content,
        f"xl/worksheets/sheet{number}.xml",
        lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"),
    )


def windows_vietnamese(text: str) -> bytes:
    """Text in cp1258, which has ă â ê ô ơ ư but writes the tone after its letter."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    split = (unicodedata.normalize("NFD", letter) for letter in text)
    return "".join(
        unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        + "".join(mark for mark in marks if mark in tones)
        for marks in split
    ).encode("cp1258")


def in_old_font(text: str, font: old_fonts.Font) -> str:
    """Text as people typed it for a font of before Unicode; TCVN3's toned capitals are small."""
    written = OLD_FONTS[font]
    return "".join(written.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letters() -> dict[str, str]:
    """Every marked letter as the two that VNI writes for it."""
    rows = {
        "a": "aø aù aû aõ aï",
        "ă": "aè aé aú aü aë",
        "â": "aà aá aå aã aä",
        "e": "eø eù eû eõ eï",
        "ê": "eà eá eå eã eä",
        "i": "ì í æ ó ò",
        "o": "oø où oû oõ oï",
        "ô": "oà oá oå oã oä",
        "ơ": "ôø ôù ôû ôõ ôï",
        "u": "uø uù uû uõ uï",
        "ư": "öø öù öû öõ öï",
        "y": "yø yù yû yõ î",
    }
    plain = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ"}
    toned = {
        unicodedata.normalize("NFC", letter + tone): pair
        for letter, pairs in rows.items()
        for tone, pair in zip("\u0300\u0301\u0309\u0303\u0323", pairs.split(), strict=True)
    }
    small = plain | toned
    return small | {letter.upper(): pair.upper() for letter, pair in small.items()}


_TCVN3 = (
    "à=µ á=¸ ả=¶ ã=· ạ=¹ ă=¨ ằ=» ắ=¾ ẳ=¼ ẵ=½ ặ=Æ â=© ầ=Ç ấ=Ê ẩ=È ẫ=É ậ=Ë đ=® è=Ì é=Ð ẻ=Î ẽ=Ï ẹ=Ñ "
    "ê=ª ề=Ò ế=Õ ể=Ó ễ=Ô ệ=Ö ì=× í=Ý ỉ=Ø ĩ=Ü ị=Þ ò=ß ó=ã ỏ=á õ=â ọ=ä ô=« ồ=å ố=è ổ=æ ỗ=ç ộ=é ơ=¬ "
    "ờ=ê ớ=í ở=ë ỡ=ì ợ=î ù=ï ú=ó ủ=ñ ũ=ò ụ=ô ư=\xad ừ=õ ứ=ø ử=ö ữ=÷ ự=ù ỳ=ú ý=ý ỷ=û ỹ=ü ỵ=þ "
    "Ă=¡ Â=¢ Đ=§ Ê=£ Ô=¤ Ơ=¥ Ư=¦"
)
OLD_FONTS: dict[old_fonts.Font, dict[str, str]] = {
    "TCVN3": {
        letter: pair[2] for pair in _TCVN3.split(" ") for letter in (pair[0].upper(), pair[0])
    },
    "VNI": _vni_letters(),
}
