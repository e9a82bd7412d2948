"""What a run of publishing workbooks starts from: the snapshot in force, if of the same kind."""

from collections.abc import Sequence

import pandas as pd

from data import conversion, schema, snapshots
from data.publishing import Refused
from data.snapshot_writing import Turn
from data.snapshots import Snapshot, SnapshotError
from data.workbooks import scope
from data.workbooks.as_read import Reading


def in_force(held: Turn) -> Snapshot | None:
    """The snapshot to start from; refused rather than started anew where it is damaged."""
    if held.base is None:
        return None
    if problems := snapshots.verify(held.place, held.base):
        raise SnapshotError("; ".join(problems), f"{held.place}/{held.base}")
    return snapshots.load(held.place, held.base)


def illustrative(readings: Sequence[Reading], before: Snapshot | None) -> bool:
    """Whether the workbooks are made up: all of them or none, and never on real figures.

    A text file cannot tell: it goes with the others.
    """
    marked = [it.workbook for it in readings if it.illustrative]
    if not marked:
        return False
    if before and not before.manifest.illustrative:
        raise Refused(
            [
                "Đang dùng bản số liệu chính thức: không nhận tệp mang dấu “Số liệu minh họa”:",
                *(f"  {name}" for name in marked),
            ]
        )
    if real := [it for it in readings if it.illustrative is False]:
        raise Refused(
            [
                "Trong thư mục vừa có báo cáo thật, vừa có tệp mang dấu “Số liệu minh họa”. "
                "Hãy để hai loại riêng. Tệp minh họa:",
                *(f"  {name}" for name in marked),
                f"Báo cáo thật: {len(real)} tệp.",
            ]
        )
    return True


def tables(before: Snapshot | None, made_up: bool) -> dict[str, pd.DataFrame]:
    """The tables to start from: none where real reports come upon made-up ones."""
    if before is None or before.manifest.illustrative != made_up:
        return {name: scope.empty(name) for name in schema.TABLES}
    return {
        name: conversion.from_arrow(name, snapshots.read_table(before, name))
        for name in schema.TABLES
    }
