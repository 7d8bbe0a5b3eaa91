"""A value about a person never prints itself, whoever asks."""

import logging
import pickle
from collections.abc import Callable

import pytest

from pos_client.model.private import Private

NUMBER = "11010519491231002X"


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>20}".format, "{!r:>9}".format])
def test_personal_data_never_prints_itself(show: Callable[[object], str]) -> None:
    assert "1101" not in show(Private(NUMBER))


def test_personal_data_never_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("x").debug("read %s and %r", Private(NUMBER), [Private(NUMBER)])
    assert "1101" not in caplog.text


def test_personal_data_is_never_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Private(NUMBER))


def test_equal_values_are_equal_and_hash_alike() -> None:
    assert Private(NUMBER) == Private(NUMBER)
    assert hash(Private(NUMBER)) == hash(Private(NUMBER))
    assert Private(NUMBER) != NUMBER
