"""Reads a document: from a frame to fields with their evidence."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

from pos_client.capture import mrz, tesseract, vote
from pos_client.capture.anchors import Kind
from pos_client.capture.beside import wanted_beside
from pos_client.capture.checks import agreed, checks_of, reconciled
from pos_client.capture.engine import SecondReader, TextEngine
from pos_client.capture.frame import Frame, Pixels
from pos_client.capture.lay_otherwise import Decoded, decoded, lay_otherwise, page_with_zone
from pos_client.capture.lay_out import lay_out
from pos_client.capture.locate import Found, Located, Locator
from pos_client.capture.mrz_zone import ZoneReading
from pos_client.capture.places import with_places
from pos_client.capture.printed_digits import Printed, printed_iccids
from pos_client.capture.problems import ModelsMissing
from pos_client.capture.second_look import all_merged
from pos_client.capture.second_opinion import with_second_opinion
from pos_client.capture.smaller import smaller
from pos_client.capture.straighten import document_image, straighten, to_flat
from pos_client.capture.strays import Strays
from pos_client.capture.surnames import with_surname
from pos_client.capture.values import Value
from pos_client.capture.weights import load_engine
from pos_client.model.declaration import DocumentDeclaration, FieldDeclaration, SideDeclaration
from pos_client.model.document import DocumentImage, DocumentKind, Quality
from pos_client.model.field import Field, FieldCheck, FieldName, Source
from pos_client.model.numbers.mrz import MrzFault
from pos_client.model.numbers.mrz_states import STATES
from pos_client.model.originality import Sign
from pos_client.model.private import Private
from pos_client.model.reading import Reading, Verdict

log = logging.getLogger(__name__)

#: Traineddata that the second reader uses where they are installed.
_LANGUAGES: Final = ("chi_sim", "eng")
#: Larger pictures are made smaller first: no card needs more, and it bounds time and memory.
_LONGEST_PX: Final = 2600
_SHORTEST_PX: Final = 40
_WARM_UP_PAGE: Final = (416, 640, 3)
_WARM_UP_LINE: Final = (48, 480, 3)
#: Text that carries no check of its own, the sharpness below which networks err while they sound
#: sure (see the quality's own unit), and what such a value is then worth.
_UNCHECKED: Final = frozenset("person_name_zh person_name_latin text_zh text_latin".split())
_BLURRED: Final = 60.0
_FROM_BLUR: Final = 0.88
#: What a text at the edge of the picture is worth.
_CUT_OFF: Final = 0.5
#: Fields that name a state, which no check digit covers.
_STATE_FIELDS: Final = frozenset({"issuing_state", "nationality"})
_UNKNOWN_STATE: Final = 0.5
_MRZ_FAULTS: Final = {str(fault) for fault in MrzFault}


class Reader:
    """Finds and reads the documents that it has declarations of; keeps nothing between frames.

    `engine` is what reads the text: the networks, or Tesseract where their weights are missing.
    """

    def __init__(
        self,
        declarations: tuple[DocumentDeclaration, ...],
        engine: TextEngine,
        second: SecondReader | None = None,
    ) -> None:
        self._locator = Locator(declarations, engine)
        self._strays = Strays(declarations)
        self.engine = engine
        self._second = second
        # The picture is packed and judged on one core while the other still reads from it.
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="evidence")

    def warm_up(self) -> None:
        """Run every network once on an empty picture: the first run lays out its memory."""
        self.engine.find_lines(np.zeros(_WARM_UP_PAGE, np.uint8), max(_WARM_UP_PAGE))
        line = np.zeros(_WARM_UP_LINE, np.uint8)
        self.engine.recognise([line, line])
        self.engine.read_codes([line])

    def locate(self, frame: Frame, wanted: DocumentKind | None = None) -> Located | None:
        """Find where a document lies and probably which one; None where there is no text.

        Where the one found is not the one `wanted`, that is looked for beside it.
        """
        height, width = frame.pixels.shape[:2]
        if min(height, width) < _SHORTEST_PX:
            return None
        locate = self._locator.locate
        return wanted_beside(locate, frame, locate(frame), wanted)

    def read(
        self,
        frame: Frame,
        *,
        wanted: DocumentKind | None = None,
        located: Located | None = None,
        quick: bool = False,
    ) -> Reading:
        """Read the document in a frame. Never raises for a bad picture: the verdict says it.

        Args:
            frame: the picture.
            wanted: what the clerk is about to register. Its captions are looked for too, and it is
                taken where two kinds fit alike or lie side by side; a card of another kind that
                lies alone is read as what it is.
            located: what `locate` found in this very frame, to save finding it again.
            quick: leave the second reader out, which takes half a second for a doubtful field:
                where another frame will come, that one says more.
        """
        began = perf_counter()
        second = None if quick else self._second
        reading = self._read(_bounded(frame), located, wanted, second)
        return replace(reading, ms=round((perf_counter() - began) * 1000))

    def _read(
        self,
        frame: Frame,
        before: Located | None,
        wanted: DocumentKind | None,
        second: SecondReader | None,
    ) -> Reading:
        if min(frame.pixels.shape[:2]) < _SHORTEST_PX:
            return unreadable("too_small")
        exactly = partial(self._locator.locate_exactly, wanted=wanted)
        located = wanted_beside(exactly, frame, exactly(frame, before), wanted)
        if located is None or located.found is None:
            return unreadable("no_document")
        if located.found.kind.document.mrz is not None:
            reading = self._read_zone(frame, located, located.found)
            states = [each for each in reading.fields if each.name == "issuing_state"]
            if not states or states[0].value.reveal() in STATES:
                return reading
            page = page_with_zone(self.engine, self._locator, frame, located.found, wanted)
            if page is None:
                return reading
            located = page
        laid = lay_out(self.engine, self._locator, frame, located, wanted)
        if laid is None:
            return unreadable("no_document")
        read = lay_otherwise(self.engine, self._locator, frame, decoded(laid), wanted)
        return self._read_page(frame, read, second)

    def _read_page(self, frame: Frame, read: Decoded, second: SecondReader | None) -> Reading:
        laid = read.laid
        kind = laid.found.kind
        packed = self._beside.submit(document_image, laid.flat, frame, laid.located)
        image = _for_its_kind(packed.result(), kind)
        values: dict[str, Value] = {
            each.name: _seen_sharply(each, _seen_whole(each, value, laid.flat), image.quality)
            for each, value in read.values
            if value is not None and (value.text or value.raw)
        }
        values = _mended(kind.side, values)
        if second is not None:
            values = with_second_opinion(second, laid.flat, kind.side, values)
        fields = self._weighed(kind, values, frame.captured_at.date())
        return Reading(
            verdict=_verdict(kind, fields),
            document=kind.document.code,
            side=kind.side.side,
            fields=fields,
            mrz=(),
            image=image,
            ms=0,
        )

    def sim_digits(self, frame: Frame) -> Printed:
        """Read the numbers of SIM cards from the digits of a frame."""
        return printed_iccids(self.engine, frame)

    def weigh(self, readings: Sequence[Reading]) -> Reading:
        """Make one reading of several of the same card: each field, each character is voted on.

        The picture is that of the sharpest frame. Readings of another card than the last one's do
        not count.
        """
        counted = vote.together(readings)
        best = max(counted, key=lambda each: each.image.quality.sharpness if each.image else 0.0)
        kind = self._locator.kind(best.document, best.side)
        if len(counted) == 1 or kind is None or best.image is None or kind.document.mrz is not None:
            return all_merged(counted)
        values = _mended(kind.side, vote.elected(kind.side.fields, counted))
        fields = self._weighed(kind, values, best.image.captured_at.date())
        verdict = _verdict(kind, fields)
        return replace(best, fields=fields, verdict=verdict, ms=sum(each.ms for each in counted))

    def _weighed(self, kind: Kind, values: dict[str, Value], today: date) -> tuple[Field, ...]:
        """Hold the values of one side against each other, their check digits and all captions."""
        values = self._strays.doubted(kind.side, reconciled(kind.side, values), today)
        checks = checks_of(kind.side, kind.document.checks, values, today)
        values = agreed(values, checks)
        return tuple(
            _field(each.name, values[each.name], checks[each.name])
            for each in kind.side.fields
            if each.name in values
        )

    def _read_zone(self, frame: Frame, located: Located, found: Found) -> Reading:
        size = found.kind.size_mm
        flat = straighten(frame.pixels, found.view, size)
        packed = self._beside.submit(document_image, flat, frame, located)
        zone = None
        if found.rows is not None:
            across = to_flat(found.view, size)
            today = frame.captured_at.date()
            zone = mrz.read_zone(self.engine, flat, found.rows, across, size, today)
            found = self._locator.of_zone(found, zone.zone.values)
        fields = _zone_fields(found, zone) if zone else ()
        return Reading(
            verdict=_verdict(found.kind, fields),
            document=found.kind.document.code,
            side=found.kind.side.side,
            fields=fields,
            mrz=tuple(Private(line) for line in zone.zone.lines) if zone else (),
            image=packed.result(),
            ms=0,
            repairs=zone.repairs if zone else (),
        )


def _seen_sharply(field: FieldDeclaration, value: Value, quality: Quality) -> Value:
    """Nothing checks names and addresses: from a blurred picture a person compares them."""
    if field.type in _UNCHECKED and quality.sharpness < _BLURRED:
        return replace(value, confidence=min(value.confidence, _FROM_BLUR))
    return value


def _seen_whole(field: FieldDeclaration, value: Value, flat: Pixels) -> Value:
    """Print at the very edge of the straightened picture may go on beyond it."""
    ends = value.box.x + value.box.width
    if field.type in _UNCHECKED and (value.box.x <= 0 or ends >= flat.shape[1]):
        return replace(value, confidence=min(value.confidence, _CUT_OFF))
    return value


def _for_its_kind(image: DocumentImage, kind: Kind) -> DocumentImage:
    """A document that is printed without colour is as grey as a copy of it: that says nothing."""
    if kind.document.coloured:
        return image
    told = tuple(each for each in image.originality if each.sign is not Sign.GREY)
    return replace(image, originality=told)


def _mended(side: SideDeclaration, values: dict[str, Value]) -> dict[str, Value]:
    """Mend places and names by the lists of them."""
    return with_surname(side, with_places(side, values))


def unreadable(reason: str) -> Reading:
    """A reading that says only why there is none."""
    return Reading(Verdict.UNREADABLE, None, None, (), (), None, 0, reason)


def _bounded(frame: Frame) -> Frame:
    if max(frame.pixels.shape[:2]) <= _LONGEST_PX:
        return frame
    return replace(frame, pixels=smaller(frame.pixels, _LONGEST_PX)[0])


def _field(name: FieldName, value: Value, checks: tuple[FieldCheck, ...]) -> Field:
    return Field(
        name=name,
        value=Private(value.text),
        raw=Private(value.raw),
        source=Source.OCR,
        confidence=round(value.confidence, 4),
        box=value.box,
        checks=checks,
        alternatives=tuple(Private(each) for each in value.alternatives),
        letters=value.letters,
    )


def _zone_fields(found: Found, zone: ZoneReading) -> tuple[Field, ...]:
    fields = []
    for each in found.kind.side.fields:
        text = zone.zone.values.get(each.name, "")
        if not text and not each.required:
            continue
        fields.append(
            Field(
                name=each.name,
                value=Private(text),
                raw=Private(text),
                source=Source.MRZ,
                confidence=round(likely(each.name, text, zone.confidence(each.name)), 4),
                box=zone.box(each.name),
                checks=_zone_checks(zone, each.name),
            )
        )
    return tuple(fields)


def likely(name: str, text: str, confidence: float) -> float:
    """Doubt a state that nobody has heard of. No more than that: lists of states age."""
    if name in _STATE_FIELDS and text not in STATES:
        return min(confidence, _UNKNOWN_STATE)
    return confidence


def _zone_checks(zone: ZoneReading, name: str) -> tuple[FieldCheck, ...]:
    """The value's own check digit; the document number also carries the one over everything."""
    if name not in _MRZ_FAULTS:
        return ()
    broken = [fault for fault in zone.zone.faults if fault == name]
    if name == "document_number" and MrzFault.COMPOSITE in zone.zone.faults:
        broken.append(MrzFault.COMPOSITE)
    if broken:
        return tuple(FieldCheck("NUM06", passed=False, reason=str(fault)) for fault in broken)
    return (FieldCheck("NUM06", passed=True, reason="repaired" if name in zone.mended else ""),)


def _verdict(kind: Kind, fields: tuple[Field, ...]) -> Verdict:
    """`read` only where every required field is there, holds its checks and is sure.

    A side whose fields may all be empty may be another side's, where nothing at all was read.
    """
    by_name = {field.name: field for field in fields}
    if kind.side.fields and not any(field.value.reveal() for field in fields):
        return Verdict.DOUBT
    for each in kind.side.fields:
        field = by_name.get(each.name)
        if field is None:
            if each.required:
                return Verdict.DOUBT
        elif field.doubtful or (each.required and not field.value.reveal()):
            return Verdict.DOUBT
    return Verdict.READ


def load_reader(
    documents: tuple[DocumentDeclaration, ...], models: Path, *, threads: int = 2
) -> Reader:
    """Load the weights and make a reader; about half a second, so not on the window's thread.

    Where the weights are missing but Tesseract is installed, a slower reader for upright pictures
    comes back, whose values are all left for a person to confirm.

    Raises:
        ModelsMissing: no reader of text can be made on this machine.
    """
    installed = tesseract.languages()
    languages = "+".join(each for each in _LANGUAGES if each in installed)
    try:
        engine = load_engine(models, threads=threads)
    except ModelsMissing:
        if not languages:
            raise
        log.warning("weights are missing: reading with Tesseract alone")
        return Reader(documents, tesseract.TesseractEngine(languages))
    return Reader(documents, engine, tesseract.TesseractReader(languages) if languages else None)
