"""Hands one packet to the carrier: whole where that is quick, else in pieces that outlast a cut."""

from collections.abc import Callable
from typing import Final, TypeVar

from pos_client.carrier.api import Carrier
from pos_client.carrier.problems import CarrierUnreachable, UploadElsewhere
from pos_client.model.receipt import Receipt
from pos_client.model.registration import RegistrationId
from pos_client.sync.pace import Pace
from pos_client.sync.ports import Leased

T = TypeVar("T")

#: Writes down how much of a packet the carrier has: (registration, bytes).
Note = Callable[[RegistrationId, int], None]
#: A carrier that answers with an older place each time would keep us for ever.
_MOST_STEPS_BACK: Final = 3


class Uploads:
    """Sends packets over one carrier; what it learns about the line is in `pace`."""

    def __init__(
        self,
        carrier: Carrier,
        pace: Pace,
        note: Note,
        monotonic: Callable[[], float],
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the line, its pace, and who writes down what has gone.

        `heard` is called once the carrier said where a packet in pieces stands.
        """
        self._carrier = carrier
        self._pace = pace
        self._note = note
        self._monotonic = monotonic
        self._heard = heard
        self._in_pieces = True

    def send(self, leased: Leased) -> Receipt:
        """Send one packet, from where an earlier try ended.

        Raises:
            Problem: see `Carrier.submit`.
        """
        row = leased.row
        try:
            self._pace.at(row.id, row.sent, row.size)
            if self._in_pieces and (row.sent or row.size > self._pace.piece):
                receipt = self._pieces(leased)
                if receipt is not None:
                    return receipt
            return self._timed(row.size, lambda: self._whole(leased))
        except CarrierUnreachable:
            self._pace.cut()
            raise
        finally:
            self._pace.ended(row.id)

    def _whole(self, leased: Leased) -> Receipt:
        row = leased.row
        told = self._teller(row.id, 0, row.size)
        return self._carrier.submit(row.id, leased.data, row.sha256, told)

    def _pieces(self, leased: Leased) -> Receipt | None:
        """Send what the carrier does not have yet; None where it takes packets whole only."""
        row = leased.row
        place = self._place(leased)
        if isinstance(place, Receipt):
            return place
        if place is None:
            self._in_pieces = False
            return None
        self._heard()
        steps_back = 0
        while True:
            try:
                went: int | Receipt | None = self._piece(leased, place)
            except UploadElsewhere as elsewhere:
                steps_back += 1
                if steps_back > _MOST_STEPS_BACK:
                    raise
                went = elsewhere.offset or self._begin(leased)
            if went is None or isinstance(went, Receipt):
                return went
            place = went
            self._note(row.id, place)

    def _place(self, leased: Leased) -> int | Receipt | None:
        """Ask how much the carrier has; begin where it has nothing."""
        row = leased.row
        known = self._carrier.upload_offset(row.id) if row.sent else None
        if known is not None:
            return known
        return self._begin(leased)

    def _begin(self, leased: Leased) -> int | Receipt | None:
        row = leased.row
        return self._carrier.begin_upload(row.id, row.size, row.sha256)

    def _piece(self, leased: Leased, place: int) -> int | Receipt:
        row = leased.row
        # Pieces of one size, so that the last is not a crumb with a wait of its own.
        left = row.size - place
        count = max(1, -(-left // self._pace.piece))
        piece = leased.data[place : place + -(-left // count)]
        told = self._teller(row.id, place, row.size)
        return self._timed(
            len(piece),
            lambda: self._carrier.append(row.id, place, piece, row.sha256, told),
        )

    def _teller(self, registration: RegistrationId, place: int, size: int) -> Callable[[int], None]:
        return lambda gone: self._pace.at(registration, place + gone, size)

    def _timed(self, size: int, send: Callable[[], T]) -> T:
        began = self._monotonic()
        done = send()
        self._pace.measured(size, self._monotonic() - began)
        return done
