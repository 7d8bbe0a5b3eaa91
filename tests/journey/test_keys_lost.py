"""The days on which keys are lost: each ends as it is documented, and nothing submitted is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox
from pos_client.carrier.problems import NotAReceipt
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine
from pos_client.model.operator import OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox.key_problems import (
    KeystoreChanged,
    RecoveryAnswerWrong,
    RecoveryNotAsked,
    WrongPin,
)
from pos_client.settings import Settings
from tests.fakes.counter import CHEAP, EAGER, OPERATOR, PIN, fill, no_camera
from tests.fakes.outbox_keystore import MemoryKeystore
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_client.model.registration import RegistrationId

pytestmark = pytest.mark.slow

CLERK: Final = OperatorNumber("1002")
CLERKS_PIN: Final = Private("246802")
NEW_PIN: Final = Private("161803")


class KeyedTill:
    """A till on a computer with a keystore, whose carrier is out of reach until somebody calls."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "till"
        self.keystore = MemoryKeystore()
        self.carrier = Sandbox(folder / "carrier", real_now, Behaviour(decide_after_s=0.0))
        self.carrier.start()
        self.desk = self.client(self.home, self.keystore)
        self.desk.enrol(self.carrier.invitation(training=True), OPERATOR, PIN)
        self.desk.add_operator(CLERK, OperatorRole.OPERATOR, CLERKS_PIN)

    @staticmethod
    def client(home: Path, keystore: MemoryKeystore | None) -> Desk:
        """Return the client on a computer with this folder and this keystore."""
        machine = Machine(real_now, no_camera, "boot-1", keystore, EAGER, CHEAP)
        return Desk(Settings(home=home), machine)

    def register(self, number: int) -> RegistrationId:
        customer = citizen(number)
        draft = fill(self.desk, customer.readings(), customer.msisdn, customer.iccid)
        return self.desk.submit(draft).id

    def restart(self, keystore: MemoryKeystore | None = None) -> None:
        self.desk.close()
        self.keystore = keystore or self.keystore
        self.desk = self.client(self.home, self.keystore)

    def all_arrives(self, registrations: list[RegistrationId]) -> None:
        for _ in range(200):
            self.desk.sync_once()
            if self.desk.status().queue.waiting == 0:
                break
        assert sorted(self.carrier.received()) == sorted(registrations)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[KeyedTill]:
    made = KeyedTill(tmp_path)
    yield made
    made.desk.close()
    made.carrier.stop()


def test_a_lost_keystore_entry_is_answered_by_the_carrier(till: KeyedTill) -> None:
    registrations = [till.register(81), till.register(82)]
    customer = citizen(83)
    fill(till.desk, customer.readings(), customer.msisdn, customer.iccid)
    till.keystore.entries.clear()
    till.restart()
    for number, pin in ((OPERATOR, PIN), (CLERK, CLERKS_PIN)):
        with pytest.raises(KeystoreChanged):
            till.desk.sign_in(number, pin)

    answer = till.carrier.recover(till.desk.ask_recovery(NEW_PIN))
    with pytest.raises(RecoveryAnswerWrong):
        till.desk.take_recovery(answer, OPERATOR, PIN)
    till.desk.take_recovery(answer, OPERATOR, NEW_PIN)

    assert len(till.desk.parked()) == 1
    till.all_arrives(registrations)
    till.restart()
    till.desk.sign_in(CLERK, CLERKS_PIN)
    with pytest.raises(WrongPin):
        till.desk.sign_in(OPERATOR, PIN)
    with pytest.raises(RecoveryNotAsked):
        till.desk.take_recovery(answer, OPERATOR, NEW_PIN)


def test_another_keystore_is_answered_by_the_carrier_too(till: KeyedTill) -> None:
    registrations = [till.register(84)]
    till.restart(MemoryKeystore("another backend"))
    with pytest.raises(KeystoreChanged):
        till.desk.sign_in(OPERATOR, PIN)
    answer = till.carrier.recover(till.desk.ask_recovery(NEW_PIN))
    till.desk.take_recovery(answer, OPERATOR, NEW_PIN)
    till.all_arrives(registrations)
    till.restart()
    till.desk.sign_in(OPERATOR, NEW_PIN)


def test_when_everybody_forgot_their_pin_the_carrier_helps(till: KeyedTill) -> None:
    registrations = [till.register(85)]
    till.restart()
    with pytest.raises(WrongPin):
        till.desk.sign_in(OPERATOR, NEW_PIN)
    answer = till.carrier.recover(till.desk.ask_recovery(NEW_PIN))
    till.desk.take_recovery(answer, OPERATOR, NEW_PIN)
    till.all_arrives(registrations)


def test_an_answer_that_the_carrier_did_not_sign_opens_nothing(till: KeyedTill) -> None:
    till.restart()
    answer = till.carrier.recover(till.desk.ask_recovery(NEW_PIN))
    for forged in (b"", b"{}", answer.replace(b"receipt-", b"receipt_"), answer[:-40]):
        with pytest.raises(NotAReceipt):
            till.desk.take_recovery(forged, OPERATOR, NEW_PIN)
    till.desk.sign_in(OPERATOR, PIN)


def test_a_copied_folder_opens_nowhere_else(till: KeyedTill, tmp_path: Path) -> None:
    till.register(86)
    till.desk.close()
    copy = tmp_path / "thief"
    shutil.copytree(till.home, copy)
    for keystore in (None, MemoryKeystore(), MemoryKeystore("another")):
        thief = till.client(copy, keystore)
        for number, pin in ((OPERATOR, PIN), (CLERK, CLERKS_PIN)):
            with pytest.raises(KeystoreChanged):
                thief.sign_in(number, pin)
            with pytest.raises(KeystoreChanged):
                thief.rebuild(number, pin)
        thief.close()
    till.restart()
    till.desk.sign_in(OPERATOR, PIN)


def test_the_way_back_follows_a_change_of_the_key(till: KeyedTill) -> None:
    registrations = [till.register(87)]
    till.desk.remove_operator(CLERK)
    till.keystore.entries.clear()
    till.restart()
    answer = till.carrier.recover(till.desk.ask_recovery(NEW_PIN))
    till.desk.take_recovery(answer, OPERATOR, NEW_PIN)
    till.all_arrives(registrations)
    with pytest.raises(WrongPin):
        till.desk.sign_in(CLERK, CLERKS_PIN)
