"""All trials of the fault suite, in the order in which they are run."""

from typing import Final

from tests.faults import disk_full, kill_journey, kill_points
from tests.faults.trial import Trial

TRIALS: Final[tuple[Trial, ...]] = (
    *kill_journey.TRIALS,
    *kill_points.TRIALS,
    *disk_full.TRIALS,
)
