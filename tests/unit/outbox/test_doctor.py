"""The doctor finds what is wrong and says it in lines; it changes nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.outbox import enrolment, key_file
from pos_client.outbox.custody import Custody
from pos_client.outbox.doctor import Health, HealthLine, examine
from pos_client.outbox.outbox import Outbox
from tests.fakes.outbox_keystore import MemoryKeystore
from tests.fakes.outbox_till import CLERK, DEVICE, NOON, OutboxTill
from tests.unit.outbox.test_custody import CHEAP, PIN, TILL

MUCH = 10**11


@pytest.fixture
def enrolled(till: OutboxTill) -> OutboxTill:
    """Give the till a key file for its own signing key, and an enrolment."""
    Custody(till.folder, MemoryKeystore(), CHEAP).create(CLERK, PIN, NOON)
    keys = key_file.load(till.folder)
    assert keys is not None
    public = till.signer.public_key().public_bytes_raw().hex()
    key_file.save(till.folder, replace(keys, signing_public=public), bytes(32))
    assert TILL.device_id == DEVICE
    enrolment.save(till.folder, TILL)
    return till


def look(till: OutboxTill, outbox: Outbox | None, free: int = MUCH) -> dict[str, HealthLine]:
    return {line.about: line for line in examine(till.folder, outbox, NOON, lambda _: free)}


def test_a_till_in_good_order_has_nothing_to_watch(enrolled: OutboxTill) -> None:
    enrolled.send()
    found = look(enrolled, enrolled.outbox)
    assert {line.health for line in found.values()} == {Health.GOOD}
    assert len(found) == 8
    assert str(found["enrolment"]) == "This till is till-7, enrolled with Specimen Mobile"


def test_without_a_sign_in_the_store_stays_closed(enrolled: OutboxTill) -> None:
    found = look(enrolled, None)
    assert found["store"].health is Health.UNKNOWN
    assert "journal" not in found


def test_a_folder_without_a_till_is_told_apart(tmp_path: Path) -> None:
    lines = {line.about: line.health for line in examine(tmp_path, None, NOON)}
    assert lines["enrolment"] is Health.BAD
    assert lines["keys"] is Health.BAD


def test_before_anything_was_set_up_the_disk_is_looked_at_where_the_till_will_be(
    tmp_path: Path,
) -> None:
    lines = {line.about: line for line in examine(tmp_path / "home" / "till", None, NOON)}
    assert str(lines["disk"]).startswith("Room for about")
    assert not (tmp_path / "home").exists()


def test_a_damaged_packet_is_found(enrolled: OutboxTill) -> None:
    row = enrolled.submit()
    file = enrolled.packet_file(row.id)
    file.write_bytes(file.read_bytes()[:-1])
    line = look(enrolled, None)["packets"]
    assert line.health is Health.BAD
    assert str(line) == "0 packets are whole, 1 damaged, 0 were set aside"


def test_a_nearly_full_disk_is_told_in_registrations(enrolled: OutboxTill) -> None:
    assert look(enrolled, None, 50 * 2**20)["disk"].health is Health.WATCH
    assert look(enrolled, None, 2**20)["disk"].health is Health.BAD


def test_an_edited_journal_is_found(enrolled: OutboxTill) -> None:
    enrolled.send()
    with enrolled.outbox._store.writing() as connection:
        connection.execute("DROP TRIGGER journal_keeps_its_lines")
        connection.execute("UPDATE journal SET event = 'x' WHERE number = 2")
    assert str(look(enrolled, enrolled.outbox)["journal"]) == "Journal entry 2 is changed"


def test_a_clock_that_was_set_back_is_found(enrolled: OutboxTill) -> None:
    enrolled.submit(NOON + timedelta(hours=1))
    assert look(enrolled, enrolled.outbox)["clock"].health is Health.WATCH


def test_a_registration_for_a_person_to_look_at_is_found(enrolled: OutboxTill) -> None:
    row = enrolled.submit()
    enrolled.outbox.lease(NOON)
    enrolled.outbox.quarantine(row.id, "C140")
    assert look(enrolled, enrolled.outbox)["queue"].health is Health.WATCH


def test_a_damaged_store_is_found(enrolled: OutboxTill) -> None:
    for _ in range(30):
        enrolled.submit()
    enrolled.outbox.tidy()
    file = enrolled.folder / "outbox.db"
    whole = bytearray(file.read_bytes())
    whole[-5000] ^= 1
    file.write_bytes(whole)
    line = look(enrolled, enrolled.outbox)["store"]
    assert line.health is Health.BAD
    assert str(line) == "The store on this computer is damaged"
    whole[-5000] ^= 1
    file.write_bytes(whole)
