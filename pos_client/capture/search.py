"""The search for one side of a card: which frame to look at next, and when it is enough.

Everything here is decided from frames, results and times that are handed in; no thread, no clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pos_client.capture import guidance, quality
from pos_client.capture.focus import Focus
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Glance, Region, moved
from pos_client.capture.guidance import CardSeen, Guidance, Seen
from pos_client.capture.locate import Located
from pos_client.capture.print_seen import Likeness, alike, likeness
from pos_client.capture.second_look import all_merged, same_card
from pos_client.capture.sighting import Capture, Job, Rest, Sight, Task
from pos_client.capture.surface import Surface, is_guess
from pos_client.capture.vote import agreed_twice, sure_at_once
from pos_client.model.document import DocumentKind, Quad, Side
from pos_client.model.reading import Reading, Verdict
from pos_client.model.view import Wanted

#: Less than this share of the picture changes between two frames while a hand holds still.
QUIET: Final = 0.025
#: More than this share has changed since the card came to rest: it was moved slowly.
_DRIFTED: Final = 0.08
#: So many quiet frames in a row before one of them is worth reading.
_QUIET_FRAMES: Final = 2
#: Seconds between two tries to find a card, in a picture that moves and in one that does not.
_FIND_MOVING_S: Final = 0.20
_FIND_STILL_S: Final = 0.50
#: The longest such time, once an empty desk has been looked at again and again.
_FIND_EMPTY_S: Final = 1.2
#: Seconds before a card that could not be read is read again without having been moved.
_READ_AGAIN_S: Final = 0.40
#: The same for print of which it is not known whether it is a document at all.
_READ_UNKNOWN_AGAIN_S: Final = 2.0
#: Such print is read only once it has lain still for a while: a hand may be bringing a card.
_UNKNOWN_STILL_S: Final = 0.80
#: Seconds that an outline is believed without having been seen again. A slow computer takes that
#: long from one look to the next; whoever takes the card away is seen by the look after it.
_OUTLINE_S: Final = 1.2
#: Seconds for which a card is known before it is read although the hand trembles, and how old the
#: frame may be in which it was found.
_TREMBLES_S: Final = 0.40
_FRESH_S: Final = 0.60
#: After so many seconds without a picture the camera was away: what was seen before is over.
_AWAY_S: Final = 2.0
#: Seconds from the first doubtful reading until a person decides. While a hint may help it is so
#: many seconds from the hint, which has to be read and followed, and no more than so many in all.
_DOUBT_S: Final = 1.8
_DOUBT_WITH_HINT_S: Final = 3.0
_DOUBT_AT_MOST_S: Final = 6.0
#: More frames of one card than this tell nothing new.
_MOST_LOOKS: Final = 5

#: Makes one reading of several of the same card.
Weigh = Callable[[Sequence[Reading]], Reading]

_SIDE_HINTS: Final = {
    Side.PORTRAIT: guidance.THIS_IS_PORTRAIT,
    Side.EMBLEM: guidance.THIS_IS_EMBLEM,
}


@dataclass(frozen=True, slots=True, eq=False)
class _Card:
    """The card as it was last found; `rest` is the stillness it is known to lie in, 0 for none.

    `region` is its part of the small grey picture, `surface` what could last be seen of its print,
    `tilt_deg` how far it leans, 0 before it was read: at a glance it is not known well enough.
    """

    placed: Located
    sight: Sight
    print: Likeness
    region: Region
    rest: int
    mismatch: str | None
    surface: Surface | None
    tilt_deg: float = 0.0

    @property
    def known(self) -> bool:
        """False for print that was found but not recognised: perhaps a newspaper on the desk."""
        return self.placed.document is not None

    @property
    def lies(self) -> Located | None:
        """Where it lies, if it is known and lies still."""
        return self.placed if self.known and self.rest else None


class Search:
    """Give it frames and results and ask it for jobs, until there is a `capture`.

    `before` is the last capture: its print cannot come back as the other side. `focus` is how sharp
    the camera has been so far. `weigh` makes one reading of several.
    """

    def __init__(
        self,
        wanted: Wanted,
        before: Capture | None = None,
        focus: Focus | None = None,
        weigh: Weigh = all_merged,
    ) -> None:
        self.capture: Capture | None = None
        self.guidance = Guidance()
        self.focus = focus or Focus()
        self._wanted = wanted
        self._before = before
        self._newest: Sight | None = None
        self._rest: Rest | None = None
        self._rests = 0
        self._card: _Card | None = None
        self._found_at = float("-inf")
        self._found_in = 0
        self._known_at: float | None = None
        self._misses = 0
        self._pressed = False
        self._pressed_at: Sight | None = None
        # What a reading showed to be the wrong side stays that until it is moved: place and hint.
        self._refused: tuple[int, str] | None = None
        self._last_read: Job | None = None
        self._read_at = float("-inf")
        self._weigh_up = weigh
        self._so_far: Reading | None = None
        self._looks: list[Reading] = []
        self._doubt_at = 0.0

    # -- what is seen -----------------------------------------------------------------------
    def saw(self, frame: Frame, glance: Glance, at: float) -> None:
        """Take in a frame that was taken at `at`, seconds."""
        if self._newest is not None and at - self._newest.at > _AWAY_S:
            self._begin_anew()
        before, rest = self._newest, self._rest
        quiet = before is None or self._changed(before.glance, glance) < QUIET
        drifted = rest is not None and self._changed(rest.first.glance, glance) > _DRIFTED
        if not quiet or drifted:
            self._rest = None
        if quiet and self._rest is None:
            self._rests += 1
            self._misses = 0
        sight = Sight(frame, glance, at, self._rests if quiet else 0)
        if quiet:
            self._rest = Rest(sight, sight) if self._rest is None else self._rest.with_frame(sight)
        self._newest = sight
        self.guidance = self.guidance.after(self._seen(sight), at)
        self._decide_doubt(at)

    def _begin_anew(self) -> None:
        """Wait for nobody, and decide nothing, by what a camera saw before it was unplugged."""
        self.guidance = Guidance()
        self._rest, self._card, self._known_at = None, None, None
        self._so_far, self._looks, self._pressed = None, [], False

    def take_now(self) -> None:
        """Read the next frame, whatever it shows, and be content with the result."""
        self._pressed = True
        self._pressed_at = self._newest

    def outline(self, at: float) -> Quad | None:
        """Return where the card is, in pixels of the newest frame; None where that is not known."""
        card = self._current_card(at)
        return None if card is None else card.placed.quad

    # -- what to do next --------------------------------------------------------------------
    def next_job(self, at: float) -> Job | None:
        """Return what the idle reader should do now, or None to wait for the next frame."""
        newest = self._newest
        if newest is None or self.capture is not None:
            return None
        if self._pressed:
            fresh = newest is not self._pressed_at
            return Job(Task.READ, newest, forced=True) if fresh else None
        rest = self._rest
        card = self._card
        if rest is None or rest.frames < _QUIET_FRAMES:
            trembling = None if card is None else self._read_trembling(card, at)
            return trembling or self._find(newest, at, every_s=_FIND_MOVING_S)
        if card is None or card.rest != newest.rest:
            pause_s = min(_FIND_STILL_S * 2**self._misses, _FIND_EMPTY_S)
            tried = self._found_in == rest.number
            return self._find(rest.best, at, every_s=pause_s if tried else 0.0)
        if card.mismatch is not None:
            return self._find(rest.best, at, every_s=_FIND_STILL_S)
        return self._read(rest, card, at)

    def _find(self, sight: Sight, at: float, *, every_s: float) -> Job | None:
        return Job(Task.FIND, sight) if at - self._found_at >= every_s else None

    def _read_trembling(self, card: _Card, at: float) -> Job | None:
        """Read the frame in which a card was found that never comes to rest, if it is sharp there.

        Few hands are still for a slow camera: from one of its frames to the next a card that is
        sharp in each of them has moved by more than what counts as stillness.
        """
        sight, last = card.sight, self._last_read
        known_s = 0.0 if self._known_at is None else at - self._known_at
        if not card.known or card.mismatch is not None or card.surface is None:
            return None
        if known_s < _TREMBLES_S or at - sight.at > _FRESH_S:
            return None
        if guidance.is_blurred(card.surface, self._bearable_mm()):
            return None
        if last is not None and last.sight is sight:
            return None
        return Job(Task.READ, sight, card.placed, lies=card.placed, quick=True)

    def _read(self, rest: Rest, card: _Card, at: float) -> Job | None:
        if not card.known and at - rest.first.at < _UNKNOWN_STILL_S:
            return None
        last = self._last_read
        if last is None or last.sight.rest != card.rest:
            same = card.sight.rest == card.rest and not rest.best.much_sharper_than(card.sight)
            placed = card.placed if same and card.known else None
            sight = card.sight if same else rest.best
            return Job(Task.READ, sight, placed, lies=card.lies, quick=True)
        if rest.best.much_sharper_than(last.sight):
            return Job(Task.READ, rest.best, lies=card.lies, quick=True)
        more = self._so_far is not None and len(self._looks) < _MOST_LOOKS
        wait_s = _READ_AGAIN_S if card.known else _READ_UNKNOWN_AGAIN_S
        if not more and at - self._read_at < wait_s:
            return None
        # Not sharper, but another picture: its noise is another, and so is the hand's tremor.
        newest = self._newest
        if newest is None or newest is last.sight:
            return None
        return Job(Task.READ, newest, lies=card.lies)

    # -- what came of it --------------------------------------------------------------------
    def found(
        self, job: Job, placed: Located | None, at: float, surface: Surface | None = None
    ) -> None:
        """Take in where the card is in the job's frame, and what can be seen of its print."""
        self._found_at, self._found_in = at, job.sight.rest
        if placed is None or placed.document is None:
            self._known_at = None
        elif self._known_at is None:
            self._known_at = job.sight.at
        if placed is None:
            self._card = None
            self._misses += job.sight.rest == self._rests
            return
        rest, sight = self._rest, job.sight
        in_rest = sight.rest
        region = quality.region(placed.quad, sight.frame.pixels.shape[1], sight.glance.luma)
        if rest is not None and moved(sight.glance.luma, rest.first.glance.luma, region) < QUIET:
            in_rest = rest.number
        seen_print = likeness(sight.frame, placed.quad)
        mismatch = self._mismatch(placed.document, placed.side, seen_print)
        if mismatch is None and self._refused is not None and self._refused[0] == in_rest:
            mismatch = self._refused[1]
        self._card = _Card(placed, sight, seen_print, region, in_rest, mismatch, surface)
        self._learn(surface, still=in_rest != 0)

    def has_read(
        self, job: Job, reading: Reading, at: float, surface: Surface | None = None
    ) -> None:
        """Take in what was read from the job's frame, and what could be seen of the print there."""
        self._last_read, self._read_at = job, at
        if surface is not None and self._card is not None and self._card.placed is job.lies:
            self._card = replace(self._card, surface=surface)
            self._learn(surface, still=True)
        if self._card is not None and self._card.placed is job.lies:
            self._card = replace(self._card, tilt_deg=quality.leaning_deg(reading))
        if job.forced:
            self.capture = self._captured(job, reading)
            return
        if reading.verdict is Verdict.UNREADABLE:
            return
        card = self._card_of(job)
        mismatch = self._mismatch(
            reading.document, reading.side, None if card is None else card.print
        )
        if mismatch is not None:
            if job.sight.rest:
                self._refused = (job.sight.rest, mismatch)
            if card is not None:
                self._card = replace(card, mismatch=mismatch)
            return
        self._weigh(job, reading, at)

    def _weigh(self, job: Job, reading: Reading, at: float) -> None:
        """Be content with the readings so far, or look once more."""
        if self._so_far is not None and same_card(self._so_far, reading):
            self._looks.append(reading)
            self._so_far = self._weigh_up(self._looks)
        else:
            self._so_far, self._looks, self._doubt_at = reading, [reading], at
        enough = len(self._looks) >= _MOST_LOOKS
        if self._so_far.verdict is Verdict.READ:
            rest = self._rest
            blurred = rest is not None and rest.best.much_sharper_than(job.sight)
            settled = sure_at_once(self._looks[0]) or agreed_twice(self._looks)
            if enough or (settled and not blurred):
                self.capture = self._captured(job, self._so_far)
        elif enough and self.guidance.hint is None:
            self.capture = self._captured(job, self._so_far)

    def _decide_doubt(self, at: float) -> None:
        """Hand a doubtful reading to a person once more looking has not helped."""
        if self._so_far is None or self._last_read is None or self.capture is not None:
            return
        decided_at = self._doubt_at + _DOUBT_S
        if self.guidance.hint is not None:
            hinted_at = max(self._doubt_at, self.guidance.hint_since)
            latest = self._doubt_at + _DOUBT_AT_MOST_S
            decided_at = min(hinted_at + _DOUBT_WITH_HINT_S, latest)
        if at >= decided_at:
            self.capture = self._captured(self._last_read, self._so_far)

    def _captured(self, job: Job, reading: Reading) -> Capture:
        card = self._card_of(job)
        if card is None:
            return Capture(reading, job.sight, None, None)
        return Capture(reading, job.sight, card.placed.quad, card.print)

    def _learn(self, surface: Surface | None, *, still: bool) -> None:
        """Remember how sharp this camera was on a card that lay still."""
        if surface is not None and still:
            self.focus = self.focus.after(surface.px_per_mm, surface.blur_mm)

    # -- how things stand -------------------------------------------------------------------
    def _changed(self, one: Glance, other: Glance) -> float:
        """Return how much changed; on the card where it is known: people may pass behind it."""
        card = self._card
        if card is None or not card.known:
            return moved(one.luma, other.luma)
        return moved(one.luma, other.luma, card.region)

    def _bearable_mm(self) -> float:
        return self.focus.bearable(guidance.MOST_BLUR_MM.starts)

    def _card_of(self, job: Job) -> _Card | None:
        """Return the card that lay in the job's frame, as far as that is known."""
        card = self._card
        if card is None or (card.sight is not job.sight and card.rest != job.sight.rest):
            return None
        return card

    def _current_card(self, at: float) -> _Card | None:
        card = self._card
        if card is None or not card.known:
            return None
        lies = self._rest is not None and card.rest == self._rest.number
        return card if lies or at - card.sight.at < _OUTLINE_S else None

    def _seen(self, sight: Sight) -> Seen:
        card = self._current_card(sight.at)
        quiet_s = None if self._rest is None else sight.at - self._rest.first.at
        glance = sight.glance
        if card is None:
            return Seen(glance.brightness, glance.clipped, quiet_s)
        height, width = sight.frame.pixels.shape[:2]
        quad = card.placed.quad
        shown = CardSeen(
            filled=quality.filled(quad, width, height),
            cut_off=not is_guess(card.placed) and quality.cut_off(quad, width, height),
            tilt_deg=card.tilt_deg,
            mismatch=card.mismatch,
            surface=card.surface,
            bearable_mm=self._bearable_mm(),
        )
        if card.surface is not None:
            sharper = self.focus.sharper_when(card.surface.px_per_mm, card.surface.blur_mm)
            shown = replace(shown, sharper=sharper)
        return Seen(glance.brightness, glance.clipped, quiet_s, shown)

    def _mismatch(
        self, document: DocumentKind | None, side: Side | None, seen_print: Likeness | None
    ) -> str | None:
        """Name the hint for a card that is not what is wanted; None where it may be."""
        wanted = self._wanted
        if document is not None and wanted.document not in {None, document}:
            return guidance.WRONG_DOCUMENT
        if side is not None and side not in wanted.sides:
            return _SIDE_HINTS.get(side, guidance.WRONG_DOCUMENT)
        before = self._before
        if before is None or before.print is None or seen_print is None:
            return None
        was = before.reading.side
        if was is None or was is side or (side is None and was in wanted.sides):
            return None
        return _SIDE_HINTS.get(was) if alike(before.print, seen_print) else None
