"""No value of a customer leaves the encrypted store: to no log and no file, not for a moment."""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.journey.canary import Canary, dresses
from tests.journey.leaks import VALUE
from tests.journey.runner import private_places
from tests.journey.watched import NOT_INSTALLED, Watched, examine, watch
from tests.journey.watched_way import WatchedWay
from tests.journey.whole_way import canary

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.slow


def test_the_whole_way_leaves_nothing_of_a_customer_outside_the_store(tmp_path: Path) -> None:
    # One test, because the way is long: it is gone once, and then looked at from all sides.
    journey = WatchedWay(tmp_path, "whole_way")
    for seen in journey.seen:
        nothing_was_said_or_logged(journey, seen)
        nothing_was_written_even_to_be_deleted_again(seen)
        nothing_was_written_outside_the_tills_own_folder(journey, seen)
        nobody_was_called_but_the_carrier(journey, seen)
    nothing_is_left_in_any_file_not_even_the_tills_own(journey)
    everything_was_logged(journey)


def nothing_was_said_or_logged(journey: WatchedWay, seen: Watched) -> None:
    assert journey.canary.found_in(seen.ended.said.encode()) == set()
    assert journey.canary.found_in(seen.ended.logged.encode()) == set()


def nothing_was_written_even_to_be_deleted_again(seen: Watched) -> None:
    assert seen.leaks == {}
    assert seen.pictures == set()
    assert seen.unseen == set()
    assert seen.bytes_written > 500_000


def nothing_was_written_outside_the_tills_own_folder(journey: WatchedWay, seen: Watched) -> None:
    allowed = (str(journey.folder / "client" / "till"), "/dev/null")
    files = {place for place in seen.places if place.startswith("/")}
    assert {file for file in files if not file.startswith(allowed)} == set()


def nobody_was_called_but_the_carrier(journey: WatchedWay, seen: Watched) -> None:
    assert seen.called == {journey.carrier}


def nothing_is_left_in_any_file_not_even_the_tills_own(journey: WatchedWay) -> None:
    assert journey.canary.found_below(journey.folder / "client") == {}
    till = journey.folder / "client" / "till"
    assert {path.name for path in till.iterdir()} >= {"outbox.db", "keys.json", "packets", "log"}


def everything_was_logged(journey: WatchedWay) -> None:
    log = (journey.folder / "client" / "till" / "log" / "client.log").read_bytes()
    assert {"DEBUG", "INFO", "ERROR"} <= {json.loads(line)["level"] for line in log.splitlines()}


# -- the watcher itself -----------------------------------------------------------------------


@pytest.mark.parametrize("dress", [name for name, _ in dresses(VALUE)])
def test_the_watcher_knows_a_value_in_every_dress(dress: str) -> None:
    canary_ = Canary.of([VALUE])
    data = dict(dresses(VALUE))[dress]
    assert {hit.value for hit in canary_.found_in(b"\x00before" + data + b"after\xff")} == {VALUE}
    assert canary_.found_in(data[: len(data) // 2 - 1]) == set()


@pytest.mark.parametrize("before", [b"", b"x", b"xy", b"xyz"])
def test_the_watcher_knows_a_value_inside_any_base64(before: bytes) -> None:
    text = base64.b64encode(before + VALUE.encode() + b"and more")
    assert Canary.of([VALUE]).found_in(text)


def test_the_watcher_notices_who_was_called(tmp_path: Path) -> None:
    program = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
        "s.sendto(b'x', ('127.0.0.1', 7777)); s.connect(('127.0.0.1', 7778));"
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).connect_ex(('::1', 7779))"
    )
    ended = watch([sys.executable, "-c", program], private_places(tmp_path), tmp_path / "trace")

    called = examine(tmp_path / "trace", ended, Canary.of([VALUE])).called
    assert called == {"127.0.0.1:7777", "127.0.0.1:7778", "::1:7779"}


def test_the_watcher_notices_a_picture_that_was_there_for_a_moment(tmp_path: Path) -> None:
    picture = canary().readings()[0].image
    assert picture is not None
    jpeg = picture.jpeg.reveal()
    source = tmp_path / "given"
    source.write_bytes(jpeg)
    program = (
        "import sys, tempfile; data = open(sys.argv[1], 'rb').read()\n"
        "with tempfile.NamedTemporaryFile(suffix='.jpg') as file: file.write(data); file.flush()"
    )
    command = [sys.executable, "-c", program, str(source)]
    ended = watch(command, private_places(tmp_path), tmp_path / "trace")

    seen = examine(tmp_path / "trace", ended, Canary.of([], [jpeg]))
    assert len(seen.pictures) == 1
    assert {hit.value for hits in seen.leaks.values() for hit in hits} == {"picture 0"}


def test_without_strace_the_watcher_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=NOT_INSTALLED.split(".")[0]):
        watch(["true"], {}, tmp_path / "trace")
