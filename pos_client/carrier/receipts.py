"""Believes the carrier only where its signature stands under the very answer to our question."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.carrier import wire
from pos_client.carrier.problems import NotAReceipt, ReceiptForged
from pos_client.model.receipt import Decision, JournalHead, Outcome, Receipt
from pos_client.model.registration import RegistrationId

_RECEIPT_KEYS: Final = frozenset(
    "v type packet_id packet_sha256 device_id carrier_ref duplicate received_at counter".split()
)
_DECISIONS_KEYS: Final = frozenset("v type device_id after nonce issued_at decisions".split())
_DECISION_KEYS: Final = frozenset("sequence packet_id outcome reason about decided_at".split())
_TIME_KEYS: Final = frozenset("v type nonce now".split())
_ENROLMENT_KEYS: Final = frozenset("v type device_id device_public_key_sha256".split())


class Verifier:
    """Knows the carrier's public receipt keys by their ids."""

    def __init__(self, receipt_keys: Mapping[str, bytes]) -> None:
        """Take raw Ed25519 public keys, 32 bytes each."""
        self._keys = {
            kid: Ed25519PublicKey.from_public_bytes(key) for kid, key in receipt_keys.items()
        }

    def receipt(self, reply: bytes, packet_id: str, sha256: str, device_id: str) -> Receipt:
        """Return the receipt in `reply` if the carrier signed it for this packet of this device.

        Raises:
            NotAReceipt: anything else; ReceiptForged where a signature or a binding is wrong.
        """
        receipt = self.any_receipt(reply)
        _bound(receipt.packet_id, packet_id, "packet_id")
        _bound(receipt.packet_sha256, sha256, "packet_sha256")
        _bound(receipt.device_id, device_id, "device_id")
        return receipt

    def any_receipt(self, reply: bytes) -> Receipt:
        """Return a receipt that the carrier signed, for whichever packet; it came on a stick.

        Raises:
            NotAReceipt: as for `receipt`.
        """
        with _reading():
            sealed = self._verified(reply)
            said = _receipt(sealed.message)
            _expect(said, "receipt")
            return Receipt(
                packet_id=RegistrationId(wire.text(said["packet_id"], wire.UUID)),
                packet_sha256=wire.text(said["packet_sha256"], wire.HEX64),
                device_id=wire.text(said["device_id"], wire.NAME),
                carrier_ref=wire.text(said["carrier_ref"], wire.NAME),
                duplicate=wire.truth(said["duplicate"]),
                received_at=wire.moment(said["received_at"]),
                counter=wire.whole(said["counter"], least=1),
                kid=sealed.kid,
                message=sealed.message,
                signature=sealed.signature,
                journal=_journal(said.get("journal")),
            )

    def decisions(
        self, reply: bytes, device_id: str, after: int, nonce: str
    ) -> tuple[Decision, ...]:
        """Return the decisions in `reply` if the carrier signed them for this very question.

        Raises:
            NotAReceipt: as for `receipt`; also where the sequence does not rise from `after`.
        """
        with _reading():
            said = wire.read_object(self._verified(reply).message, _DECISIONS_KEYS)
            _expect(said, "decisions")
            wire.moment(said["issued_at"])
            entries = said["decisions"]
            if not isinstance(entries, list):
                raise wire.WireError("list")
            found = tuple(_decision(entry) for entry in entries)
        _bound(said["device_id"], device_id, "device_id")
        _bound(said["after"], after, "after")
        _bound(said["nonce"], nonce, "nonce")
        last = after
        for decision in found:
            if decision.sequence <= last:
                raise NotAReceipt(reason="sequence")
            last = decision.sequence
        return found

    def time(self, reply: bytes, nonce: str) -> datetime:
        """Return the carrier's clock if it was signed for this nonce.

        Raises:
            NotAReceipt: as for `receipt`.
        """
        with _reading():
            said = wire.read_object(self._verified(reply).message, _TIME_KEYS)
            _expect(said, "time")
            now = wire.moment(said["now"])
        _bound(said["nonce"], nonce, "nonce")
        return now

    def enrolment(self, reply: bytes, public_key_sha256: str) -> str:
        """Return the device id the carrier gave to the key with this SHA-256 (hex).

        Raises:
            NotAReceipt: as for `receipt`.
        """
        with _reading():
            said = wire.read_object(self._verified(reply).message, _ENROLMENT_KEYS)
            _expect(said, "enrolment")
            device_id = wire.text(said["device_id"], wire.NAME)
        _bound(said["device_public_key_sha256"], public_key_sha256, "device_public_key_sha256")
        return device_id

    def statement(self, reply: bytes, kind: str, keys: frozenset[str]) -> dict[str, object]:
        """Return what the carrier signed as a statement of this kind, with exactly these keys.

        Whether it is about this till and this question is for the caller to compare.

        Raises:
            NotAReceipt: as for `receipt`.
        """
        with _reading():
            said = wire.read_object(self._verified(reply).message, keys)
            _expect(said, kind)
        return said

    def _verified(self, reply: bytes) -> wire.Envelope:
        sealed = wire.envelope(reply)
        key = self._keys.get(sealed.kid)
        if key is None:
            raise ReceiptForged(reason="unknown_key")
        try:
            key.verify(sealed.signature, sealed.message)
        except InvalidSignature as err:
            raise ReceiptForged(reason="signature") from err
        return sealed


def _receipt(message: bytes) -> dict[str, object]:
    try:
        return wire.read_object(message, _RECEIPT_KEYS)
    except wire.WireError:
        # A carrier that was told how far our journal had come countersigns that as well.
        return wire.read_object(message, _RECEIPT_KEYS | {"journal"})


def _journal(untrusted: object) -> JournalHead | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, dict) or untrusted.keys() != {"count", "head"}:
        raise wire.WireError("journal")
    return JournalHead(
        wire.whole(untrusted["count"], least=1), wire.text(untrusted["head"], wire.HEX64)
    )


def _decision(untrusted: object) -> Decision:
    if not isinstance(untrusted, dict) or untrusted.keys() != _DECISION_KEYS:
        raise wire.WireError("keys")
    try:
        outcome = Outcome(wire.text(untrusted["outcome"]))
    except ValueError as err:
        raise wire.WireError("outcome") from err
    return Decision(
        sequence=wire.whole(untrusted["sequence"], least=1),
        packet_id=RegistrationId(wire.text(untrusted["packet_id"], wire.UUID)),
        outcome=outcome,
        reason=wire.optional(untrusted["reason"], wire.NAME),
        about=wire.optional(untrusted["about"], wire.NAME),
        decided_at=wire.moment(untrusted["decided_at"]),
    )


def _expect(said: dict[str, object], kind: str) -> None:
    # The kind keeps one sort of signed answer from being taken for another.
    if said["type"] != kind:
        raise ReceiptForged(reason="type")
    if said["v"] is True or said["v"] != 1:
        raise NotAReceipt(reason="version")


def _bound(said: object, asked: object, what: str) -> None:
    if said != asked or isinstance(said, bool):
        raise ReceiptForged(reason=what)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except wire.WireError as err:
        raise NotAReceipt(reason=err.reason) from err
