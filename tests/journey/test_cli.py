"""The command line does at the desk what it says, in lines that programs can read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from specimens.camera import shoot
from tests.fakes.counter import OPERATOR, PIN, fill, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.runner import Ended, private_places, run
from tests.journey.shop import citizen, traveller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_client.model.registration import RegistrationId
    from specimens.specimen import Specimen

pytestmark = pytest.mark.slow

KEYS: Final = {
    "file",
    "document",
    "as_wanted",
    "side",
    "verdict",
    "fields",
    "mrz",
    "mrz_repairs",
    "originality",
    "ms",
    "reason",
    "code",
    "title",
    "advice",
}
FIELD_KEYS: Final = {"value", "raw", "source", "confidence", "checks"}


class Terminal:
    """A shell in which `pos-client` is typed."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "till"
        self._surroundings = private_places(folder)

    def client(self, *arguments: str, pin: str = PIN.reveal()) -> Ended:
        """Type a command; the PIN is given as the manual says."""
        command = (sys.executable, "-c", _ENTRY)
        surroundings = self._surroundings | {"POS_CLIENT_PIN": pin}
        return run((*command, "--home", str(self.home), *arguments), surroundings)


_ENTRY: Final = "import sys; from pos_client.cli import main; sys.exit(main())"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=0.0)) as running:
        yield running


def photograph(side: Specimen, file: Path) -> str:
    """Put a side on a table, take its picture, and return the file's name."""
    assert cv2.imwrite(str(file), shoot(side, seed=3).frame)
    return str(file)


def lines_of(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


# -- read -------------------------------------------------------------------------------------


def test_read_prints_one_line_for_each_file_and_goes_on_after_a_broken_one(
    terminal: Terminal, tmp_path: Path
) -> None:
    card, passport = citizen(51), traveller(52)
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((720, 1280, 3), 180, np.uint8))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 this is no picture")
    files = [
        photograph(card.sides[0], tmp_path / "portrait.png"),
        str(broken),
        photograph(card.sides[1], tmp_path / "emblem.jpg"),
        str(tmp_path / "missing.png"),
        photograph(passport.sides[0], tmp_path / "passport.png"),
        str(blank),
    ]

    ended = terminal.client("read", "--json", *files)

    assert ended.status == 1
    assert "Traceback" not in ended.logged
    lines = lines_of(ended.said)
    assert [line["file"] for line in lines] == files
    assert all(line.keys() == KEYS for line in lines)
    portrait, broken_line, emblem, missing, data, empty = lines
    for line, side in ((portrait, card.sides[0]), (emblem, card.sides[1])):
        assert (line["document"], line["side"]) == (side.kind, side.side)
        assert line["verdict"] in {"read", "doubt"}
        assert {name: each["value"] for name, each in line["fields"].items()} == side.truth
        assert all(each.keys() == FIELD_KEYS for each in line["fields"].values())
        assert line["mrz"] == []
        assert line["ms"] > 0
    assert (data["document"], data["side"]) == ("xx.passport", "data")
    assert data["mrz"] == passport.mrz
    assert data["fields"]["document_number"]["source"] == "mrz"
    number = portrait["fields"]["id_number"]
    assert {"rule": "NUM02", "passed": True, "reason": ""} in number["checks"]
    for line in (broken_line, missing, empty):
        assert (line["verdict"], line["document"], line["fields"]) == ("unreadable", None, {})
        assert line["reason"]
    assert broken_line["reason"] != empty["reason"]


def test_read_ends_well_where_every_file_was_read(terminal: Terminal, tmp_path: Path) -> None:
    file = photograph(citizen(53).sides[0], tmp_path / "portrait.png")

    ended = terminal.client("read", "--json", "--document", "cn.resident_id.2", file)

    assert ended.status == 0, ended.logged
    (line,) = lines_of(ended.said)
    assert line["side"] == "portrait"


def test_read_without_json_is_for_people(terminal: Terminal, tmp_path: Path) -> None:
    customer = citizen(54)
    file = photograph(customer.sides[0], tmp_path / "portrait.png")

    ended = terminal.client("read", file)

    assert ended.status == 0, ended.logged
    assert customer.truth["id_number"] in ended.said
    assert not (terminal.home / "outbox.db").exists()


# -- the till ---------------------------------------------------------------------------------


@pytest.fixture
def invitation(carrier: Sandbox, tmp_path: Path) -> str:
    file = tmp_path / "invitation.json"
    file.write_bytes(carrier.invitation(training=True))
    return str(file)


@pytest.fixture
def enrolled(terminal: Terminal, invitation: str) -> Terminal:
    ended = terminal.client("enrol", invitation, "--operator", OPERATOR)
    assert ended.status == 0, ended.logged
    return terminal


def register(home: Path, number: int) -> RegistrationId:
    """Serve a customer at the till, as the window would."""
    desk = open_counter(home, real_now)
    desk.sign_in(OPERATOR, PIN)
    customer = citizen(number)
    draft = fill(desk, customer.readings(), customer.msisdn, customer.iccid)
    registration = desk.submit(draft).id
    desk.close()
    return registration


def test_what_waits_is_listed_sent_and_listed_again_with_its_decision(
    enrolled: Terminal, carrier: Sandbox
) -> None:
    registrations = {register(enrolled.home, 55), register(enrolled.home, 56)}

    queue = enrolled.client("queue", "--json", "--operator", OPERATOR)
    assert queue.status == 0, queue.logged
    waiting = lines_of(queue.said)
    assert {line["id"] for line in waiting} == registrations
    assert {(line["state"], line["packet"]) for line in waiting} == {("queued", "here")}
    assert citizen(55).truth["name"] not in queue.said
    assert citizen(55).msisdn not in queue.said

    sync = enrolled.client("sync", "--operator", OPERATOR)
    assert sync.status == 0, sync.logged
    assert "waiting 0" in sync.said
    assert set(carrier.received()) == registrations

    queue = enrolled.client("queue", "--json", "--operator", OPERATOR)
    assert {line["state"] for line in lines_of(queue.said)} == {"accepted"}


def test_sync_without_a_network_says_so_and_keeps_everything(
    enrolled: Terminal, carrier: Sandbox
) -> None:
    registration = register(enrolled.home, 57)
    carrier.stop()

    ended = enrolled.client("sync", "--operator", OPERATOR)

    assert ended.status == 1
    assert "link offline, waiting 1" in ended.said
    queue = enrolled.client("queue", "--json", "--operator", OPERATOR)
    (line,) = lines_of(queue.said)
    assert (line["id"], line["state"], line["cause"]) == (registration, "queued", "C100")


def test_a_second_client_on_the_same_till_is_refused_in_a_sentence_until_the_first_ends(
    enrolled: Terminal, carrier: Sandbox
) -> None:
    registration = register(enrolled.home, 60)
    first = open_counter(enrolled.home, real_now)
    first.sign_in(OPERATOR, PIN)

    second = enrolled.client("sync", "--operator", OPERATOR)
    assert (second.status, second.said) == (1, "")
    assert "already open in another window" in second.logged
    assert "Traceback" not in second.logged
    assert carrier.received() == [], "the second did nothing to the queue"
    assert [row.id for row in first.rows()] == [registration], "and the first works on"

    first.close()
    assert enrolled.client("sync", "--operator", OPERATOR).status == 0
    assert carrier.received() == [registration]


def test_doctor_looks_at_everything_that_the_pin_opens(enrolled: Terminal) -> None:
    register(enrolled.home, 58)

    outside = enrolled.client("doctor")
    inside = enrolled.client("doctor", "--operator", OPERATOR)

    assert (outside.status, inside.status) == (0, 0), inside.logged
    abouts = {line.split()[1].rstrip(":") for line in inside.said.splitlines()}
    assert abouts == {
        *("enrolment", "keys", "packets", "disk", "store", "journal", "queue", "clock"),
    }
    assert "UNKNOWN  store" in outside.said
    assert "BAD" not in inside.said


def test_doctor_finds_a_damaged_packet(enrolled: Terminal) -> None:
    registration = register(enrolled.home, 59)
    packet = enrolled.home / "packets" / f"{registration}.pkt"
    data = bytearray(packet.read_bytes())
    data[len(data) // 2] ^= 1
    packet.write_bytes(data)

    ended = enrolled.client("doctor")

    assert ended.status == 1
    assert "BAD      packets" in ended.said


def test_a_wrong_pin_is_told_in_a_sentence(enrolled: Terminal) -> None:
    ended = enrolled.client("queue", "--operator", OPERATOR, pin="000000")

    assert ended.status == 1
    assert ended.said == ""
    assert "PIN" in ended.logged
    assert "Traceback" not in ended.logged


def test_a_till_that_is_not_set_up_says_how_to_do_it(terminal: Terminal) -> None:
    ended = terminal.client("queue", "--operator", OPERATOR)

    assert ended.status == 1
    assert "pos-client enrol FILE" in ended.logged
    assert "Traceback" not in ended.logged


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b'{"v": 1}'])
def test_a_damaged_invitation_enrols_nothing(
    terminal: Terminal, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "invitation.json"
    file.write_bytes(content)

    ended = terminal.client("enrol", str(file), "--operator", OPERATOR)

    assert ended.status == 1
    assert "invitation" in ended.logged.lower()
    assert "Traceback" not in ended.logged
    assert not (terminal.home / "till.json").exists()


def test_an_invitation_is_for_one_till_only(
    enrolled: Terminal, invitation: str, tmp_path: Path
) -> None:
    other = Terminal(tmp_path / "other")

    ended = other.client("enrol", invitation, "--operator", OPERATOR)

    assert ended.status == 1
    assert "Traceback" not in ended.logged
    assert not (other.home / "till.json").exists()
    assert enrolled.client("sync", "--operator", OPERATOR).status == 0
