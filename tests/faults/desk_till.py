"""A till with people and keys, enrolled with a carrier that is far away: nothing here is sent."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.desk.desk import Desk
from pos_client.model.enrolment import CarrierIdentity, Till
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox import enrolment
from pos_client.outbox.custody import Custody
from pos_client.outbox.key_pairs import KeyPair
from pos_client.outbox.keystore import Keystore
from pos_client.outbox.outbox import Outbox
from tests.fakes.counter import CHEAP, OPERATOR, PIN, open_counter
from tests.fakes.outbox_till import DEVICE, LABELS, NOON, new_id, sealed
from tests.faults.scenes import DRAFT, EARLIER, PICTURES, SUBJECT

OTHER: Final = OperatorNumber("2002")
OTHER_PIN: Final = Private("864209")


#: What the carrier opens its own slot of the key file with.
CARRIERS: Final = KeyPair.random()


def far_carrier() -> CarrierIdentity:
    """Return a carrier that cannot be reached."""
    return CarrierIdentity(
        name="Specimen Mobile",
        url="https://localhost:1",
        seal_kid="carrier-1",
        seal_key=CARRIERS.public,
        receipt_keys={"receipts-1": bytes(32)},
    )


def furnish(folder: Path, keystore: Keystore | None = None, now: datetime = NOON) -> None:
    """Set a till up with an administrator, an operator, waiting registrations and a draft."""
    custody = Custody(folder, keystore, CHEAP)
    unlocked = custody.create(OPERATOR, PIN, now)
    custody.add_operator(unlocked, Operator(OTHER, OperatorRole.OPERATOR), OTHER_PIN)
    till = Till(DEVICE, far_carrier(), "SH-0231", ("D-1",), "training")
    key = till.carrier
    custody.keep_for_carrier(unlocked, key.seal_kid, key.seal_key, DEVICE)
    enrolment.save(folder, till)
    outbox = Outbox(folder, unlocked.database_key, DEVICE, custody.device_public())
    for _ in range(EARLIER):
        outbox.put(sealed(unlocked.signer, outbox.next_link(), new_id(), now))
    outbox.save_draft(SUBJECT, OPERATOR, DRAFT, PICTURES, LABELS, now)
    outbox.close()


def desk_in(
    folder: Path, keystore: Keystore | None = None, clock: Callable[[], datetime] = lambda: NOON
) -> Desk:
    """Open the desk of a furnished till; nobody is signed in yet."""
    return open_counter(folder, clock, keystore=keystore)


def outbox_of(desk: Desk) -> Outbox:
    """Return the outbox behind a desk that is open."""
    return desk._stages.open().outbox
