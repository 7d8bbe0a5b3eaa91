"""The key file: every secret in it is wrapped, and it opens only with a PIN, a keystore or both."""

import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import durable, keys
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.key_problems import KeysDamaged
from pos_client.outbox.keys import Argon2Cost

FILE: Final = "keys.json"
#: The same content once more: a bad sector must not take every slot at once.
COPY: Final = "keys.copy.json"
_VERSION: Final = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """One operator's way to the database key, everything hex.

    `private` is the seed of the operator's key pair, wrapped by PIN and till secret; `database` the
    database key sealed to `public`; `next` the key that a rekey under way is moving to.
    `device` is the till's secret wrapped by the PIN alone, where there is no keystore to hold it.
    """

    operator: Operator
    cost: Argon2Cost
    salt: str
    public: str
    private: str
    device: str | None
    database: str
    next: str | None = None


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """Database key and till secret, sealed to the carrier's key `kid`; opens only over there."""

    kid: str
    public: str
    device_id: str
    sealed: str
    next: str | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where the till's secret is, its signing key wrapped by that secret, and a slot an operator.

    `keystore` names the backend that holds the secret under `entry`, None without a keystore.
    `mac` is made with the till's secret over everything else.
    """

    keystore: str | None
    entry: str
    signing_public: str
    signing: str
    slots: tuple[Slot, ...]
    recovery: RecoverySlot | None = None
    mac: str = ""

    def slot(self, number: OperatorNumber) -> Slot | None:
        """Return an operator's slot."""
        return next((slot for slot in self.slots if slot.operator.number == number), None)

    @property
    def moving(self) -> bool:
        """True while the store is on its way to another key."""
        return any(slot.next for slot in self.slots)


def load(folder: Path) -> KeyFile | None:
    """Read the key file, None where there is none.

    Raises:
        KeysDamaged: it is not what we wrote, and neither is its copy.
    """
    found = [_read(folder / name) for name in (FILE, COPY)]
    whole = next((each for each in found if isinstance(each, KeyFile)), None)
    if whole is None and any(found):
        raise KeysDamaged
    return whole


def save(folder: Path, found: KeyFile, till_secret: bytes) -> None:
    """Write the key file in one step, and its copy after it."""
    sealed = replace(found, mac=_mac(found, till_secret))
    data = json.dumps({"v": _VERSION, **asdict(sealed)}, indent=1).encode()
    with disk_faults():
        durable.make_folder(folder)
        durable.replace(folder / FILE, data)
        durable.replace(folder / COPY, data)


def remove(folder: Path) -> None:
    """Write the key file over and remove it, with its copy."""
    with disk_faults():
        for path in (folder / name for name in (FILE, COPY)):
            if path.exists():
                with path.open("r+b") as file:
                    file.write(bytes(path.stat().st_size))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
        durable.sync_folder(folder)


def require_genuine(found: KeyFile, till_secret: bytes) -> None:
    """Refuse a key file that somebody without the till's secret wrote or changed.

    Raises:
        KeysDamaged: its seal does not fit.
    """
    if not hmac.compare_digest(found.mac, _mac(found, till_secret)):
        raise KeysDamaged


def _mac(found: KeyFile, till_secret: bytes) -> str:
    said = json.dumps(asdict(replace(found, mac="")), sort_keys=True).encode()
    return hmac.digest(keys.derive(till_secret, "key file"), said, hashlib.sha256).hex()


def _read(file: Path) -> KeyFile | bool:
    """Return a key file, True where there is one that cannot be read, False where there is none."""
    with disk_faults():
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            return False
    try:
        stored = json.loads(data)
        if stored.pop("v") != _VERSION:
            return True
        slots = tuple(_slot(slot) for slot in stored.pop("slots"))
        recovery = stored.pop("recovery")
        return KeyFile(
            slots=slots, recovery=RecoverySlot(**recovery) if recovery else None, **stored
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return True


def _slot(stored: dict[str, Any]) -> Slot:
    operator = stored.pop("operator")
    cost = Argon2Cost(**stored.pop("cost"))
    if not cost.sane:
        message = "nobody chose this cost"
        raise ValueError(message)
    return Slot(
        operator=Operator(OperatorNumber(operator["number"]), OperatorRole(operator["role"])),
        cost=cost,
        **stored,
    )
