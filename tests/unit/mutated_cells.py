"""Cells of a workbook replaced at random by values that nobody asked for."""

import unicodedata
from collections.abc import Callable, Sequence
from random import Random

from mutated_parts import packed, parts_of, records, with_cells


def text(words: str) -> bytes:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    body = f' t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'
    return body.encode("utf-8", "surrogatepass")


def _number(written: str) -> bytes:
    return f"><v>{written}</v></c>".encode()


def _typed(kind: str, written: str) -> bytes:
    return f' t="{kind}"><v>{written}</v></c>'.encode()


def _formula(words: str, result: str | None) -> bytes:
    cached = "" if result is None else f"<v>{result}</v>"
    return f' t="str"><f>{words.replace("&", "&amp;")}</f>{cached}</c>'.encode()


DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r\n=1+1",
    "+84 912 345 678",
    '=HYPERLINK("#A1","x")',
    "-2+3+cmd|' /C calc'!A0",
)
"""Texts that a spreadsheet would compute if they were written to it as they are."""

_VIETNAMESE = "Hội Liên hiệp Phụ nữ tỉnh Bến Tre"
NUMBERS = tuple(
    _number(written)
    for written in (
        *("0", "-1", "0.5", "-0.0001", "1e308", "-1e308", "1e400", "NaN", "inf", "-inf", "1e-320"),
        *("9007199254740993", "99999999999999999999", "1234.5678", "2958466", "-36526", "60"),
    )
)
NUMBER_TEXTS = tuple(
    text(words)
    for words in (
        *("1.234", "1.234.567,8", "(350)", "12,5%", "%", "-%", "()", "1e5", "١٢٣", "1.000,፩", "²"),
        *("½", "9" * 400, "0," + "1" * 400, "1,2,3", "1.2.3", "--5", "+-5", "NaN", "inf", "#REF!"),
    )
)
DATES = (
    *map(
        text,
        (
            *("30/02/2024", "31/9/2024", "00/00/0000", "1/1/1", "2024-13-45", "99/99/9999"),
            *("30/9/24", "09/30/2024", "ngày 30 tháng 9 năm 2024", "45565", "Thứ hai", "13/2024"),
            *("٣٠/٩/٢٠٢٤", "0/2024", "T0/0000"),
        ),
    ),
    *(_typed("d", day) for day in ("2024-09-30", "9999-12-31", "0001-01-01", "x")),
)
ODD_TEXTS = (
    *("", " ", "\u00a0", "-", "x", "_x0000_", "_x000D_", "\ufffe", "\u200b\ufeff", "</t>", "]]>"),
    *("\u202e3202/90/03", "\u200fمرحبا", "🧑🏽‍🌾🌾", "A" * 40_000, "ộ" * 40_000, "\n" * 500),
    *(unicodedata.normalize("NFD", "Hội Liên hiệp Phụ nữ"), "Z͑ͫ̓ͪ" * 300, "Tổng cộng", "Nơi nhận: "),
    *("&amp;", "%s %d {0} {x}", "'; DROP TABLE models; --", "../../etc/passwd", "\x01\x02\x1f"),
)
TEXTS = tuple(map(text, ODD_TEXTS))
FORMULA_TEXTS = tuple(map(text, DANGEROUS))
FORMULAS = (
    *(_formula(words.strip().lstrip("=+@"), None) for words in DANGEROUS),
    *(_formula("A1", result) for result in ("", "5", "x", *DANGEROUS)),
)
TYPES = (
    *(_typed("e", shown) for shown in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?")),
    *(_typed("b", shown) for shown in ("0", "1")),
    *(_typed("s", place) for place in ("0", "5")),
    *(b"/>", b"></c>", b' t="inlineStr"/>'),
)
MALFORMED = (
    *(_typed("b", shown) for shown in ("2", "x", "")),
    *(_typed("s", place) for place in ("99999", "-1", "x", "")),
    *(_typed("n", shown) for shown in ("x", "1,5")),
    *(_typed("e", "#LẠ!"), _typed("zz", "1"), b' t="inlineStr">5', text("\ud800")),
)


def replaced(values: Sequence[bytes]) -> Callable[[Random, bytes], bytes]:
    def change(random: Random, clean: bytes) -> bytes:
        parts = parts_of(clean)
        chosen = random.sample(records(clean), random.choice((1, 3, 10, 40)))
        for part, cells in _by_part((place, random.choice(values)) for place in chosen).items():
            parts[part] = with_cells(parts[part], cells)
        return packed(parts)

    return change


def _by_part(chosen) -> dict[str, dict[bytes, bytes]]:
    found: dict[str, dict[bytes, bytes]] = {}
    for (part, address), value in chosen:
        found.setdefault(part, {})[address] = value
    return found
