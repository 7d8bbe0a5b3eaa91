"""What the customer takes home: who registered what, masked, and how to ask or object."""

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.mask import mask_tail
from pos_client.model.policy import PolicyPack
from pos_client.model.registration import Registration, Role
from pos_client.model.row import RowState
from pos_client.registration import holder


def customer_receipt(
    registration: Registration,
    declaration: DocumentDeclaration,
    policy: PolicyPack,
    state: RowState = RowState.QUEUED,
) -> CustomerReceipt:
    """Return the receipt's content. `state` is what is known at printing, never more."""
    owner = next(each for each in registration.persons if each.role is Role.HOLDER)
    fields = {field.name: field for field in owner.document.fields}
    line = registration.lines[0]
    agreed = {answer.notice_id: answer.version for answer in registration.notices}
    return CustomerReceipt(
        id=registration.id,
        flow=registration.flow,
        carrier=policy.carrier,
        outlet=registration.channel.outlet,
        operator=registration.channel.operator,
        created_at=registration.times.sealed,
        masked_name=holder.masked_name(fields),
        document_title=declaration.title,
        masked_number=holder.masked_number(fields, declaration),
        msisdn=line.msisdn.reveal(),
        masked_iccid=mask_tail(line.iccid.reveal(), 6, 4),
        notices=tuple(
            (notice.title, agreed[notice.id]) for notice in policy.notices if notice.id in agreed
        ),
        state=state,
        hotline=policy.hotline,
        rights=policy.receipt_rights,
        training=registration.training,
    )
