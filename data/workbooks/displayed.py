"""Cells of an .xlsx of which Excel shows something else than they hold, or only half of it.

A text may be crossed out in part (`~~12~~ 15` is held as `1215`) or bear the mark of a footnote
as a small raised figure (`12¹` is held as `121`); a number may have a format that divides it by
thousands or names a unit beside it (`1,5 tỷ` is held as 1,5). Calamine tells none of it.
"""

import html
import re

from data.workbooks import faults, scales

CROSSED, RAISED = "gạch ngang", "chữ nhỏ phía trên"
"""What stands for a text that is crossed out in part, and for a raised figure behind a number."""

_MOST = 1_000
_TEXT = re.compile(rb"<si[\s/>]")
_RUN = re.compile(rb"<r>(.*?)</r>", re.DOTALL)
_WORDS = re.compile(rb"<t[^<>]*+>([^<]*+)")
_LINE = re.compile(rb'<strike\s*+(?:val="(?:1|true)")?\s*+/>')
_RAISED = b'"superscript"'
_NUMBER = b' t="n"'
_FIGURE = re.compile(rb"[\d\s.,%()/-]+")
_FORMAT = re.compile(rb"<numFmt\s[^<>]*+>")
_CODE = re.compile(rb'\sformatCode="([^"]*+)"')
_FORMAT_OF = re.compile(rb'numFmtId="([0-9]{1,5})"')
_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NO_DIGITS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIVIDED = re.compile(r"[0#?],+(?![0#?,.])")
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?+([^<>/]*+)>'
    rb"(?:<f[^<>]*+>(?:[^<]*+</f>)?+)?+<v>([^<]{1,30})</v>"
)


def texts(data: bytes) -> dict[bytes, str]:
    """Of `xl/sharedStrings.xml`: which texts are crossed out in part or end in a raised figure."""
    if b"<strike" not in data and _RAISED not in data:
        return {}
    found = {}
    for number, text in enumerate(_TEXT.split(data)[1:]):
        if (b"<strike" in text or _RAISED in text) and (why := _of_text(text)):
            found[str(number).encode()] = why
    return found


def _of_text(text: bytes) -> str:
    runs = [(run, b"".join(_WORDS.findall(run)).strip()) for run in _RUN.findall(text)]
    lined = [bool(_LINE.search(run)) for run, words in runs if words]
    if any(lined) and not all(lined):
        return CROSSED
    raised = any(_RAISED in run and words for run, words in runs)
    return RAISED if raised and _FIGURE.fullmatch(b"".join(_WORDS.findall(text))) else ""


def formats(data: bytes) -> dict[bytes, str]:
    """Of `xl/styles.xml`: cell styles with a format that divides numbers or names a unit."""
    tags = ((_FORMAT_OF.search(tag), _CODE.search(tag)) for tag in _FORMAT.findall(data))
    codes = {
        number[1]: html.unescape(code[1].decode("utf-8", "replace"))
        for number, code in tags
        if number and code
    }
    strange = {number: code for number, code in codes.items() if _divides(code) or _unit(code)}
    styles = _STYLES.search(data) if strange else None
    if styles is None:
        return {}
    used = (_FORMAT_OF.search(one) for one in styles[0].split(b"<xf ")[1:])
    return {
        str(at).encode(): strange[match[1]]
        for at, match in enumerate(used)
        if match and match[1] in strange
    }


def _divides(code: str) -> bool:
    return bool(_DIVIDED.search(_NO_DIGITS.sub(" ", code.partition(";")[0])))


def _unit(code: str) -> int | None:
    """Đồng per unit that a format names (`0.0" tỷ"`); of đồng itself nothing is meant by it."""
    named = "".join("".join(part) for part in _LITERAL.findall(code.partition(";")[0]))
    unit = scales.of_unit(named) if named.strip() else None
    return None if unit == 1 else unit


def cells(
    data: bytes, texts: dict[bytes, str], formats: dict[bytes, str]
) -> dict[tuple[int, int], str]:
    """Cells of a sheet with such a text (what is the matter with it) or format (its code), by
    Excel's row and column from 0; the first of them."""
    found: dict[tuple[int, int], str] = {}
    for match in _CELL.finditer(data):
        is_text = b't="s"' in match[4]
        told = texts.get(match[5]) if is_text else formats.get(match[3] or b"0")
        if told and (is_text or match[4] in (b"", _NUMBER)):
            found[faults.place(match[1], match[2])] = told
            if len(found) == _MOST:
                break
    return found


def wrong(shown: str, kind: str, unit: int | None) -> str:
    """What is wrong with such a cell in a column of some kind and unit, in Vietnamese; or “”."""
    if shown == CROSSED:
        return "Ô có phần chữ, số bị gạch ngang nhưng vẫn còn trong ô: giữ phần nào?"
    if shown == RAISED:
        return "Ô có số nhỏ phía trên (dấu chú thích?) nối liền với số: số nào là số liệu?"
    if kind not in ("count", "money"):
        return ""
    if _divides(shown):
        return f"Ô định dạng {shown} nên Excel hiện số đã chia cho nghìn, khác với số trong ô"
    if _unit(shown) != unit:
        return f"Ô định dạng {shown} nên Excel hiện đơn vị khác với đơn vị của cột"
    return ""
