"""The key file: every secret in it is wrapped, and it opens only with a PIN, a keystore or both."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.key_problems import KeysDamaged
from pos_client.outbox.keys import Argon2Cost

FILE: Final = "keys.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """One operator's way to the database key, everything hex.

    `device` is the till's secret wrapped by the PIN alone, where there is no keystore to hold it.
    """

    operator: Operator
    cost: Argon2Cost
    salt: str
    database: str
    device: str | None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where the till's secret is, its signing key wrapped by that secret, and a slot an operator.

    `keystore` names the backend that holds the secret under `entry`, None without a keystore.
    """

    keystore: str | None
    entry: str
    signing_public: str
    signing: str
    slots: tuple[Slot, ...]

    def slot(self, number: OperatorNumber) -> Slot | None:
        """Return an operator's slot."""
        return next((slot for slot in self.slots if slot.operator.number == number), None)


def load(folder: Path) -> KeyFile | None:
    """Read the key file, None where there is none.

    Raises:
        KeysDamaged: it is not what we wrote.
    """
    with disk_faults():
        try:
            data = (folder / FILE).read_bytes()
        except FileNotFoundError:
            return None
    try:
        stored = json.loads(data)
        if stored.pop("v") != _VERSION:
            raise KeysDamaged
        slots = tuple(_slot(slot) for slot in stored.pop("slots"))
        return KeyFile(slots=slots, **stored)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
        raise KeysDamaged from err


def save(folder: Path, keys: KeyFile) -> None:
    """Write the key file in one step."""
    stored = {"v": _VERSION, **asdict(keys)}
    with disk_faults():
        durable.make_folder(folder)
        durable.replace(folder / FILE, json.dumps(stored, indent=1).encode())


def _slot(stored: dict[str, Any]) -> Slot:
    operator = stored.pop("operator")
    cost = Argon2Cost(**stored.pop("cost"))
    if not cost.sane:
        raise KeysDamaged
    return Slot(
        operator=Operator(OperatorNumber(operator["number"]), OperatorRole(operator["role"])),
        cost=cost,
        **stored,
    )
