"""Looks for signs of a screen or a copy in a picture of a card.

Scores and bounds are those of `python -m bench originality`: at each bound one original in a
hundred is suspected. What leaves no trace in the picture is not found; see the table there.
"""

from typing import Final

import numpy as np

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2
from pos_client.capture.waves import blocks_of, inside, out_of_step, raster
from pos_client.model.originality import Sign, Suspicion

#: Above this a raster is suspected (natural logarithm of power over its surroundings).
RASTER_BOUND: Final = 3.6
#: Above this the dots of a screen are suspected (the same, of what is out of step in colour).
SCREEN_BOUND: Final = 2.4
#: Below this colourfulness (logarithm of colour ratios) a copy without colour is suspected.
GREY_BOUND: Final = 0.04

_FEWEST_BLOCKS: Final = 3
#: The side of the fields of which colour is measured, pixels: finer ones show noise, and colours
#: that the camera's own mosaic makes of fine print.
_FIELD: Final = 8
#: Between the colours of a camera that sees them there is more than this somewhere, grey levels.
_NO_COLOUR: Final = 2


def examine(pixels: Pixels, quad: Floats) -> tuple[Suspicion, ...]:
    """Look at the card in a camera picture.

    Args:
        pixels: the whole frame, height x width x 3, BGR.
        quad: 4 x 2, the card's corners in pixels.

    Returns:
        One entry for each sign that could be judged; none where the card is too small.
    """
    found = []
    blocks = blocks_of(pixels, quad)
    if len(blocks) >= _FEWEST_BLOCKS:
        regular = raster(blocks)
        found.append(Suspicion(Sign.RASTER, round(regular, 2), regular > RASTER_BOUND))
        apart = out_of_step(blocks)
        found.append(Suspicion(Sign.SCREEN, round(apart, 2), apart > SCREEN_BOUND))
    colour = colourfulness(pixels, quad)
    if colour is not None:
        found.append(Suspicion(Sign.GREY, round(-colour, 3), colour < GREY_BOUND))
    return tuple(found)


def colourfulness(pixels: Pixels, quad: Floats) -> float | None:
    """Say how much colour the card has beyond the tint of light and paper.

    A tint changes with brightness, and between two lamps from one edge to the other; what of the
    colour follows either is taken out.

    Returns:
        None where the card is too small, dark or bright, or the camera delivers no colour at all:
        its pictures of originals are as grey as those of copies.
    """
    if _sees_no_colour(pixels):
        return None
    scale = 1.0 / _FIELD
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    down, across = np.nonzero(inside(small.shape, quad * scale, 0.92))
    colours = small[down, across].astype(np.float32)
    usable = (colours.mean(axis=1) > 25) & (colours.max(axis=1) < 245)  # noqa: PLR2004 - dark, clipped
    colours, down, across = colours[usable], down[usable], across[usable]
    if len(colours) < 100:  # noqa: PLR2004 - less than a large stamp
        return None
    light = colours.mean(axis=1) / 255.0
    blue, green, red = (np.maximum(colours[:, at], 1.0) for at in range(3))
    ratios = np.stack([np.log(red / green), np.log(blue / green)], axis=1)
    places = (down / small.shape[0], across / small.shape[1])
    follows = np.stack([np.ones_like(light), light, light**2, *places], axis=1)
    rest = ratios - follows @ np.linalg.lstsq(follows, ratios, rcond=None)[0]
    return float(np.percentile(np.hypot(rest[:, 0], rest[:, 1]), 97))


def _sees_no_colour(pixels: Pixels) -> bool:
    """Say whether a whole frame is grey, as cameras without colour deliver it, JPEG or not."""
    some = pixels[::4, ::4].astype(np.int16)
    return bool(np.percentile(np.ptp(some, axis=2), 99) <= _NO_COLOUR)
