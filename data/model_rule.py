"""What a rule of models is: what it looks at, on which document, how grave, how surely read.

Grades are those of the project's domain notes: A, the article in force, read in its own words; B,
its first wording, amended since by a clause not read; C, press, a portal or a province's
resolution restating it; none, plain sense. Severity never exceeds the grade.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data import notes
from data.model_looks import Look

Severity = Literal["error", "warning", "note"]
Grade = Literal["A", "B", "C", ""]

GRADES: dict[Grade, str] = {
    "A": notes.GRADES["A"],
    "B": notes.GRADES["B"],
    "C": notes.GRADES["C"],
    "": "đối chiếu hợp lý của bảng theo dõi, không dựa vào văn bản",
}
SEVERITIES: dict[Severity, str] = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}


@dataclass(frozen=True)
class Document:
    """What a rule rests on, and the days between which it holds for a model."""

    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class ModelRule:
    """A check over the frame of `models.to_check`.

    `message` says figure and threshold, which `words` puts in words; `needs` are the columns
    without which a model cannot be judged; no `forms` means all of them.
    """

    key: str
    label: str
    severity: Severity
    source: Document
    article: str
    grade: Grade
    look: Look
    message: str
    forms: tuple[str, ...] = ()
    words: Callable[[Any], str] = str
    needs: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        return self.source.name

    @property
    def valid_from(self) -> date | None:
        return self.source.valid_from

    @property
    def valid_to(self) -> date | None:
        return self.source.valid_to

    @property
    def basis(self) -> str:
        """`Nghị định 27/2022/NĐ-CP, Điều 3 khoản 4`; empty for plain sense."""
        return ", ".join(filter(None, (self.document, self.article)))
