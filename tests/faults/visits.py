"""What a clerk does all day, at the real desk: invented people, one after the other."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NoReturn

from pos_client.desk.desk import Desk
from pos_client.desk.problems import TooManyWaiting
from pos_client.model.draft import Draft
from pos_client.model.field import Source
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import NoticeAnswer, RegistrationId
from pos_client.model.rules import Severity
from pos_client.registration.problems import NotComplete
from specimens.check_digits import luhn_check, resident_id_check
from specimens.persons import invent_person
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from tests.fakes.counter import OPERATOR, PIN, open_counter
from tests.fakes.readings import reading_of

_FIRST_BIRTH = date(1860, 1, 1)
_NUMBERS_A_DAY = 999
_PERSON = replace(invent_person(11, term="long"), birth_date=_FIRST_BIRTH.isoformat())


def real_now() -> datetime:
    """Return the machine's time: a real server is met, and its clock has to agree."""
    return datetime.now(UTC)  # noqa: TID251 - processes are killed in real time


def draw_card() -> tuple[Reading, Reading]:
    """Draw one card; every visit shows it with another number on it."""
    portrait = draw_portrait_side(_PERSON, seed=11)
    emblem = draw_emblem_side(_PERSON, seed=11)
    return reading_of(portrait, real_now()), reading_of(emblem, real_now())


def enrol(home: Path, invitation: bytes, card: tuple[Reading, Reading]) -> str:
    """Set the till up, fill one draft in and discard it, and return the device id.

    The draft is for the tables that are read once (regions, kinds of documents): whoever is forked
    from here has them already, so that a kill strikes work and not the reading of tables.
    """
    desk = open_counter(home, real_now)
    desk.enrol(invitation, OPERATOR, PIN)
    desk.discard(_fill(desk, desk.begin(), card, 0))
    device_id = desk._stages.open().till.device_id
    desk.close()
    return device_id


def serve(
    desk: Desk, card: tuple[Reading, Reading], first: int, tell: Callable[[str], None]
) -> NoReturn:
    """Sign in, send in the background, and serve customers for ever.

    Tells what it is about to do (`at opening`, `at drafting`, `at submitting`), that it took up a
    draft which a crash had left (`resumed`), and what it has saved (`saved` and the id).

    Args:
        desk: the till's desk, on which nothing was opened yet.
        card: both sides of a card; every visit shows it with another number on it.
        first: the number of the first customer.
        tell: takes one line.
    """
    tell("at opening")
    desk.sign_in(OPERATOR, PIN)
    desk.start_sending()
    for number in count(first):
        tell("at drafting")
        draft = _resume(desk, tell) or _begin(desk)
        draft = _fill(desk, draft, card, number)
        tell("at submitting")
        tell(f"saved {_submit(desk, draft)}")
    raise AssertionError


def _resume(desk: Desk, tell: Callable[[str], None]) -> Draft | None:
    parked = desk.parked()
    if not parked:
        return None
    tell("resumed")
    return parked[0]


def _submit(desk: Desk, draft: Draft) -> RegistrationId:
    while True:
        try:
            return desk.submit(_accept(desk, draft)).id
        except NotComplete:
            draft = _accept(desk, draft)  # the line went down meanwhile: one more warning to accept


def _begin(desk: Desk) -> Draft:
    while True:
        try:
            return desk.begin()
        except TooManyWaiting:
            threading.Event().wait(0.01)  # the sender is at work; the shop has to wait for it


def _fill(desk: Desk, draft: Draft, card: tuple[Reading, Reading], number: int) -> Draft:
    for reading in card:
        draft = desk.take_reading(draft, _of(reading, number))
    if draft.line is None:  # else it is the visit of before the crash, with its SIM in hand
        iccid = f"898600{number:012d}"
        msisdn = Private(f"12000{number:06d}")
        draft = desk.set_line(draft, msisdn, Private(iccid + luhn_check(iccid)), Source.BARCODE)
    for notice in desk.policy().notices:
        answer = NoticeAnswer(notice.id, notice.version, "zh_CN", 4000, accepted=True)
        draft = desk.answer_notice(draft, answer)
    return desk.read_back(draft, done=True)


def _accept(desk: Desk, draft: Draft) -> Draft:
    """Accept every warning that was not accepted yet."""
    for finding in desk.findings(draft):
        if finding.severity is Severity.WARN:
            draft = desk.confirm(draft, finding.rule)
    return draft


def _of(reading: Reading, number: int) -> Reading:
    """Return the reading with the number and the birth date of another customer."""
    day, place = divmod(number, _NUMBERS_A_DAY // 2)
    birth = _FIRST_BIRTH + timedelta(days=day)
    sequence = place * 2 + (1 if _PERSON.sex == "男" else 2)
    body = f"110105{birth:%Y%m%d}{sequence:03d}"
    values = {"birth_date": birth.isoformat(), "id_number": body + resident_id_check(body)}
    fields = tuple(
        replace(field, value=Private(text), raw=Private(text))
        if (text := values.get(field.name)) is not None
        else field
        for field in reading.fields
    )
    return replace(reading, fields=fields)
