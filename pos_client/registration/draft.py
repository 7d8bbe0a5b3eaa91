"""A registration in the making: every step gives a new draft and loses nothing that was read."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind, Side
from pos_client.model.draft import Draft
from pos_client.model.field import Field, FieldName, Source
from pos_client.model.numbers import sim
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.registration import (
    FlowKind,
    Line,
    NoticeAnswer,
    OperatorDecision,
    OperatorNumber,
    RegistrationId,
)
from pos_client.registration import field_checks, typed_values
from pos_client.registration.problems import NothingRead, OtherDocument, UnknownField

#: Warnings about the person or the line: what was accepted for one value is not for the next.
_IDENTITY_RULES: Final = ("CAP", "DOC", "NUM", "PER", "MIN")
_LINE_RULES: Final = ("SIM", "QTA")
#: Where the card's picture changes, what a second person said about the face is open again.
_PICTURE_RULES: Final = (*_IDENTITY_RULES, "FAC")


def begin(
    registration: RegistrationId,
    operator: OperatorNumber,
    now: datetime,
    supersedes: RegistrationId | None = None,
) -> Draft:
    """Start an empty draft for a new line; its id is the packet's id for ever.

    A draft that corrects a returned registration starts empty as well: what was sealed cannot be
    read here any more, so the customer shows the card again.
    """
    return Draft(registration, FlowKind.NEW_LINE, operator, now, supersedes=supersedes)


def hand_over(draft: Draft, taker: OperatorNumber, now: datetime) -> Draft:
    """Make a draft another operator's, who answers for it from now on.

    What that one approved of it as a second person is open again, and so is the reading back.
    """
    given = OperatorDecision(draft.operator, "handed_over", taker, now)
    own = {each.what.partition(":")[2] for each in draft.decisions if each.operator == taker}
    return _next(
        draft,
        operator=taker,
        decisions=(*draft.decisions, given),
        confirmed=draft.confirmed - own,
        read_back=False,
    )


def choose_document(draft: Draft, kind: DocumentKind) -> Draft:
    """Say which document it is. Another kind than before forgets the values of that one."""
    if draft.document == kind:
        return draft
    return _next(
        draft,
        document=kind,
        fields={},
        read_fields={},
        mrz=(),
        images={},
        confirmed=_without(draft.confirmed, _PICTURE_RULES, set(draft.fields)),
        read_back=False,
    )


def take_reading(
    draft: Draft, reading: Reading, declaration: DocumentDeclaration, today: date
) -> Draft:
    """Take over one side as it was read. Typed values stay, a chip's values are not lowered.

    Raises:
        NothingRead: no document or no side was recognised.
        OtherDocument: the draft is about another kind of document.
    """
    if reading.document is None or reading.side is None:
        raise NothingRead
    if {reading.document, draft.document or reading.document} != {declaration.code}:
        raise OtherDocument
    read = {field.name: field for field in reading.fields}
    taken = {
        name: field for name, field in read.items() if not _stays(draft.fields.get(name), field)
    }
    images = dict(draft.images)
    if reading.image is not None:
        images[reading.side] = reading.image
    return _next(
        draft,
        document=reading.document,
        fields=field_checks.checked(draft.fields | taken, declaration, today),
        read_fields=draft.read_fields | read,
        mrz=reading.mrz or draft.mrz,
        images=images,
        confirmed=_without(draft.confirmed, _PICTURE_RULES, set(taken)),
        read_back=False,
    )


def retake(draft: Draft, side: Side, declaration: DocumentDeclaration, today: date) -> Draft:
    """Forget what was read from one side, with its picture; what was typed stays."""
    declared = declaration.side(side)
    names = {field.name for field in declared.fields} if declared else set()
    kept = {
        name: field
        for name, field in draft.fields.items()
        if name not in names or field.edited_by is not None
    }
    machine_readable = declaration.mrz is not None and any(
        field.type == "mrz" for field in (declared.fields if declared else ())
    )
    return _next(
        draft,
        fields=field_checks.checked(kept, declaration, today),
        read_fields={n: field for n, field in draft.read_fields.items() if n not in names},
        mrz=() if machine_readable else draft.mrz,
        images={each: image for each, image in draft.images.items() if each is not side},
        confirmed=_without(draft.confirmed, _PICTURE_RULES, names),
        read_back=False,
    )


def type_field(
    draft: Draft,
    name: FieldName,
    text: Private[str],
    declaration: DocumentDeclaration,
    today: date,
) -> Draft:
    """Put a typed value into a field, in the name of the draft's operator.

    Raises:
        UnknownField: the document has no such field.
    """
    declared = next((each for each in declaration.fields if each.name == name), None)
    if declared is None:
        raise UnknownField
    value = typed_values.normalise(declared, text.reveal(), today)
    raw = typed_values.storable(text.reveal())
    typed = Field(name, Private(value), Private(raw), Source.TYPED, 1.0, edited_by=draft.operator)
    return _next(
        draft,
        document=declaration.code,
        fields=field_checks.checked(draft.fields | {name: typed}, declaration, today),
        confirmed=_without(draft.confirmed, _IDENTITY_RULES, {name}),
        read_back=False,
    )


def undo_field(
    draft: Draft, name: FieldName, declaration: DocumentDeclaration, today: date
) -> Draft:
    """Put back what was read, or nothing where nothing was."""
    fields = {each: field for each, field in draft.fields.items() if each != name}
    if name in draft.read_fields:
        fields[name] = draft.read_fields[name]
    return _next(
        draft,
        fields=field_checks.checked(fields, declaration, today),
        confirmed=_without(draft.confirmed, _IDENTITY_RULES, {name}),
        read_back=False,
    )


def confirm(draft: Draft, what: str) -> Draft:
    """Note a field as compared with the print, or a WARN rule as accepted, by its name."""
    return _next(draft, confirmed=draft.confirmed | {what})


def set_line(draft: Draft, msisdn: Private[str], iccid: Private[str], source: Source) -> Draft:
    """Put in number and SIM card; `source` says whether the card was scanned or typed."""
    line = Line(
        Private(sim.normalise_msisdn(typed_values.storable(msisdn.reveal()))),
        Private(sim.normalise_iccid(typed_values.storable(iccid.reveal()))),
        source,
    )
    if line == draft.line:
        return draft
    return _next(
        draft,
        line=line,
        confirmed=_without(draft.confirmed, _LINE_RULES, set()),
        read_back=False,
    )


def answer_notice(draft: Draft, answer: NoticeAnswer) -> Draft:
    """Keep the customer's answer to a notice; a later answer replaces an earlier one."""
    others = tuple(each for each in draft.notices if each.notice_id != answer.notice_id)
    return _next(draft, notices=(*others, answer))


def read_back(draft: Draft, *, done: bool) -> Draft:
    """Note that name and number were read to the customer; any change afterwards undoes it."""
    return _next(draft, read_back=done)


def _stays(present: Field | None, read: Field) -> bool:
    if present is None:
        return False
    by_chip = present.source is Source.CHIP and read.source is not Source.CHIP
    return present.edited_by is not None or by_chip


def _without(
    confirmed: frozenset[str], families: tuple[str, ...], names: set[FieldName]
) -> frozenset[str]:
    return frozenset(
        each for each in confirmed if each not in names and not each.startswith(families)
    )


def _next(draft: Draft, **changes: Any) -> Draft:
    return replace(draft, revision=draft.revision + 1, **changes)
