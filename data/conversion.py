"""Frames into the Arrow tables that Parquet stores, and back, in the types that the schema names.

What is written is checked first; what is read comes back as it went in.
"""

import pandas as pd
import pandera.pandas as pa
import pyarrow as arrow

from data import schema
from data.columns import holds

_ARROW_TYPES: dict[str, arrow.DataType] = {
    "str": arrow.string(),
    "int64": arrow.int64(),
    "Int64": arrow.int64(),
    "float64": arrow.float64(),
    "bool": arrow.bool_(),
    "datetime64[ms]": arrow.date32(),
}


def _dtype(spec: pa.Column) -> str:
    return str((spec.metadata or {})["dtype"])


def arrow_schema(name: str) -> arrow.Schema:
    """The Parquet types of a table; dates are stored as days."""
    return arrow.schema(
        [
            arrow.field(column, _ARROW_TYPES[_dtype(spec)], nullable=spec.nullable)
            for column, spec in schema.TABLES[name].columns.items()
        ]
    )


def to_arrow(name: str, frame: pd.DataFrame) -> arrow.Table:
    """A checked table, ready to be written.

    Raises `pandera.errors.SchemaErrors` listing every value that breaks the schema.
    """
    if not _is_sound(name, frame):
        schema.TABLES[name].validate(frame, lazy=True)
    # Threads cost more than they save on columns as short as these.
    return arrow.Table.from_pandas(frame, arrow_schema(name), preserve_index=False, nthreads=1)


def _is_sound(name: str, frame: pd.DataFrame) -> bool:
    """Whether there is nothing to list: the same checks at a fifth of pandera's time."""
    spec = schema.TABLES[name]
    return (
        not spec.checks  # of the table as a whole: pandera's to ask
        and list(frame) == list(spec.columns)
        and all(holds(column, frame[key]) for key, column in spec.columns.items())
        and not frame.duplicated(spec.unique).any()
    )


def from_arrow(name: str, data: arrow.Table) -> pd.DataFrame:
    """The pandas frame of a stored table, in the types its schema names."""
    # In one piece: looking up a few rows of texts in several pieces copies them all.
    return typed(name, data.combine_chunks().to_pandas(date_as_object=False))


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table's columns in the types that its schema names."""
    types = {column: _dtype(spec) for column, spec in schema.TABLES[name].columns.items()}
    ours = frame if list(frame) == list(types) else frame[list(types)]
    others = {
        column: ours[column].astype(dtype)
        for (column, dtype), held in zip(types.items(), ours.dtypes, strict=True)
        if held != dtype
    }
    return ours.assign(**others)
