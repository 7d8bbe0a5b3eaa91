"""What the number under its check character says, where glare took the other print of it."""

from __future__ import annotations

from pos_client.capture.checks import agreed, checks_of, reconciled
from pos_client.capture.values import Value
from pos_client.documents import load_documents
from pos_client.model.document import Side
from pos_client.model.field import SURE, Box
from pos_client.resources import folder
from specimens.persons import TODAY
from tests.fakes.cameras import ID_CARD

CARD = next(each for each in load_documents(folder("documents")) if each.code == ID_CARD)
PORTRAIT = CARD.side(Side.PORTRAIT)
PLACE = Box(0, 0, 300, 30)
NUMBER = "371329189001010012"


def value(text: str, confidence: float = 0.99, raw: str | None = None) -> Value:
    return Value(text, text if raw is None else raw, confidence, PLACE)


def weighed(values: dict[str, Value]) -> dict[str, Value]:
    assert PORTRAIT is not None
    values = reconciled(PORTRAIT, values)
    return agreed(values, checks_of(PORTRAIT, CARD.checks, values, TODAY))


def test_a_sex_and_a_birth_that_were_not_seen_are_taken_from_the_number_and_stay_in_doubt() -> None:
    values = weighed({"id_number": value(NUMBER)})
    assert (values["sex"].text, values["birth_date"].text) == ("男", "1890-01-01")
    assert values["sex"].confidence < SURE
    assert values["birth_date"].confidence < SURE


def test_a_birth_of_which_nothing_was_made_out_too() -> None:
    values = weighed({"id_number": value(NUMBER), "birth_date": value("", 0.0, raw="1B月")})
    assert values["birth_date"].text == "1890-01-01"
    assert values["birth_date"].confidence < SURE


def test_a_sex_that_was_clearly_read_is_never_changed() -> None:
    values = weighed({"id_number": value(NUMBER), "sex": value("女")})
    assert values["sex"].text == "女"


def test_a_number_that_is_not_sure_tells_nothing() -> None:
    assert "sex" not in weighed({"id_number": value(NUMBER, 0.7)})


def test_what_was_taken_from_the_number_does_not_confirm_it() -> None:
    alone = weighed({"id_number": value(NUMBER, 0.92)})
    confirmed = weighed({"id_number": value(NUMBER, 0.92), "birth_date": value("1890-01-01")})
    assert alone["id_number"].confidence < confirmed["id_number"].confidence
