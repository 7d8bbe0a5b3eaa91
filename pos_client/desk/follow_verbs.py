"""What became of a registration, what happens next, and a new one that corrects it."""

from dataclasses import replace
from typing import Final

from pos_client.desk.draft_verbs import DraftVerbs
from pos_client.desk.problems import NothingToCorrect
from pos_client.desk.stages import Stages
from pos_client.model.draft import Draft
from pos_client.model.registration import RegistrationId
from pos_client.model.row import Row, RowState
from pos_client.model.timeline import Happening

#: A try that failed is told once, with how often it was made.
_TRIES: Final = frozenset({"sending", "postponed"})


class FollowVerbs:
    """Everything about one registration that is out of the clerk's hands."""

    def __init__(self, stages: Stages, drafts: DraftVerbs) -> None:
        """Stand at the desk of this till."""
        self._stages = stages
        self._drafts = drafts

    def timeline(self, registration: RegistrationId) -> tuple[Happening, ...]:
        """Return what happened to a registration, oldest first; tries in a row are one entry."""
        outbox = self._stages.own(registration)
        return tuple(told(outbox.history(registration)))

    def revise(self, registration: RegistrationId) -> Draft:
        """Start the registration that corrects a returned one; the customer is here again.

        It is empty, because what was sealed cannot be read here. Asked twice, the same draft comes.

        Raises:
            NothingToCorrect: it was not returned, or is corrected already.
            RowOfAnother: somebody else made it.
        """
        row = self._stages.own(registration).row(registration)
        if row.state is not RowState.RETURNED or row.superseded_by is not None:
            raise NothingToCorrect
        begun = (each for each in self._drafts.parked() if each.supersedes == registration)
        return next(begun, None) or self._drafts.new_draft(supersedes=registration)


def told(happened: tuple[Happening, ...]) -> list[Happening]:
    """Put tries that follow each other together: the last one's time, and how many there were."""
    found: list[Happening] = []
    for each in happened:
        if each.event == "postponed":
            continue
        last = found[-1] if found else None
        if last is not None and last.event == each.event and each.event in _TRIES:
            found[-1] = replace(each, times=last.times + 1)
        else:
            found.append(each)
    return found


def with_progress(row: Row, sent: int | None) -> Row:
    """Return the row with what is known of its upload at this moment."""
    return row if sent is None or row.state is not RowState.SENDING else replace(row, sent=sent)
