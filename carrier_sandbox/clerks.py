"""What people at the carrier do: look at what came, decide, let tills in and shut them out."""

from pathlib import Path
from typing import Any

from carrier_sandbox import bundle, recovery
from carrier_sandbox.behaviour import Verdict
from carrier_sandbox.books import Alarm, DeviceState, Enrolled
from carrier_sandbox.office import Gap, Office
from carrier_sandbox.orders import Orders
from carrier_sandbox.packet import Opened
from carrier_sandbox.possession import Possession
from carrier_sandbox.published import KEYS, POLICY
from carrier_sandbox.root import Root
from carrier_sandbox.stock import Stock


class Clerks:
    """The office as people use it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # -- packets --------------------------------------------------------------------------------

    def received(self) -> list[str]:
        """Return the ids of all packets in custody, in the order in which they came."""
        return [held.packet_id for held in self._office.store.all_held()]

    def copies(self, packet_id: str) -> int:
        """Count what is stored under an id."""
        return self._office.store.copies(packet_id)

    def repeats(self, packet_id: str) -> int:
        """Count how often a packet was sent again after we had it."""
        held = self._office.store.held(packet_id)
        return held.repeats if held else 0

    def open(self, packet_id: str) -> Opened:
        """Open a packet with the carrier's key.

        Raises:
            KeyError: no such packet.
            BadPacket: it cannot be opened.
        """
        held = self._office.store.held(packet_id)
        if held is None:
            raise KeyError(packet_id)
        return self._office.opened(held)

    def packet(self, packet_id: str) -> bytes:
        """Return a sealed packet as it came.

        Raises:
            KeyError: no such packet.
        """
        held = self._office.store.held(packet_id)
        if held is None:
            raise KeyError(packet_id)
        return held.data

    def overview(self) -> list[dict[str, str | int | None]]:
        """Return one line for each packet: labels and the latest decision, nothing personal."""
        lines: list[dict[str, str | int | None]] = []
        for held in self._office.store.all_held():
            decided = self._office.feed.decision_of(held.packet_id)
            lines.append(
                {
                    "id": held.packet_id,
                    "carrier_ref": held.carrier_ref,
                    "device_id": held.device_id,
                    "counter": held.counter,
                    "received_at": held.received_at,
                    "repeats": held.repeats,
                    "outcome": decided.outcome if decided else None,
                    "reason": decided.reason if decided else None,
                    "about": decided.about if decided else None,
                }
            )
        return lines

    def devices(self) -> tuple[Enrolled, ...]:
        """Return the enrolled tills."""
        return self._office.tills.devices()

    def gaps(self, device_id: str) -> tuple[Gap, ...]:
        """Return where the chain of a till's packets does not hold."""
        return self._office.gaps(device_id)

    def decide(
        self, packet_id: str, outcome: str, reason: str | None = None, about: str | None = None
    ) -> bool:
        """Decide by hand; False where the packet is unknown or was decided for good."""
        return self._office.decide(packet_id, Verdict(outcome, reason, about))

    def sign(self, said: dict[str, Any]) -> bytes:
        """Put the carrier's signature under anything: for trying what a till believes."""
        return self._office.sign(said)

    def revoke(self, device_id: str) -> bool:
        """Shut a till out."""
        return self._office.tills.move(device_id, DeviceState.REVOKED)

    def approve(self, device_id: str) -> bool:
        """Let a till send that waits for it."""
        return self._office.tills.move(device_id, DeviceState.ENROLLED)

    def turn_away(self, device_id: str) -> bool:
        """Refuse a till that waits."""
        return self._office.tills.move(device_id, DeviceState.REFUSED)

    def wipe(self, device_id: str, *, keep_unsent: bool = True) -> str | None:
        """Order a till to wipe itself; the order's id, or None where there is no such till."""
        return Orders(self._office).give(device_id, "wipe", keep_unsent=keep_unsent)

    def alarms(self) -> tuple[Alarm, ...]:
        """Return what somebody should look at."""
        return self._office.store.alarms()

    # -- what tills are told --------------------------------------------------------------------

    def publish_policy(self, pack: dict[str, Any], config: dict[str, Any]) -> int | None:
        """Sign a policy with the root key and put it in force; its version, None if overtaken.

        Raises:
            NoRootKey: the root key is kept elsewhere.
        """
        latest = self._office.published.latest(POLICY)
        version = (latest[0] if latest else 0) + 1
        signed = Root(self._office.keys).policy(version, pack, config, self._office.clock())
        return version if self._office.published.publish(POLICY, version, signed) else None

    def publish_keys(self) -> int | None:
        """Sign the list of our keys with the root key; its version, None if overtaken.

        Raises:
            NoRootKey: the root key is kept elsewhere.
        """
        latest = self._office.published.latest(KEYS)
        version = (latest[0] if latest else 0) + 1
        signed = Root(self._office.keys).key_manifest(version, self._office.clock())
        return version if self._office.published.publish(KEYS, version, signed) else None

    def order_results(self, device_id: str) -> list[tuple[str, str, str | None]]:
        """Return each order to a till as (id, kind, result or None)."""
        return Orders(self._office).results(device_id)

    # -- by other ways than the line ------------------------------------------------------------

    def import_bundle(self, file: Path) -> bundle.Imported:
        """Take in what came on a stick."""
        return bundle.read_in(self._office, file)

    def receipts(self, device_id: str | None = None) -> tuple[bytes, ...]:
        """Return a receipt for every packet held (of one till), to be taken back on a stick."""
        held = self._office.store.all_held()
        return tuple(
            self._office.receipt(each, duplicate=True)
            for each in held
            if device_id in {None, each.device_id}
        )

    def recover(self, request: bytes) -> bytes:
        """Answer a recovery request of somebody whose person was checked.

        Raises:
            NoRecovery: it cannot be answered.
        """
        return recovery.answer(self._office, request)

    def text_messages(self) -> list[tuple[str, str, str]]:
        """Return the text messages as (time, end of number, words): our stand-in for a phone."""
        return Possession(self._office).messages_sent()

    def stock(self, pairs: list[tuple[str, str | None]]) -> int:
        """Take numbers, each with its SIM card or None, into stock; how many are new."""
        return Stock(self._office).add(pairs)
