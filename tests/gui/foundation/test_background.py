"""The one door to threads: outcomes come back once, on the window's thread."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pos_client.model.problems import Problem
from pos_client.ui.background import Background, Lane, Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


class NoAnswer(Problem):
    """Something expected went wrong."""


@pytest.fixture
def bugs() -> list[Exception]:
    return []


@pytest.fixture
def background(qtbot: QtBot, bugs: list[Exception]) -> Iterator[Background]:
    door = Background(bugs.append)
    yield door
    assert door.close()


def test_a_result_comes_back_on_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[int, int]] = []
    background.run(
        threading.get_ident, lambda there: seen.append((there, threading.get_ident())), _never
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == threading.get_ident() != there


def test_a_problem_goes_to_failed_and_a_bug_to_the_net(
    qtbot: QtBot, background: Background, bugs: list[Exception]
) -> None:
    problems: list[Problem] = []
    background.run(_raise(NoAnswer()), _never, problems.append)
    background.run(_raise(KeyError("slip")), _never, _never)
    qtbot.waitUntil(lambda: bool(problems and bugs))
    assert isinstance(problems[0], NoAnswer)
    assert isinstance(bugs[0], KeyError)


def test_work_at_the_desk_is_done_in_order(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []
    for number in range(20):
        background.run(partial(int, number), done.append, _never)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_looking_through_the_camera_does_not_hold_up_the_desk(
    qtbot: QtBot, background: Background
) -> None:
    shutter = threading.Event()
    done: list[str] = []
    background.run(
        lambda: shutter.wait(20), lambda _: done.append("camera"), _never, lane=Lane.CAMERA
    )
    background.run(lambda: "desk", done.append, _never)
    qtbot.waitUntil(lambda: done == ["desk"])
    shutter.set()
    qtbot.waitUntil(lambda: done == ["desk", "camera"])


def test_after_close_no_outcome_reaches_a_window_that_is_gone(qtbot: QtBot) -> None:
    door = Background(_never)
    done: list[str] = []
    door.run(lambda: "late", done.append, _never)
    assert door.close()
    later: list[str] = []
    other = Background(_never)
    other.run(lambda: "other", later.append, _never)
    qtbot.waitUntil(lambda: bool(later))
    assert done == []
    assert other.close()


def test_a_mailbox_gives_the_newest_value_and_rings_once(qtbot: QtBot) -> None:
    box = Mailbox()
    rings: list[None] = []
    box.arrived.connect(lambda: rings.append(None))
    for number in range(5):
        box.put(number)
    assert box.newest() == 4
    assert box.newest() is None
    assert len(rings) == 1
    box.put("again")
    assert len(rings) == 2


def _never(*_: object) -> None:
    raise AssertionError("this must not be called")


def _raise(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work
