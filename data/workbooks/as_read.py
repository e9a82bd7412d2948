"""One workbook as it was read: whose it is, its tables, what is wrong in it.

`reading` fills it in; checks, publishing and what is told of workbooks look at it.
"""

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from data.workbooks import frames
from data.workbooks.fields import Key
from data.workbooks.findings import Finding, Normalised
from data.workbooks.frames import Lists


@dataclass
class Reading:
    """A workbook as read.

    `tables` hold the rows of all of `sheets.TABLES`. `columns` gives the label of a field's
    column (`C: Ngày phê duyệt`) by `Field.key`. `illustrative`: made from a template that carries
    illustrative figures; None when it cannot be told.
    """

    workbook: str
    sha256: str
    province: str | None = None
    quarter: str | None = None
    tables: dict[str, Lists] = field(default_factory=frames.nothing)
    columns: dict[Key, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    normalised: list[Normalised] = field(default_factory=list)
    illustrative: bool | None = None

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables as frames of the schema's columns, typed where every cell was readable,
        nullable where not; the index is Excel's row number."""
        return {name: frames.frame(name, [held]) for name, held in self.tables.items()}
