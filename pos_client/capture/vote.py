"""Makes one reading of several of the same card: each field, each character is voted on."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pos_client.capture.fuse import fused
from pos_client.capture.second_look import same_card
from pos_client.capture.values import NOT_SURE, Value, number_of
from pos_client.model.declaration import FieldDeclaration
from pos_client.model.field import SURE, Box, Field
from pos_client.model.numbers import cn_id
from pos_client.model.reading import Reading

#: What n frames of one hand are worth together: n to this power. A tremor changes the picture less
#: than it would have to for each frame to be a new witness.
_INDEPENDENCE: Final = 0.6
#: A frame counts by the square root of its sharpness, and never less than this share of the best.
_LEAST_WEIGHT: Final = 0.3
_BY_LETTER: Final = frozenset({"person_name_zh", "text_zh", "cn_id18"})
_LEAST_DOUBT: Final = 1e-4
#: Of 142 cards of which every field was as sure as this in one frame none had an error; the other
#: 15 of the 157 that were called read get a second frame (ADR 016).
_AT_ONCE: Final = 0.97

Ballot = tuple[Field, float]


def together(readings: Sequence[Reading]) -> list[Reading]:
    """Of several readings those that can only come from the same side of the same card as the last.

    A card may have been taken away and another one laid down: their votes must never mix.
    """
    last = readings[-1]
    return [each for each in readings if each is last or same_card(each, last)]


def weights(readings: Sequence[Reading]) -> list[float]:
    """What each reading counts, by the sharpness of its picture."""
    sharp = [each.image.quality.sharpness if each.image else 0.0 for each in readings]
    best = max(*sharp, 1.0)
    return [max(_LEAST_WEIGHT, (each / best) ** 0.5) for each in sharp]


def elected(fields: Sequence[FieldDeclaration], readings: Sequence[Reading]) -> dict[str, Value]:
    """Vote on each field; the values are to be held against their checks once more."""
    values: dict[str, Value] = {}
    counts = weights(readings)
    for declared in fields:
        ballots = [
            (field, weight)
            for reading, weight in zip(readings, counts, strict=True)
            if (field := reading.field(declared.name)) is not None
        ]
        if ballots:
            values[declared.name] = _elected(declared, ballots)
    return values


def _elected(declared: FieldDeclaration, ballots: Sequence[Ballot]) -> Value:
    spelled = [ballot for ballot in ballots if ballot[0].letters]
    if declared.type == "cn_id18":
        # A frame that lost digits says nothing about where the others stand.
        spelled = [each for each in spelled if len(each[0].letters) == cn_id.LENGTH]
    if declared.type not in _BY_LETTER or len(spelled) * 2 <= len(ballots):
        return _by_value(ballots)
    strength = len(spelled) ** _INDEPENDENCE
    letters = fused([(field.letters, weight) for field, weight in spelled], strength)
    best = max(spelled, key=lambda ballot: ballot[0].confidence)[0]
    raw, box = best.raw.reveal(), best.box or Box(0, 0, 0, 0)
    if declared.type == "cn_id18":
        return number_of(letters, raw, box)
    text = "".join(letter.text for letter in letters)
    certain = math.prod(letter.probability for letter in letters)
    others = dict.fromkeys(field.value.reveal() for field, _ in spelled)
    return Value(
        text,
        raw,
        min(certain, _most_sure(text, [field for field, _ in spelled])),
        box,
        tuple(other for other in others if other != text)[:3],
        letters=letters,
    )


def _most_sure(text: str, frames: Sequence[Field]) -> float:
    """How sure frames can be together of a text that nothing checks.

    They share lens, lamp and whatever covers a character: what none of them was sure of is not
    sure by their number, and a frame that read more characters is a reason to look.
    """
    if any(len(field.letters) > len(text) for field in frames):
        return NOT_SURE
    sure = any(field.confidence >= SURE and field.value.reveal() == text for field in frames)
    return 1.0 if sure else NOT_SURE


def _by_value(ballots: Sequence[Ballot]) -> Value:
    """The value with the most votes; frames that agree leave less doubt than the best of them."""
    sums: dict[str, float] = {}
    doubts: dict[str, float] = {}
    best: dict[str, Field] = {}
    share = len(ballots) ** (_INDEPENDENCE - 1)
    for field, weight in ballots:
        text = field.value.reveal()
        sums[text] = sums.get(text, 0.0) + weight * field.confidence
        doubt = max(_LEAST_DOUBT, 1 - field.confidence) ** share
        doubts[text] = doubts.get(text, 1.0) * doubt
        if text not in best or field.confidence > best[text].confidence:
            best[text] = field
    text = max(sums, key=lambda each: (bool(each), sums[each]))
    against = sum(sums.values()) - sums[text]
    confidence = (1 - doubts[text]) * sums[text] / max(sums[text] + against, 1e-6)
    field = best[text]
    others = tuple(other for other in sums if other and other != text)[:3]
    repaired = any(check.reason == "repaired" for check in field.checks)
    if repaired:
        # What each frame took from elsewhere no number of frames has read.
        confidence = min(confidence, NOT_SURE)
    raw, box = field.raw.reveal(), field.box or Box(0, 0, 0, 0)
    return Value(text, raw, confidence, box, others, repaired=repaired, letters=field.letters)


def sure_at_once(reading: Reading) -> bool:
    """Tell whether one frame says enough: nothing in it is just above the mark."""
    return all(field.confidence >= _AT_ONCE for field in reading.fields)


def agreed_twice(readings: Sequence[Reading]) -> bool:
    """Tell whether two readings gave the same for every field that carries a check."""
    counts: dict[str, Counter[str]] = {}
    for reading in readings:
        for field in reading.fields:
            if field.checked:
                counts.setdefault(field.name, Counter())[field.value.reveal()] += 1
    return all(max(seen.values()) > 1 for seen in counts.values())
