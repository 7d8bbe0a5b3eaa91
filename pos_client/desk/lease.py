"""How long this till may go on without a word from the carrier, and what it does on orders."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pos_client.carrier.http import HttpCarrier
from pos_client.desk.policy_pull import PolicyPull
from pos_client.desk.problems import LeaseExpired, SignInExpired, TillWiped
from pos_client.model.operator import Operator, OperatorRole
from pos_client.model.order import Order, OrderKind
from pos_client.model.problems import Problem
from pos_client.model.status import LinkState
from pos_client.outbox import enrolment, times
from pos_client.outbox.outbox import Outbox

if TYPE_CHECKING:
    from pos_client.desk.stages import Stages
    from pos_client.model.enrolment import Till
    from pos_client.sync.round import Round

log = logging.getLogger(__name__)

#: How often a till asks for orders while the line stands.
_ASK_EVERY_S: Final = 600.0
#: How often it asks for a newer policy.
_PULL_EVERY_S: Final = 6 * 3600.0
#: Somebody who wants it sent now is obeyed for so long, also on a line paid by volume.
_OBEYED_S: Final = 600.0


def require_trust(stages: "Stages", outbox: Outbox, operator: Operator) -> None:
    """Let nobody in whom the policy does not let in after so long without the carrier's word.

    Time is the latest the till has ever known: a clock that is set back buys nothing.

    Raises:
        TillWiped: the carrier had everything personal erased here.
        LeaseExpired: everything personal was erased; it takes an administrator.
        SignInExpired: it takes a supervisor.
    """
    if outbox.was_wiped():
        raise TillWiped
    heard = outbox.last_heard()
    if heard is None:
        return
    silent = (_latest(stages.now(), outbox) - heard).days
    safety = stages.policy.safety
    if silent > safety.lease_days:
        outbox.erase_personal(stages.now(), "lease_expired")
        if operator.role is not OperatorRole.ADMINISTRATOR:
            raise LeaseExpired(days=silent)
    elif silent > safety.offline_login_days and operator.role is OperatorRole.OPERATOR:
        raise SignInExpired(days=silent)


def _latest(now: datetime, outbox: Outbox) -> datetime:
    known = outbox.journal_time()
    return max(now, times.moment(known)) if known else now


class ListeningCarrier(HttpCarrier):
    """The carrier on the line; whatever time it signs is handed on."""

    hear: Callable[[datetime], None] = staticmethod(lambda _: None)

    def server_time(self) -> datetime:
        """See `Carrier.server_time`."""
        signed = super().server_time()
        self.hear(signed)
        return signed


class Watch:
    """Does the rounds of sending, and in between what the carrier orders."""

    def __init__(
        self, stages: "Stages", outbox: Outbox, carrier: HttpCarrier, sending: "Round", till: "Till"
    ) -> None:
        """Prepare; nothing is asked before the line stands."""
        self._stages = stages
        self._outbox = outbox
        self._carrier = carrier
        self._sending = sending
        self._policy = PolicyPull(stages, till, carrier)
        self._ask_at = self._pull_at = self._goes_until = float("-inf")

    def run(self) -> float:
        """Do a round and return for how many seconds to wait."""
        self._sending.held = self._held()
        seconds = self._sending.run()
        reached = self._sending.link.view.state in {LinkState.ONLINE, LinkState.REFUSED}
        if reached and self._stages.machine.monotonic() >= self._ask_at:
            self._ask_at = self._stages.machine.monotonic() + _ASK_EVERY_S
            self._ask()
        if self._sending.link.good and self._stages.machine.monotonic() >= self._pull_at:
            self._pull_at = self._stages.machine.monotonic() + _PULL_EVERY_S
            self._policy.pull()
        if self._outbox.was_wiped() and not self._outbox.figures().waiting:
            finish_wipe(self._stages)
        return seconds

    def hurry(self) -> None:
        """Let the next round try at once, and ask for orders."""
        self._ask_at = float("-inf")
        self._sending.hurry()

    def let_go(self) -> None:
        """Somebody wants it sent now, whatever the line costs."""
        self._goes_until = self._stages.machine.monotonic() + _OBEYED_S

    def _held(self) -> bool:
        """Say whether packets wait for a line that is not paid by volume."""
        if not self._policy.waits_where_metered or not self._stages.machine.metered():
            return False
        oldest = self._outbox.figures().oldest_waiting
        if oldest is None or self._stages.machine.monotonic() < self._goes_until:
            return False
        waited_s = (self._stages.now() - oldest).total_seconds()
        return waited_s < self._stages.machine.patience.held_s

    def stop(self) -> None:
        """Let a running round end soon."""
        self._sending.stop()

    def _ask(self) -> None:
        try:
            for order in self._carrier.orders(self._outbox.last_order()):
                result = self._obey(order)
                self._carrier.order_done(order.id, result, self._outbox.journal_head())
        except Problem as problem:
            # Not heard, or not told: the next look asks again, and the carrier's answer stays.
            log.info("no orders: %s", problem.code)

    def _obey(self, order: Order) -> str:
        now = self._stages.now()
        if order.expires_at < now:
            self._outbox.refuse_order(order, now)
            return "refused"
        self._stages.operator_in = False
        if order.kind is OrderKind.LOCK:
            self._outbox.obey_lock(order, now)
            return "done"
        erased = self._outbox.obey_wipe(order, now)
        log.warning("wiped by order %s: %s", order.id, erased)
        self._outbox.purge(now, timedelta(0))
        if not order.keep_unsent:
            self._outbox.drop_unsent()
            finish_wipe(self._stages)
        return "done"


def finish_wipe(stages: "Stages") -> None:
    """Take the keys away: after this nothing that lies here can be opened by anybody."""
    if stages.custody.destroy():
        log.warning("the keys of this till are destroyed")
    enrolment.remove(stages.settings.home)
