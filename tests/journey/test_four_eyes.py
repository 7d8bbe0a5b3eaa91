"""Decisions that take two people: who asked and who decided are never the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from sqlcipher3 import dbapi2

from pos_client.desk.problems import NeedsSecondPerson, NotAllowed, SamePerson
from pos_client.model.operator import OperatorRole, SecondOpinion
from pos_client.model.private import Private
from pos_client.model.registration import OperatorNumber
from pos_client.model.rules import Severity
from pos_client.outbox.approvals import Approval
from pos_client.outbox.key_problems import OperatorUnknown, WrongPin
from pos_client.outbox.problems import DraftOfAnother
from tests.fakes.counter import OPERATOR, PIN
from tests.fakes.outbox_till import CLERK as AUTHOR
from tests.fakes.outbox_till import NOON, OutboxTill, new_id
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from pathlib import Path

    from pos_client.model.draft import Draft
    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow

CLERK: Final = OperatorNumber("1002")
SUPERVISOR: Final = OperatorNumber("2001")
CLERKS_PIN: Final = Private("246802")
WHY: Final = "seen with both eyes"


@pytest.fixture
def asked(shop: Shop) -> tuple[Shop, Draft, str]:
    """A clerk's draft with a warning that the policy leaves to two people."""
    shop.desk.add_operator(CLERK, OperatorRole.OPERATOR, CLERKS_PIN)
    shop.desk.add_operator(SUPERVISOR, OperatorRole.SUPERVISOR, CLERKS_PIN)
    shop.desk.sign_in(CLERK, CLERKS_PIN)
    shop.carrier.stop()
    shop.desk.sync_once()
    draft = shop.fill(citizen(41))  # without network the quota is unknown: a warning
    rule = next(f.rule for f in shop.desk.findings(draft) if f.severity is Severity.WARN)
    stages = shop.desk._stages
    stages.policy = replace(stages.policy, safety=replace(stages.policy.safety, four_eyes=(rule,)))
    return shop, draft, rule


def test_a_warning_for_two_people_is_not_accepted_by_one(asked: tuple[Shop, Draft, str]) -> None:
    shop, draft, rule = asked
    assert shop.desk.open_questions(draft) == (rule,)
    with pytest.raises(NeedsSecondPerson):
        shop.desk.confirm(draft, rule)
    with pytest.raises(NeedsSecondPerson):
        shop.desk.submit(draft)


def test_only_somebody_else_who_may_decides(asked: tuple[Shop, Draft, str]) -> None:
    shop, draft, rule = asked
    other = OperatorNumber("1003")
    shop.desk.sign_in(OPERATOR, PIN)
    shop.desk.add_operator(other, OperatorRole.OPERATOR, CLERKS_PIN)
    shop.desk.sign_in(CLERK, CLERKS_PIN)
    for who, pin, problem in (
        (CLERK, CLERKS_PIN, SamePerson),
        (other, CLERKS_PIN, NotAllowed),
        (SUPERVISOR, PIN, WrongPin),
    ):
        with pytest.raises(problem):
            shop.desk.second_person_decides(draft, rule, SecondOpinion.APPROVED, WHY, (who, pin))
    assert shop.desk.open_questions(draft) == (rule,)


def test_what_the_second_person_decided_is_sealed_with_the_registration(
    asked: tuple[Shop, Draft, str],
) -> None:
    shop, draft, rule = asked
    second = (SUPERVISOR, CLERKS_PIN)
    draft = shop.desk.second_person_decides(draft, rule, SecondOpinion.REFUSED, "not yet", second)
    with pytest.raises(NeedsSecondPerson):
        shop.desk.submit(draft)
    draft = shop.desk.second_person_decides(draft, rule, SecondOpinion.APPROVED, WHY, second)
    assert shop.desk.operator() is not None
    registration = shop.desk.submit(draft).id
    shop.carrier.start()
    shop.send_all()
    record = shop.carrier.open(registration).record
    assert [(each["operator"], each["what"], each["reason"]) for each in record["decisions"]] == [
        (SUPERVISOR, f"refused:{rule}", "not yet"),
        (SUPERVISOR, f"approved:{rule}", WHY),
    ]
    assert record["channel"]["operator"] == CLERK


def test_the_store_itself_refuses_an_approval_by_the_author(tmp_path: Path) -> None:
    till = OutboxTill(tmp_path / "till")
    own = Approval(new_id(), "FAC05", AUTHOR, AUTHOR, SecondOpinion.APPROVED, NOON)
    with pytest.raises(dbapi2.IntegrityError):
        till.outbox.keep_approval(own)
    assert till.outbox.approved(own.registration, CLERK) == frozenset()
    till.outbox.close()


def test_a_draft_goes_on_with_somebody_else_who_does_not_approve_their_own(
    asked: tuple[Shop, Draft, str],
) -> None:
    shop, draft, rule = asked
    second = (SUPERVISOR, CLERKS_PIN)
    draft = shop.desk.second_person_decides(draft, rule, SecondOpinion.APPROVED, WHY, second)
    with pytest.raises(OperatorUnknown):
        shop.desk.hand_over(draft, OperatorNumber("9999"))
    shop.desk.hand_over(draft, SUPERVISOR)
    assert shop.desk.parked() == ()
    with pytest.raises(DraftOfAnother):
        shop.desk.confirm(draft, "name")
    shop.desk.sign_in(SUPERVISOR, CLERKS_PIN)
    (taken,) = shop.desk.parked()
    assert (taken.operator, taken.images, taken.read_back) == (SUPERVISOR, draft.images, False)
    assert shop.desk.open_questions(taken) == (rule,)
    taken = shop.desk.read_back(taken, done=True)
    with pytest.raises(NeedsSecondPerson):
        shop.desk.submit(taken)
    first = (OPERATOR, PIN)
    taken = shop.desk.second_person_decides(taken, rule, SecondOpinion.APPROVED, WHY, first)
    registration = shop.desk.submit(taken).id
    shop.carrier.start()
    shop.send_all()
    record = shop.carrier.open(registration).record
    assert record["channel"]["operator"] == SUPERVISOR
    assert [(each["operator"], each["what"], each["reason"]) for each in record["decisions"]] == [
        (SUPERVISOR, f"approved:{rule}", WHY),
        (CLERK, "handed_over", SUPERVISOR),
        (OPERATOR, f"approved:{rule}", WHY),
    ]
