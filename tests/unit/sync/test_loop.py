"""The loop waits, wakes and stops; a bug of ours does not end sending for good."""

import threading

import pytest

from pos_client.sync.loop import Loop

LONG_S = 3600.0


class Counting:
    """Work that counts its rounds and lets a test wait for the next."""

    def __init__(self) -> None:
        self.rounds = 0
        self.hurried = 0
        self.stopped = False
        self.done = threading.Semaphore(0)

    def run(self) -> float:
        self.rounds += 1
        self.done.release()
        return LONG_S

    def hurry(self) -> None:
        self.hurried += 1

    def stop(self) -> None:
        self.stopped = True


class Broken(Counting):
    """Work with a bug in its first round."""

    def run(self) -> float:
        wait = super().run()
        if self.rounds == 1:
            raise ZeroDivisionError
        return wait


def test_a_started_loop_works_and_then_waits() -> None:
    work = Counting()
    loop = Loop(work)
    loop.start()
    assert work.done.acquire(timeout=10)
    assert loop.stop()
    assert work.rounds == 1
    assert work.stopped


def test_waking_it_means_a_round_now() -> None:
    work = Counting()
    loop = Loop(work)
    loop.start()
    assert work.done.acquire(timeout=10)
    for number in range(1, 4):
        loop.wake()
        assert work.done.acquire(timeout=10)
        assert work.hurried == number
    assert loop.stop()


def test_stopping_ends_a_wait_and_cuts_what_is_under_way() -> None:
    cut: list[bool] = []
    work = Counting()
    loop = Loop(work, on_stop=lambda: cut.append(True))
    loop.start()
    assert work.done.acquire(timeout=10)
    assert loop.stop()
    assert cut[0]


def test_a_request_that_begins_while_stopping_is_cut_as_well() -> None:
    released = threading.Event()
    cuts: list[bool] = []

    class Slow(Counting):
        def run(self) -> float:
            super().run()
            released.wait(10)
            return LONG_S

    def cut() -> None:
        cuts.append(True)
        if len(cuts) == 3:
            released.set()

    work = Slow()
    loop = Loop(work, on_stop=cut)
    loop.start()
    assert work.done.acquire(timeout=10)
    assert loop.stop()
    assert len(cuts) >= 3


def test_a_loop_that_never_started_can_be_stopped() -> None:
    assert Loop(Counting()).stop()


@pytest.mark.logs_warning("a round of sending failed")
def test_a_bug_in_one_round_does_not_end_sending() -> None:
    work, waits = Broken(), []

    def wait(wake: threading.Event, seconds: float) -> None:
        waits.append(seconds)
        if work.rounds == 2:
            wake.wait(10)

    loop = Loop(work, wait=wait)
    loop.start()
    assert work.done.acquire(timeout=10)
    assert work.done.acquire(timeout=10)
    assert loop.stop()
    assert waits[0] == 30.0
