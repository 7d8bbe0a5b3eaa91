"""Who is signed in, and what the role allows."""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.model.registration import OperatorNumber


class OperatorRole(StrEnum):
    """What somebody behind the counter may do."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Operator:
    """The person at the till; only a number, never a name."""

    number: OperatorNumber
    role: OperatorRole
