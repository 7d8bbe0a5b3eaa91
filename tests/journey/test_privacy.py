"""No value of a customer leaves the encrypted store: to no log and no file, not for a moment."""

from __future__ import annotations

import base64
import json
import signal
import sys
from typing import TYPE_CHECKING, Final

import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from tests.fakes.sandbox_till import real_now
from tests.journey.canary import Canary, dresses
from tests.journey.runner import Ended, private_places, whole_way
from tests.journey.watched import NOT_INSTALLED, Watched, examine, watch
from tests.journey.whole_way import PIN, canary, last_canary, travelling_canary

if TYPE_CHECKING:
    from pathlib import Path

    from carrier_sandbox.packet import Opened

pytestmark = pytest.mark.slow


class Journey:
    """What the whole way left: on the disk, in its logs, and in everything it ever wrote."""

    def __init__(self, folder: Path) -> None:
        """Go the whole way, watched, with a crash in the middle."""
        self.folder = folder
        self.seen: list[Watched] = []
        surroundings = private_places(folder / "client")
        invitation = folder / "invitation.json"
        ended: list[Ended] = []
        with Sandbox(folder / "carrier", real_now, Behaviour(decide_after_s=0.0)) as carrier:
            self.carrier = carrier.url.removeprefix("https://")
            invitation.write_bytes(carrier.invitation(training=True))
            for part in ("begin", "resume"):
                command = whole_way(folder / "client" / "till", invitation, part)
                ended.append(watch(command, surroundings, folder / part, carrier))
            opened = [carrier.open(id_) for id_ in carrier.received()]
        assert [each.status for each in ended] == [-signal.SIGKILL, 0], ended[-1].logged[-3000:]
        assert len(opened) == 3
        self.canary = Canary.of(_values(opened), _pictures(opened))
        for part, end in zip(("begin", "resume"), ended, strict=True):
            self.seen.append(examine(folder / part, end, self.canary))
            (folder / part).unlink()  # it is large, and full of the canary


def _values(opened: list[Opened]) -> set[str]:
    """Return what was printed, and what was sealed: a misread value is private as well."""
    values = {PIN.reveal()}
    for customer in (canary(), travelling_canary(), last_canary()):
        values |= {*customer.truth.values(), *customer.mrz, customer.msisdn, customer.iccid}
    for each in opened:
        fields = each.record["persons"][0]["document"]["fields"]
        for field in fields.values():
            values |= {field["value"], field["raw"], *field["alternatives"]}
    return values


def _pictures(opened: list[Opened]) -> list[bytes]:
    return [picture for each in opened for _, picture in each.images]


def test_the_whole_way_leaves_nothing_of_a_customer_outside_the_store(tmp_path: Path) -> None:
    # One test, because the way is long: it is gone once, and then looked at from all sides.
    journey = Journey(tmp_path)
    for seen in journey.seen:
        nothing_was_said_or_logged(journey, seen)
        nothing_was_written_even_to_be_deleted_again(seen)
        nothing_was_written_outside_the_tills_own_folder(journey, seen)
        nobody_was_called_but_the_carrier(journey, seen)
    nothing_is_left_in_any_file_not_even_the_tills_own(journey)
    everything_was_logged(journey)


def nothing_was_said_or_logged(journey: Journey, seen: Watched) -> None:
    assert journey.canary.found_in(seen.ended.said.encode()) == set()
    assert journey.canary.found_in(seen.ended.logged.encode()) == set()


def nothing_was_written_even_to_be_deleted_again(seen: Watched) -> None:
    assert seen.leaks == {}
    assert seen.pictures == set()
    assert seen.unseen == set()
    assert seen.bytes_written > 500_000


def nothing_was_written_outside_the_tills_own_folder(journey: Journey, seen: Watched) -> None:
    allowed = (str(journey.folder / "client" / "till"), "/dev/null")
    files = {place for place in seen.places if place.startswith("/")}
    assert {file for file in files if not file.startswith(allowed)} == set()


def nobody_was_called_but_the_carrier(journey: Journey, seen: Watched) -> None:
    assert seen.called == {journey.carrier}


def nothing_is_left_in_any_file_not_even_the_tills_own(journey: Journey) -> None:
    assert journey.canary.found_below(journey.folder / "client") == {}
    till = journey.folder / "client" / "till"
    assert {path.name for path in till.iterdir()} >= {"outbox.db", "keys.json", "packets", "log"}


def everything_was_logged(journey: Journey) -> None:
    log = (journey.folder / "client" / "till" / "log" / "client.log").read_bytes()
    assert {"DEBUG", "INFO", "ERROR"} <= {json.loads(line)["level"] for line in log.splitlines()}


# -- the watcher itself -----------------------------------------------------------------------

VALUE: Final = "金丝雀样本CANARY7731"


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


#: Ways in which programs like ours have leaked, each to be noticed though the file is gone.
LEAKS: Final = {
    "a log line": "logging.basicConfig(filename=home / 'app.log'); logging.error('read %s', value)",
    "a temporary file": (
        "f = tempfile.NamedTemporaryFile(); f.write(value.encode('gbk')); f.flush()"
    ),
    "a row that was deleted": (
        "db = sqlite3.connect(home / 'cache.db', isolation_level=None);"
        "db.execute('create table t (a)'); db.execute('insert into t values (?)', (value,));"
        "db.execute('delete from t'); db.execute('vacuum'); db.close();"
        "(home / 'cache.db').unlink()"
    ),
    "a settings file": "(home / 'recent.json').write_text(json.dumps({'last': value}))",
    "two writes": (
        "f = (home / 'parts').open('wb', buffering=0); data = value.encode();"
        "f.write(data[:9]); f.write(data[9:]); f.close(); (home / 'parts').unlink()"
    ),
    "a network without TLS": (
        "server = socket.create_server(('127.0.0.1', 0));"
        "socket.create_connection(server.getsockname()).sendall(value.encode())"
    ),
    "a crash report": "pickle.dump({'local': value}, (home / 'core').open('wb'), protocol=0)",
    "a file name": "(home / f'{value}.txt').write_bytes(b'')",
}
LEAK: Final = """
import json, logging, pathlib, pickle, socket, sqlite3, sys, tempfile
home, value = pathlib.Path(sys.argv[1]), sys.argv[2]
"""


@pytest.mark.parametrize("leak", LEAKS)
def test_the_watcher_notices_a_planted_leak(tmp_path: Path, leak: str) -> None:
    home = tmp_path / "home"
    canary_ = Canary.of([VALUE])
    command = [sys.executable, "-c", LEAK + LEAKS[leak], str(home), VALUE]
    ended = watch(command, private_places(tmp_path), tmp_path / "trace")
    assert ended.status == 0, ended.logged

    seen = examine(tmp_path / "trace", ended, canary_)
    assert seen.leaks or canary_.found_below(home)


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
