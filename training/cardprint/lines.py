"""Draws lines as the reader gets them: printed on a ground, photographed, cut out and made high."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from training.cardprint.camera import Floats, Pixels, Shot
from training.cardprint.faces import HAN, LATIN, Face, installed
from training.cardprint.ink import Ink, set_line
from training.cardprint.texts import Texts

HEIGHT: Final = 48
#: Widths of pictures, and how many of them make a batch.
_SIZES: Final = ((112, 24), (144, 20), (168, 18), (200, 16), (264, 12), (360, 9), (480, 7))
#: A line is stretched or pressed to the batch's width by no more than this.
_NARROWEST: Final = 0.86
_WIDEST: Final = 1.16
_TRIES: Final = 200
#: Characters of a straightened card, pixels; around the scene, so that blur has a ground.
_STRAIGHT_PX: Final = 50.0
_MARGIN_PX: Final = 8

Batch = tuple[NDArray[np.float32], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Artist:
    """Draws batch after batch, the same ones for the same numbers."""

    texts: Texts
    classes: Mapping[str, int]

    def batch(self, seed: int) -> Batch:
        """Draw a batch: pictures n x 3 x 48 x width from -1 to 1, and the classes of each line."""
        rng = random.Random(seed)
        width, count = _SIZES[seed % len(_SIZES)]
        drawn = [self.line(rng, width) for _ in range(count)]
        pictures = np.stack([picture for picture, _ in drawn]).astype(np.float32) / 127.5 - 1
        wanted = [[self.classes[each] for each in text] for _, text in drawn]
        return np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)), wanted

    def line(self, rng: random.Random, width: int) -> tuple[Pixels, str]:
        """Draw one line, 48 x width, BGR, and tell what it says.

        Raises:
            RuntimeError: no line that would fit was found, a mistake in the texts.
        """
        for _ in range(_TRIES):
            text, chinese = self.texts.line(rng)
            faces = installed(HAN if chinese else LATIN)
            face = rng.choices(faces, [each.weight for each in faces])[0]
            text = "".join(each for each in text if self._may_stand(each, face, chinese=chinese))
            if not text.strip():
                continue
            ink = set_line(rng, text, face, chinese=chinese)
            room = tuple(rng.uniform(0.06, 0.42) for _ in range(2))
            aside = rng.uniform(0.05, 0.5) * ink.tall * 0.6
            long = ink.right - ink.left + 2 * aside
            natural = HEIGHT * long / (ink.tall * (1 + sum(room)))
            if not _NARROWEST < natural / width < _WIDEST:
                continue
            picture = _photographed(rng, ink, room, aside)
            if picture is not None:
                how = cv2.INTER_AREA if picture.shape[0] > HEIGHT else cv2.INTER_CUBIC
                scaled = cv2.resize(picture, (width, HEIGHT), interpolation=how)
                return np.asarray(scaled, np.uint8), text
        message = "no text fits"
        raise RuntimeError(message)

    def _may_stand(self, character: str, face: Face, *, chinese: bool) -> bool:
        if character not in self.classes:
            return False
        return character == " " or not chinese or face.has(character)


def _photographed(
    rng: random.Random, ink: Ink, room: tuple[float, ...], aside: float
) -> Pixels | None:
    """The line's own piece of a photograph, its characters about 50 pixels high."""
    tall = rng.triangular(15, 44, 24)
    scale = tall / ink.tall
    left, right = ink.left - aside, ink.right + aside
    top, bottom = ink.top - room[0] * ink.tall, ink.bottom + room[1] * ink.tall
    width = round((right - left) * scale) + 2 * _MARGIN_PX
    height = round((bottom - top) * scale) + 2 * _MARGIN_PX
    lean, slant = math.radians(rng.gauss(0, 0.9)), rng.gauss(0, 0.03)
    lay = np.array(
        [(scale, 0, _MARGIN_PX - left * scale), (0, scale, _MARGIN_PX - top * scale), (0, 0, 1)]
    )
    there, back = np.eye(3), np.eye(3)
    there[:2, 2], back[:2, 2] = (-width / 2, -height / 2), (width / 2, height / 2)
    turn = np.array(
        [(math.cos(lean), -math.sin(lean), 0), (math.sin(lean), math.cos(lean), 0), (0, 0, 1)]
    )
    view = back @ turn @ there @ lay
    view[0, 1] += slant * scale
    mask = ink.mask if scale > 0.55 else cv2.GaussianBlur(ink.mask, (0, 0), 0.4 / scale)
    laid = cv2.warpAffine(mask, view[:2], (width, height), flags=cv2.INTER_LINEAR)
    scene = _printed(rng, np.asarray(laid / 255, np.float32))
    taken = Shot(rng, tall).taken(scene)
    if taken is None:
        return None
    cut = taken[_MARGIN_PX : height - _MARGIN_PX, _MARGIN_PX : width - _MARGIN_PX]
    grow = _STRAIGHT_PX / tall
    grown = cv2.resize(cut, None, fx=grow, fy=grow, interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown, np.uint8)


def _printed(rng: random.Random, ink: Floats) -> Floats:
    """Ink (0 to 1) on a pale coloured ground with waved lines; BGR, 0 to 255."""
    height, width = ink.shape
    colour = np.array([rng.uniform(150, 252) for _ in range(3)])
    ground = np.ones((height, width, 3)) * (colour * 0.35 + colour.mean() * 0.65)
    if rng.random() < 0.8:
        tint = np.array([rng.uniform(0.3, 1) for _ in range(3)])
        ground -= _waves(rng, height, width)[:, :, None] * rng.uniform(1, 16) * tint
    if rng.random() < 0.85:
        dark = np.array([rng.uniform(8, 75) for _ in range(3)])
    else:
        dark = np.array([rng.uniform(60, 150), rng.uniform(40, 110), rng.uniform(20, 90)])
    strength = rng.uniform(0.72, 1) if rng.random() < 0.8 else rng.uniform(0.4, 0.8)
    share = ink[:, :, None] * strength
    return np.asarray(ground * (1 - share) + dark * share, np.float32)


def _waves(rng: random.Random, height: int, width: int) -> Floats:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    ground = np.zeros((height, width), np.float32)
    for _ in range(rng.randint(1, 3)):
        turn, pitch = rng.uniform(0, math.pi), rng.uniform(3, 18)
        across = x * math.cos(turn) + y * math.sin(turn)
        along = y * math.cos(turn) - x * math.sin(turn)
        swing = rng.uniform(0, 8) * np.sin(along / rng.uniform(6, 40))
        ground += np.sin((across + swing) * 2 * math.pi / pitch)
    return ground
