"""Films unseen cards: photographs and clutter below them, and other faults of lens and sensor."""

import math
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from bench.unseen.type_faces import HELD_VALUES, PRACTICE_VALUES, font, there
from specimens.optics import Difficulty
from specimens.specimen import Image, Specimen

#: A hand leans a card by so much between two frames, from so far below the camera: a reflection
#: moves by twice that angle.
_LEANS_DEG: Final = 1.5
_DISTANCE_MM: Final = 300.0
#: Photographs, where their Debian packages are installed (mate-backgrounds, gnome-backgrounds).
_PHOTOS: Final = (Path("/usr/share/backgrounds/mate"), Path("/usr/share/backgrounds/gnome"))
_LEVEL: Final[dict[Difficulty, int]] = {"easy": 0, "medium": 1, "hard": 2}
_TILT: Final = (6.0, 16.0, 25.0)
_ROLL: Final = (4.0, 9.0, 15.0)
_FILL: Final = ((0.64, 0.82), (0.54, 0.78), (0.46, 0.72))
SIZES: Final = ((1280, 720), (1920, 1080))


@lru_cache(maxsize=1)
def _photos() -> tuple[Path, ...]:
    files = (file for folder in _PHOTOS if folder.is_dir() for file in folder.rglob("*.*"))
    return tuple(sorted(file for file in files if file.suffix in {".jpg", ".webp"}))


@lru_cache(maxsize=40)
def _photo(file: Path) -> Image:
    with Pillow.open(file) as picture:
        picture.thumbnail((2000, 2000))
        return np.asarray(picture.convert("RGB"))[:, :, ::-1].copy()


def background(rng: random.Random, size: tuple[int, int], *, held: bool = True) -> Image:
    """A photograph, a heap of paper with print on it, or coloured clouds; BGR."""
    width, height = size
    shape = rng.random()
    photos = _photos() if held else ()
    if photos and shape < 0.5:
        photo = _photo(rng.choice(photos))
        zoom = rng.uniform(1.0, 1.8) * max(width / photo.shape[1], height / photo.shape[0])
        big = cv2.resize(photo, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
        left = rng.randint(0, max(0, big.shape[1] - width))
        top = rng.randint(0, max(0, big.shape[0] - height))
        return np.ascontiguousarray(
            cv2.resize(big[top : top + height, left : left + width], size), np.uint8
        )
    noise = np.random.default_rng(rng.randrange(1 << 32))
    cells = rng.choice((3, 8, 40))
    small = noise.uniform(20, 235, (cells * 9 // 16 + 2, cells, 3)).astype(np.float32)
    clouds = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC) * 0.6 + 40
    ground = np.clip(clouds + noise.normal(0, 6, (height, width, 1)), 0, 255).astype(np.uint8)
    return _papers(ground, rng, held=held) if shape > 0.75 else ground


def _papers(ground: Image, rng: random.Random, *, held: bool) -> Image:
    """Sheets with print on them, at any angle: the reader is not to take them for a card."""
    height, width = ground.shape[:2]
    picture = Pillow.fromarray(ground[:, :, ::-1])
    for _ in range(rng.randint(1, 4)):
        page = Pillow.new("RGB", (rng.randint(260, 620), rng.randint(260, 620)), (238, 236, 230))
        draw = ImageDraw.Draw(page)
        letters = font(
            rng.choice(there(HELD_VALUES if held else PRACTICE_VALUES)), rng.randint(13, 26)
        )
        for row in range(10, page.height - 20, round(letters.size * 1.6)):
            words = "".join(
                rng.choice("合同收据日期金额单位公司电话编号客户签字说明通知") for _ in range(40)
            )
            draw.text((12, row), words[: rng.randint(4, 30)], (50, 50, 55), letters)
        turned = page.convert("RGBA").rotate(rng.uniform(0, 360), expand=True)
        picture.paste(
            turned, (rng.randint(-200, width - 150), rng.randint(-200, height - 150)), turned
        )
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def corners(
    rng: random.Random, level: int, rotation: int, size: tuple[int, int], aspect: float
) -> NDArray[np.float64]:
    """Where the card's own four corners lie in the frame, through a pinhole; 4 x 2 pixels."""
    width, height = size
    tilts = [math.radians(rng.uniform(-_TILT[level], _TILT[level])) for _ in range(2)]
    roll = math.radians(rotation + rng.uniform(-_ROLL[level], _ROLL[level]))
    fill = rng.uniform(*_FILL[level])
    length = fill * width if rotation % 180 == 0 else height * min(0.94, fill * 1.22)
    half = np.array((length, length / aspect)) / 2
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    sin_x, sin_y = math.sin(tilts[0]), math.sin(tilts[1])
    depth = flat[:, 1] * sin_x + flat[:, 0] * sin_y
    flat = flat * (math.cos(tilts[1]), math.cos(tilts[0]))
    turn = np.array([(math.cos(roll), -math.sin(roll)), (math.sin(roll), math.cos(roll))])
    focal = rng.uniform(0.9, 1.5) * width
    spots = (flat @ turn.T) * (focal / (focal + depth))[:, None]
    low, high = spots.min(axis=0), spots.max(axis=0)
    spare = np.array(size) - (high - low)
    if spare.min() < 12:
        spots *= float(((np.array(size) - 14) / (high - low)).min())
        low, high = spots.min(axis=0), spots.max(axis=0)
        spare = np.array(size) - (high - low)
    place = np.array((rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9))) * spare
    return np.asarray(spots - low + place, np.float64)


@lru_cache(maxsize=2)
def _mask(width: int, height: int) -> Image:
    mask = Pillow.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width, height), round(width * 0.037), 255)
    return np.asarray(mask)


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame of a card. Shots of one seed show one hand: `take` changes noise and tremor.

    A card that lies has its reflections in one place; `leaning`, a hand moves them over it.
    """

    seed: int
    difficulty: Difficulty
    rotation: int
    size: tuple[int, int] = SIZES[0]
    take: int = 0
    held: bool = True
    leaning: bool = False


def film(specimen: Specimen, shot: Shot) -> Image:
    """Take one frame."""
    seed, difficulty, rotation, size = shot.seed, shot.difficulty, shot.rotation, shot.size
    rng = random.Random(f"unseen frame {seed} {difficulty} {rotation}")
    level = _LEVEL[difficulty]
    ground = background(rng, size, held=shot.held)
    spots = corners(rng, level, rotation, size, specimen.width_mm / specimen.height_mm)
    lens = _Lens(rng, level, size, spots)
    if not shot.held:
        lens.barrel, lens.fringe, lens.halo = 0.0, 0.0, 0.0
    shake = random.Random(f"unseen take {seed} {shot.take}")
    if shot.take:
        tremor = np.array([[shake.uniform(-2.5, 2.5), shake.uniform(-2.5, 2.5)]])
        spots = spots + tremor + np.array([[shake.uniform(-0.8, 0.8)] * 2 for _ in range(4)])
        if shot.leaning:
            lens.lean(shake, float(np.linalg.norm(spots[1] - spots[0])) / specimen.width_mm)
    laid = _laid(specimen, ground, spots)
    return lens.seen(laid, shake, moving=shot.take > 0)


def _laid(specimen: Specimen, ground: Image, spots: NDArray[np.float64]) -> Image:
    height, width = specimen.image.shape[:2]
    shrink = width / max(1.0, float(np.linalg.norm(spots[1] - spots[0])))
    card = specimen.image
    if shrink > 1.2:
        card = np.asarray(cv2.GaussianBlur(card, (0, 0), 0.4 * shrink), np.uint8)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    view = cv2.getPerspectiveTransform(source, spots.astype(np.float32))
    size = (ground.shape[1], ground.shape[0])
    above = cv2.warpPerspective(card, view, size, flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(_mask(width, height), view, size)
    shade = cv2.blur(np.roll(cover, 6, axis=0), (25, 25)) * 0.35
    below = cv2.multiply(ground, cv2.merge([255 - shade.astype(np.uint8)] * 3), scale=1 / 255)
    share = cv2.merge([cover] * 3)
    top = cv2.multiply(above, share, scale=1 / 255)
    return np.asarray(cv2.add(top, cv2.multiply(below, 255 - share, scale=1 / 255)), np.uint8)


class _Lens:
    """The faults of one camera in one shop."""

    def __init__(
        self,
        rng: random.Random,
        level: int,
        size: tuple[int, int],
        spots: NDArray[np.float64],
    ) -> None:
        self.size = size
        scale = size[0] / 1280

        def pick(*spans: tuple[float, float]) -> float:
            """One span for each level of difficulty."""
            return rng.uniform(*spans[level])

        self.disc = pick((0, 0.7), (0.5, 1.2), (0.9, 1.7)) * scale
        self.smear = pick((0, 0), (0, 2.5), (1, 5)) * scale
        self.smear_deg = rng.uniform(0, 180)
        self.streak = pick((0, 20), (20, 90), (60, 170)) if rng.random() < 0.5 else 0.0
        inside = spots.mean(axis=0) + (spots[rng.randrange(4)] - spots.mean(axis=0)) * rng.random()
        self.streak_at = (float(inside[0]), float(inside[1]))
        self.streak_deg = rng.uniform(0, 180)
        self.streak_px = rng.uniform(18, 60) * scale
        self.vignette = pick((0, 0.15), (0.1, 0.3), (0.2, 0.45))
        self.shadow = pick((0, 0.1), (0, 0.3), (0.1, 0.5)) if rng.random() < 0.5 else 0.0
        self.shadow_deg = rng.uniform(0, 360)
        self.gain = pick((0.9, 1.1), (0.7, 1.2), (0.45, 1.3))
        self.gamma = pick((0.95, 1.05), (0.85, 1.2), (0.75, 1.35))
        warm = pick((-0.04, 0.04), (-0.1, 0.1), (-0.16, 0.16))
        self.white = np.array((1 - warm, 1.0, 1 + warm), np.float32)
        self.barrel = pick((0, 0.01), (-0.02, 0.04), (-0.03, 0.06))
        self.fringe = pick((0, 0.3), (0, 0.7), (0, 1.2)) * scale
        self.shot = pick((0.3, 1.5), (1, 4), (3, 8))
        self.halo = rng.choice((0.0, 0.0, pick((0.2, 0.5), (0.3, 0.8), (0.3, 1.0))))
        self.small = rng.random() < (0.0, 0.15, 0.25)[level] and size[0] > 1280
        self.jpeg = rng.randint(*((86, 96), (72, 92), (55, 85))[level])

    def lean(self, shake: random.Random, px_per_mm: float) -> None:
        """Move the reflection as a card does that leans a little more or less."""
        reach = 2 * math.radians(_LEANS_DEG) * _DISTANCE_MM * px_per_mm
        x, y = self.streak_at
        self.streak_at = x + shake.uniform(-reach, reach), y + shake.uniform(-reach, reach)

    def seen(self, frame: Image, shake: random.Random, *, moving: bool) -> Image:
        """Give the frame as this camera would have delivered it."""
        light = frame.astype(np.float32)
        light = self._bent(light) if abs(self.barrel) > 0.004 else light
        disc, smear = self.disc, self.smear
        if moving:
            disc *= shake.uniform(0.7, 1.2)
            smear *= shake.uniform(0.0, 1.4)
        if disc > 0.35:
            light = cv2.filter2D(light, -1, _disc(disc)).astype(np.float32)
        if smear >= 1:
            light = cv2.filter2D(light, -1, _line(smear, self.smear_deg)).astype(np.float32)
        light = self._lit(light)
        if self.fringe > 0.2:
            light[:, :, 0] = _moved(light[:, :, 0], self.fringe)
            light[:, :, 2] = _moved(light[:, :, 2], -self.fringe)
        levels = np.linspace(0, 1, 256, dtype=np.float32)[:, None]
        curve = np.clip(levels * self.gain * self.white, 0, 1) ** self.gamma * 255
        tone = cv2.LUT(np.clip(light, 0, 255).astype(np.uint8), curve[None].astype(np.float32))
        grain = _grain(self.size, shake.randrange(1 << 16))
        bright = np.sqrt(np.maximum(tone[:, :, 1:2], 8) / 128)
        done = np.clip(tone + grain * (self.shot * bright), 0, 255).astype(np.uint8)
        if self.small:
            half = cv2.resize(done, (1280, 720), interpolation=cv2.INTER_AREA)
            done = np.asarray(cv2.resize(half, self.size, interpolation=cv2.INTER_LINEAR), np.uint8)
        if self.halo:
            soft = cv2.GaussianBlur(done, (0, 0), 1.6)
            done = np.asarray(cv2.addWeighted(done, 1 + self.halo, soft, -self.halo, 0), np.uint8)
        _, packed = cv2.imencode(".jpg", done, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)

    def _bent(self, light: NDArray[np.float32]) -> NDArray[np.float32]:
        width, height = self.size
        down, across = np.mgrid[0:height, 0:width].astype(np.float32)
        x, y = (across - width / 2) / (width / 2), (down - height / 2) / (width / 2)
        grow = 1 + self.barrel * (x * x + y * y - 0.6)
        mapped = x * grow * width / 2 + width / 2, y * grow * width / 2 + height / 2
        return np.asarray(
            cv2.remap(light, *mapped, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
        )

    def _lit(self, light: NDArray[np.float32]) -> NDArray[np.float32]:
        width, height = self.size
        down, across = np.mgrid[0:height:4, 0:width:4].astype(np.float32)
        x, y = (across - width / 2) / (width / 2), (down - height / 2) / (width / 2)
        share = 1 - self.vignette * (x * x + y * y)
        if self.shadow:
            angle = math.radians(self.shadow_deg)
            edge = (x * math.cos(angle) + y * math.sin(angle)) * 4
            share *= 1 - self.shadow / (1 + np.exp(-edge * 2))
        light = light * cv2.resize(share, self.size)[:, :, None]
        if self.streak:
            angle = math.radians(self.streak_deg)
            far = (across - self.streak_at[0]) * math.cos(angle)
            far += (down - self.streak_at[1]) * math.sin(angle)
            along = (down - self.streak_at[1]) * math.cos(angle)
            along -= (across - self.streak_at[0]) * math.sin(angle)
            glow = self.streak * np.exp(
                -((far / self.streak_px) ** 2) - (along / (self.streak_px * 6)) ** 2
            )
            light = light + cv2.resize(glow, self.size)[:, :, None]
        return np.asarray(light, np.float32)


@lru_cache(maxsize=2)
def _grain_tile(size: tuple[int, int]) -> NDArray[np.float32]:
    noise = np.random.default_rng(11)
    grey = noise.standard_normal((size[1] + 128, size[0] + 128, 1), np.float32)
    colour = noise.standard_normal((size[1] + 128, size[0] + 128, 3), np.float32)
    return np.asarray((grey + colour) * 0.7, np.float32)


def _grain(size: tuple[int, int], cut: int) -> NDArray[np.float32]:
    """Another piece of the same noise for every frame."""
    left, top = cut % 128, cut // 128 % 128
    return _grain_tile(size)[top : top + size[1], left : left + size[0]]


def _disc(radius: float) -> NDArray[np.float32]:
    """A disc of out-of-focus light, drawn fine and made small."""
    side = 2 * math.ceil(radius) + 1
    fine = np.zeros((side * 9, side * 9), np.float32)
    cv2.circle(fine, (side * 9 // 2, side * 9 // 2), round(radius * 9), 1.0, -1)
    kernel = cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _line(length: float, degrees: float) -> NDArray[np.float32]:
    side = math.ceil(length) | 1
    middle = side * 9 // 2
    reach = length * 4.5
    dx, dy = reach * math.cos(math.radians(degrees)), reach * math.sin(math.radians(degrees))
    fine = np.zeros((side * 9, side * 9), np.float32)
    ends = (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy))
    cv2.line(fine, *ends, 1.0, 9)
    kernel = cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _moved(plane: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    shift = np.array([[1, 0, by], [0, 1, 0]], np.float32)
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(
        cv2.warpAffine(plane, shift, size, borderMode=cv2.BORDER_REPLICATE), np.float32
    )
