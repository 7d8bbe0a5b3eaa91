"""Keeps a hint on the screen long enough to be read, however fast the camera changes its mind."""

from typing import Final

#: No hint is replaced or taken away sooner than this.
READING_TIME_S: Final = 1.2


class HintHold:
    """One hint at a time; a newer one waits until the older was shown for 1.2 seconds."""

    def __init__(self) -> None:
        self.shown: str | None = None
        self._since = float("-inf")

    def offer(self, hint: str | None, now_s: float) -> None:
        """Take the newest hint (None: nothing to say) at a monotonic time in seconds."""
        if hint == self.shown:
            return
        if self.shown is None or now_s - self._since >= READING_TIME_S:
            self.shown, self._since = hint, now_s
