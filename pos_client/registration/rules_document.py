"""Rules about the document: accepted here, shown whole, from a lawful source, in force today."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.field import Field, FieldName
from pos_client.model.originality import Sign
from pos_client.model.rules import Finding, Severity
from pos_client.registration import dates, field_checks, term
from pos_client.registration.case import Case

#: Both sides of one card are shown in one go; a card that was swapped takes longer.
MOST_BETWEEN_SIDES: Final = timedelta(minutes=10)

_UNTIL: Final = (FieldName("valid_until"), FieldName("expiry_date"))
_FROM: Final = FieldName("valid_from")
_BIRTH: Final = FieldName("birth_date")
#: Fields whose absence has a rule of its own.
_ELSEWHERE: Final = frozenset({"name", "surname", "address", "id_number"})


def findings(case: Case) -> Iterator[Finding]:
    """Yield what is to be said about the document shown."""
    declaration = case.declaration
    if declaration is None:
        yield case.finding("DOC15")
        return
    yield from _accepted(case, declaration)
    yield from _sides(case, declaration)
    yield from _fields(case)
    yield from _sources(case, declaration)
    yield from _in_force(case)
    yield from _validity_period(case)
    yield from _one_card(case)
    yield from _original(case)


def _accepted(case: Case, declaration: DocumentDeclaration) -> Iterator[Finding]:
    kinds = case.policy.documents.get(case.draft.flow, ())
    if declaration.code in kinds:
        return
    titles = [each.title for each in case.documents if each.code in kinds]
    yield case.finding(
        "DOC01",
        values={
            "list.en": ", ".join(title["en"] for title in titles),
            "list.zh_CN": "、".join(title["zh_CN"] for title in titles),
        },
    )


def _sides(case: Case, declaration: DocumentDeclaration) -> Iterator[Finding]:
    for side in declaration.sides:
        titles = {f"side.{language}": title for language, title in side.title.items()}
        if not case.shown(side):
            # The policy may do without a picture, but not without the side.
            yield Finding("DOC12", Severity.BLOCK, None, titles)
        elif declaration.image_allowed and side.side not in case.draft.images:
            yield case.finding("DOC12", values=titles)


def _fields(case: Case) -> Iterator[Finding]:
    for each in case.fields_shown():
        field = case.draft.fields.get(each.name)
        if field is None or not field.value.reveal():
            if each.required and each.name not in _ELSEWHERE:
                yield case.about_field("DOC11", each)
            continue
        if field_checks.is_date(each.type, each.name) and not dates.sound(field.value.reveal()):
            yield case.about_field("DOC14", each)
        if field.doubtful:
            yield case.about_field("DOC13", each)


def _sources(case: Case, declaration: DocumentDeclaration) -> Iterator[Finding]:
    accepted = case.policy.accepted_sources.get(declaration.code)
    if accepted is None or all(field.source in accepted for field in _filled(case)):
        return
    fallback = case.policy.camera_allowed_when_no_reader and case.known.reader_missing
    yield case.finding("DOC07" if fallback else "DOC06")


def _filled(case: Case) -> tuple[Field, ...]:
    return tuple(field for field in case.draft.fields.values() if field.value.reveal())


def _in_force(case: Case) -> Iterator[Finding]:
    for name in _UNTIL:
        span = dates.span(case.value(name))
        if span is None:
            continue
        days = (span[1] - case.today).days
        if days < 0:
            yield case.finding("DOC02", name, {"date": case.value(name)})
        elif days <= case.policy.expiry_warning_days:
            yield case.finding("DOC03", name, {"n": str(days)})
    start = dates.span(case.value(_FROM))
    if start and start[0] > case.today:
        yield case.finding("DOC04", _FROM, {"date": case.value(_FROM)})


def _validity_period(case: Case) -> Iterator[Finding]:
    start, until = case.value(_FROM), case.value(_UNTIL[0])
    if case.has_check("DOC05") and not term.fits(start, until, case.value(_BIRTH)):
        yield case.finding("DOC05", _UNTIL[0], term.shown_years(start, until))


def _one_card(case: Case) -> Iterator[Finding]:
    """Look for what cannot be on two sides of one card."""
    images = tuple(case.draft.images.values())
    times = [image.captured_at for image in images]
    apart = bool(times) and max(times) - min(times) > MOST_BETWEEN_SIDES
    same_picture = len({image.sha256 for image in images}) < len(images)
    start, born = dates.span(case.value(_FROM)), dates.span(case.value(_BIRTH))
    before_birth = bool(start and born and start[1] < born[0])
    if apart or same_picture or before_birth:
        yield case.finding("CAP14")


def _original(case: Case) -> Iterator[Finding]:
    """Say what speaks against an original card; how heavily it weighs is the policy's word."""
    signs = {
        each.sign
        for image in case.draft.images.values()
        for each in image.originality
        if each.suspected
    }
    if Sign.REPEATED in signs:
        yield case.finding("CAP20")
    if signs - {Sign.REPEATED}:
        yield case.finding("CAP12")
