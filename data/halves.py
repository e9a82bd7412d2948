"""Work in a second process while this one does other work, where the system can fork one."""

import mmap
import multiprocessing
import os
import pickle
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

_FIRST, _LAST, _WORD = 0, 1, 8


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
    work: Callable[[Item], Done],
    items: Sequence[Item],
    tell: Callable[[int, Item], None] = lambda begun, item: None,
) -> list[Done]:
    """What `work` makes of each item, in their order. Where that is of use, a second process
    begins with the last one, and the two meet where they meet.

    `tell` is told how many items were begun before, and which one comes, of those done here.
    """

    def told(at: int, before: int) -> Done:
        tell(before, items[at])
        return work(items[at])

    if not worth(len(items)):
        return [told(at, at) for at in range(len(items))]
    begun = memoryview(mmap.mmap(-1, 2 * _WORD)).cast("q")  # seen by both: up to, and down to
    begun[_LAST] = len(items)
    # Packed one by one as they are done, not when this process waits for all of them.
    with aside(lambda: [pickle.dumps(work(items[at])) for at in _from_the_end(begun)]) as theirs:
        ours = [told(at, at + len(items) - begun[_LAST]) for at in _from_the_start(begun)]
        rest = [pickle.loads(each) for each in reversed(theirs())]
    # What a process that ended too soon leaves.
    ours += [told(at, at) for at in range(len(ours), len(items) - len(rest))]
    return ours + rest[len(ours) + len(rest) - len(items) :]


def _from_the_start(begun: "memoryview[int]") -> Iterator[int]:
    """Positions up to those begun from the end. No lock, which a killed process would hold for
    ever: at worst both do the one where they meet."""
    while begun[_FIRST] < begun[_LAST]:
        begun[_FIRST] += 1
        yield begun[_FIRST] - 1


def _from_the_end(begun: "memoryview[int]") -> Iterator[int]:
    while begun[_FIRST] < begun[_LAST]:
        begun[_LAST] -= 1
        yield begun[_LAST]


def _cores() -> int:
    return len(os.sched_getaffinity(0))


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
