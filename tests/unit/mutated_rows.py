"""Headings, columns, rows and sheets of a workbook changed at random."""

import re
from collections.abc import Callable
from random import Random

import messes
from mutated_cells import DANGEROUS, ODD_TEXTS, text
from mutated_parts import BOOK, CELL, TABLES, packed, parts_of, with_cells

_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*?(?:/>|>.*?</row>)')
_SHEET = re.compile(rb"<sheet [^>]*/>")
Change = Callable[[Random, bytes], bytes]


def headings(change: Callable[[Random, list[bytes], list[bytes]], dict[bytes, bytes]]) -> Change:
    """Cells of one sheet's headings replaced; `change` gets their addresses and values."""

    def changed(random: Random, clean: bytes) -> bytes:
        parts, part = parts_of(clean), random.choice(TABLES)
        heads = [it for it in CELL.finditer(parts[part]) if int(it[2]) == messes.HEADING]
        places = [it[1] + it[2] for it in heads]
        written = [it[0].partition(it[3] or b'"')[2] if it[3] else it[0][-1:] for it in heads]
        parts[part] = with_cells(parts[part], change(random, places, written))
        return packed(parts)

    return changed


def renamed(random: Random, places: list[bytes], _: list[bytes]) -> dict[bytes, bytes]:
    names = ("Cột lạ", "Ten mo hinh", "Số", "Ngày", *DANGEROUS, *ODD_TEXTS)
    return {place: text(random.choice(names)) for place in random.sample(places, 3)}


def dropped(random: Random, places: list[bytes], _: list[bytes]) -> dict[bytes, bytes]:
    return dict.fromkeys(random.sample(places, random.randint(1, len(places))), b"/>")


def doubled(random: Random, places: list[bytes], written: list[bytes]) -> dict[bytes, bytes]:
    return {random.choice(places): random.choice(written)}


def swapped(random: Random, places: list[bytes], written: list[bytes]) -> dict[bytes, bytes]:
    one, other = random.sample(range(len(places)), 2)
    return {places[one]: written[other], places[other]: written[one]}


def columns_moved(random: Random, clean: bytes) -> bytes:
    """Whole columns change places, headings and all."""
    parts, part = parts_of(clean), random.choice(TABLES)
    letters = sorted({it[1] for it in CELL.finditer(parts[part])})
    to = dict(zip(letters, random.sample(letters, len(letters)), strict=True))
    body = range(messes.HEADING, 10_000)

    def moved(match: re.Match[bytes]) -> bytes:
        letter = to[match[1]] if int(match[2]) in body else match[1]
        return match[0].replace(b'"%s%s"' % (match[1], match[2]), b'"%s%s"' % (letter, match[2]))

    parts[part] = CELL.sub(moved, parts[part])
    return packed(parts)


def rows_of(change: Callable[[Random, list[bytes]], list[bytes]]) -> Change:
    """The records' rows of every sheet changed and numbered anew."""

    def changed(random: Random, clean: bytes) -> bytes:
        parts = parts_of(clean)
        for part in TABLES:
            found = [it for it in _ROW.finditer(parts[part]) if int(it[1]) >= messes.FIRST]
            if found:
                rows = change(random, [it[0] for it in found])
                numbered = b"".join(_numbered(row, messes.FIRST + n) for n, row in enumerate(rows))
                start, end = found[0].start(), found[-1].end()
                parts[part] = parts[part][:start] + numbered + parts[part][end:]
        return packed(parts)

    return changed


def _numbered(row: bytes, number: int) -> bytes:
    return re.sub(rb' r="([A-Z]*)[0-9]+"', rb' r="\g<1>%d"' % number, row)


def shuffled(random: Random, rows: list[bytes]) -> list[bytes]:
    return random.sample(rows, len(rows))


def repeated(random: Random, rows: list[bytes]) -> list[bytes]:
    return [row for row in rows for _ in range(random.choice((1, 1, 2, 5)))]


def merged(random: Random, clean: bytes) -> bytes:
    parts, part = parts_of(clean), random.choice(TABLES)
    column = random.choice("ABCDEFGHIJ")
    boxes = [f"{column}5:{column}9", f"{column}4:{column}1048576", "A1:XFD1048576", "A5:J5"]
    odd = random.choice(("B9:A2", "A:A", ""))
    chosen = random.choice((boxes[:1], boxes, random.sample(boxes, 2), [*boxes, odd]))
    merges = "".join(f'<mergeCell ref="{box}"/>' for box in chosen)
    end = f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
    bare = re.sub(rb"<mergeCells.*?</mergeCells>", b"", parts[part])
    return packed(parts | {part: bare.replace(b"</sheetData>", end)})


# Sheets.


def sheets_of(
    change: Callable[[Random, list[bytes]], list[bytes]],
) -> Change:
    def changed(random: Random, clean: bytes) -> bytes:
        parts = parts_of(clean)
        tags = _SHEET.findall(parts[BOOK])
        listed = b"<sheets>" + b"".join(change(random, list(tags))) + b"</sheets>"
        parts[BOOK] = re.sub(rb"<sheets>.*</sheets>", lambda _: listed, parts[BOOK])
        return packed(parts)

    return changed


def _named(tag: bytes, name: str) -> bytes:
    return re.sub(rb'name="[^"]*"', lambda _: f'name="{name}"'.encode(), tag)


def sheet_renamed(random: Random, tags: list[bytes]) -> list[bytes]:
    names = ("Sheet1", "mo hinh", "TIẾN ĐỘ ", "Tien do", "=1+1", "a" * 300, "", "CSV", "../x")
    at = random.randrange(len(tags))
    return [*tags[:at], _named(tags[at], random.choice(names)), *tags[at + 1 :]]


def sheets_dropped(random: Random, tags: list[bytes]) -> list[bytes]:
    return random.sample(tags, random.randrange(len(tags)))


def sheet_doubled(random: Random, tags: list[bytes]) -> list[bytes]:
    copy = random.choice(tags)
    return random.sample([*tags, random.choice((copy, _named(copy, "Mô hình (2)")))], len(tags) + 1)


def sheets_hidden(random: Random, tags: list[bytes]) -> list[bytes]:
    state = random.choice((b"hidden", b"veryHidden"))
    chosen = random.sample(tags[:7], random.randint(1, 7))
    return [tag.replace(b"/>", b' state="%s"/>' % state) if tag in chosen else tag for tag in tags]


def many_sheets(random: Random, tags: list[bytes]) -> list[bytes]:
    """Hundreds of names; all of them may be one part of the file."""
    copies = random.choice((500, 5_000))
    return [*tags, *(_named(random.choice(tags), f"T{number}") for number in range(copies))]
