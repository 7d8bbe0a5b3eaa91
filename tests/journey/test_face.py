"""A person is compared with the card on the whole way: camera, draft, sealed packet, carrier."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from pos_client import resources
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.desk.problems import NeedsSecondPerson
from pos_client.model.face import FaceMethod, FaceVerdict
from pos_client.model.operator import OperatorRole, SecondOpinion
from pos_client.model.private import Private
from pos_client.model.registration import NoticeAnswer, OperatorNumber
from pos_client.model.view import Shutter
from pos_client.registration.policy import parse_policy
from pos_client.registration.problems import FaceNotAgreed, NotComplete, NoTriesLeft
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.fakes.person import DrawnPerson
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_client.model.draft import Draft
    from pos_client.model.registration import RegistrationId
    from tests.journey.shop import Shop

pytestmark = pytest.mark.slow

NUMBER: Final = 3
SUPERVISOR: Final = OperatorNumber("2001")
SUPERVISORS_PIN: Final = Private("246802")


@pytest.fixture
def camera() -> Iterator[SyntheticSource]:
    source = SyntheticSource(real_now, fps=10.0)
    yield source
    source.close()


@pytest.fixture
def counter(shop: Shop, camera: SyntheticSource) -> Shop:
    """A shop with a camera that looks at people, and a supervisor in the back room."""
    shop.desk.add_operator(SUPERVISOR, OperatorRole.SUPERVISOR, SUPERVISORS_PIN)
    shop.desk.close()
    drawn = random.Random(5)  # noqa: S311 - the same order every time
    shop.desk = open_counter(shop.home, shop.clock, lambda _spec: camera, chance=drawn)
    shop.desk.sign_in(OPERATOR, PIN)
    compare_faces(shop)
    return shop


def compare_faces(shop: Shop, **changes: Any) -> None:
    sample = parse_policy(resources.path("policies/training.face.json").read_bytes())
    assert sample.face is not None
    stages = shop.desk._stages
    stages.policy = replace(sample, face=replace(sample.face, **changes))


def asked(shop: Shop, draft: Draft, *, yes: bool) -> Draft:
    face = shop.desk.policy().face
    assert face is not None
    consent = face.consent
    answer = NoticeAnswer(consent.id, consent.version, "zh_CN", 6000, accepted=yes)
    return shop.desk.answer_notice(draft, answer)


def looked_at(shop: Shop, draft: Draft, person: DrawnPerson) -> Draft:
    person.arrive()
    made = shop.desk.look_at_face(draft, person.hear, Shutter())
    assert made is not None
    return shop.desk.take_face(draft, made)


def opened(shop: Shop, registration: RegistrationId) -> Any:
    shop.send_all()
    return shop.carrier.open(registration)


def all_bytes(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


def test_the_person_on_the_card_is_matched_and_only_the_outcome_is_sent(
    counter: Shop, camera: SyntheticSource
) -> None:
    draft = asked(counter, counter.fill(citizen(NUMBER)), yes=True)
    with pytest.raises(NotComplete, match="FAC10"):
        counter.desk.submit(draft)
    draft = looked_at(counter, draft, DrawnPerson(camera, NUMBER))
    assert counter.desk.face_photo(draft).reveal().startswith(b"\xff\xd8")
    record = opened(counter, counter.desk.submit(draft).id).record
    face = record["persons"][0]["face"]
    assert (face["decision"], face["method"], face["attempts"]) == ("match", "compare", 1)
    assert face["score"] >= face["threshold"] == 0.363
    assert len(face["tries"][0]["moves"]) == 2
    assert face["tries"][0]["card_sha256"] == record["evidence"][0]["sha256"]
    assert [each["kind"] for each in record["evidence"]] == ["document_side"] * 2
    (consent,) = [each for each in record["notices"] if each["id"] == "face_consent"]
    assert (consent["version"], consent["accepted"]) == ("2025-06", True)


def test_a_kept_picture_lies_in_the_packet_and_nowhere_in_the_clear(
    counter: Shop, camera: SyntheticSource
) -> None:
    compare_faces(counter, keep_picture=True, moves=0)
    draft = asked(counter, counter.fill(citizen(NUMBER)), yes=True)
    draft = looked_at(counter, draft, DrawnPerson(camera, NUMBER))
    assert draft.face is not None
    assert draft.face.last is not None
    picture = draft.face.last.picture
    assert picture is not None
    (again,) = counter.desk.parked()
    assert again == draft
    assert picture.jpeg.reveal()[200:264] not in all_bytes(counter.home)
    registration = counter.desk.submit(draft).id
    assert picture.jpeg.reveal()[200:264] not in all_bytes(counter.home)
    found = opened(counter, registration)
    live = [data for entry, data in found.images if entry["kind"] == "live_face"]
    assert live == [picture.jpeg.reveal()]


def test_below_the_threshold_a_second_person_decides_and_both_are_sealed(
    counter: Shop, camera: SyntheticSource
) -> None:
    compare_faces(counter, attempts=1, accept=0.999, review=0.99, moves=1)
    draft = asked(counter, counter.fill(citizen(NUMBER)), yes=True)
    draft = looked_at(counter, draft, DrawnPerson(camera, NUMBER))
    assert draft.face is not None
    assert draft.face.last is not None
    assert draft.face.last.verdict is FaceVerdict.DIFFER
    with pytest.raises(NoTriesLeft):
        counter.desk.look_at_face(draft, lambda _view: None, Shutter())
    with pytest.raises(NeedsSecondPerson):
        counter.desk.confirm(draft, "FAC07")
    with pytest.raises(NeedsSecondPerson):
        counter.desk.submit(draft)
    draft = counter.desk.second_person_decides(
        draft, "FAC07", SecondOpinion.APPROVED, "same person", (SUPERVISOR, SUPERVISORS_PIN)
    )
    record = opened(counter, counter.desk.submit(draft).id).record
    assert record["persons"][0]["face"]["decision"] == "approved"
    assert [(each["operator"], each["what"]) for each in record["decisions"]] == [
        (SUPERVISOR, "approved:FAC07")
    ]
    assert record["channel"]["operator"] == OPERATOR


def test_who_declines_is_not_looked_at_and_registered_all_the_same(counter: Shop) -> None:
    draft = asked(counter, counter.fill(citizen(NUMBER)), yes=False)
    with pytest.raises(FaceNotAgreed):
        counter.desk.look_at_face(draft, lambda _view: None, Shutter())
    draft = counter.desk.choose_face_method(draft, FaceMethod.CARRIER_CHECK)
    record = opened(counter, counter.desk.submit(draft).id).record
    face = record["persons"][0]["face"]
    assert (face["decision"], face["score"], face["tries"]) == ("carrier", None, [])
    assert "FAC12" in [each["rule"] for each in record["checks"]]
