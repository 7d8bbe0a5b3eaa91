"""Who is signed in, and what the role allows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.model.registration import OperatorNumber


class OperatorRole(StrEnum):
    """What somebody behind the counter may do."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """Something that not everybody may do."""

    REGISTER = "register"
    SEE_ALL_ROWS = "see_all_rows"
    APPROVE = "approve"
    MAINTAIN = "maintain"
    LEAD_OPERATORS = "lead_operators"
    LEAD_EVERYBODY = "lead_everybody"


class SecondOpinion(StrEnum):
    """What a second person said about a warning."""

    APPROVED = "approved"
    REFUSED = "refused"


POWERS: Final[dict[OperatorRole, frozenset[Power]]] = {
    OperatorRole.OPERATOR: frozenset({Power.REGISTER}),
    OperatorRole.SUPERVISOR: frozenset(Power) - {Power.LEAD_EVERYBODY},
    OperatorRole.ADMINISTRATOR: frozenset(Power),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """The person at the till; only a number, never a name."""

    number: OperatorNumber
    role: OperatorRole

    def may(self, power: Power) -> bool:
        """Say whether the role allows this."""
        return power in POWERS[self.role]


def least_role(power: Power) -> OperatorRole:
    """Return the lowest role that allows something."""
    return next(role for role in OperatorRole if power in POWERS[role])
