"""The manifest of a snapshot: where its figures come from, and what each file must be.

It is written as canonical JSON, so that the same facts are the same bytes and the same id.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from data import columns, schema


@dataclass(frozen=True)
class FileFacts:
    """What a Parquet file must be: number of rows, length in bytes, SHA-256 in hex."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Where a snapshot comes from: newest quarter, sources, who made it, when (with zone)."""

    period: str
    sources: tuple[str, ...]
    made_at: datetime
    made_by: str
    illustrative: bool

    def __post_init__(self) -> None:
        if not re.fullmatch(columns.QUARTER, self.period) or self.made_at.tzinfo is None:
            raise ValueError(f"not a quarter, or no time zone: {self.period}, {self.made_at}")


@dataclass(frozen=True, kw_only=True)
class Manifest(Facts):
    """The facts of a snapshot and of each of its files, by name of table or cube."""

    schema_version: int
    files: Mapping[str, FileFacts]


def to_json(manifest: Manifest) -> bytes:
    """The bytes of `manifest.json`."""
    fields = {**asdict(manifest), "made_at": manifest.made_at.isoformat()}
    return json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def from_json(document: bytes) -> Manifest:
    """The manifest in these bytes; ValueError unless it is one of this schema version."""
    try:
        return _parse(json.loads(document))
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError(f"thiếu hoặc thừa mục: {error}") from error


def snapshot_id(period: str, document: bytes) -> str:
    """The name of the snapshot whose manifest has these bytes: `2024Q3-0123456789ab`."""
    return f"{period}-{digest(document)[:12]}"


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def _parse(fields: dict[str, Any]) -> Manifest:
    version = fields["schema_version"]
    if version != schema.VERSION:
        raise ValueError(f"lược đồ phiên bản {version}, chương trình đọc bản {schema.VERSION}")
    files = {name: FileFacts(**facts) for name, facts in fields["files"].items()}
    made_at = datetime.fromisoformat(fields["made_at"])
    sources = tuple(fields["sources"])
    return Manifest(**{**fields, "files": files, "made_at": made_at, "sources": sources})
