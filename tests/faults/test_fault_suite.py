"""The fault suite in its short form: nothing is lost or doubled, and planted bugs are noticed."""

import pytest

from tests.faults.catalogue import TRIALS
from tests.faults.trial import Size, Trial

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_nothing_goes_wrong_in(trial: Trial) -> None:
    outcome = trial.run(Size.SHORT, lambda _played, _of: None)
    assert outcome.wrong == []
    assert outcome.faults > 0
