"""The search for one side, played with a made-up clock: what is read, when, and what is refused."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client.capture.gate import Gate
from pos_client.capture.search import Search
from pos_client.capture.sighting import Capture, Job, Task
from pos_client.capture.surface import Surface
from pos_client.model.document import DocumentImage, Quality, Side
from pos_client.model.private import Private
from pos_client.model.reading import Verdict
from pos_client.model.view import Phase, Wanted
from tests.fakes.cameras import (
    ID_CARD,
    NOON,
    PASSPORT,
    UNREADABLE,
    field_of,
    frame,
    picture,
    reading,
    spot,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_client.capture.frame import Pixels
    from pos_client.capture.locate import Located
    from pos_client.model.reading import Reading

FPS = 30
FIND_S = 0.10
READ_S = 0.45
SHARP = Surface(
    px_per_mm=9.0, blur_mm=0.06, smear=1.2, paper=200, clipped=0.0, glare=0.0, hidden=0.0
)


@dataclass
class Counter:
    """A counter in made-up time: a camera, a reader of usual speed, and the search between them."""

    search: Search
    scene: Callable[[float], Pixels]
    finds: Callable[[Job], Located | None] = lambda job: (
        spot() if job.sight.frame.pixels.std() > 10 else None
    )
    reads: Callable[[Job], Reading] = lambda _job: reading()
    surface: Surface | None = None
    find_s: float = FIND_S
    now: float = 0.0
    jobs: list[Job] = field(default_factory=list)
    hints: list[str | None] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)

    def play(self, seconds: float) -> Capture | None:
        """Let time pass until something is captured, or the seconds are over."""
        gate, end = Gate(), self.now + seconds
        busy: tuple[float, Job] | None = None
        while self.search.capture is None and self.now < end:
            if busy is not None and busy[0] <= self.now:
                self._finish(busy[1])
                busy = None
            shown = frame(self.scene(self.now))
            self.search.saw(shown, gate.look(shown), self.now)
            self.hints.append(self.search.guidance.hint)
            self.phases.append(self.search.guidance.phase)
            job = self.search.next_job(self.now) if busy is None else None
            if job is not None:
                self.jobs.append(job)
                busy = (self.now + (self.find_s if job.task is Task.FIND else READ_S), job)
            self.now += 1 / FPS
        return self.search.capture

    def _finish(self, job: Job) -> None:
        if job.task is Task.FIND:
            self.search.found(job, self.finds(job), self.now, self.surface)
        else:
            self.search.has_read(job, self.reads(job), self.now)

    @property
    def read_jobs(self) -> list[Job]:
        return [job for job in self.jobs if job.task is Task.READ]


def arriving(at: float, *, card: int = 7) -> Callable[[float], Pixels]:
    """A card that slides in for half a second and lies still from `at` on."""

    def scene(now: float) -> Pixels:
        if now < at - 0.5:
            return picture()
        return picture(card, shift=round(max(0.0, at - now) * 300))

    return scene


def lying(card: int = 7, **how: int) -> Callable[[float], Pixels]:
    return lambda _now: picture(card, **how)


def test_a_card_is_captured_within_a_second_of_lying_still() -> None:
    took = []
    for tenth in range(20):
        at = 1.0 + tenth * 0.017
        counter = Counter(Search(Wanted()), arriving(at))
        assert counter.play(5.0) is not None
        took.append(counter.now - at)
    assert min(took) > 0.5
    assert statistics.median(took) <= 0.75
    assert max(took) <= 1.0


def test_an_empty_desk_costs_the_reader_little() -> None:
    counter = Counter(Search(Wanted()), lambda _now: picture(), finds=lambda _job: None)
    assert counter.play(10.0) is None
    assert len(counter.jobs) <= 10
    assert counter.read_jobs == []


def test_the_sharpest_frame_of_the_stillness_is_read() -> None:
    def focusing(now: float) -> Pixels:
        return picture(7, blur=max(0, 6 - round(now * 20)))

    counter = Counter(Search(Wanted()), focusing)
    capture = counter.play(5.0)
    assert capture is not None
    best = Gate().look(frame(picture(7))).sharpness
    assert capture.sight.glance.sharpness >= 0.8 * best


def test_a_moving_card_is_not_read() -> None:
    def swinging(now: float) -> Pixels:
        return picture(7, shift=round(now * 240) % 60)

    counter = Counter(Search(Wanted()), swinging)
    assert counter.play(3.0) is None
    assert counter.read_jobs == []
    assert counter.hints[-1] == "CAP08"


def trembling(now: float) -> Pixels:
    """A card that is somewhere else in each frame, by a little."""
    return picture(7, shift=round(now * FPS) % 2 * 6)


def test_a_card_in_a_hand_that_trembles_is_read_where_it_is_sharp() -> None:
    counter = Counter(Search(Wanted()), trembling, surface=SHARP)
    assert counter.play(5.0) is not None
    assert 0.4 < counter.now < 1.6
    assert counter.hints[-1] is None
    assert counter.read_jobs[0].placed is not None, "it was found in the very frame that is read"


def test_a_card_that_trembles_is_not_read_where_the_movement_blurs_it() -> None:
    blurred = replace(SHARP, blur_mm=0.4, smear=2.0)
    counter = Counter(Search(Wanted()), trembling, surface=blurred)
    assert counter.play(3.0) is None
    assert counter.read_jobs == []
    assert counter.hints[-1] == "CAP08"


def test_a_card_of_another_kind_that_trembles_is_named_and_not_read() -> None:
    counter = Counter(Search(Wanted(PASSPORT)), trembling, surface=SHARP)
    assert counter.play(3.0) is None
    assert counter.read_jobs == []
    assert counter.hints[-1] == "CAP11"


def test_a_trembling_card_stays_found_on_a_slow_computer() -> None:
    counter = Counter(Search(Wanted(PASSPORT)), trembling, surface=SHARP, find_s=0.45)
    counter.play(4.0)
    found = counter.phases.index(Phase.FOUND)
    assert Phase.SEARCH not in counter.phases[found:]


def test_people_who_pass_behind_a_still_card_do_not_hold_it_up() -> None:
    def busy_shop(now: float) -> Pixels:
        pixels = picture(7)
        for edge in (slice(0, 28), slice(152, 180)):
            pixels[edge] = (
                80 + 100 * ((np.arange(320) + round(now * 900)) % 160 > 80)[None, :, None]
            )
        return pixels

    counter = Counter(Search(Wanted()), busy_shop)
    assert counter.play(5.0) is not None
    assert counter.now < 1.2


def test_a_card_that_creeps_is_found_anew() -> None:
    def creeping(now: float) -> Pixels:
        return picture(7, shift=round(now * 20))

    counter = Counter(Search(Wanted()), creeping, reads=lambda _job: UNREADABLE)
    counter.play(3.0)
    places = {job.sight.rest for job in counter.jobs}
    assert len(places) > 2


@pytest.mark.parametrize(
    ("side", "wanted", "hint"),
    [
        (Side.EMBLEM, Side.PORTRAIT, "CAP09"),
        (Side.PORTRAIT, Side.EMBLEM, "CAP10"),
        (Side.DATA, Side.EMBLEM, "CAP11"),
    ],
)
def test_the_wrong_side_is_named_and_not_read(side: Side, wanted: Side, hint: str) -> None:
    search = Search(Wanted(ID_CARD, frozenset({wanted})))
    counter = Counter(search, lying(), finds=lambda _job: spot(side=side))
    assert counter.play(2.0) is None
    assert counter.hints[-1] == hint
    assert counter.read_jobs == []


def test_a_different_document_is_named_and_not_read() -> None:
    counter = Counter(Search(Wanted(PASSPORT)), lying())
    assert counter.play(2.0) is None
    assert counter.hints[-1] == "CAP11"
    assert counter.read_jobs == []


def test_a_wrong_side_that_only_the_reading_shows_is_refused_too() -> None:
    search = Search(Wanted(None, frozenset({Side.EMBLEM})))
    counter = Counter(search, lying(), finds=lambda _job: spot(side=None))
    assert counter.play(2.0) is None
    assert counter.hints[-1] == "CAP10"
    assert len(counter.read_jobs) == 1


def captured_portrait() -> Capture:
    capture = Counter(Search(Wanted()), lying()).play(3.0)
    assert capture is not None
    assert capture.reading.side is Side.PORTRAIT
    return capture


def test_the_same_print_is_never_taken_for_the_other_side() -> None:
    search = Search(Wanted(None, frozenset({Side.EMBLEM})), captured_portrait())
    mistaken = Counter(
        search,
        lying(),
        finds=lambda _job: spot(side=Side.EMBLEM),
        reads=lambda _job: reading(side=Side.EMBLEM),
    )
    assert mistaken.play(3.0) is None
    assert mistaken.hints[-1] == "CAP10"


def test_the_other_side_is_taken_as_soon_as_it_is_shown() -> None:
    search = Search(Wanted(None, frozenset({Side.EMBLEM})), captured_portrait())

    def turned(now: float) -> Pixels:
        return picture(7) if now < 1.0 else arriving(1.6, card=8)(now)

    def side(job: Job) -> Side:
        return Side.PORTRAIT if job.sight.at < 1.0 else Side.EMBLEM

    counter = Counter(
        search,
        turned,
        finds=lambda job: spot(side=side(job)),
        reads=lambda job: reading(side=side(job)),
    )
    capture = counter.play(5.0)
    assert capture is not None
    assert capture.reading.side is Side.EMBLEM
    assert counter.now < 2.6


def test_the_same_side_can_be_captured_again_when_it_is_wanted_again() -> None:
    again = Search(Wanted(None, frozenset({Side.PORTRAIT})), captured_portrait())
    assert Counter(again, lying()).play(2.0) is not None


def test_a_doubtful_card_is_read_once_more_and_the_better_of_each_field_kept() -> None:
    name_poor = reading(
        Verdict.DOUBT, field_of("name", "样木", sure=0.4), field_of("id_number", "1", passed=True)
    )
    number_poor = reading(
        Verdict.DOUBT, field_of("name", "样本", sure=0.97), field_of("id_number", "1", passed=True)
    )
    answers = chain([name_poor], repeat(number_poor))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: next(answers))
    capture = counter.play(5.0)
    assert capture is not None
    assert [field.value.reveal() for field in capture.reading.fields] == ["样本", "1"]
    assert len({job.sight for job in counter.read_jobs}) == len(counter.read_jobs) > 2
    assert counter.now < 3.2


def test_two_doubtful_cards_are_never_mixed() -> None:
    first = reading(
        Verdict.DOUBT, field_of("name", "甲", sure=0.97), field_of("id_number", "1", passed=True)
    )
    second = reading(
        Verdict.DOUBT, field_of("name", "乙", sure=0.40), field_of("id_number", "2", passed=True)
    )
    answers = chain([first], repeat(second))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: next(answers))
    capture = counter.play(5.0)
    assert capture is not None
    assert [field.value.reveal() for field in capture.reading.fields] == ["乙", "2"]


def test_a_lasting_doubt_is_handed_to_a_person_soon() -> None:
    doubt = reading(Verdict.DOUBT, field_of("name", "样本", sure=0.5))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: doubt)
    capture = counter.play(10.0)
    assert capture is not None
    assert capture.reading.verdict is Verdict.DOUBT
    assert counter.now < 3.2


def leaning(read: Reading, tilt_deg: float) -> Reading:
    """The same reading of a card that leans: the place is known exactly once it was read."""
    figures = Quality(sharpness=900, brightness=140, glare=0.0, coverage=0.6, tilt_deg=tilt_deg)
    return replace(
        read,
        image=DocumentImage(Private(b"jpeg"), "00" * 32, 856, 540, "drawn", NOON, figures),
    )


def test_while_a_hint_may_help_a_doubt_waits_longer() -> None:
    doubt = reading(Verdict.DOUBT, field_of("name", "样本", sure=0.5))
    tilted = leaning(doubt, 50)
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: tilted)
    assert counter.play(10.0) is not None
    hinted_s = (len(counter.hints) - counter.hints.index("CAP03")) / FPS
    assert 2.9 < hinted_s < 3.2, "time to read the hint and to follow it"
    assert counter.now < 7.0


def test_a_doubt_that_a_second_look_dispels_is_read() -> None:
    poor = reading(Verdict.DOUBT, field_of("name", "样本", sure=0.5))
    answers = chain([poor], repeat(reading()))
    capture = Counter(Search(Wanted()), lying(), reads=lambda _job: next(answers)).play(5.0)
    assert capture is not None
    assert capture.reading.verdict is Verdict.READ


def test_a_card_that_is_sure_in_every_field_needs_one_frame() -> None:
    sure = reading(Verdict.READ, field_of("id_number", "1", passed=True))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: sure)
    assert counter.play(5.0) is not None
    assert [job.quick for job in counter.read_jobs] == [True]


def test_what_is_just_above_the_mark_is_believed_once_two_frames_agree() -> None:
    rather = reading(Verdict.READ, field_of("id_number", "1", sure=0.93, passed=True))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: rather)
    assert counter.play(5.0) is not None
    assert len({job.sight for job in counter.read_jobs}) == 2
    assert [job.quick for job in counter.read_jobs] == [True, False], "then every reader is asked"


def test_no_more_than_five_frames_of_a_doubtful_card_are_read() -> None:
    doubt = reading(Verdict.DOUBT, field_of("name", "样本", sure=0.5))
    voted: list[int] = []

    def weigh(readings: Sequence[Reading]) -> Reading:
        voted.append(len(readings))
        return readings[-1]

    counter = Counter(Search(Wanted(), weigh=weigh), lying(), reads=lambda _job: doubt)
    assert counter.play(10.0) is not None
    assert max(voted) <= 5


def test_a_doubt_from_before_the_camera_was_unplugged_decides_nothing() -> None:
    doubt = reading(Verdict.DOUBT, field_of("name", "样本", sure=0.5))
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: doubt)
    counter.play(1.0)
    assert counter.read_jobs
    counter.scene = lambda _now: picture()
    counter.now += 13.0
    assert counter.play(3.0) is None
    assert counter.hints[-1] is None, "nobody is told to hurry by what a dead camera cost"


def test_an_unreadable_card_is_tried_again_until_the_way_out_is_offered() -> None:
    counter = Counter(Search(Wanted()), lying(), reads=lambda _job: UNREADABLE)
    assert counter.play(13.5) is None
    assert counter.hints[-1] == "CAP13"
    assert 10 < len(counter.read_jobs) < 20


def test_print_that_is_no_document_is_not_read_over_and_over() -> None:
    counter = Counter(
        Search(Wanted()),
        lying(),
        finds=lambda _job: spot(document=None, side=None),
        reads=lambda _job: UNREADABLE,
    )
    assert counter.play(10.0) is None
    assert len(counter.read_jobs) <= 5
    assert set(counter.phases) == {Phase.SEARCH}


def test_print_on_the_desk_does_not_keep_the_reader_from_the_card() -> None:
    counter = Counter(
        Search(Wanted()),
        arriving(1.0),
        finds=lambda job: spot() if job.sight.at >= 1.0 else spot(document=None, side=None),
    )
    assert counter.play(5.0) is not None
    assert counter.now < 1.9


def test_take_now_reads_the_next_frame_even_when_it_moves_and_takes_what_comes() -> None:
    def swinging(now: float) -> Pixels:
        return picture(7, shift=round(now * 240) % 60)

    counter = Counter(Search(Wanted()), swinging, reads=lambda _job: UNREADABLE)
    assert counter.play(1.0) is None
    pressed = counter.now
    counter.search.take_now()
    capture = counter.play(5.0)
    assert capture is not None
    assert capture.reading is UNREADABLE
    assert capture.sight.at >= pressed
    assert counter.now - pressed < READ_S + FIND_S + 0.1


def test_the_ring_is_shown_before_the_capture() -> None:
    counter = Counter(Search(Wanted()), arriving(1.0))
    counter.play(5.0)
    assert counter.phases[0] is Phase.SEARCH
    assert counter.phases[-1] is Phase.STEADY


def test_a_card_that_is_taken_away_leaves_no_outline() -> None:
    def brief(now: float) -> Pixels:
        return picture(7) if now < 0.4 else picture()

    counter = Counter(
        Search(Wanted()),
        brief,
        finds=lambda job: spot() if job.sight.at < 0.4 else None,
        reads=lambda _job: UNREADABLE,
    )
    counter.play(0.4)
    assert counter.search.outline(counter.now) is not None
    counter.play(2.0)
    assert counter.search.outline(counter.now) is None


def test_an_odd_reading_without_a_side_is_not_lost() -> None:
    bare = replace(reading(), side=None)
    capture = Counter(Search(Wanted()), lying(), reads=lambda _job: bare).play(3.0)
    assert capture is not None
    assert capture.reading is bare
