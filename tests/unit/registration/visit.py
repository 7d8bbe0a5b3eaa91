"""An invented customer at the counter: readings, drafts and all that a rule may look at."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from pos_client import documents, resources, wordings
from pos_client.model.document import DocumentImage, DocumentKind, Quality, Side
from pos_client.model.field import Box, Field, FieldCheck, FieldName, Source
from pos_client.model.numbers import icao, mrz
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict
from pos_client.model.registration import (
    Channel,
    Device,
    NoticeAnswer,
    OperatorNumber,
    RegistrationId,
    Times,
)
from pos_client.registration import draft as steps_of_draft
from pos_client.registration import rules
from pos_client.registration.case import Case, Known
from pos_client.registration.policy import load_policy

if TYPE_CHECKING:
    from pos_client.model.declaration import DocumentDeclaration
    from pos_client.model.draft import Draft
    from pos_client.model.policy import PolicyPack
    from pos_client.model.rules import Finding

NOW: Final = datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
TODAY: Final = date(2025, 6, 1)
ID: Final = RegistrationId("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001")
OPERATOR: Final = OperatorNumber("1007")
RESIDENT_ID: Final = DocumentKind("cn.resident_id.2")
PASSPORT: Final = DocumentKind("xx.passport")

PORTRAIT: Final = {
    "name": "样本女",
    "sex": "女",
    "ethnicity": "汉",
    "birth_date": "1949-12-31",
    "address": "北京市朝阳区样本路1号",
    "id_number": "11010519491231002X",
}
EMBLEM: Final = {
    "authority": "样本市公安局朝阳分局",
    "valid_from": "2016-05-06",
    "valid_until": "long-term",
}
MSISDN: Final = "12000000101"
ICCID: Final = "8986000000000000002"


@cache
def kinds() -> tuple[DocumentDeclaration, ...]:
    return documents.load_documents(resources.folder("documents"))


def kind(code: DocumentKind) -> DocumentDeclaration:
    return next(each for each in kinds() if each.code == code)


def picture(content: bytes, *, at: datetime = NOW) -> DocumentImage:
    jpeg = b"\xff\xd8\xff" + content
    return DocumentImage(
        Private(jpeg),
        hashlib.sha256(jpeg).hexdigest(),
        1012,
        638,
        "synthetic",
        at,
        Quality(420.5, 131.0, 0.01, 0.72, 4.5),
    )


def read_field(name: str, value: str, *, source: Source = Source.OCR, sure: float = 0.99) -> Field:
    return Field(FieldName(name), Private(value), Private(value), source, sure, Box(10, 20, 30, 40))


def reading(side: Side, values: dict[str, str], *, at: datetime = NOW) -> Reading:
    fields = tuple(read_field(name, value) for name, value in values.items())
    image = picture(side.encode(), at=at)
    return Reading(Verdict.READ, RESIDENT_ID, side, fields, (), image, 640)


def passport_lines(*, birth: str = "740812", expiry: str = "320415") -> tuple[str, str]:
    number, optional = "L898902C3", "ZE184226B<<<<<"
    digit = icao.check_digit
    body = f"{number}{digit(number)}UTO{birth}{digit(birth)}F{expiry}{digit(expiry)}"
    body += optional + digit(optional)
    composite = digit(body[:10] + body[13:20] + body[21:43])
    return "P<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<"), body + composite


def passport_reading(lines: tuple[str, ...] | None = None) -> Reading:
    lines = lines or passport_lines()
    parsed = mrz.parse(lines, TODAY)
    assert parsed is not None
    checks = (FieldCheck("NUM06", not parsed.faults),)
    fields = tuple(
        Field(FieldName(name), Private(value), Private(value), Source.MRZ, 0.97, checks=checks)
        for name, value in parsed.values.items()
    )
    shown = tuple(Private(line) for line in lines)
    return Reading(Verdict.READ, PASSPORT, Side.DATA, fields, shown, picture(b"data"), 610)


def begun() -> Draft:
    return steps_of_draft.begin(ID, OPERATOR, NOW)


def shown(draft: Draft, read: Reading) -> Draft:
    assert read.document is not None
    return steps_of_draft.take_reading(draft, read, kind(read.document), TODAY)


def identified(*, portrait: dict[str, str] | None = None, **emblem: str) -> Draft:
    draft = shown(begun(), reading(Side.PORTRAIT, PORTRAIT | (portrait or {})))
    later = NOW + timedelta(seconds=4)
    return shown(draft, reading(Side.EMBLEM, EMBLEM | emblem, at=later))


def typed(draft: Draft, name: str, text: str) -> Draft:
    assert draft.document is not None
    declaration = kind(draft.document)
    return steps_of_draft.type_field(draft, FieldName(name), Private(text), declaration, TODAY)


def finished(draft: Draft, policy: PolicyPack) -> Draft:
    draft = steps_of_draft.set_line(draft, Private(MSISDN), Private(ICCID), Source.BARCODE)
    for notice in policy.notices:
        answer = NoticeAnswer(notice.id, notice.version, "zh_CN", 5200, accepted=True)
        draft = steps_of_draft.answer_notice(draft, answer)
    return steps_of_draft.read_back(draft, done=True)


def case(
    draft: Draft, policy: PolicyPack | None = None, known: Known | None = None, today: date = TODAY
) -> Case:
    pack = policy or load_policy("training")
    return Case(draft, kinds(), pack, today, known or Known(), wordings.load())


def found(
    draft: Draft, policy: PolicyPack | None = None, known: Known | None = None, today: date = TODAY
) -> dict[str, Finding]:
    findings = rules.check(case(draft, policy, known, today))
    return {finding.rule: finding for finding in reversed(findings)}


CHANNEL: Final = Channel("Sample Carrier", ("North", "Dealer 7"), "Outlet 12", OPERATOR)
DEVICE: Final = Device("till-0007", "0.1.0")
TIMES: Final = Times(NOW, NOW + timedelta(minutes=2), -0.4, "Asia/Shanghai", "boot-1", 123456)
