"""What the page of models is made from, kept in memory and shared by all sessions.

Everything is named by plain strings: a view's figures are made once, whoever asks for them. The
frames of a quarter grow with the models, so few are kept; what a screen shows does not.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data import model_lists, models, readers
from data.model_lists import Ints
from data.models import Book
from data.view import View

Where = tuple[str, tuple[str, ...], str, str]
"""Quarter, provinces, form, capital source."""


@dataclass(frozen=True)
class Summary:
    """How many models have each word and stage; sums over those that reported; chart points."""

    words: dict[str, int]
    stages: dict[str, int]
    total: dict[str, float]
    points: pd.DataFrame


def where(view: View) -> Where:
    """What of a view decides which models it shows."""
    return view.quarter, view.area.members, view.form, view.source


@st.cache_resource(show_spinner=False, max_entries=2)
def book(snapshot_id: str) -> Book:
    """The models of a snapshot and their reports, indexed; do not modify it."""
    return models.book(
        *(readers.table(snapshot_id, name) for name in ("models", "progress", "submissions"))
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def _standing(snapshot_id: str, quarter: str) -> pd.DataFrame:
    return models.standing(book(snapshot_id), quarter)


def frame(snapshot_id: str, place: Where) -> pd.DataFrame:
    """The models of a view as `model_lists.narrow` leaves them."""
    quarter, members, form, source = place
    return model_lists.narrow(_standing(snapshot_id, quarter), members, form, source)


@st.cache_resource(show_spinner=False, max_entries=512)
def summary(snapshot_id: str, place: Where) -> Summary:
    """The figures of a view; do not modify them."""
    shown = frame(snapshot_id, place)
    return Summary(
        words=model_lists.counts(shown, "word"),
        stages=model_lists.counts(shown, "stage"),
        total=model_lists.total(shown),
        points=model_lists.points(book(snapshot_id), shown),
    )


@st.cache_resource(show_spinner=False, max_entries=512)
def groups(snapshot_id: str, place: Where, grouping: str) -> pd.DataFrame:
    """The sums of a view by a grouping; do not modify them."""
    return model_lists.sums_by(frame(snapshot_id, place), grouping)


@st.cache_resource(show_spinner=False, max_entries=64)
def order(snapshot_id: str, place: Where, sort: str, query: str) -> Ints:
    """Rows of the book that a table shows, in its order; do not modify it."""
    return model_lists.order(book(snapshot_id), frame(snapshot_id, place), sort, query)


def rows(snapshot_id: str, place: Where, chosen: Ints) -> pd.DataFrame:
    """The figures and texts of a page of models, in its order."""
    standing = _standing(snapshot_id, place[0]).loc[chosen]
    money = [f"budget_{place[3]}"] if place[3] in models.codes.SOURCES else models.BUDGET
    texts = book(snapshot_id).models.loc[
        chosen, ["model_id", "name", "district_name", "commune_name"]
    ]
    return standing.join(texts).assign(budget=standing[money].sum(axis=1))
