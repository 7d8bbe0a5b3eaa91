"""Who may open this till, and how its keys are kept from everybody else.

The database key lies in one slot for each operator, sealed to a key pair whose private half the PIN
and the till's secret open together. So the key can be changed without asking anybody for a PIN.
The till's secret lies in the operating system's keystore; where there is none it is wrapped by the
PIN alone, and whoever copies that disk can try out PINs.
The signing key is wrapped by the till's secret and never enters the database.
"""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import enrolment, key_file, keys, slots
from pos_client.outbox.key_file import KeyFile, Slot
from pos_client.outbox.key_problems import (
    CarrierKeyUnusable,
    KeysDamaged,
    KeystoreChanged,
    LastAdministrator,
    OperatorKnown,
    OperatorUnknown,
    PinTooShort,
    TillEnrolled,
    TillNotEnrolled,
    WrongPin,
)
from pos_client.outbox.keys import Argon2Cost, DoesNotOpen
from pos_client.outbox.keystore import Keystore
from pos_client.outbox.slots import Secrets
from pos_client.outbox.store import DatabaseKey
from pos_client.outbox.tries import Tries

LEAST_DIGITS: Final = 6
_TRIES_FILE: Final = "tries.json"
#: All numbers without a slot share one count, so that guessing numbers is slowed down as well.
_NOBODY: Final = OperatorNumber("")


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a sign-in opens. Dropped on lock.

    `next_key` is there when a change of the key broke off: the store goes on with it.
    """

    operator: Operator
    database_key: DatabaseKey = field(repr=False)
    signer: Ed25519PrivateKey = field(repr=False)
    till_secret: bytes = field(repr=False)
    next_key: DatabaseKey | None = field(default=None, repr=False)

    @property
    def secrets(self) -> Secrets:
        """What the slots lead to."""
        return Secrets(self.till_secret, self.database_key)

    def moving_to(self, new: DatabaseKey) -> "Unlocked":
        """Return this while the store moves under a new key."""
        return replace(self, next_key=new)


class Custody:
    """The keys and operators of the till in `folder`."""

    def __init__(
        self, folder: Path, keystore: Keystore | None, cost: Argon2Cost | None = None
    ) -> None:
        """Look after the keys in `folder`.

        Args:
            folder: the till's private folder.
            keystore: the operating system's, None where there is none.
            cost: what one guess of a PIN costs; the safe default outside tests.
        """
        self._folder = folder
        self._keystore = keystore
        self._cost = cost or Argon2Cost()
        self._tries = Tries(folder / _TRIES_FILE)
        self._lock = threading.RLock()

    # -- without a PIN ----------------------------------------------------------------------
    def operators(self) -> tuple[Operator, ...]:
        """Return who may sign in."""
        found = key_file.load(self._folder)
        return tuple(slot.operator for slot in found.slots) if found else ()

    def device_public(self) -> bytes:
        """Return the till's raw Ed25519 public key, 32 bytes. Raises TillNotEnrolled."""
        return bytes.fromhex(self._load().signing_public)

    def signer(self) -> Ed25519PrivateKey | None:
        """Return the till's signing key without a PIN, None where only a PIN opens it.

        Raises:
            KeystoreChanged, KeystoreRefused, KeysDamaged, TillNotEnrolled: see there.
        """
        found = self._load()
        return None if found.keystore is None else _signer(found, self._from_keystore(found))

    @property
    def cost(self) -> Argon2Cost:
        """What one guess of a PIN costs."""
        return self._cost

    @staticmethod
    def require_good(pin: Private[str]) -> None:
        """Raise PinTooShort where a new PIN is none: six digits or more."""
        digits = pin.reveal()
        if len(digits) < LEAST_DIGITS or not (digits.isascii() and digits.isdigit()):
            raise PinTooShort(least=LEAST_DIGITS)

    # -- with a PIN -------------------------------------------------------------------------
    def create(self, number: OperatorNumber, pin: Private[str], now: datetime) -> Unlocked:
        """Make the till's keys and its first operator, an administrator.

        An enrolment that broke off is taken up again with the same number and PIN: the till keeps
        its signing key, which the carrier may know already. Any other number or PIN starts anew.

        Raises:
            TillEnrolled: the till belongs to somebody; its keys are not made anew.
            PinTooShort: see there.
        """
        if enrolment.is_enrolled(self._folder):
            raise TillEnrolled
        self.require_good(pin)
        try:
            return self.sign_in(number, pin, now)
        except (TillNotEnrolled, WrongPin):
            unlocked = self._create(Operator(number, OperatorRole.ADMINISTRATOR), pin)
        for counted in (number, _NOBODY):
            self._tries.forgive(counted)
        return unlocked

    def _create(self, operator: Operator, pin: Private[str]) -> Unlocked:
        unlocked = Unlocked(
            operator, DatabaseKey.random(), Ed25519PrivateKey.generate(), keys.new_secret()
        )
        public = unlocked.signer.public_key().public_bytes_raw().hex()
        entry = public[:16]
        if self._keystore is not None:
            self._keystore.set(entry, unlocked.till_secret)
        found = KeyFile(
            keystore=self._keystore.name if self._keystore is not None else None,
            entry=entry,
            signing_public=public,
            signing=keys.wrap(
                keys.derive(unlocked.till_secret, "signing"),
                unlocked.signer.private_bytes_raw(),
                public,
            ),
            slots=(),
        )
        self._put_slot(found, operator, pin, unlocked.secrets)
        return unlocked

    def sign_in(self, number: OperatorNumber, pin: Private[str], now: datetime) -> Unlocked:
        """Open the till for an operator.

        Raises:
            WrongPin: number and PIN do not fit; says how many tries are left.
            SignInPaused: too many wrong ones; says how many seconds to wait.
            NeedsNewPin: far too many; a supervisor has to give a new one.
            KeystoreChanged, KeystoreRefused, KeysDamaged, TillNotEnrolled: see there.
        """
        with self._lock:
            found = self._load()
            slot = found.slot(number)
            secret = None if found.keystore is None else self._from_keystore(found)
            limited = slot is not None and slot.operator.role is OperatorRole.OPERATOR
            count = self._tries.spend(number if slot else _NOBODY, now, limited=limited)
            try:
                opened = self._open(slot, pin, secret)
            except DoesNotOpen as err:
                raise WrongPin(tries_left=count.tries_left) from err
            self._tries.forgive(number)
            key_file.require_genuine(found, opened.till_secret)
            assert slot is not None  # noqa: S101 - without a slot nothing opened
            return Unlocked(
                slot.operator,
                opened.database_key,
                _signer(found, opened.till_secret),
                opened.till_secret,
                opened.next_key,
            )

    def _open(self, slot: Slot | None, pin: Private[str], secret: bytes | None) -> Secrets:
        if slot is None:
            keys.stretch(pin, keys.new_salt(), self._cost)  # as slow as for a number that exists
            raise DoesNotOpen
        return slots.unlock(slot, pin, secret)

    # -- operators: whether `by` may do this is the desk's question ---------------------------
    def add_operator(self, by: Unlocked, operator: Operator, pin: Private[str]) -> None:
        """Let one more person in.

        Raises:
            OperatorKnown: the number is taken.
            PinTooShort: see there.
        """
        self.require_good(pin)
        with self._lock:
            found = self._load()
            if found.slot(operator.number) is not None:
                raise OperatorKnown(number=operator.number)
            self._put_slot(found, operator, pin, by.secrets)

    def reset_pin(self, by: Unlocked, number: OperatorNumber, pin: Private[str]) -> None:
        """Give somebody who forgot it a new PIN, and take back what wrong ones had cost.

        Raises:
            OperatorUnknown: nobody has this number.
            PinTooShort: see there.
        """
        self.require_good(pin)
        with self._lock:
            found = self._load()
            self._put_slot(found, _known(found, number).operator, pin, by.secrets)
            self._tries.forgive(number)

    def change_pin(
        self, number: OperatorNumber, old: Private[str], new: Private[str], now: datetime
    ) -> None:
        """Give an operator a new PIN for the old one. Raises as `sign_in`, and PinTooShort."""
        self.require_good(new)
        with self._lock:
            unlocked = self.sign_in(number, old, now)
            self._put_slot(self._load(), unlocked.operator, new, unlocked.secrets)

    # -- changing the database key ------------------------------------------------------------
    def announce(
        self, by: Unlocked, new: DatabaseKey, without: OperatorNumber | None = None
    ) -> None:
        """Let every slot lead to a new database key as well; that of `without` is no more.

        Call once the database under the new key is on the disk: from here on a start after a crash
        goes on with it.

        Raises:
            OperatorUnknown, LastAdministrator: `without` cannot be removed; nothing was changed.
        """
        with self._lock:
            found = self._load()
            kept = found.slots if without is None else _without(found, without)
            recovery = found.recovery
            if recovery is not None:
                recovery = slots.announce_to_carrier(recovery, by.till_secret, new)
            announced = tuple(slots.announce(slot, new) for slot in kept)
            self._save(replace(found, slots=announced, recovery=recovery), by.till_secret)

    def settle(self, by: Unlocked) -> Unlocked:
        """Let go of the old database key: the store lies under the new one."""
        with self._lock:
            found = self._load()
            if not found.moving or by.next_key is None:
                return by
            recovery = slots.settle_carrier(found.recovery) if found.recovery else None
            settled = tuple(slots.settle(slot) for slot in found.slots)
            self._save(replace(found, slots=settled, recovery=recovery), by.till_secret)
            return replace(by, database_key=by.next_key, next_key=None)

    def may_go(self, number: OperatorNumber) -> None:
        """Raise OperatorUnknown or LastAdministrator where an operator cannot be removed."""
        _without(self._load(), number)

    # -- the carrier's slot -------------------------------------------------------------------
    def keep_for_carrier(self, by: Unlocked, kid: str, public: bytes, device_id: str) -> None:
        """Seal the way back to the carrier's key, for the day when the keystore is lost.

        Raises:
            CarrierKeyUnusable: it is no key of our suite.
        """
        try:
            slot = slots.for_carrier(kid, public, device_id, by.secrets)
        except DoesNotOpen as err:
            raise CarrierKeyUnusable from err
        with self._lock:
            self._save(replace(self._load(), recovery=slot), by.till_secret)

    def restore(self, secrets: Secrets, number: OperatorNumber, pin: Private[str]) -> Unlocked:
        """Take the till over again with what the carrier found in its slot; an administrator's.

        The signing key stays, and with it the till's identity. Others keep their PINs where there
        is a keystore again.

        Raises:
            KeysDamaged: these secrets are not this till's.
            PinTooShort, TillNotEnrolled: see there.
        """
        self.require_good(pin)
        with self._lock:
            found = self._load()
            key_file.require_genuine(found, secrets.till_secret)
            signer = _signer(found, secrets.till_secret)
            if self._keystore is not None:
                self._keystore.set(found.entry, secrets.till_secret)
            name = self._keystore.name if self._keystore is not None else None
            operator = Operator(number, OperatorRole.ADMINISTRATOR)
            settled = tuple(slots.settle(slot) for slot in found.slots)
            recovery = slots.settle_carrier(found.recovery) if found.recovery else None
            whole = replace(found, keystore=name, slots=settled, recovery=recovery)
            self._put_slot(whole, operator, pin, secrets)
            self._tries.forgive(number)
        return Unlocked(operator, secrets.database_key, signer, secrets.till_secret)

    def destroy(self) -> bool:
        """Destroy every key of this till, for a wipe; say whether there were any.

        The keystore goes first: without it no slot opens, whatever a power cut leaves of the file.
        """
        with self._lock:
            found = key_file.load(self._folder)
            if found is None:
                return False
            if self._keystore is not None and self._keystore.name == found.keystore:
                self._keystore.delete(found.entry)
            key_file.remove(self._folder)
            return True

    # -- the file -----------------------------------------------------------------------------
    def _load(self) -> KeyFile:
        found = key_file.load(self._folder)
        if found is None:
            raise TillNotEnrolled
        return found

    def _save(self, found: KeyFile, till_secret: bytes) -> None:
        key_file.save(self._folder, found, till_secret)

    def _from_keystore(self, found: KeyFile) -> bytes:
        secret = None
        if self._keystore is not None and self._keystore.name == found.keystore:
            secret = self._keystore.get(found.entry)
        if secret is None:
            raise KeystoreChanged(recorded=found.keystore)
        return secret

    def _put_slot(
        self, found: KeyFile, operator: Operator, pin: Private[str], secrets: Secrets
    ) -> None:
        slot = slots.make(operator, pin, self._cost, secrets, pin_alone=found.keystore is None)
        others = tuple(s for s in found.slots if s.operator.number != operator.number)
        self._save(replace(found, slots=(*others, slot)), secrets.till_secret)


def _known(found: KeyFile, number: OperatorNumber) -> Slot:
    slot = found.slot(number)
    if slot is None:
        raise OperatorUnknown(number=number)
    return slot


def _without(found: KeyFile, number: OperatorNumber) -> tuple[Slot, ...]:
    _known(found, number)
    left = tuple(slot for slot in found.slots if slot.operator.number != number)
    if not any(slot.operator.role is OperatorRole.ADMINISTRATOR for slot in left):
        raise LastAdministrator
    return left


def _signer(found: KeyFile, secret: bytes) -> Ed25519PrivateKey:
    try:
        raw = keys.unwrap(keys.derive(secret, "signing"), found.signing, found.signing_public)
    except DoesNotOpen as err:
        raise KeysDamaged from err
    return Ed25519PrivateKey.from_private_bytes(raw)
