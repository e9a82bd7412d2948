"""Vietnamese typed for the fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).

In the file such a text is other letters, `B¸o c¸o` or `Baùo caùo`, which only the font shows as
`Báo cáo`. Source of the tables: TCVN 5712:1993 (VN3) and VNI's own, as UniKey converts them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal
from unicodedata import normalize

from data.workbooks.apart import Cell, RawSheet

Font = Literal["TCVN3", "VNI"]
_FONTS: tuple[Font, ...] = ("TCVN3", "VNI")

_MARKED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâđêôơưĂÂĐÊÔƠƯ"
_TCVN3 = "µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ¨©®ª«¬\xad¡¢§£¤¥¦"
_OF_TCVN3 = str.maketrans(_TCVN3, _MARKED)

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_VNI = {"": "øùûõï", "\u0302": "àáåãä", "\u0306": "èéúüë"}
"""The letter that follows a plain one, by its own mark, for each of the five tones."""
_VNI_ALONE = {"â": "\u0302", "ê": "\u0306"}
_AFTER = {
    sign: mark + tone
    for mark, signs in _VNI.items()
    for sign, tone in zip(signs, _TONES, strict=True)
} | _VNI_ALONE
_WHOLE = dict(zip("ôöñìíæóòî", "ơưđìíỉĩịỵ", strict=True))
_PAIR = re.compile(f"([aeouyôö])([{''.join(_AFTER)}])|[{''.join(_WHOLE)}]", re.IGNORECASE)

_SIGNS = "¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÞßþ×÷ðÐ"
# Beside a plain letter, or a capital within a word of small ones.
_ONLY_TCVN3 = re.compile(f"[{_SIGNS}](?=[A-Za-z])|(?<=[A-Za-z])[{_SIGNS}]|(?<=[a-z])[À-Ý]")
_ONLY_VNI = re.compile("[ñö]|[aeoôö][øùûõï]|[ae][àáåãä]|o[åä]|[aeo]â|a[êéèúüë]", re.IGNORECASE)
_LETTERS = f"{_SIGNS}ÄÅÇËÎÏÑÖØÛÜåäçëîïñöøûüæ"
# One set of letters to begin with is looked for five times as fast as two patterns.
_STRANGE = re.compile(f"[{_LETTERS}À-Ý](?:(?<=[{_LETTERS}])|(?<=[a-z].))")
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168-\u01b0\u1ea0-\u1ef9]")
_FEWEST = 2  # one such letter may be a foreign name's, or a sign


def may_be_in(text: str) -> bool:
    """Quick to say no: whether a long text holds letters that Unicode Vietnamese does not need."""
    return _STRANGE.search(text) is not None


def font_of(text: str) -> Font | None:
    """The font that a text was typed for; None for Unicode, and where it cannot be told."""
    if text.isascii() or _UNICODE.search(text):
        return None
    if len(_ONLY_TCVN3.findall(text)) >= _FEWEST:
        return "TCVN3"
    return "VNI" if len(_ONLY_VNI.findall(text)) >= _FEWEST else None


def in_unicode(text: str, font: Font) -> str:
    """A text of an old font in Unicode."""
    if font == "TCVN3":
        return text.translate(_OF_TCVN3)
    return normalize("NFC", _PAIR.sub(_letter, text))


def _letter(match: re.Match[str]) -> str:
    if not match[1]:
        whole = _WHOLE[match[0].lower()]
        return whole.upper() if match[0].isupper() else whole
    plain = match[1].lower()
    marked = _WHOLE.get(plain, plain) + _AFTER[match[2].lower()]
    return marked.upper() if match[1].isupper() else marked


def converted(raw_sheets: Sequence[RawSheet]) -> tuple[list[RawSheet], Font | None]:
    """The sheets in Unicode, where most cells that tell a font are of one before it."""
    words = (cell for raw in raw_sheets for _, row in raw.rows for cell in row)
    fonts = [font_of(cell) for cell in words if isinstance(cell, str)]
    for font in _FONTS:
        if fonts.count(font) * 2 > len(fonts) - fonts.count(None):
            return [_converted(raw, font) for raw in raw_sheets], font
    return list(raw_sheets), None


def _converted(raw: RawSheet, font: Font) -> RawSheet:
    """Cells that are surely of the font, and the others of a row, or sheet, without Unicode."""
    everywhere = font_of(_joined(cell for _, row in raw.rows for cell in row)) == font

    def row_of(row: list[Cell]) -> list[Cell]:
        whole = everywhere or font_of(_joined(row)) == font
        return [
            in_unicode(cell, font)
            if isinstance(cell, str) and (whole or font_of(cell) == font)
            else cell
            for cell in row
        ]

    return raw._replace(rows=[(number, row_of(row)) for number, row in raw.rows])


def _joined(cells: Iterable[Cell]) -> str:
    return " ".join(cell for cell in cells if isinstance(cell, str))
