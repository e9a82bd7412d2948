"""Which models need attention, by the rule that they do not meet, for every filter.

What a rule finds is looked for once, over all models; a filter only takes some of it. A model
that was cancelled, or not yet known at the quarter's end, needs no attention.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data import model_checks, models, places
from data.codes import ALL
from data.model_book import Book
from data.model_checks import Failure, Ints
from data.model_rules import MODEL_RULES
from data.model_sums import Bools, Tally, Where
from data.models import WORDS

_CANCELLED = list(WORDS).index("huy")


@dataclass(frozen=True)
class Reasons:
    """The rules that some models of a view do not meet, gravest first; how many models in all."""

    failures: tuple[Failure, ...]
    models: int


def lasting(book: Book) -> list[Failure]:
    """What the rules that look at the models alone find, whatever the quarter."""
    rules = [rule for rule in MODEL_RULES.values() if not model_checks.of_reports(rule)]
    return model_checks.failures(models.to_check(book, book.newest), rules)


def of_quarter(book: Book, found: Tally, quarter: str, lasting: Sequence[Failure]) -> list[Failure]:
    """What all rules find in a quarter, of the models that count at its end."""
    rules = [rule for rule in MODEL_RULES.values() if model_checks.of_reports(rule)]
    told = model_checks.failures(models.to_check(book, quarter), rules)
    counted = (found.word >= 0) & (found.word != _CANCELLED)
    kept = (each.of(counted[each.rows]) for each in (*lasting, *told))
    return model_checks.gravest_first(each for each in kept if len(each.rows))


def reasons(book: Book, found: Sequence[Failure], place: Where) -> Reasons:
    """What a filter leaves of a quarter's failures."""
    inside: Bools = np.asarray(places.provinces().index.isin(place.members))
    kept = (each.of(_shown(book, each.rows, inside, place)) for each in found)
    left = tuple(each for each in kept if len(each.rows))
    rows = [each.rows for each in left]
    return Reasons(left, len(np.unique(np.concatenate(rows))) if rows else 0)


def _shown(book: Book, rows: Ints, inside: Bools, place: Where) -> Bools:
    kept = inside[book.models["province"].cat.codes.to_numpy()[rows]]
    if place.form != ALL:
        kept &= (book.models["form"].iloc[rows] == place.form).to_numpy()
    if place.source != ALL:
        kept &= book.models[f"budget_{place.source}"].to_numpy()[rows] > 0
    return kept
