"""Who may work here: adding people, removing them, and new PINs for those who forgot theirs."""

import logging

from pos_client.desk.problems import NotYourself
from pos_client.desk.safe_verbs import SafeVerbs
from pos_client.model.operator import Operator, OperatorRole, Power
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.outbox.key_problems import OperatorUnknown

log = logging.getLogger(__name__)


class StaffVerbs(SafeVerbs):
    """Everything about the people of this till. Supervisors look after operators alone."""

    def operators(self) -> tuple[Operator, ...]:
        """Return who may sign in, in the order of their numbers."""
        self._stages.signed_in()
        return tuple(sorted(self._stages.custody.operators(), key=lambda each: each.number))

    def add_operator(self, number: OperatorNumber, role: OperatorRole, pin: Private[str]) -> None:
        """Let one more person in.

        Raises:
            NotAllowed: it takes a supervisor, for anybody but operators an administrator.
            OperatorKnown, PinTooShort: choose another.
        """
        stages = self._stages
        opened = stages.allowed(_power_over(role))
        stages.custody.add_operator(opened.unlocked, Operator(number, role), pin)
        opened.outbox.note(f"operator_added_{role}", number, stages.now())

    def remove_operator(self, number: OperatorNumber) -> None:
        """Shut somebody out: their slot goes, and the store moves under a key they never had.

        What they registered stays theirs. Their drafts go at their time like all drafts.

        Raises:
            NotAllowed: it takes a supervisor, for anybody but operators an administrator.
            NotYourself, OperatorUnknown, LastAdministrator: nothing was changed.
            DiskFull, DiskTrouble: they are still in.
        """
        stages = self._stages
        power = _power_over(self._role(number))
        opened = stages.allowed(power)
        if number == opened.unlocked.operator.number:
            raise NotYourself
        stages.custody.may_go(number)
        self._rekey(number, power)
        opened.outbox.note("operator_removed", number, stages.now())

    def reset_pin(self, number: OperatorNumber, pin: Private[str]) -> None:
        """Give somebody who forgot it a new PIN.

        Raises:
            NotAllowed: it takes a supervisor, for anybody but operators an administrator.
            OperatorUnknown, PinTooShort: nothing was changed.
        """
        stages = self._stages
        opened = stages.allowed(_power_over(self._role(number)))
        stages.custody.reset_pin(opened.unlocked, number, pin)
        opened.outbox.note("pin_reset", number, stages.now())

    def change_pin(self, old: Private[str], new: Private[str]) -> None:
        """Give whoever is signed in a new PIN for the old one.

        Raises:
            WrongPin, SignInPaused, PinTooShort: the old one is still in force.
        """
        stages = self._stages
        opened = stages.signed_in()
        number = opened.unlocked.operator.number
        stages.custody.change_pin(number, old, new, stages.now())
        opened.outbox.note("pin_changed", number, stages.now())

    def _role(self, number: OperatorNumber) -> OperatorRole:
        for operator in self._stages.custody.operators():
            if operator.number == number:
                return operator.role
        raise OperatorUnknown(number=number)


def _power_over(role: OperatorRole) -> Power:
    return Power.LEAD_OPERATORS if role is OperatorRole.OPERATOR else Power.LEAD_EVERYBODY
