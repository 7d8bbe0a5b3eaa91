"""Keys, operators and PINs: what opens the till, and what does not."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pos_client.model.enrolment import CarrierIdentity, Till
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import enrolment, key_file, slots
from pos_client.outbox.custody import Custody
from pos_client.outbox.key_file import RecoverySlot
from pos_client.outbox.key_pairs import KeyPair
from pos_client.outbox.key_problems import (
    EnrolmentDamaged,
    KeysDamaged,
    KeystoreChanged,
    LastAdministrator,
    NeedsNewPin,
    OperatorKnown,
    OperatorUnknown,
    PinTooShort,
    SignInPaused,
    TillEnrolled,
    TillNotEnrolled,
    WrongPin,
)
from pos_client.outbox.keys import Argon2Cost
from pos_client.outbox.slots import Secrets
from pos_client.outbox.store import DatabaseKey
from tests.fakes.outbox_keystore import MemoryKeystore
from tests.fakes.outbox_till import CLERK, NOON, OTHER_CLERK

#: One guess in a millisecond: the tests are not what has to be slowed down.
CHEAP = Argon2Cost(memory_kib=8, time=1)
KEY_FILES = ("keys.json", "keys.copy.json")
PIN = Private("271828")
WRONG = Private("314159")
TILL = Till(
    device_id="till-7",
    carrier=CarrierIdentity(
        name="Specimen Mobile",
        url="https://localhost:8443",
        seal_kid="carrier-1",
        seal_key=bytes(range(200)),
        receipt_keys={"receipts-1": bytes(32)},
        ca_pem="-----BEGIN CERTIFICATE-----",
    ),
    outlet="SH-0231",
    dealers=("D-1",),
    policy="strict",
)


@pytest.fixture(params=["with a keystore", "with PINs only"])
def keystore(request: pytest.FixtureRequest) -> MemoryKeystore | None:
    return MemoryKeystore() if request.param == "with a keystore" else None


@pytest.fixture
def custody(tmp_path: Path, keystore: MemoryKeystore | None) -> Custody:
    return Custody(tmp_path, keystore, CHEAP)


def test_the_default_cost_is_the_safe_one() -> None:
    assert Argon2Cost() == Argon2Cost(memory_kib=65536, time=3, lanes=1)


def test_the_first_operator_is_an_administrator_who_can_sign_in_again(custody: Custody) -> None:
    created = custody.create(CLERK, PIN, NOON)
    opened = custody.sign_in(CLERK, PIN, NOON)
    assert opened.operator == Operator(CLERK, OperatorRole.ADMINISTRATOR)
    assert opened.database_key == created.database_key
    assert opened.signer.public_key().public_bytes_raw() == custody.device_public()
    assert custody.operators() == (opened.operator,)


def test_no_secret_is_shown_when_a_sign_in_is_printed(custody: Custody) -> None:
    opened = custody.create(CLERK, PIN, NOON)
    shown = repr(opened) + repr(opened.database_key)
    assert opened.database_key.raw.hex() not in shown
    assert repr(opened.database_key.raw) not in shown
    assert repr(opened.till_secret) not in shown


def test_with_a_keystore_the_signing_key_needs_no_pin(tmp_path: Path) -> None:
    keystore = MemoryKeystore()
    created = Custody(tmp_path, keystore, CHEAP).create(CLERK, PIN, NOON)
    signer = Custody(tmp_path, keystore, CHEAP).signer()
    assert signer is not None
    assert signer.private_bytes_raw() == created.signer.private_bytes_raw()


def test_without_a_keystore_the_signing_key_waits_for_a_sign_in(tmp_path: Path) -> None:
    created = Custody(tmp_path, None, CHEAP).create(CLERK, PIN, NOON)
    custody = Custody(tmp_path, None, CHEAP)
    assert custody.signer() is None
    opened = custody.sign_in(CLERK, PIN, NOON)
    assert opened.signer.private_bytes_raw() == created.signer.private_bytes_raw()


def test_all_pins_and_files_open_nothing_without_the_keystore(tmp_path: Path) -> None:
    Custody(tmp_path, MemoryKeystore(), CHEAP).create(CLERK, PIN, NOON)
    for elsewhere in (None, MemoryKeystore(), MemoryKeystore("another")):
        thief = Custody(tmp_path, elsewhere, CHEAP)
        with pytest.raises(KeystoreChanged):
            thief.sign_in(CLERK, PIN, NOON)
        with pytest.raises(KeystoreChanged):
            thief.signer()


def test_the_keystores_secret_opens_nothing_without_a_pin(tmp_path: Path) -> None:
    keystore = MemoryKeystore()
    custody = Custody(tmp_path, keystore, CHEAP)
    custody.create(CLERK, PIN, NOON)
    with pytest.raises(WrongPin):
        custody.sign_in(CLERK, WRONG, NOON)


def test_no_key_stands_in_any_file(tmp_path: Path, custody: Custody) -> None:
    opened = custody.create(CLERK, PIN, NOON)
    secrets = (
        opened.database_key.raw,
        opened.database_key.raw[:32],
        opened.signer.private_bytes_raw(),
        opened.till_secret,
        PIN.reveal().encode(),
    )
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        for secret in secrets:
            assert secret not in content
            assert secret.hex().encode() not in content.lower()


def test_files_are_for_their_owner_only(tmp_path: Path, custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    with pytest.raises(WrongPin):
        custody.sign_in(CLERK, WRONG, NOON)
    enrolment.save(tmp_path, TILL)
    files = list(tmp_path.iterdir())
    assert {file.name for file in files} == {*KEY_FILES, "tries.json", "till.json"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_every_operator_opens_the_same_database(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    second = Operator(OTHER_CLERK, OperatorRole.OPERATOR)
    custody.add_operator(first, second, WRONG)
    opened = custody.sign_in(OTHER_CLERK, WRONG, NOON)
    assert opened.operator == second
    assert opened.database_key == first.database_key
    with pytest.raises(WrongPin):
        custody.sign_in(OTHER_CLERK, PIN, NOON)
    with pytest.raises(OperatorKnown):
        custody.add_operator(first, second, PIN)


def test_a_changed_pin_replaces_the_old_one(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.change_pin(CLERK, PIN, WRONG, NOON)
    assert custody.sign_in(CLERK, WRONG, NOON).database_key == first.database_key
    with pytest.raises(WrongPin):
        custody.sign_in(CLERK, PIN, NOON)


def test_changing_a_pin_needs_the_old_one(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    with pytest.raises(WrongPin):
        custody.change_pin(CLERK, WRONG, Private("161803"), NOON)
    assert custody.sign_in(CLERK, PIN, NOON).operator.number == CLERK


@pytest.mark.parametrize("short", ["", "12345", "abcdef", "12345x", "\u0661" * 6])
def test_a_pin_has_six_digits_or_more(custody: Custody, short: str) -> None:
    with pytest.raises(PinTooShort):
        custody.create(CLERK, Private(short), NOON)
    assert custody.operators() == ()


def test_a_role_that_was_edited_in_the_file_opens_nothing(tmp_path: Path, custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), WRONG)
    file = tmp_path / "keys.json"
    stored = json.loads(file.read_text())
    stored["slots"][1]["operator"]["role"] = "administrator"
    file.write_text(json.dumps(stored))
    with pytest.raises(WrongPin):
        custody.sign_in(OTHER_CLERK, WRONG, NOON)


def test_an_operator_who_was_struck_out_of_the_file_is_missed(
    tmp_path: Path, custody: Custody
) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), WRONG)
    file = tmp_path / "keys.json"
    stored = json.loads(file.read_text())
    del stored["slots"][1]
    file.write_text(json.dumps(stored))
    with pytest.raises(KeysDamaged):
        custody.sign_in(CLERK, PIN, NOON)


@pytest.mark.parametrize("damaged", [b"", b"\0" * 500, None])
def test_one_bad_key_file_costs_nobody_a_key(
    tmp_path: Path, custody: Custody, damaged: bytes | None
) -> None:
    first = custody.create(CLERK, PIN, NOON)
    file = tmp_path / "keys.json"
    file.unlink() if damaged is None else file.write_bytes(damaged)
    assert custody.sign_in(CLERK, PIN, NOON).database_key == first.database_key


# -- other people, and another key --------------------------------------------------------------
def test_a_forgotten_pin_is_given_anew_without_the_old_one(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), WRONG)
    for _ in range(5):
        with pytest.raises(WrongPin):
            custody.sign_in(OTHER_CLERK, PIN, NOON)
    custody.reset_pin(first, OTHER_CLERK, Private("161803"))
    opened = custody.sign_in(OTHER_CLERK, Private("161803"), NOON)
    assert opened.operator == Operator(OTHER_CLERK, OperatorRole.OPERATOR)
    assert opened.database_key == first.database_key
    with pytest.raises(OperatorUnknown):
        custody.reset_pin(first, OperatorNumber("9"), PIN)


def test_a_removed_operator_opens_nothing_and_the_others_get_the_new_key(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.SUPERVISOR), WRONG)
    third = OperatorNumber("3")
    custody.add_operator(first, Operator(third, OperatorRole.OPERATOR), WRONG)
    new = DatabaseKey.random()
    custody.announce(first, new, without=third)
    for number, pin in ((CLERK, PIN), (OTHER_CLERK, WRONG)):
        moving = custody.sign_in(number, pin, NOON)
        assert (moving.database_key, moving.next_key) == (first.database_key, new)
    settled = custody.settle(custody.sign_in(OTHER_CLERK, WRONG, NOON))
    assert (settled.database_key, settled.next_key) == (new, None)
    assert custody.sign_in(CLERK, PIN, NOON).database_key == new
    with pytest.raises(WrongPin):
        custody.sign_in(third, WRONG, NOON)


def test_the_last_administrator_stays(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.SUPERVISOR), WRONG)
    with pytest.raises(LastAdministrator):
        custody.announce(first, DatabaseKey.random(), without=CLERK)
    assert custody.sign_in(CLERK, PIN, NOON).next_key is None


# -- the carrier's slot -------------------------------------------------------------------------
def carriers_own(slot: RecoverySlot, pair: KeyPair) -> Secrets:
    """Open the carrier's slot as the carrier does, by the documented layout."""
    about = f"pos-recovery-slot-v1\n{slot.device_id}\n{slot.kid}".encode()
    return slots.from_carrier(pair.open(bytes.fromhex(slot.sealed), about))


def test_a_till_whose_keystore_was_lost_comes_back_through_the_carrier(tmp_path: Path) -> None:
    carrier, lost = KeyPair.random(), MemoryKeystore()
    custody = Custody(tmp_path, lost, CHEAP)
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), WRONG)
    custody.keep_for_carrier(first, "carrier-1", carrier.public, "till-7")
    lost.entries.clear()
    with pytest.raises(KeystoreChanged):
        custody.sign_in(CLERK, PIN, NOON)

    stored = key_file.load(tmp_path)
    assert stored is not None
    assert stored.recovery is not None
    found = carriers_own(stored.recovery, carrier)
    again = Custody(tmp_path, MemoryKeystore("another"), CHEAP)
    restored = again.restore(found, CLERK, Private("161803"))

    assert restored.database_key == first.database_key
    assert restored.signer.private_bytes_raw() == first.signer.private_bytes_raw()
    assert again.sign_in(CLERK, Private("161803"), NOON).operator == first.operator
    assert again.sign_in(OTHER_CLERK, WRONG, NOON).database_key == first.database_key


def test_the_carriers_slot_follows_a_change_of_the_key(tmp_path: Path, custody: Custody) -> None:
    carrier = KeyPair.random()
    first = custody.create(CLERK, PIN, NOON)
    custody.keep_for_carrier(first, "carrier-1", carrier.public, "till-7")
    custody.announce(first, DatabaseKey.random())
    settled = custody.settle(custody.sign_in(CLERK, PIN, NOON))
    stored = key_file.load(tmp_path)
    assert stored is not None
    assert stored.recovery is not None
    assert carriers_own(stored.recovery, carrier).database_key == settled.database_key


def test_another_tills_secrets_take_nothing_over(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    foreign = Secrets(bytes(32), DatabaseKey.random())
    with pytest.raises(KeysDamaged):
        custody.restore(foreign, CLERK, PIN)
    assert custody.sign_in(CLERK, PIN, NOON).operator.number == CLERK


# -- wrong PINs ---------------------------------------------------------------------------------
def test_each_wrong_pin_says_how_many_tries_are_left(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    left = []
    for _ in range(5):
        with pytest.raises(WrongPin) as wrong:
            custody.sign_in(CLERK, WRONG, NOON)
        left.append(wrong.value.values["tries_left"])
    assert left == [4, 3, 2, 1, 0]


def test_five_wrong_pins_pause_for_thirty_seconds_and_each_more_doubles(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    now = NOON
    _wrong(custody, 5, NOON)
    for pause in (30, 60, 120, 240):
        with pytest.raises(SignInPaused) as paused:
            custody.sign_in(CLERK, PIN, now + timedelta(seconds=pause - 1))
        assert paused.value.values["seconds"] == 1
        now += timedelta(seconds=pause)
        _wrong(custody, 1, now)


def test_after_ten_wrong_pins_an_operator_needs_a_new_one_from_somebody_else(
    custody: Custody,
) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), PIN)
    now = NOON
    for _ in range(10):
        with pytest.raises(WrongPin):
            custody.sign_in(OTHER_CLERK, WRONG, now)
        now += timedelta(hours=1)
    with pytest.raises(NeedsNewPin):
        custody.sign_in(OTHER_CLERK, PIN, now)
    custody.reset_pin(first, OTHER_CLERK, WRONG)
    assert custody.sign_in(OTHER_CLERK, WRONG, now).operator.number == OTHER_CLERK


def test_an_administrator_is_never_shut_out_for_good(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    now = NOON
    for _ in range(12):
        _wrong(custody, 1, now)
        now += timedelta(hours=1)
    assert custody.sign_in(CLERK, PIN, now).operator.number == CLERK


def test_the_right_pin_starts_from_zero(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    _wrong(custody, 4, NOON)
    custody.sign_in(CLERK, PIN, NOON)
    _wrong(custody, 4, NOON)
    assert custody.sign_in(CLERK, PIN, NOON).operator.number == CLERK


def test_a_restart_does_not_end_a_pause(
    tmp_path: Path, custody: Custody, keystore: MemoryKeystore | None
) -> None:
    custody.create(CLERK, PIN, NOON)
    _wrong(custody, 5, NOON)
    with pytest.raises(SignInPaused):
        Custody(tmp_path, keystore, CHEAP).sign_in(CLERK, PIN, NOON)


def test_a_clock_set_back_does_not_shorten_a_pause(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    _wrong(custody, 5, NOON)
    with pytest.raises(SignInPaused) as paused:
        custody.sign_in(CLERK, PIN, NOON - timedelta(days=400))
    assert paused.value.values["seconds"] == 30
    assert custody.sign_in(CLERK, PIN, NOON + timedelta(seconds=30)).operator.number == CLERK


def test_a_pause_of_one_operator_does_not_stop_another(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    custody.add_operator(first, Operator(OTHER_CLERK, OperatorRole.OPERATOR), WRONG)
    _wrong(custody, 5, NOON)
    assert custody.sign_in(OTHER_CLERK, WRONG, NOON).operator.number == OTHER_CLERK


def test_unknown_numbers_are_counted_together(custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    for number in range(5):
        with pytest.raises(WrongPin):
            custody.sign_in(OperatorNumber(f"9{number}"), PIN, NOON)
    with pytest.raises(SignInPaused):
        custody.sign_in(OperatorNumber("99"), PIN, NOON)
    assert custody.sign_in(CLERK, PIN, NOON).operator.number == CLERK


def _wrong(custody: Custody, times: int, now: datetime) -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            custody.sign_in(CLERK, WRONG, now)


# -- enrolment ----------------------------------------------------------------------------------
def test_an_enrolment_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    assert not enrolment.is_enrolled(tmp_path)
    enrolment.save(tmp_path, TILL)
    assert enrolment.is_enrolled(tmp_path)
    assert enrolment.load(tmp_path) == TILL


def test_a_till_that_nobody_enrolled_says_so(tmp_path: Path, custody: Custody) -> None:
    with pytest.raises(TillNotEnrolled):
        enrolment.load(tmp_path)
    with pytest.raises(TillNotEnrolled):
        custody.sign_in(CLERK, PIN, NOON)


def test_an_enrolment_that_broke_off_keeps_its_signing_key(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    again = custody.create(CLERK, PIN, NOON)
    assert again.signer.private_bytes_raw() == first.signer.private_bytes_raw()
    assert again.database_key == first.database_key


def test_an_enrolment_that_broke_off_can_be_begun_by_somebody_else(custody: Custody) -> None:
    first = custody.create(CLERK, PIN, NOON)
    other = custody.create(OTHER_CLERK, WRONG, NOON)
    assert other.database_key != first.database_key
    assert [operator.number for operator in custody.operators()] == [OTHER_CLERK]


def test_an_enrolled_till_never_makes_its_keys_anew(tmp_path: Path, custody: Custody) -> None:
    custody.create(CLERK, PIN, NOON)
    enrolment.save(tmp_path, TILL)
    with pytest.raises(TillEnrolled):
        custody.create(CLERK, PIN, NOON)


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"{}", b'{"v":1}', b'{"v":2,"slots":[{}]}'])
def test_damaged_files_are_problems(tmp_path: Path, custody: Custody, broken: bytes) -> None:
    for name in KEY_FILES:
        (tmp_path / name).write_bytes(broken)
    (tmp_path / "till.json").write_bytes(broken)
    with pytest.raises(KeysDamaged):
        custody.sign_in(CLERK, PIN, NOON)
    with pytest.raises(EnrolmentDamaged):
        enrolment.load(tmp_path)


def test_a_key_file_cannot_ask_for_more_memory_than_is_sane(
    tmp_path: Path, custody: Custody
) -> None:
    custody.create(CLERK, PIN, NOON)
    for file in (tmp_path / name for name in KEY_FILES):
        file.write_text(file.read_text().replace('"memory_kib": 8', '"memory_kib": 99999999'))
    with pytest.raises(KeysDamaged):
        custody.sign_in(CLERK, PIN, NOON)


@pytest.mark.parametrize("length", [0, 31, 32, 47, 49, 64, 96])
def test_a_database_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="48 bytes"):
        DatabaseKey(bytes(length))
