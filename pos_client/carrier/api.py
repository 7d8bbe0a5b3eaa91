"""The carrier as the till needs it. Every adapter and every fake keeps these promises."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pos_client.model.enrolment import Invitation
from pos_client.model.receipt import Decision, Receipt
from pos_client.model.registration import RegistrationId

#: Hears how many bytes of a body have gone to the line; on the thread that sends.
Told = Callable[[int], None]


class Carrier(Protocol):
    """Takes sealed packets into custody, each at most once, however often it is asked."""

    def submit(
        self, packet_id: RegistrationId, data: bytes, sha256: str, told: Told | None = None
    ) -> Receipt:
        """Hand over one packet. Only a verified receipt is success; sending again is always safe.

        Raises:
            CarrierUnreachable, CarrierBusy, CaptivePortal, TlsNotTrusted, ClockDiffers,
                NotAReceipt, ReplyDamaged: no word from the carrier; try again later.
            TillRefused: the carrier does not talk to this till; pause everything.
            PacketConflict, PacketRejected, PacketDamaged: final for this packet.
        """
        ...

    def carry(self, packet_id: RegistrationId, data: bytes, sha256: str, sealer: str) -> Receipt:
        """Hand over a packet that another till, `sealer`, sealed and that came here on a stick.

        Raises:
            Problem: as for `submit`.
        """
        ...

    def begin_upload(
        self, packet_id: RegistrationId, size: int, sha256: str
    ) -> int | Receipt | None:
        """Announce a packet that comes in pieces; return how many bytes the carrier has of it.

        A receipt comes back where the carrier holds the packet already, None where it takes
        packets as a whole only.

        Raises:
            Problem: as for `submit`.
        """
        ...

    def upload_offset(self, packet_id: RegistrationId) -> int | None:
        """Return how many bytes of an announced packet the carrier has, None if it knows of none.

        Raises:
            Problem: as for `decisions`.
        """
        ...

    def append(
        self,
        packet_id: RegistrationId,
        offset: int,
        piece: bytes,
        sha256: str,
        told: Told | None = None,
    ) -> int | Receipt:
        """Hand over the next piece; return the new offset, or the receipt after the last.

        Raises:
            UploadElsewhere: the carrier goes on at another place; it names it.
            Problem: as for `submit`.
        """
        ...

    def decisions(self, after: int) -> tuple[Decision, ...]:
        """Return the next page of decisions with a sequence above `after`; empty at the end.

        Raises:
            Problem: as for `submit`, without the three that speak about one packet.
        """
        ...

    def server_time(self) -> datetime:
        """Return the carrier's clock, signed by the carrier for this very question.

        Raises:
            Problem: as for `decisions`.
        """
        ...

    def enrol(self, invitation: Invitation, device_public_key: bytes) -> str:
        """Enrol this device (raw Ed25519 public key, 32 bytes) and return its device id.

        The same token with the same key gives the same id, so a lost answer does no harm.

        Raises:
            InvitationRefused: the token is unknown, used by another device, or too old.
            Problem: as for `decisions`.
        """
        ...
