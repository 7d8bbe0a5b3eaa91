"""What an unlocked till still knows of a customer after submit: nothing but masked labels.

A customer is served at the real desk, with a draft saved at every step. Then the store is opened
with its own key, and every cell of every table, and every file of the till is
searched for what stood on the card. The number that was bought is the one thing that stays: the
customer's receipt can be printed once more, until its labels are forgotten.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pos_client.outbox.exchange import DATABASE
from pos_client.outbox.store import DatabaseKey, connect
from tests.fakes.counter import OPERATOR, PIN, fill
from tests.fakes.sandbox_till import real_now
from tests.faults.desk_till import desk_in, furnish, outbox_of
from tests.faults.trial import Outcome, Progress, Size, Trial, scratch
from tests.journey.canary import Canary
from tests.journey.shop import Customer
from tests.journey.whole_way import canary, travelling_canary

_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"


def after_submit(size: Size, progress: Progress) -> Outcome:
    """Serve two customers, then search the unlocked store and the packets."""
    del size  # there is only one till to look into
    outcome = Outcome(zeros=("found", "not noticed"))
    customers = (canary(), travelling_canary())
    with scratch(memory=True) as folder:
        home = folder / "till"
        furnish(home, now=real_now())
        sought = Canary.of(_values(customers), _pictures(customers))
        desk = desk_in(home, clock=real_now)
        desk.sign_in(OPERATOR, PIN)
        for customer in customers:
            draft = fill(desk, customer.readings(), customer.msisdn, customer.iccid)
            body = outbox_of(desk).drafts(OPERATOR)[0].body
            # So that a search that finds nothing means something.
            outcome.expect(bool(_in_draft(customer).found_in(body)), "not noticed: the draft")
            desk.submit(draft)
        key = desk._stages.open().unlocked.database_key
        desk.close()
        for place, cell in _cells(home, key):
            outcome.faults += 1
            outcome.wrong += [f"found: {hit} in {place}" for hit in sought.found_in(cell)]
        left = sought.found_below(home)
        outcome.wrong += [f"found: {hits} in {name}" for name, hits in left.items()]
        outcome.seen["values and pieces of pictures sought"] = len(sought._dresses)
        outcome.seen["cells of the unlocked store searched"] = outcome.faults
        outcome.seen["files searched"] = sum(1 for each in home.rglob("*") if each.is_file())
    progress(1, 1)
    return outcome


def _in_draft(customer: Customer) -> Canary:
    return Canary.of(customer.truth.values())


def _values(customers: tuple[Customer, ...]) -> set[str]:
    values = {PIN.reveal()}
    for customer in customers:
        values |= {*customer.truth.values(), *customer.mrz, customer.iccid}
    return values


def _pictures(customers: tuple[Customer, ...]) -> list[bytes]:
    images = (reading.image for each in customers for reading in each.readings())
    return [image.jpeg.reveal() for image in images if image is not None]


def _cells(home: Path, key: DatabaseKey) -> Iterator[tuple[str, bytes]]:
    connection = connect(home / DATABASE, key)
    for (table,) in connection.execute(_TABLES).fetchall():
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - our own names
            for cell in row:
                yield table, cell if isinstance(cell, bytes) else str(cell).encode()
    connection.close()


TRIALS: Final = (Trial("unlocked", "The unlocked store after submit", after_submit),)
