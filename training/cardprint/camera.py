"""What a webcam over a counter makes of print: each fault as strong as the level of the picture."""

import math
import random
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]

#: Spans are given for a character of this height, for pictures that are good, middling and bad.
_USUAL_PX: Final = 26.0
_LEVELS: Final = (0, 1, 2, 2, 2)
_WHITE: Final = 251
_MOST_WHITE: Final = 0.3
_DARK: Final = 140.0
_WELL_LIT: Final = 215.0


class Shot:
    """One picture's faults; `tall` is the height of its characters in pixels."""

    def __init__(self, rng: random.Random, tall: float) -> None:
        self._rng, self._tall = rng, tall
        self._scale = tall / _USUAL_PX
        self._level = rng.choice(_LEVELS)

    def _pick(self, *spans: tuple[float, float]) -> float:
        return self._rng.uniform(*spans[self._level])

    def taken(self, scene: Floats) -> Pixels | None:
        """Take a scene (BGR, 0 to 255); None where a reflection leaves too little to be read."""
        picture, streak = self._lit(self._blurred(scene))
        picture = self._fringed(picture)
        picture = self._noisy(self._toned(picture))
        taken = np.clip(picture, 0, 255).astype(np.uint8)
        if self._rng.random() < 0.3:
            halo, soft = self._rng.uniform(0.2, 1), cv2.GaussianBlur(taken, (0, 0), 1.6)
            taken = np.asarray(cv2.addWeighted(taken, 1 + halo, soft, -halo, 0), np.uint8)
        quality = self._rng.randint(*((86, 96), (70, 92), (52, 85))[self._level])
        _, packed = cv2.imencode(".jpg", taken, [cv2.IMWRITE_JPEG_QUALITY, quality])
        taken = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
        if streak and float((taken.min(axis=2) >= _WHITE).mean()) > _MOST_WHITE:
            return None
        return self._brightened(taken)

    def _blurred(self, scene: Floats) -> Floats:
        disc = self._pick((0, 0.8), (0.4, 1.3), (0.8, 2.1)) * self._rng.uniform(0.8, 1.2)
        smear = self._pick((0, 0), (0, 2.5), (0, 5.5)) * self._scale
        if disc * self._scale > 0.35:
            scene = np.asarray(cv2.filter2D(scene, -1, _disc(disc * self._scale)), np.float32)
        if smear >= 1:
            kernel = _smear(smear, self._rng.uniform(0, math.pi))
            scene = np.asarray(cv2.filter2D(scene, -1, kernel), np.float32)
        return scene

    def _lit(self, picture: Floats) -> tuple[Floats, bool]:
        """Lay a shadow and a reflection over it; say whether there is a reflection."""
        rng, (height, width) = self._rng, picture.shape[:2]
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        if rng.random() < 0.5:
            turn = rng.uniform(0, 2 * math.pi)
            far = (x - rng.uniform(0, width)) * math.cos(turn) + (y - height / 2) * math.sin(turn)
            shade = 1 - rng.uniform(0, 0.5) * (0.5 + 0.5 * np.tanh(far / (width * 0.2)))
            picture = picture * shade[:, :, None]
        kind = rng.random()
        if kind < 0.4:
            turn = rng.uniform(0, math.pi)
            far = (x - rng.uniform(-0.1, 1.1) * width) * math.cos(turn)
            far += (y - height / 2) * math.sin(turn)
            glow = np.exp(-((far / rng.uniform(0.8 * self._tall, 5 * self._tall)) ** 2))
            picture = picture + (rng.uniform(20, 150 if kind < 0.2 else 80) * glow)[:, :, None]
        return np.asarray(picture, np.float32), kind < 0.4

    def _fringed(self, picture: Floats) -> Floats:
        by = self._rng.uniform(-1.1, 1.1) * self._level / 2 * self._scale
        if abs(by) > 0.2:
            size = picture.shape[1], picture.shape[0]
            for channel, sign in ((0, 1), (2, -1)):
                shift = np.array([[1, 0, by * sign], [0, 1, 0]], np.float32)
                picture[:, :, channel] = cv2.warpAffine(
                    picture[:, :, channel], shift, size, borderMode=cv2.BORDER_REPLICATE
                )
        return picture

    def _toned(self, picture: Floats) -> Floats:
        gain = self._pick((0.9, 1.1), (0.7, 1.2), (0.45, 1.3))
        gamma = self._pick((0.95, 1.05), (0.85, 1.2), (0.75, 1.35))
        warm = self._rng.uniform(-0.12, 0.12)
        white = np.array((1 - warm, 1, 1 + warm), np.float32)
        toned = np.clip(picture / 255 * gain * white, 0, 1) ** gamma * 255
        return np.asarray(toned, np.float32)

    def _noisy(self, picture: Floats) -> Floats:
        sigma = self._pick((0.3, 1.5), (1, 4), (3, 8))
        source = np.random.default_rng(self._rng.randrange(1 << 32))
        grain = source.standard_normal(picture.shape, np.float32)
        grain = (grain + grain.mean(axis=2, keepdims=True) * 1.7) * 0.6
        bright = np.sqrt(np.maximum(picture[:, :, 1:2], 8) / 128)
        return np.asarray(picture + grain * sigma * bright, np.float32)

    def _brightened(self, picture: Pixels) -> Pixels:
        """What the client does to dark pictures before it reads them, nearly always."""
        brightest = float(np.percentile(picture.max(axis=2), 98))
        if brightest >= _DARK or self._rng.random() > 0.9:
            return picture
        gain = min(4.0, _WELL_LIT / max(1.0, brightest))
        return np.asarray(cv2.convertScaleAbs(picture, alpha=gain), np.uint8)


def _disc(radius: float) -> Floats:
    side = 2 * math.ceil(radius) + 1
    fine = np.zeros((side * 9, side * 9), np.float32)
    cv2.circle(fine, (side * 9 // 2, side * 9 // 2), round(radius * 9), 1.0, -1)
    return _small(fine, side)


def _smear(length: float, turn: float) -> Floats:
    side = math.ceil(length) | 1
    fine = np.zeros((side * 9, side * 9), np.float32)
    middle, dx, dy = side * 9 // 2, length * 4.5 * math.cos(turn), length * 4.5 * math.sin(turn)
    ends = (round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy))
    cv2.line(fine, *ends, 1.0, 9)
    return _small(fine, side)


def _small(fine: Floats, side: int) -> Floats:
    kernel = cv2.resize(fine, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(kernel / kernel.sum(), np.float32)
