"""Half of the work in a second process: the same answers, whatever becomes of that process."""

import errno
import multiprocessing
import os
import select
import signal
import time

import pytest

from data import halves

MANY = list(range(halves.FEW + 5))
HERE = os.getpid()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(halves, "_cores", lambda: 2)


def who(item: int) -> tuple[int, int]:
    return item, os.getpid()


def slow_here(item: int) -> tuple[int, int]:
    time.sleep(0.05 if os.getpid() == HERE else 0.001)
    return who(item)


@pytest.mark.parametrize("quick_here", [False, True])
def test_the_quicker_process_does_more_and_all_come_in_order(quick_here):
    fork = multiprocessing.get_context("fork")
    begun, done = fork.Event(), fork.Semaphore(0)

    def work(item: int) -> tuple[int, int]:
        if (os.getpid() == HERE) == quick_here:
            assert begun.wait(timeout=60)
            done.release()
        else:  # its first takes as long as the other process needs for all the rest
            begun.set()
            for _ in range(len(MANY) - 1):
                assert done.acquire(timeout=60)
        return who(item)

    told: list[tuple[int, int]] = []
    made = halves.both(work, MANY, lambda begun, item: told.append((begun, item)))
    assert [item for item, _ in made] == MANY
    here = [item for item, process in made if process == HERE]
    assert here == (MANY[:-1] if quick_here else MANY[:1])
    assert [item for _, item in told] == here
    assert [begun for begun, _ in told] == sorted({begun for begun, _ in told})


def test_the_item_where_the_two_meet_comes_once():
    for _ in range(40):
        assert [item for item, _ in halves.both(who, MANY)] == MANY


def test_few_items_or_one_core_are_not_worth_a_process(monkeypatch):
    few = MANY[: halves.FEW]
    assert {process for _, process in halves.both(who, few)} == {HERE}
    monkeypatch.setattr(halves, "_cores", lambda: 1)
    assert {process for _, process in halves.both(who, MANY)} == {HERE}


def test_what_a_dying_process_leaves_is_done_here():
    def work(item: int) -> tuple[int, int]:
        if os.getpid() != HERE and item == MANY[-3]:
            os.kill(os.getpid(), signal.SIGKILL)
        return slow_here(item)

    told: list[int] = []
    done = halves.both(work, MANY, lambda begun, item: told.append(item))
    assert done == [(item, HERE) for item in MANY]
    assert told == MANY


@pytest.mark.parametrize("wrong", [MANY[0], MANY[7], MANY[-1]])
def test_what_is_wrong_with_an_item_is_raised_here(wrong, capfd):
    def work(item: int) -> int:
        if item == wrong:
            raise OSError(str(wrong))
        return item

    with pytest.raises(OSError, match=str(wrong)):
        halves.both(work, MANY)
    assert capfd.readouterr().err == ""


def test_work_aside_goes_on_meanwhile_and_its_answer_comes_from_there():
    with halves.aside(os.getpid) as answer:
        assert answer() != HERE


def test_work_aside_that_fails_is_told_here(capfd):
    def work() -> int:
        raise OSError("7")

    with halves.aside(work) as answer, pytest.raises(OSError, match="7"):
        answer()
    assert capfd.readouterr().err == ""


def test_where_no_process_can_be_begun_the_work_is_done_here(monkeypatch):
    def fork() -> int:
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(os, "fork", fork)
    assert halves.both(who, MANY) == [(item, HERE) for item in MANY]


def test_nothing_goes_on_aside_after_the_block():
    with halves.aside(lambda: time.sleep(60)):
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []


def test_ctrl_c_ends_the_process_aside_without_a_word(capfd):
    def work() -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(60)
        return os.getpid()

    with halves.aside(work) as answer:
        assert answer() == HERE
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("work", [lambda: bytes(1 << 20), lambda: time.sleep(60)])
def test_nothing_goes_on_aside_after_this_process_was_killed(work):
    ended, held = os.pipe()  # it ends when nobody holds its other side

    def publisher() -> None:
        with halves.aside(work):
            time.sleep(60)

    process = multiprocessing.get_context("fork").Process(target=publisher)
    process.start()
    os.close(held)
    time.sleep(0.5)  # the answer waits to be taken, or is still made
    process.kill()
    process.join()
    assert select.select([ended], [], [], 10)[0], "the process aside holds what it inherited"
    os.close(ended)
