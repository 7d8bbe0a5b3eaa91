"""What keeps the outbox safe: opening, recovery, another key, room on the disk, forgetting."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.model.order import Order
from pos_client.outbox import approvals, exchange, journal, orders, room, times
from pos_client.outbox.approvals import Approval
from pos_client.outbox.looking import Looking
from pos_client.outbox.only_one import OnlyOne
from pos_client.outbox.orders import Erased
from pos_client.outbox.packets import Packets
from pos_client.outbox.rebuild import Salvage
from pos_client.outbox.recovery import Recovery, recover
from pos_client.outbox.room import Ballast
from pos_client.outbox.store import DatabaseKey, Store, Timekeeper

PACKETS: Final = "packets"
LOCK: Final = "outbox.lock"


class Keeping(Looking):
    """The store and the packets of one till, opened by one process at a time."""

    def __init__(
        self,
        folder: Path,
        key: DatabaseKey | None,
        device_id: str,
        device_public: bytes,
        *,
        next_key: DatabaseKey | None = None,
        timekeeper: Timekeeper | None = None,
    ) -> None:
        """Open the outbox in `folder`, making it where there is none.

        Args:
            folder: the till's private folder.
            key: the raw key of the store; None to keep nothing but sealed packets from one start
                to the next: the store is made anew, under a key that is nowhere but in memory.
            device_id: the till's id, which every packet must carry.
            device_public: the till's raw Ed25519 public key, 32 bytes.
            next_key: where a change of the key broke off, the key it was going to.
            timekeeper: what the journal tells time by beside the wall clock.

        Raises:
            AlreadyRunning: another process has it open.
            Problem: the store cannot be opened; see `Store`.
        """
        self._device_id = device_id
        self._packets = Packets(folder / PACKETS, device_id, device_public)
        self._folder = folder
        self._ballast = Ballast(folder)
        self._sealed_only = key is None
        self._only_one = OnlyOne(folder / LOCK)
        try:
            exchange.settle(folder, moving=next_key is not None)
            if key is None:
                exchange.clear(folder / exchange.DATABASE)
                key, next_key = DatabaseKey.random(), None
            super().__init__(
                Store(folder / exchange.DATABASE, next_key or key, timekeeper=timekeeper)
            )
        except BaseException:
            self._only_one.release()
            raise
        self._put_lock = threading.Lock()
        self._latest = self.journal_time()

    def close(self) -> None:
        """Close the store and let another process in. Drafts and rows are on the disk already."""
        self._store.tidy()
        self._store.close()
        self._only_one.release()

    def recover(self, now: datetime, *, limit: int = 1000) -> Recovery:
        """Put right what a crash left. Call at every start, again while something is `left`."""
        self._see(now)
        return self._ballast.fits(lambda: recover(self._store, self._packets, now, limit))

    def rekey(self, new: DatabaseKey, announce: Callable[[], None], now: datetime) -> None:
        """Move the store under a new key; see `Store.rekey`."""
        self._see(now)
        with self._put_lock:
            self._store.rekey(new, announce)
            with self._store.writing() as connection:
                self._journal(connection, "key_changed", "")

    def room(self) -> int:
        """Return about how many more registrations fit on this disk, by their real sizes."""
        return room.registrations_left(room.free_bytes(self._folder), self.usual_size())

    def take_ballast_in(self) -> None:
        """Keep a few megabytes that receipts and journal can have when the disk is full."""
        self._ballast.take_in(room.free_bytes(self._folder))

    def note(self, event: str, about: str, now: datetime) -> None:
        """Write one line into the journal: `about` is a number or a figure, never a person."""
        self._see(now)
        with self._store.writing() as connection:
            self._journal(connection, event, about)

    def note_rebuild(self, salvage: Salvage, now: datetime) -> None:
        """Write down that this store was made anew, and what it could take over."""
        about = (
            f"registrations={salvage.registrations} drafts={salvage.drafts}"
            f" journal={salvage.journal} unread={','.join(salvage.unread) or '-'}"
        )
        self.note("store_rebuilt", about, now)

    def keep_approval(self, approval: Approval) -> None:
        """Keep what a second person decided; the store refuses one by the author."""
        self._see(approval.decided_at)
        with self._store.writing() as connection:
            approvals.keep(connection, approval)

    def packets_aside(self) -> int:
        """Count the packet files that were set aside."""
        return self._packets.set_aside_count()

    def tidy(self) -> None:
        """Empty the write-ahead log, so that deleted drafts leave the disk. Call when idle."""
        self._store.tidy()

    def heard(self, server_time: datetime, now: datetime) -> None:
        """Keep a time that the carrier signed: the next entries of the journal will name it."""
        self._see(now)
        with self._store.writing() as connection:
            journal.heard(connection, times.text(server_time), times.text(now))

    # -- the carrier's orders ---------------------------------------------------------------
    def obey_lock(self, order: Order, now: datetime) -> None:
        """Keep an order to lock as carried out."""
        self._keep_order(order, "done", now)

    def refuse_order(self, order: Order, now: datetime) -> None:
        """Keep an order that came too late as refused."""
        self._keep_order(order, "refused", now)

    def obey_wipe(self, order: Order, now: datetime) -> Erased:
        """Erase everything personal and keep the order, in one transaction; packets stay."""
        self._see(now)
        with self._put_lock, self._store.writing() as connection:
            erased = orders.erase(connection, self._latest, f"wiped_by_order_{order.sequence}")
            orders.keep(connection, order, "done", self._latest)
        self._store.tidy()
        return erased

    def erase_personal(self, now: datetime, why: str) -> None:
        """Erase everything personal, where there still is any; sealed packets stay."""
        self._see(now)
        with self._put_lock, self._store.writing() as connection:
            if orders.anything_personal(connection):
                orders.erase(connection, self._latest, why)
        self._store.tidy()

    def drop_unsent(self) -> None:
        """Remove every packet file, whether or not the carrier has it: it ordered so."""
        self._packets.remove(list(self._packets.names()))

    def _keep_order(self, order: Order, result: str, now: datetime) -> None:
        self._see(now)
        with self._store.writing() as connection:
            orders.keep(connection, order, result, self._latest)
            self._journal(connection, f"order_{order.kind}_{result}", str(order.sequence))

    # -- the journal's time -----------------------------------------------------------------
    def _see(self, now: datetime) -> None:
        self._latest = times.text(now)

    def _journal(self, connection: Any, event: str, about: str) -> None:
        # Verbs without a time of their own happen at the latest one we were told.
        journal.write(connection, self._latest, event, about)
