"""The fault suite in its short form: nothing is lost or doubled, and planted bugs are noticed."""

import pytest

from tests.faults.catalogue import TRIALS
from tests.faults.trial import Size, Trial

pytestmark = pytest.mark.slow


#: The whole day on the window, watched call by call, takes many minutes where the processor is
#: shared: `pos.py faults` plays it. `tests/journey/test_privacy.py` watches the desk's own day.
ELSEWHERE = frozenset({"plaintext"})


@pytest.mark.parametrize(
    "trial", [each for each in TRIALS if each.name not in ELSEWHERE], ids=lambda trial: trial.name
)
def test_nothing_goes_wrong_in(trial: Trial) -> None:
    outcome = trial.run(Size.SHORT, lambda _played, _of: None)
    assert outcome.wrong == []
    assert outcome.faults > 0
