"""Which part of an .xlsx holds which sheet: what is found in a part is told by the sheet's name."""

import re
import zipfile

from data.workbooks import packed

_RELATION = re.compile(r"<Relationship\s[^<>]*+>")
_SHEET_TAG = re.compile(r"<sheet\s[^<>]*+>")


def by_sheet(content: bytes, parts: list[zipfile.ZipInfo]) -> dict[str, str]:
    """The part of the zip that holds each sheet of an .xlsx, by the sheet's name."""
    named = {part.filename: part for part in parts}
    texts = [
        packed.unpacked(content, named[name]).decode("utf-8", "replace")
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    ]
    targets = {}
    for tag in _RELATION.findall(texts[1]):
        target = _attribute(tag, "Target")
        targets[_attribute(tag, "Id")] = f"xl/{target}" if target[:1] != "/" else target[1:]
    return {
        _attribute(tag, "name"): targets.get(_attribute(tag, "r:id"), "")
        for tag in _SHEET_TAG.findall(texts[0])
    }


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    text = found[1] if found else ""
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text
