"""A returned registration says what to mend; a new one corrects it; both know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carrier_sandbox.behaviour import Behaviour, Rule, Verdict, number_ends
from pos_client.desk.problems import NothingToCorrect
from pos_client.model.row import RowState
from tests.fakes.counter import fill_in
from tests.journey.shop import Shop, citizen, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_client.model.registration import RegistrationId

RETURNED = Verdict("returned", reason="side_unreadable", about="portrait")


def sent(shop: Shop, registration: RegistrationId, state: RowState) -> None:
    """Send until a registration stands there."""

    def there() -> bool:
        shop.desk.sync_once()
        return any(row.id == registration and row.state is state for row in shop.desk.rows())

    until(f"it is {state}", there)


def test_a_returned_registration_is_corrected_by_a_new_one_that_names_it(
    opened: Callable[..., Shop],
) -> None:
    rules = (Rule(number_ends("000081"), RETURNED),)
    behaviour = Behaviour(decide_after_s=0.0, rules=rules)
    shop = opened(behaviour)
    first = shop.register(citizen(81))
    sent(shop, first, RowState.RETURNED)
    row = shop.row(first)
    assert (row.reason, row.about) == ("side_unreadable", "portrait")
    assert shop.desk.status().queue.returned == 1
    events = [each.event for each in shop.desk.timeline(first)]
    assert events[:4] == ["submitted", "sending", "received", "decided_returned"]

    draft = shop.desk.revise(first)
    assert draft.supersedes == first
    assert draft.fields == {}
    assert shop.desk.revise(first).id == draft.id, "asked twice, it is the same draft"
    behaviour.rules = ()
    customer = citizen(81)
    draft = fill_in(shop.desk, draft, customer.readings(), customer.msisdn, customer.iccid)
    second = shop.desk.submit(draft).id
    sent(shop, second, RowState.ACCEPTED)

    assert shop.carrier.open(second).record["supersedes"] == first
    assert shop.row(first).superseded_by == second
    assert shop.row(second).supersedes == first
    assert shop.desk.status().queue.returned == 0
    assert "corrected" in [each.event for each in shop.desk.timeline(first)]
    with pytest.raises(NothingToCorrect):
        shop.desk.revise(first)


def test_only_what_came_back_is_corrected(opened: Callable[..., Shop]) -> None:
    shop = opened(Behaviour(decide_after_s=0.0))
    accepted = shop.register(citizen(82))
    sent(shop, accepted, RowState.ACCEPTED)
    with pytest.raises(NothingToCorrect):
        shop.desk.revise(accepted)


def test_many_tries_are_told_as_one_line(opened: Callable[..., Shop]) -> None:
    shop = opened(Behaviour(decide_after_s=0.0))
    shop.carrier.stop()
    registration = shop.register(citizen(83))
    for _ in range(4):
        shop.desk.sync_once()
    (saved, tried) = shop.desk.timeline(registration)
    assert (saved.event, tried.event) == ("submitted", "sending")
    assert tried.times == shop.row(registration).attempts > 1
