"""Who may open this till, and how its keys are kept from everybody else.

The database key lies in one slot for each operator, wrapped by the PIN and the till's secret
together. The till's secret lies in the operating system's keystore; where there is none it is
wrapped by the PIN alone, and whoever copies that disk can try out PINs.
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
from pos_client.outbox import enrolment, key_file, keys
from pos_client.outbox.key_file import KeyFile, Slot
from pos_client.outbox.key_problems import (
    KeysDamaged,
    KeystoreChanged,
    OperatorKnown,
    PinTooShort,
    TillEnrolled,
    TillNotEnrolled,
    WrongPin,
)
from pos_client.outbox.keys import Argon2Cost, DoesNotOpen
from pos_client.outbox.keystore import Keystore
from pos_client.outbox.store import DatabaseKey
from pos_client.outbox.tries import Tries

LEAST_DIGITS: Final = 6
_TRIES_FILE: Final = "tries.json"
#: All numbers without a slot share one count, so that guessing numbers is slowed down as well.
_NOBODY: Final = ""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a sign-in opens. Dropped on lock."""

    operator: Operator
    database_key: DatabaseKey = field(repr=False)
    signer: Ed25519PrivateKey = field(repr=False)
    till_secret: bytes = field(repr=False)


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
        self._lock = threading.Lock()

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
        _require_good(pin)
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
        self._put_slot(found, operator, pin, unlocked)
        return unlocked

    def sign_in(self, number: OperatorNumber, pin: Private[str], now: datetime) -> Unlocked:
        """Open the till for an operator.

        Raises:
            WrongPin: number and PIN do not fit; says how many tries are left.
            SignInPaused: too many wrong ones; says how many seconds to wait.
            KeystoreChanged, KeystoreRefused, KeysDamaged, TillNotEnrolled: see there.
        """
        with self._lock:
            found = self._load()
            slot = found.slot(number)
            secret = None if found.keystore is None else self._from_keystore(found)
            count = self._tries.spend(number if slot else _NOBODY, now)
            try:
                unlocked = self._open(found, slot, pin, secret)
            except DoesNotOpen as err:
                raise WrongPin(tries_left=count.tries_left) from err
            self._tries.forgive(number)
            return unlocked

    def add_operator(self, by: Unlocked, operator: Operator, pin: Private[str]) -> None:
        """Let one more person in. Whether `by` may do this is the desk's question.

        Raises:
            OperatorKnown: the number is taken.
            PinTooShort: see there.
        """
        _require_good(pin)
        found = self._load()
        if found.slot(operator.number) is not None:
            raise OperatorKnown(number=operator.number)
        self._put_slot(found, operator, pin, by)

    def change_pin(
        self, number: OperatorNumber, old: Private[str], new: Private[str], now: datetime
    ) -> None:
        """Give an operator a new PIN for the old one. Raises as `sign_in`, and PinTooShort."""
        _require_good(new)
        unlocked = self.sign_in(number, old, now)
        self._put_slot(self._load(), unlocked.operator, new, unlocked)

    # -- slots ------------------------------------------------------------------------------
    def _load(self) -> KeyFile:
        found = key_file.load(self._folder)
        if found is None:
            raise TillNotEnrolled
        return found

    def _from_keystore(self, found: KeyFile) -> bytes:
        secret = None
        if self._keystore is not None and self._keystore.name == found.keystore:
            secret = self._keystore.get(found.entry)
        if secret is None:
            raise KeystoreChanged(recorded=found.keystore)
        return secret

    def _open(
        self, found: KeyFile, slot: Slot | None, pin: Private[str], secret: bytes | None
    ) -> Unlocked:
        if slot is None:
            keys.stretch(pin, keys.new_salt(), self._cost)  # as slow as for a number that exists
            raise DoesNotOpen
        stretched = keys.stretch(pin, bytes.fromhex(slot.salt), slot.cost)
        about = _about(slot.operator)
        if secret is None:
            secret = keys.unwrap(keys.derive(stretched, "till"), slot.device or "", about)
        raw = keys.unwrap(keys.derive(stretched + secret, "database"), slot.database, about)
        return Unlocked(slot.operator, DatabaseKey(raw), _signer(found, secret), secret)

    def _put_slot(
        self, found: KeyFile, operator: Operator, pin: Private[str], by: Unlocked
    ) -> None:
        salt = keys.new_salt()
        stretched = keys.stretch(pin, salt, self._cost)
        about = _about(operator)
        slot = Slot(
            operator=operator,
            cost=self._cost,
            salt=salt.hex(),
            database=keys.wrap(
                keys.derive(stretched + by.till_secret, "database"), by.database_key.raw, about
            ),
            device=None
            if found.keystore is not None
            else keys.wrap(keys.derive(stretched, "till"), by.till_secret, about),
        )
        others = tuple(s for s in found.slots if s.operator.number != operator.number)
        key_file.save(self._folder, replace(found, slots=(*others, slot)))


def _signer(found: KeyFile, secret: bytes) -> Ed25519PrivateKey:
    try:
        raw = keys.unwrap(keys.derive(secret, "signing"), found.signing, found.signing_public)
    except DoesNotOpen as err:
        raise KeysDamaged from err
    return Ed25519PrivateKey.from_private_bytes(raw)


def _about(operator: Operator) -> dict[str, str]:
    # Bound into the wrapping: a role that was edited in the file opens nothing.
    return {"number": operator.number, "role": operator.role}


def _require_good(pin: Private[str]) -> None:
    digits = pin.reveal()
    if len(digits) < LEAST_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise PinTooShort(least=LEAST_DIGITS)
