"""What the page of models is made from, in memory, shared by all sessions; see `readers`.

A quarter is counted once (`tally`; `warm` counts them all before the first visitor), whatever
is looked at of it. What a screen shows does not grow with the models, so much of it is kept.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data import (
    model_book,
    model_lists,
    model_reasons,
    model_sums,
    model_timeline,
    readers,
    view_readers,
)
from data.model_book import Book
from data.model_checks import Failure
from data.model_lists import Rows
from data.model_reasons import Reasons
from data.model_sums import Tally, Where
from data.model_timeline import Milestones, Timeline
from data.view import View
from data.view_readers import HashFuncs

BY_MODELS: HashFuncs = {
    View: lambda it: (it.form, it.source, it.quarter, it.area_key),
    # One text: 63 members one by one take longer than all the rest of a look-up.
    Where: lambda it: "|".join((it.quarter, it.form, it.source, *it.members)),
}
"""What decides which models a view shows: what is made of them is kept by this."""


@dataclass(frozen=True)
class Summary:
    """How many models have each word and stage; sums over those that reported; chart points."""

    words: dict[str, int]
    stages: dict[str, int]
    total: dict[str, float]
    points: pd.DataFrame


def warm(snapshot_id: str) -> None:
    """Make what grows with the number of models, and what the first look would have to wait for."""
    for quarter in readers.quarters(snapshot_id):
        _failures(snapshot_id, quarter)
        _ranking(snapshot_id, quarter, next(iter(model_lists.SORTS)), "")
    for view in view_readers.first_looks(snapshot_id):
        place = model_sums.where(view)
        summary(snapshot_id, place)
        timeline(snapshot_id, place)
        groups(snapshot_id, place, next(iter(model_book.GROUPINGS)))


@st.cache_resource(show_spinner=False, max_entries=2)
def book(snapshot_id: str) -> Book:
    """The models of a snapshot and their reports, indexed; do not modify it."""
    return model_book.book(
        *(readers.table(snapshot_id, name) for name in ("models", "progress", "submissions"))
    )


@st.cache_resource(show_spinner=False, max_entries=48)
def tally(snapshot_id: str, quarter: str) -> Tally:
    """A quarter counted for every filter; do not modify it."""
    return model_sums.tally(book(snapshot_id), quarter)


def frame(snapshot_id: str, place: Where) -> pd.DataFrame:
    """All models of a view, as `model_lists.frame`: it grows with them, so keep what is made."""
    return model_lists.frame(book(snapshot_id), tally(snapshot_id, place.quarter), place)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=BY_MODELS)
def summary(snapshot_id: str, place: Where) -> Summary:
    """The figures of a view; do not modify them."""
    found = tally(snapshot_id, place.quarter)
    return Summary(
        words=model_sums.counts(found, place, "word"),
        stages=model_sums.counts(found, place, "stage"),
        total=model_sums.total(found, place),
        points=model_lists.points(book(snapshot_id), found, place),
    )


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=BY_MODELS)
def groups(snapshot_id: str, place: Where, grouping: str) -> pd.DataFrame:
    """The sums of a view by a grouping; do not modify them."""
    return model_sums.sums_by(tally(snapshot_id, place.quarter), place, grouping)


@st.cache_resource(show_spinner=False, max_entries=2)
def _milestones(snapshot_id: str) -> Milestones:
    return model_timeline.milestones(book(snapshot_id))


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=BY_MODELS)
def timeline(snapshot_id: str, place: Where) -> Timeline:
    """The timeline of a view; do not modify it."""
    found = tally(snapshot_id, place.quarter)
    return model_timeline.timeline(book(snapshot_id), _milestones(snapshot_id), found, place)


def spans(snapshot_id: str, place: Where) -> pd.DataFrame:
    """The models of a view over time, where they are few; asked for when a box is opened."""
    found, marks = tally(snapshot_id, place.quarter), _milestones(snapshot_id)
    return model_timeline.spans(book(snapshot_id), marks, found, place)


@st.cache_resource(show_spinner=False, max_entries=64)
def _ranking(snapshot_id: str, quarter: str, sort: str, source: str) -> Rows:
    return model_lists.ranking(book(snapshot_id), tally(snapshot_id, quarter), sort, source)


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=BY_MODELS)
def order(snapshot_id: str, place: Where, sort: str, query: str) -> Rows:
    """Rows of the book that a table shows, in its order; do not modify them."""
    found = tally(snapshot_id, place.quarter)
    source = place.source if sort == "kinh_phi" else ""
    ranked = _ranking(snapshot_id, place.quarter, sort, source)
    return model_lists.order(book(snapshot_id), found, place, ranked, query)


def rows(snapshot_id: str, place: Where, chosen: Rows) -> pd.DataFrame:
    """The figures and texts of a page of models, in its order; see `model_lists.rows`."""
    found = tally(snapshot_id, place.quarter)
    return model_lists.rows(book(snapshot_id), found, chosen, place.source)


@st.cache_resource(show_spinner=False, max_entries=2)
def _lasting(snapshot_id: str) -> list[Failure]:
    return model_reasons.lasting(book(snapshot_id))


@st.cache_resource(show_spinner=False, max_entries=48)
def _failures(snapshot_id: str, quarter: str) -> list[Failure]:
    found = tally(snapshot_id, quarter)
    return model_reasons.of_quarter(book(snapshot_id), found, quarter, _lasting(snapshot_id))


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=BY_MODELS)
def reasons(snapshot_id: str, place: Where) -> Reasons:
    """The models of a view that need attention, by reason; do not modify them."""
    return model_reasons.reasons(book(snapshot_id), _failures(snapshot_id, place.quarter), place)
