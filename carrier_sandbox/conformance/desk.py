"""What the lines of the conformance table share: tills at a carrier, and ways to insist."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from carrier_sandbox.conformance.till import Broken, Till, code_of
from carrier_sandbox.conformance.wire import Reply

_T = TypeVar("_T")
PROBLEM: Final = "application/problem+json"
_LOOK_AGAIN_S: Final = 0.25


class NotTried(Exception):
    """The line cannot be tried here; the message says what it would need."""


@dataclass(slots=True)
class Desk:
    """Two tills at the carrier under test. The second is None where one invitation was given.

    `restart` kills the carrier and starts it again; None where nobody told how.
    """

    till: Till
    second: Till | None
    patience_s: float
    restart: Callable[[], None] | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def other(self) -> Till:
        """The second till.

        Raises:
            NotTried: there is none.
        """
        if self.second is None:
            raise NotTried("needs a second --invitation")
        return self.second


def insist(holds: object, what: str) -> None:
    """Go on only if it holds.

    Raises:
        Broken: it does not.
    """
    if not holds:
        raise Broken(what)


def no(reply: Reply, statuses: set[int], code: str | None = None) -> None:
    """Insist that the carrier said no, in its own format.

    Raises:
        Broken: it did not.
    """
    wanted = "/".join(str(status) for status in sorted(statuses))
    insist(reply.status in statuses, f"answered {reply.status} instead of {wanted}")
    insist(reply.media_type == PROBLEM, f"said no as {reply.media_type or 'nothing'}")
    said = code_of(reply)
    insist(code in {None, said}, f"said {said} instead of {code}")


def eventually(look: Callable[[], _T | None], patience_s: float) -> _T | None:
    """Look until there is something, or patience ends."""
    end = time.monotonic() + patience_s
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(_LOOK_AGAIN_S)  # noqa: TID251 - another program works meanwhile; nothing to wait on
    return found
