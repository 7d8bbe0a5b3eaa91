"""Loses keys on purpose: each loss ends as it is documented, and no submitted registration is lost.

Drills: the keystore's entry is gone, a PIN is forgotten, an operator is removed, another keystore
answers, the folder is copied to another computer, and the database's key is gone altogether.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from pos_client.model.operator import OperatorRole
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import exchange, key_file, keys, rebuild, slots
from pos_client.outbox.custody import Custody
from pos_client.outbox.key_problems import KeystoreChanged, SignInPaused, WrongPin
from pos_client.outbox.outbox import PACKETS, Outbox
from pos_client.outbox.packets import Packets
from pos_client.outbox.problems import StoreKeyWrong
from pos_client.outbox.store import DatabaseKey, connect
from tests.fakes.counter import CHEAP, OPERATOR, PIN
from tests.fakes.outbox_keystore import MemoryKeystore
from tests.fakes.outbox_till import DEVICE, NOON
from tests.faults.desk_till import CARRIERS, OTHER, OTHER_PIN, desk_in, furnish, outbox_of
from tests.faults.scenes import DRAFT, whole
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch

_NEW_PIN: Final = Private("975310")
_LATER: Final = NOON + timedelta(days=1)


def key_loss(size: Size, progress: Progress) -> Outcome:
    """Play every drill once."""
    del size  # a loss ends as documented, or it does not
    outcome = Outcome(zeros=("lost", "opened", "other outcome"))
    for number, (drill, says) in enumerate(_DRILLS.items(), start=1):
        with scratch(memory=True) as folder:
            keystore = MemoryKeystore()
            furnish(folder / "till", keystore)
            outcome.wrong += [f"{what} ({says})" for what in drill(folder / "till", keystore)]
        outcome.seen[says] += 1
        outcome.faults += 1
        progress(number, len(_DRILLS))
    return outcome


def _refused(with_what: type[Problem], act: Callable[[], object]) -> list[str]:
    try:
        act()
    except with_what:
        return []
    except Problem as problem:
        return [f"other outcome: {problem.code}"]
    return ["opened: it was not refused"]


def _sound(
    folder: Path, keystore: MemoryKeystore, number: OperatorNumber, pin: Private[str]
) -> list[str]:
    """Sign in, and look whether everything is there."""
    desk = desk_in(folder, keystore)
    desk.sign_in(number, pin)
    wrong = whole(outbox_of(desk))
    if [draft.body for draft in outbox_of(desk).drafts(OPERATOR)] != [DRAFT]:
        wrong.append("lost: the draft")
    desk.close()
    return wrong


def _entry_gone(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """Nobody signs in until the carrier gave the keys back; then everything is there again."""
    kept = keystore.entries.copy()
    keystore.entries.clear()
    desk = desk_in(folder, keystore)
    wrong = _refused(KeystoreChanged, lambda: desk.sign_in(OPERATOR, PIN))
    desk.close()
    found = key_file.load(folder)
    assert found is not None
    assert found.recovery is not None
    slot = found.recovery
    about = f"pos-recovery-slot-v1\n{slot.device_id}\n{slot.kid}".encode()
    opened = CARRIERS.open(bytes.fromhex(slot.sealed), about)
    custody = Custody(folder, keystore, CHEAP)
    custody.restore(slots.from_carrier(opened), OPERATOR, _NEW_PIN)
    if keystore.entries != kept:
        wrong.append("other outcome: another secret in the keystore")
    return wrong + _sound(folder, keystore, OPERATOR, _NEW_PIN)


def _all_gone(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """Without keystore and carrier every packet goes into a new store; drafts are gone."""
    keystore.entries.clear()
    custody, new = Custody(folder, keystore, CHEAP), DatabaseKey.random()
    packets = Packets(folder / PACKETS, DEVICE, custody.device_public())
    rebuild.build(folder, packets, None, new)
    exchange.settle(folder, moving=True)
    outbox = Outbox(folder, new, DEVICE, custody.device_public())
    wrong = whole(outbox)
    outbox.close()
    return wrong


def _pin_forgotten(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """Guessing is slowed down, an administrator gives a new PIN, and what was begun is there."""
    desk = desk_in(folder, keystore)
    wrong: list[str] = []
    for number in range(5):
        wrong += _refused(WrongPin, lambda n=number: desk.sign_in(OTHER, Private(f"00000{n}")))  # type: ignore[misc]
    wrong += _refused(SignInPaused, lambda: desk.sign_in(OTHER, OTHER_PIN))
    desk.sign_in(OPERATOR, PIN)
    desk.reset_pin(OTHER, _NEW_PIN)
    desk.close()
    custody = Custody(folder, keystore, CHEAP)
    wrong += _refused(WrongPin, lambda: custody.sign_in(OTHER, OTHER_PIN, _LATER))
    custody.sign_in(OTHER, _NEW_PIN, _LATER)
    return wrong + _sound(folder, keystore, OPERATOR, PIN)


def _operator_removed(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """Their PIN opens nothing any more, and neither does it with a key file kept from before."""
    before = (folder / key_file.FILE).read_bytes()
    desk = desk_in(folder, keystore)
    desk.sign_in(OPERATOR, PIN)
    desk.remove_operator(OTHER)
    desk.close()
    wrong = _refused(WrongPin, lambda: desk_in(folder, keystore).sign_in(OTHER, OTHER_PIN))
    copy = folder.parent / "with the old key file"
    shutil.copytree(folder, copy)
    (copy / key_file.FILE).write_bytes(before)
    wrong += _refused(StoreKeyWrong, lambda: desk_in(copy, keystore).sign_in(OTHER, OTHER_PIN))
    return wrong + _sound(folder, keystore, OPERATOR, PIN)


def _another_keystore(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """Said in words, nothing is changed, and with the right one back everything is there."""
    other = MemoryKeystore("tests.AnotherKeystore")
    other.entries.update(keystore.entries)
    wrong = _refused(KeystoreChanged, lambda: desk_in(folder, other).sign_in(OPERATOR, PIN))
    return wrong + _sound(folder, keystore, OPERATOR, PIN)


def _copied(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """On another computer nothing opens: not with every PIN, nor for whoever calls our parts."""
    copy = folder.parent / "another computer"
    shutil.copytree(folder, copy)
    wrong: list[str] = []
    for store in (None, MemoryKeystore(), MemoryKeystore("tests.AnotherKeystore")):
        for number, pin in ((OPERATOR, PIN), (OTHER, OTHER_PIN)):
            desk = desk_in(copy, store)
            wrong += _refused(KeystoreChanged, lambda d=desk, n=number, p=pin: d.sign_in(n, p))  # type: ignore[misc]
    wrong += _every_pin_without_the_keystore(copy)
    return wrong + _sound(folder, keystore, OPERATOR, PIN)


def _every_pin_without_the_keystore(folder: Path) -> list[str]:
    """Try every PIN on every slot with secrets that somebody without the keystore may think of."""
    found = key_file.load(folder)
    assert found is not None
    opened = []
    for slot in found.slots:
        for pin in (PIN, OTHER_PIN):
            stretched = keys.stretch(pin, bytes.fromhex(slot.salt), slot.cost)
            for secret in (None, b"", bytes(32), stretched, keys.derive(stretched, "till")):
                try:
                    slots.unlock(slot, pin, secret)
                    opened.append(f"opened: the slot of {slot.operator.number}")
                except keys.DoesNotOpen:
                    pass
                opened += _database_opens(folder, (secret or b"") + stretched)
    return opened


def _database_opens(folder: Path, guess: bytes) -> list[str]:
    raw = (guess * 3)[:48]
    try:
        connect(folder / exchange.DATABASE, DatabaseKey(raw)).close()
    except StoreKeyWrong:
        return []
    return ["opened: the database"]


def _wrong_role(folder: Path, keystore: MemoryKeystore) -> list[str]:
    """An operator who makes an administrator of themselves in the file opens nothing any more."""
    files = {file: file.read_text(encoding="utf-8") for file in folder.glob("keys*.json")}
    role = f'"role": "{OperatorRole.OPERATOR}"'
    for file, text in files.items():
        assert role in text
        edited = text.replace(role, f'"role": "{OperatorRole.ADMINISTRATOR}"')
        file.write_text(edited, encoding="utf-8")
    wrong = _refused(Problem, lambda: desk_in(folder, keystore).sign_in(OTHER, OTHER_PIN))
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    return wrong + _sound(folder, keystore, OPERATOR, PIN)


_DRILLS: Final[dict[Callable[[Path, MemoryKeystore], list[str]], str]] = {
    _entry_gone: "keystore entry gone: refused, back with the carrier's slot",
    _all_gone: "keystore and carrier's slot gone: packets into a new store",
    _pin_forgotten: "PIN forgotten: paused after five, reset by an administrator",
    _operator_removed: "operator removed: out, also with an old key file",
    _another_keystore: "another keystore answers: refused, nothing changed",
    _copied: "copied to another computer: nothing opens, with all PINs",
    _wrong_role: "role edited in the key file: opens nothing",
}

TRIALS: Final = (Trial("keys", "Keys are lost", key_loss),)
