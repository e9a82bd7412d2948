"""From which day a workbook counts its dates: 1900 as Excel does, or 1904 as on old Macintoshes.

Calamine counts right where a cell is formatted as a date. A bare serial number (a date in a cell
of another format) it gives as it stands, and the same number is four years apart in the two.
"""

import re
import zipfile

from data.workbooks import packed

DAYS_BETWEEN = 1_462
"""Days by which the serials of the two systems differ."""

_EXCEL = re.compile(rb'<workbookPr\b[^<>]*\sdate1904="(?:1|true)"')
_OPEN = re.compile(rb'<table:null-date\b[^<>]*\stable:date-value="1904-01-01')
# BIFF's record Date1904 with the value 1, and the head of the one that always follows.
_OLD = b"\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00"
_PARTS = {"xl/workbook.xml": _EXCEL, "content.xml": _OPEN}


def from_1904(content: bytes, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether a file that `opening` could open counts its days from 01/01/1904.

    `parts` are those of a zip, none of another file.
    """
    if not parts:
        return _OLD in content
    for part in parts:
        if part.filename in _PARTS:
            return bool(_PARTS[part.filename].search(packed.unpacked(content, part)))
    return False
