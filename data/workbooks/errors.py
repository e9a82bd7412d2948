"""Formulas with an error in files of which calamine tells no cell: `.xls` and `.ods`.

There such a cell is read as an empty one. Where it stands is not looked for, only that it does.
"""

import re
import zipfile

from data.workbooks import packed

_OPEN = re.compile(rb'calcext:value-type="error"[^<>]*+>\s*+<text:p>([^<>]{1,20})<')
# BIFF: the record BoolErr with an error, and the record Formula whose result is one.
_CODES = {0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"}
_CODES |= {0x00: "#NULL!", 0x2A: "#N/A"}
_CODE = rb"([\x00\x07\x0f\x17\x1d\x24\x2a])"
_OLD = (
    re.compile(rb"\x05\x02\x08\x00.{2}.\x00.{2}" + _CODE + rb"\x01", re.DOTALL),
    re.compile(rb"\x06\x00.\x00.{2}.\x00.{2}\x02." + _CODE + rb".{3}\xff\xff", re.DOTALL),
)


def of_file(content: bytes, parts: list[zipfile.ZipInfo]) -> list[str]:
    """What Excel shows in the cells with an error, of a file that `opening` could open.

    `parts` are those of a zip, none of another file.
    """
    if not parts:
        return [_CODES[code[0]] for way in _OLD for code in way.findall(content)]
    return [
        shown.decode("utf-8", "replace")
        for part in parts
        if part.filename == "content.xml"
        for shown in _OPEN.findall(packed.unpacked(content, part))
    ]
