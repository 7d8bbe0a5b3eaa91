"""Asks an independent reader about the values that are in doubt, and weighs its answer."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from pos_client.capture.engine import SecondReader
from pos_client.capture.frame import Pixels
from pos_client.capture.values import Value
from pos_client.model.declaration import FieldDeclaration, SideDeclaration
from pos_client.model.field import SURE, Box
from pos_client.model.numbers import cn_id

#: The second reader takes a tenth of a second or two for each question; they are asked together.
_MOST_QUESTIONS: Final = 2
#: What each type of field may hold, for the second reader; types that are not here are not asked.
_CHARACTERS: Final = {"cn_id18": "0123456789X", "person_name_zh": "", "text_zh": ""}
#: Taller boxes than these shares of their width, and of the document's height, hold more than one
#: line or next to nothing.
_ONE_LINE_SHARE: Final = 0.8
_TALLEST: Final = 0.12
#: How much of a doubt is left when two readers that err differently agree.
_AGREED: Final = 0.3
#: What not even an agreement would make sure is left to the person without a question.
_WORTH_ASKING: Final = 1 - (1 - SURE) / _AGREED
_MARGIN: Final = 0.1
#: Another reading shares at least so much with the first; what does not is not worth offering.
_ALIKE: Final = 0.5


def with_second_opinion(
    second: SecondReader, flat: Pixels, side: SideDeclaration, values: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the values, the doubtful ones among them weighed against the second reader's.

    It is asked where its answers can leave no text in doubt: a person who has to look at the card
    anyway is not kept waiting for them. Other values may be settled by the number later.
    """
    doubtful = [
        (field, value)
        for field in side.fields
        if field.type in _CHARACTERS
        and (value := values.get(field.name)) is not None
        and value.confidence < SURE
    ]
    questions = [each for each in doubtful if _is_question(each[1], flat)]
    if not questions or len(questions) < len(doubtful) or len(questions) > _MOST_QUESTIONS:
        return dict(values)

    def answer(question: tuple[FieldDeclaration, Value]) -> str | None:
        field, value = question
        return second.read_line(_crop(flat, value.box), _CHARACTERS[field.type])

    with ThreadPoolExecutor(_MOST_QUESTIONS, thread_name_prefix="second") as threads:
        answers = threads.map(answer, questions)
    weighed = dict(values)
    for (field, value), text in zip(questions, answers, strict=True):
        if text:
            weighed[field.name] = _weighed(field, value, text)
    return weighed


def _is_question(value: Value, flat: Pixels) -> bool:
    box = value.box
    one_line = box.height < _ONE_LINE_SHARE * box.width and box.height < _TALLEST * flat.shape[0]
    return one_line and value.confidence >= _WORTH_ASKING


def _weighed(field: FieldDeclaration, value: Value, text: str) -> Value:
    if field.type == "cn_id18":
        text = cn_id.normalise(text)
    if text == value.text:
        return replace(value, confidence=1 - (1 - value.confidence) * _AGREED)
    if field.type == "cn_id18" and cn_id.fault(text) is not None:
        return value
    if SequenceMatcher(None, text, value.text).ratio() < _ALIKE:
        return value  # it read something else, or nothing sensible; that helps nobody
    return replace(value, alternatives=(*value.alternatives, text))


def _crop(flat: Pixels, box: Box) -> Pixels:
    edge = round(box.height * _MARGIN)
    top, left = max(0, box.y - edge), max(0, box.x - edge)
    return flat[top : box.y + box.height + edge, left : box.x + box.width + edge]
