"""The movements asked of a person: in a drawn order, by one face, and never a silent no."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from pos_client import resources
from pos_client.capture import face_aim
from pos_client.capture.face import Face, unit_print
from pos_client.capture.face_aim import FaceAim
from pos_client.capture.face_challenge import Challenge, draw_moves
from pos_client.capture.face_nets import load_faces
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Gate
from pos_client.capture.source_synthetic import SyntheticSource
from pos_client.capture.watch import Watch
from pos_client.model.face import FaceMove
from pos_client.model.view import Phase, Shutter
from specimens.live_face import hold_up, stand
from tests.fakes.cameras import CannedReader
from tests.fakes.person import DrawnPerson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_client.capture.face import FacePrint
    from pos_client.capture.face_nets import FaceNets
    from pos_client.capture.frame import Pixels

NOON: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
ME: Final = unit_print(np.eye(128, dtype=np.float32)[0])
SOMEBODY: Final = unit_print(np.eye(128, dtype=np.float32)[1])


def face(turn: float = 0.0, near: float = 1.0, x: float = 500.0, thin: float = 1.0) -> Face:
    """Return a face whose points are where a turned, near or narrowed head has them."""
    half = 50.0 * near * thin
    middle = x + 120.0 * near
    return Face(
        x,
        200.0,
        240.0 * near,
        280.0 * near,
        (middle - half, 300.0),
        (middle + half, 300.0),
        (middle + turn * 2 * half, 355.0),
        (middle - half * 0.7, 400.0),
        (middle + half * 0.7, 400.0),
        0.9,
    )


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test wants the same order every time


@pytest.fixture(scope="module")
def nets() -> FaceNets:
    return load_faces(resources.folder("models"))


def see(challenge: Challenge, *looks: Face, numbers: FacePrint = ME) -> None:
    for each in looks:
        challenge.see((each,), (numbers,))


def test_the_order_is_drawn_and_no_movement_comes_twice() -> None:
    drawn = {draw_moves(3, chance(seed)) for seed in range(60)}
    assert len(drawn) == 6
    assert all(len(set(moves)) == 3 for moves in drawn)
    assert draw_moves(0, chance(1)) == ()


def test_each_movement_counts_only_when_it_is_asked_for() -> None:
    challenge = Challenge((FaceMove.LEFT, FaceMove.CLOSER), face(), ME)
    assert challenge.hint == "FAC16"
    see(challenge, face(-0.3), face(-0.3), face(near=1.3), face(near=1.3))
    assert (challenge.progress, challenge.hint) == (0.0, "FAC16")
    see(challenge, face(0.3), face(0.3))
    assert (challenge.progress, challenge.hint) == (0.5, "FAC19")
    see(challenge, face(near=1.3), face(near=1.3))
    assert challenge.hint == "FAC18"
    see(challenge, face(near=1.3))
    assert challenge.done
    assert challenge.hint is None


def test_a_single_look_may_be_a_mistake() -> None:
    challenge = Challenge((FaceMove.RIGHT,), face(), ME)
    see(challenge, face(-0.3), face(), face(-0.3), face())
    assert challenge.progress == 0.0
    see(challenge, face(-0.3), face(-0.3), face())
    assert challenge.done


def test_what_gets_narrower_as_it_turns_is_flat() -> None:
    challenge = Challenge((FaceMove.LEFT,), face(), ME)
    see(challenge, *[face(0.3, thin=0.6)] * 5)
    assert challenge.progress == 0.0


def test_another_person_breaks_it_off() -> None:
    challenge = Challenge((FaceMove.LEFT,), face(), ME)
    see(challenge, face(0.3), numbers=SOMEBODY)
    assert challenge.lost
    see(challenge, face(0.3), face(0.3), face())
    assert not challenge.done


def test_a_face_that_jumps_or_gets_company_breaks_it_off() -> None:
    jumped = Challenge((FaceMove.LEFT,), face(), ME)
    see(jumped, face(x=900.0))
    assert jumped.lost
    two = Challenge((FaceMove.LEFT,), face(), ME)
    two.see((face(), face(x=900.0)), (ME, SOMEBODY))
    assert two.lost


def test_a_blink_of_the_finder_is_forgiven_but_not_for_long() -> None:
    challenge = Challenge((FaceMove.LEFT,), face(), ME)
    for _ in range(3):
        challenge.see((), ())
    assert not challenge.lost
    see(challenge, face())
    for _ in range(4):
        challenge.see((), ())
    assert challenge.lost


# ------------------------------------------------------------------ the aim, with real networks


class Looker:
    """Lets an aim look at pictures one after another, at half a second each."""

    def __init__(self, aim: FaceAim) -> None:
        self.aim, self.at, self._gate, self._number = aim, 0.0, Gate(), 0

    def at_picture(self, pixels: Pixels, times: int = 1) -> None:
        for _ in range(times):
            frame = Frame(pixels, "drawn", NOON, self._number)
            self._number += 1
            self.at += 0.5
            self.aim.saw(frame, self._gate.look(frame), self.at)
            work = None if self.aim.done else self.aim.work(self.at)
            if work is not None:
                work()(self.at)


def test_one_hint_at_a_time_until_the_face_is_good(nets: FaceNets) -> None:
    looker = Looker(FaceAim(nets, moves=1, chance=chance(1)))
    wall = stand(0, shift=(2.0, 0.0))
    looker.at_picture(wall)
    assert looker.aim.guidance.hint == "FAC01"
    looker.at_picture(np.asarray(np.hstack([stand(0), stand(1)]), np.uint8))
    assert looker.aim.guidance.hint == "FAC02"
    looker.at_picture(stand(0, near=0.6))
    assert looker.aim.guidance.hint == "FAC04"
    looker.at_picture((stand(0) * 0.2).astype(np.uint8))
    assert looker.aim.guidance.hint == "FAC14"
    looker.at_picture(stand(0), 2)
    assert looker.aim.guidance.phase is Phase.STEADY
    looker.at_picture(stand(0), 2)
    assert looker.aim.guidance.hint in {"FAC16", "FAC17", "FAC18"}
    assert not looker.aim.done


def test_without_movements_three_good_looks_are_enough(nets: FaceNets) -> None:
    looker = Looker(FaceAim(nets, moves=0, chance=chance(1), keep=True))
    looker.at_picture(stand(0), 4)
    live = looker.aim.result
    assert live is not None
    assert live.print is not None
    assert live.picture is not None
    assert live.picture.height <= 240
    assert live.picture.jpeg.reveal().startswith(b"\xff\xd8")


def test_time_over_is_said_and_not_kept_silent(nets: FaceNets) -> None:
    looker = Looker(FaceAim(nets, moves=2, chance=chance(1), keep=True))
    looker.at_picture(stand(0), 5)
    asked = looker.aim.guidance.hint
    looker.at += face_aim.LIMIT_S
    looker.at_picture(stand(0))
    live = looker.aim.result
    assert live is not None
    assert (live.print, live.picture) == (None, None)
    assert len(live.moves) == 2
    assert asked in {"FAC16", "FAC17", "FAC18"}


def test_a_photo_held_up_and_turned_is_never_a_live_person(nets: FaceNets) -> None:
    aim = FaceAim(nets, moves=1, chance=chance(4))
    looker = Looker(aim)
    for degrees in (0, 0, 0, 0, *range(-50, 51, 20), *range(50, -51, -20)):
        looker.at_picture(hold_up(2, degrees), 2)
        if aim.guidance.hint == "FAC18":
            pytest.fail("this seed asks for the wrong movement")
    looker.at += face_aim.LIMIT_S
    looker.at_picture(hold_up(2, 0))
    assert aim.result is not None
    assert aim.result.print is None


def test_a_person_who_walks_away_in_between_is_asked_anew(nets: FaceNets) -> None:
    looker = Looker(FaceAim(nets, moves=1, chance=chance(1)))
    looker.at_picture(stand(0), 5)
    looker.at_picture(stand(0, shift=(2.0, 0.0)), 5)
    assert looker.aim.guidance.hint == "FAC01"
    looker.at_picture(stand(0), 5)
    assert looker.aim.guidance.hint in {"FAC16", "FAC17", "FAC18"}


def test_a_hint_is_not_given_to_somebody_who_has_just_come(nets: FaceNets) -> None:
    looker = Looker(FaceAim(nets, moves=1, chance=chance(1)))
    looker.at_picture(stand(0))
    assert (looker.aim.guidance.phase, looker.aim.guidance.hint) == (Phase.FOUND, None)
    looker.at_picture(stand(0, shift=(0.1, 0.0)))
    assert looker.aim.guidance.hint == "FAC15"


# ------------------------------------------------------------------ the watch


@pytest.fixture
def camera() -> Iterator[SyntheticSource]:
    source = SyntheticSource(lambda: NOON, fps=10.0)
    yield source
    source.close()


@pytest.mark.slow
def test_a_person_who_follows_the_hints_is_seen_as_live(
    nets: FaceNets, camera: SyntheticSource
) -> None:
    watch = Watch(camera, CannedReader())
    person = DrawnPerson(camera, 0)
    person.arrive()
    aim = FaceAim(nets, moves=3, chance=chance(3))
    live = watch.face(aim, person.hear, Shutter())
    watch.close()
    assert live is not None
    assert live.print is not None
    assert set(live.moves) == set(FaceMove)
    asked = [each for each in person.heard if each in {"FAC16", "FAC17", "FAC18"}]
    assert len(asked) >= 3


def test_a_stopped_shutter_ends_it_without_a_result(
    nets: FaceNets, camera: SyntheticSource
) -> None:
    watch = Watch(camera, CannedReader())
    shutter = Shutter()
    aim = FaceAim(nets, moves=1, chance=chance(1))
    assert watch.face(aim, lambda _view: shutter.stop(), shutter) is None
    watch.close()
    assert aim.result is None
