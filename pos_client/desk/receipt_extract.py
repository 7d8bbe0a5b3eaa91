"""The customer's receipt as it is kept for a reprint: masked JSON, read strictly."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pos_client.desk.problems import NoReceipt
from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import RowState


def encode(receipt: CustomerReceipt) -> bytes:
    """Return the receipt as JSON. It holds what is printed and nothing else."""
    body = asdict(receipt) | {"created_at": receipt.created_at.isoformat()}
    return json.dumps(body, sort_keys=True, ensure_ascii=False).encode()


def decode(body: bytes, state: RowState) -> CustomerReceipt:
    """Read a kept receipt and put the state of today on it.

    Raises:
        NoReceipt: what was kept cannot be read.
    """
    try:
        kept: dict[str, Any] = json.loads(body)
        receipt = CustomerReceipt(**kept)
        return replace(
            receipt,
            id=RegistrationId(kept["id"]),
            flow=FlowKind(kept["flow"]),
            operator=OperatorNumber(kept["operator"]),
            created_at=datetime.fromisoformat(kept["created_at"]),
            notices=tuple((dict(title), str(version)) for title, version in kept["notices"]),
            state=state,
        )
    except (ValueError, TypeError, KeyError) as err:
        raise NoReceipt from err


def next_copy(receipt: CustomerReceipt) -> CustomerReceipt:
    """Return the receipt counted as one more copy."""
    return replace(receipt, copy=receipt.copy + 1)
