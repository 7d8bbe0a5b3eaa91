"""The file that says whom this till belongs to: public keys and addresses only."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pos_client.model.enrolment import CarrierIdentity, Till
from pos_client.outbox import durable
from pos_client.outbox.faults import disk_faults
from pos_client.outbox.key_problems import EnrolmentDamaged, TillNotEnrolled

FILE: Final = "till.json"


def is_enrolled(folder: Path) -> bool:
    """Say whether this till belongs to a carrier."""
    return (folder / FILE).exists()


def save(folder: Path, till: Till) -> None:
    """Write the enrolment in one step. It is the last thing an enrolment does."""
    stored = asdict(till)
    carrier = stored["carrier"]
    carrier["seal_key"] = till.carrier.seal_key.hex()
    root = till.carrier.root_key
    carrier["root_key"] = root.hex() if root is not None else None
    carrier["receipt_keys"] = {kid: key.hex() for kid, key in till.carrier.receipt_keys.items()}
    with disk_faults():
        durable.make_folder(folder)
        durable.replace(folder / FILE, json.dumps(stored, indent=1).encode())


def remove(folder: Path) -> None:
    """Forget whom this till belonged to, after a wipe."""
    with disk_faults():
        (folder / FILE).unlink(missing_ok=True)
        durable.sync_folder(folder)


def load(folder: Path) -> Till:
    """Return whom this till belongs to.

    Raises:
        TillNotEnrolled: to nobody yet.
        EnrolmentDamaged: the file is not what we wrote.
    """
    with disk_faults():
        try:
            data = (folder / FILE).read_bytes()
        except FileNotFoundError as err:
            raise TillNotEnrolled from err
    try:
        return _till(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as err:
        raise EnrolmentDamaged from err


def _till(stored: dict[str, Any]) -> Till:
    carrier = stored.pop("carrier")
    seal_key = bytes.fromhex(carrier.pop("seal_key"))
    keys = {kid: bytes.fromhex(key) for kid, key in carrier.pop("receipt_keys").items()}
    root = carrier.pop("root_key", None)
    dealers = tuple(stored.pop("dealers"))
    identity = CarrierIdentity(
        seal_key=seal_key,
        receipt_keys=keys,
        root_key=None if root is None else bytes.fromhex(root),
        **carrier,
    )
    return Till(carrier=identity, dealers=dealers, **stored)
