"""Files damaged on their way, and files that mean harm: bombs, lies, rows without end."""

import io
import re
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import messes
from mutated_parts import (
    BOOK,
    MODELS,
    SHARED,
    TABLES,
    after_rows,
    as_csv,
    as_ods,
    as_xls,
    packed,
    parts_of,
)


def blank_declared(random: Random, clean: bytes) -> bytes:
    parts = parts_of(clean)
    for part in TABLES:
        box = random.choice((b"A1:XFD1048576", b"A1:AI1048576", b"XFD1048576", b"A1"))
        parts[part] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % box, parts[part])
    return packed(parts)


@cache
def _blank(count: int, row: bytes) -> bytes:
    return b"".join(row % (number, number) for number in range(1_000, 1_000 + count))


def blank_rows(random: Random, clean: bytes) -> bytes:
    """A million rows that hold nothing, or nothing but a format or an empty text."""
    row = random.choice((b'<row r="%d"/><!--%d-->', b'<row r="%d"><c r="B%d" s="3"/></row>'))
    return after_rows(clean, random.choice(TABLES), _blank(10**6, row))


def far_cell(random: Random, clean: bytes) -> bytes:
    far = (b"XFD1048576", b"xfd1048576", b"ABCDEFG1", b"A99999999", b"AZ4294967295", b"A4000000000")
    row = b'<row r="1048576"><c r="%s"><v>1</v></c></row>' % random.choice(far)
    return after_rows(clean, random.choice(TABLES), row)


# The file as bytes.


def cut(random: Random, clean: bytes) -> bytes:
    return clean[: random.randrange(len(clean))]


def flipped(random: Random, clean: bytes) -> bytes:
    data = bytearray(clean)
    for at in random.sample(range(len(data)), random.choice((1, 3, 20, 200))):
        data[at] ^= 1 << random.randrange(8)
    return bytes(data)


def directory_damaged(random: Random, clean: bytes) -> bytes:
    """The list of parts at the zip's end loses bytes, or has some of them altered."""
    start = clean.index(b"PK\1\2")
    at = random.randrange(start, len(clean))
    gone = random.randrange(1, 60)
    junk = random.choice((b"", random.randbytes(gone), b"\0" * gone))
    return clean[:at] + junk + clean[at + gone :]


def xml_damaged(random: Random, clean: bytes) -> bytes:
    """A part of the workbook, whole as a part of the zip, whose XML is torn or altered."""
    parts = parts_of(clean)
    part = random.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    damage = random.choice((cut, flipped))
    return packed(parts | {part: damage(random, parts[part])})


def old_excel(random: Random, clean: bytes) -> bytes:
    return random.choice((cut, flipped, flipped))(random, as_xls(clean))


def open_document(random: Random, clean: bytes) -> bytes:
    parts = messes.parts_of(as_ods(clean))
    repeats = random.choice(("rows", "columns")), random.choice((10**6, 2**31, 2**63))
    many = b'<table:table-cell table:number-%s-repeated="%d"' % (repeats[0].encode(), repeats[1])
    if repeats[0] == "rows":
        many = b'<table:table-row table:number-rows-repeated="%d"' % repeats[1]
    tag = b"<table:table-row" if repeats[0] == "rows" else b"<table:table-cell"
    content = parts["content.xml"]
    at = random.choice([it.start() for it in re.finditer(tag + rb"\b", content)])
    changed = content[:at] + many + content[at + len(tag) :]
    damaged = random.choice((changed, flipped(random, content)))
    return packed(parts | {"content.xml": damaged})


def text_file(random: Random, clean: bytes) -> bytes:
    """Text files with other bytes in them, in other encodings, or with a line that never ends."""
    text = as_csv(clean)
    data = text.encode("utf-8")
    at = random.randrange(len(data))
    made: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at] + b"\0" * random.randint(1, 9) + data[at:],
        lambda: text.encode(random.choice(("utf-7", "utf-32", "utf-16-be", "utf-8-sig"))),
        lambda: text.encode("cp1258", "replace") + b"\x81\x8d\xff",
        lambda: b"\xff\xfe" + data,
        lambda: b"a," * 2_000_000,
        lambda: "ộ".encode() * 2_000_000,
        lambda: b'"' + data * 40,
        lambda: b'"a\n",' * 1_000_000,
        lambda: flipped(random, data),
        lambda: data.replace(b",", random.choice((b"", b"\r", b"=", b'"', b"\n", b"|"))),
    )
    return random.choice(made)()


def locked(random: Random, _: bytes) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    inside = random.choice((b"", "EncryptedPackage".encode("utf-16-le")))
    return head + random.choice((inside, random.randbytes(4096) + inside))


def empty(random: Random, _: bytes) -> bytes:
    return random.choice((b"", b"\0" * 512, b"PK", b"PK\3\4", b"PK\5\6" + b"\0" * 18, b"\r\n \n"))


def unchanged(_: Random, clean: bytes) -> bytes:
    return clean


# Zips that mean harm.


def bomb_sheet(random: Random, clean: bytes) -> bytes:
    """A sheet that unpacks to gigabytes; the directory says so, or lies."""
    raw, size, crc = _deflated_rows(random.choice((20, 300)))
    claimed = random.choice((size, 1_000, 0))
    where = random.choice((MODELS, "xl/media/image1.png"))
    parts = parts_of(clean)
    if where != MODELS:
        target = MODELS.removeprefix("xl/").encode(), where.removeprefix("xl/").encode()
        relations = "xl/_rels/workbook.xml.rels"
        parts[relations] = parts[relations].replace(*target)
    parts.pop(where, None)
    return _with_raw_part(packed(parts), where, raw, claimed, crc)


@cache
def _deflated_rows(tens_of_megabytes: int) -> tuple[bytes, int, int]:
    row = b'<row><c r="A1"><v>1</v></c></row>'
    block = row * (10_000_000 // len(row))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return chunk * tens_of_megabytes + b"\3\0", len(block) * tens_of_megabytes, zlib.crc32(block)


def _with_raw_part(content: bytes, name: str, raw: bytes, size: int, crc: int) -> bytes:
    """A zip with one part more, whose bytes are deflated already and whose size is as claimed."""
    output = io.BytesIO(content)
    with warnings.catch_warnings(action="ignore"), ZipFile(output, "a") as archive:  # a name twice
        about = ZipInfo(name)
        about.compress_type = ZIP_STORED
        archive.writestr(about, raw)
        about.compress_type, about.file_size, about.CRC = ZIP_DEFLATED, size, crc
    data = bytearray(output.getvalue())
    at = data.rindex(b"PK\3\4", 0, len(data) - len(raw))
    data[at + 8 : at + 10] = ZIP_DEFLATED.to_bytes(2, "little")
    return bytes(data)


def bomb_texts(random: Random, clean: bytes) -> bytes:
    """One long shared text that each of many cells names: terabytes, cell by cell."""
    parts = parts_of(clean)
    letters = b"<t>" + b"x" * random.choice((30_000, 4_000_000)) + b"</t>"
    long = random.choice((letters, b"<r>" + letters + b'</r><r a="</si>">' + letters + b"</r>"))
    parts[SHARED] = parts[SHARED].replace(b"<si>", b"<si>" + long + b"</si><si>", 1)
    cell = b'<c r="%s%d" t="s"><v>0</v></c>'
    columns = [bytes([65 + at]) for at in range(26)]
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(cell % (it, row) for it in columns))
        for row in range(100, 3_000)
    )
    return after_rows(packed(parts), MODELS, rows)


def entities(random: Random, clean: bytes) -> bytes:
    """A billion laughs: entities made of entities."""
    parts, part = parts_of(clean), random.choice((BOOK, SHARED, MODELS, "[Content_Types].xml"))
    levels = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)]
    outside = '<!ENTITY out SYSTEM "file:///etc/passwd">'
    head = f'<!DOCTYPE l [<!ENTITY l0 "ha ha ha">{"".join(levels)}{outside}]>'.encode()
    said = random.choice((b"&l11;", b"&out;"))
    data = re.sub(rb"<v>[^<]*</v>|<t>[^<]*</t>", b"<v>%s</v>" % said, parts[part], count=5)
    at = data.index(b"?>") + 2
    return packed(parts | {part: data[:at] + head + data[at:]})


def endless_markup(random: Random, clean: bytes) -> bytes:
    """Tags that are never closed, thousands of them: a search that looks back would not end."""
    hundreds = random.choice((1_000, 20_000))
    markup = (
        b'<c r="A1" t="e"' * hundreds,
        b'<c r="A1" t="e">' + b" " * 10 * hundreds + b"x",
        b'<c r="A1"><f' + b"/" * 10 * hundreds,
        b'<c r="A1"' + b' t="e"' * hundreds,
        b"<si>" * hundreds,
        b"<a:" * hundreds,
    )
    return after_rows(clean, random.choice(TABLES), random.choice(markup))


def paths(random: Random, clean: bytes) -> bytes:
    """Parts whose names lead out of the folder that a careless program would unpack them to."""
    names = (
        "../../../tmp/x.xml",
        "/etc/passwd",
        "C:\\x.xml",
        "xl/../../x.xml",
        "a\0b.xml",
        "x/" * 99,
    )
    return packed(parts_of(clean) | dict.fromkeys(random.sample(names, 3), b"<x/>"))


def twice(random: Random, clean: bytes) -> bytes:
    """The zip holds a part twice, with other content, or has a second zip before or after it."""
    if random.random() < 0.5:
        other = packed({BOOK: b"<workbook/>", "a.xml": b"<a/>"})
        return random.choice((other + clean, clean + other, b"PK\3\4" + clean, clean + b"\0" * 40))
    parts = parts_of(clean)
    part = random.choice((MODELS, BOOK, SHARED))
    raw = zlib.compress(parts[part].replace(b"5", b"7"), 9)[2:-4]
    return _with_raw_part(clean, part, raw, len(parts[part]), zlib.crc32(parts[part]))
