"""Work in a second process while this one does other work, where the system can fork one."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

FEW = 16
"""Items up to which one process does them all: they are done before another one is of use."""


def worth(items: int) -> bool:
    """Whether a second process is of use for work on so many items."""
    return items > FEW and hasattr(os, "sched_getaffinity") and _cores() > 1


@contextmanager
def aside(work: Callable[[], Done]) -> Iterator[Callable[[], Done]]:
    """`work` begun in a forked process; what is given waits for what comes of it, and is asked
    once.

    The process starts with all that is loaded here, and outlives neither the block nor this
    process. If it dies (a file may be too much for its memory), cannot be begun or the work fails,
    the work is done here when it is asked for, so that what is wrong is told here.
    """
    fork = multiprocessing.get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    helper = fork.Process(target=_help, args=(work, receiving, sending), daemon=True)
    with suppress(OSError), _no_interrupt():  # no memory or place for one more: none answers
        helper.start()
    sending.close()

    def answer() -> Done:
        try:
            done: Done = receiving.recv()
        except (EOFError, OSError):
            return work()
        return done

    try:
        yield answer
    finally:
        if helper.pid is not None:
            helper.kill()
            helper.join()
        receiving.close()


def both(
    work: Callable[[Item], Done], items: Sequence[Item], tell: Callable[[int], None]
) -> list[Done]:
    """What `work` makes of each item, in their order; every other one is made aside, where that
    is of use. `tell` is told the position of an item before it is done here, but for those that
    were to be done aside.
    """
    if not worth(len(items)):
        return [_told(work, items, at, tell) for at in range(len(items))]
    with aside(lambda: [work(item) for item in items[1::2]]) as theirs:
        ours = [_told(work, items, at, tell) for at in range(0, len(items), 2)]
        found: list[Done] = [*ours, *theirs()]
    found[1::2], found[::2] = found[len(ours) :], ours
    return found


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _told(
    work: Callable[[Item], Done], items: Sequence[Item], at: int, tell: Callable[[int], None]
) -> Done:
    tell(at)
    return work(items[at])


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits for the end of the block; a process that is begun in it lets it wait on."""
    was = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, was)


def _help(work: Callable[[], Done], receiving: Connection, sending: Connection) -> None:
    # Ctrl-C, which comes to both processes, is for the other one to tell.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    receiving.close()  # or sending would wait for ever when the other process is no more
    with suppress(Exception):  # what is wrong is met again where it can be told
        threading.Thread(target=_end_with_the_other, daemon=True).start()
        sending.send(work())


def _end_with_the_other() -> None:
    """Hold nothing any more when the other process was killed, its turn to publish least of all."""
    if other := multiprocessing.parent_process():
        other.join()
        os._exit(1)
