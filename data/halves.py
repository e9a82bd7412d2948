"""Much of the same work, half of it in a second process where the system can fork one."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

FEW = 16
"""Items up to which one process does them all: they are done before another one is of use."""


def both(
    work: Callable[[Item], Done], items: Sequence[Item], tell: Callable[[int], None]
) -> list[Done]:
    """What `work` makes of each item, in their order; `tell` is told the position of an item
    before it is done here.

    A forked process starts at once, with all that is loaded here, and does every other item. If it
    dies (a file may be too much for its memory), its items are done here too.
    """
    if len(items) <= FEW or not hasattr(os, "sched_getaffinity") or _cores() < 2:
        return [_told(work, items, at, tell) for at in range(len(items))]
    fork = multiprocessing.get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    helper = fork.Process(target=_help, args=(work, items[1::2], sending), daemon=True)
    helper.start()
    sending.close()
    ours = [_told(work, items, at, tell) for at in range(0, len(items), 2)]
    try:
        theirs: list[Done] = receiving.recv()
    except (EOFError, OSError):
        theirs = [_told(work, items, at, tell) for at in range(1, len(items), 2)]
    helper.join()
    found: list[Done] = [*ours, *theirs]
    found[::2], found[1::2] = ours, theirs
    return found


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _told(
    work: Callable[[Item], Done], items: Sequence[Item], at: int, tell: Callable[[int], None]
) -> Done:
    tell(at)
    return work(items[at])


def _help(work: Callable[[Item], Done], items: Sequence[Item], sending: Connection) -> None:
    with suppress(Exception):  # what is wrong is met again where it can be told
        sending.send([work(item) for item in items])
