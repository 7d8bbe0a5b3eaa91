"""What the customer takes home: masked, and honest about what is not yet known."""

from dataclasses import dataclass
from datetime import datetime

from pos_client.model.policy import Texts
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import RowState


@dataclass(frozen=True, slots=True)
class CustomerReceipt:
    """The content of the printed receipt. Never the full document number, a photo or a secret.

    `document_title` maps languages to the document's name; `notices` are (title, version) pairs;
    `copy` is 0 for the first print and counts reprints.
    """

    id: RegistrationId
    flow: FlowKind
    carrier: Texts
    outlet: str
    operator: OperatorNumber
    created_at: datetime
    masked_name: str
    document_title: Texts
    masked_number: str
    msisdn: str
    masked_iccid: str
    notices: tuple[tuple[Texts, str], ...]
    state: RowState
    hotline: str
    rights: Texts
    training: bool
    copy: int = 0
