"""Reads the carrier's orders to this till: each is signed by itself, so that it can be kept."""

from typing import Final

from pos_client.carrier import wire
from pos_client.carrier.problems import NotAReceipt, ReceiptForged
from pos_client.carrier.receipts import Verifier
from pos_client.model.order import Order, OrderKind

PAGE_TYPE: Final = "application/vnd.pos.orders+json"
DONE_TYPE: Final = "application/vnd.pos.ack+json"
_PAGE_KEYS: Final = frozenset("v type device_id after nonce issued_at orders".split())
_ORDER_KEYS: Final = frozenset(
    "v type device_id sequence order_id kind keep_unsent issued_at expires_at".split()
)
_DONE_KEYS: Final = frozenset("v type order_id device_id nonce".split())
_MOST: Final = 100


def read_page(
    verifier: Verifier, reply: bytes, device_id: str, after: int, nonce: str
) -> tuple[Order, ...]:
    """Return the orders in `reply` if the carrier signed them for this till and this question.

    Raises:
        NotAReceipt: anything else; ReceiptForged where a signature or a binding is wrong.
    """
    said = verifier.statement(reply, "orders", _PAGE_KEYS)
    if (said["device_id"], said["after"], said["nonce"]) != (device_id, after, nonce):
        raise ReceiptForged(reason="orders")
    orders = said["orders"]
    if not isinstance(orders, list) or len(orders) > _MOST:
        raise NotAReceipt(reason="orders")
    found = tuple(_order(verifier, wire.encode(each), device_id) for each in orders)
    last = after
    for order in found:
        if order.sequence <= last:
            raise NotAReceipt(reason="sequence")
        last = order.sequence
    return found


def read_done(verifier: Verifier, reply: bytes, device_id: str, order: str, nonce: str) -> None:
    """Take the carrier's word that it knows what became of an order.

    Raises:
        NotAReceipt: as for `read_page`.
    """
    said = verifier.statement(reply, "order_done", _DONE_KEYS)
    if (said["device_id"], said["order_id"], said["nonce"]) != (device_id, order, nonce):
        raise ReceiptForged(reason="order_done")


def _order(verifier: Verifier, data: bytes, device_id: str) -> Order:
    said = verifier.statement(data, "order", _ORDER_KEYS)
    if said["device_id"] != device_id:
        raise ReceiptForged(reason="device_id")
    try:
        sealed = wire.envelope(data)
        return Order(
            sequence=wire.whole(said["sequence"], least=1),
            id=wire.text(said["order_id"], wire.UUID),
            kind=OrderKind(wire.text(said["kind"])),
            keep_unsent=wire.truth(said["keep_unsent"]),
            issued_at=wire.moment(said["issued_at"]),
            expires_at=wire.moment(said["expires_at"]),
            kid=sealed.kid,
            message=sealed.message,
            signature=sealed.signature,
        )
    except (wire.WireError, ValueError) as err:
        raise NotAReceipt(reason="order") from err
