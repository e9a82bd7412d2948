"""The snapshot in force with every model many times, to see what a screen's cost grows with."""

from collections.abc import Mapping

import pandas as pd

from data import conversion, publishing, schema, snapshots

COPIED = ("models", "progress")


def copies(frames: Mapping[str, pd.DataFrame], times: int) -> dict[str, pd.DataFrame]:
    """The tables, each model and its reports so many times, all but the first under new ids."""
    numbers = [""] + [f"-{number}" for number in range(1, times)]
    copied = {
        name: [frames[name].assign(model_id=frames[name]["model_id"] + it) for it in numbers]
        for name in COPIED
    }
    return {**frames, **{name: pd.concat(its, ignore_index=True) for name, its in copied.items()}}


def publish(place: str, times: int) -> str:
    """Publish such copies into another place; returns the id."""
    held, notice = snapshots.in_force(snapshots.configured_place())
    if held is None:
        raise RuntimeError(notice)
    frames = {it: conversion.from_arrow(it, snapshots.read_table(held, it)) for it in schema.TABLES}
    facts = held.manifest
    return publishing.publish_tables(
        place,
        copies(frames, times),
        illustrative=facts.illustrative,
        sources=facts.sources,
        made_by="python -m tests.bench",
        made_at=facts.made_at,
    )
