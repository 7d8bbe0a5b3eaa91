"""Words of the carrier, changed in thousands of ways: none is believed, none is too much."""

import pytest

from tests.faults import fuzz


@pytest.mark.parametrize("name", fuzz.kinds())
def test_every_sort_of_word_is_believed_as_it_was_said(name: str) -> None:
    kind = fuzz.kinds()[name]
    assert kind.read(kind.true)


def test_what_was_changed_is_not_believed_and_crashes_nothing() -> None:
    for name, told in fuzz.run(5000, seed=7).items():
        assert (told.believed, told.crashed) == (0, 0), name
        assert told.refused.total() > 500, name


def test_changed_files_are_refused_as_files() -> None:
    assert fuzz.bundles(1500) == 0
