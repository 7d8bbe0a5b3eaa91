"""All trials of the fault suite, in the order in which they are run."""

from typing import Final

from tests.faults import (
    after_lock,
    after_submit,
    damage,
    disk_full,
    key_loss,
    kill_journey,
    kill_points,
    plaintext,
    power_cut,
)
from tests.faults.trial import Trial

TRIALS: Final[tuple[Trial, ...]] = (
    *kill_journey.TRIALS,
    *kill_points.TRIALS,
    *power_cut.TRIALS,
    *disk_full.TRIALS,
    *damage.TRIALS,
    *key_loss.TRIALS,
    *after_submit.TRIALS,
    *after_lock.TRIALS,
    *plaintext.TRIALS,
)
