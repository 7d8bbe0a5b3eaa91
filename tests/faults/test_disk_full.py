"""The disk is full, for real: the system lets no file grow beyond a limit."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_client.model.row import RowState
from pos_client.outbox.problems import DiskFull, DiskTrouble
from tests.fakes.outbox_till import CLERK, LABELS, NOON, OutboxTill, receipt_for, sealed


@contextmanager
def files_may_have(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[OutboxTill]:
    """Give a till with a draft that wants to be submitted."""
    made = OutboxTill(tmp_path / "till")
    yield made
    made.outbox.close()


@pytest.mark.parametrize("room", [0, 512, 4096, 65_536, 200_000, 299_999])
def test_a_packet_that_does_not_fit_is_refused_and_nothing_is_left(
    till: OutboxTill, room: int
) -> None:
    packet = sealed(till.signer, till.outbox.next_link(), till.seal().id, size=300_000)
    till.outbox.save_draft(packet.id, CLERK, b"body", {}, LABELS, NOON)
    with files_may_have(room), pytest.raises(DiskFull):
        till.outbox.put(packet)
    assert not till.packet_file(packet.id).exists()
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == [packet.id]
    assert till.outbox.put(packet).state is RowState.QUEUED


def test_a_row_that_does_not_fit_is_not_reported_as_saved(till: OutboxTill) -> None:
    packet = till.seal()
    till.outbox.save_draft(packet.id, CLERK, b"body", {}, LABELS, NOON)
    log = till.folder / "outbox.db-wal"
    with files_may_have(log.stat().st_size), pytest.raises((DiskFull, DiskTrouble)):
        till.outbox.put(packet)
    assert till.outbox.rows() == ()
    assert [draft.id for draft in till.outbox.drafts(CLERK)] == [packet.id]
    assert till.restart().recover(NOON).adopted == 1
    assert till.outbox.row(packet.id).operator == CLERK


def test_what_was_saved_before_the_disk_filled_up_is_still_there_and_can_be_sent(
    till: OutboxTill,
) -> None:
    rows = [till.submit() for _ in range(3)]
    log = till.folder / "outbox.db-wal"
    with files_may_have(log.stat().st_size), pytest.raises((DiskFull, DiskTrouble)):
        till.outbox.save_draft(till.seal().id, CLERK, b"x" * 100_000, {}, LABELS, NOON)
    restarted = till.restart()
    assert [row.id for row in restarted.rows()][::-1] == [row.id for row in rows]
    leased = restarted.lease(NOON)
    assert leased is not None
    restarted.acknowledge(receipt_for(leased.row))
    assert restarted.verify_journal() is None
