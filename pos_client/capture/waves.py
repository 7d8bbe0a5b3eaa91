"""Finds even patterns in a picture of a card: the dots of a printer, and those of a screen.

Everything is looked at in blocks: each has its spectrum, and what stands out in most counts.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pos_client.capture.frame import Floats, Pixels
from pos_client.capture.vision import cv2

BLOCK: Final = 128
_MOST_BLOCKS: Final = 24
#: Slower patterns than this (periods to a pixel) are print, light and shade.
_SLOWEST: Final = 0.05
#: Colour is not delivered finer than this: JPEG keeps one value of it for two pixels.
_FINEST_COLOUR: Final = 0.4
_AROUND: Final = (19, 19)
#: What is taken off as light and shade: the mean of such fields, twice.
_COARSE: Final = (25, 25)
#: Further from its surroundings than this, and this near to it, a pixel is text (grey levels,
#: pixels). Where less paper than this is left, it is no text but lines all over or a coarse raster,
#: and what was cut around them would be a pattern of its own.
_LETTERS: Final = 20.0
_BESIDE: Final = 5
_LEAST_PAPER: Final = 0.75
#: A frequency may differ this much (steps of 1 / BLOCK) from block to block, for perspective.
_ROOM: Final = 5
#: Of the blocks, in percent, this many may show no raster or no dots: photo, text and highlights.
_WITHOUT_RASTER: Final = 40
_WITHOUT_DOTS: Final = 25
#: A window and the fade to a block's edge spread one frequency over so many steps.
_SPREAD: Final = 2.5
_BELOW_ALL: Final = -9.0

_Spectrum = NDArray[np.float32]
_Mask = NDArray[np.bool_]


def blocks_of(pixels: Pixels, quad: Floats) -> list[Pixels]:
    """Cut out blocks that lie wholly on the card, spread over it."""
    covered = inside(pixels.shape, quad, 1.0)
    low = np.maximum(np.floor(quad.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(quad.max(axis=0)).astype(int), (pixels.shape[1], pixels.shape[0]))
    found = [
        pixels[y : y + BLOCK, x : x + BLOCK]
        for y in range(low[1], high[1] - BLOCK + 1, BLOCK // 2)
        for x in range(low[0], high[0] - BLOCK + 1, BLOCK // 2)
        if covered[y : y + BLOCK, x : x + BLOCK].min()
    ]
    return found[:: max(1, -(-len(found) // _MOST_BLOCKS))]


def inside(shape: tuple[int, ...], quad: Floats, share: float) -> NDArray[np.uint8]:
    """Return 1 for the pixels in the quad, made smaller to a `share` of itself, else 0."""
    middle = quad.mean(axis=0)
    corners = np.round(middle + (quad - middle) * share).astype(np.int32)
    mask = np.zeros(shape[:2], np.uint8)
    return np.asarray(cv2.fillConvexPoly(mask, corners, 1), np.uint8)


def raster(blocks: Sequence[Pixels]) -> float:
    """Say how far one regular pattern stands out in most places, logarithmic.

    Print and guilloche differ from place to place, a grid of dots does not: so the spectra are
    compared, each with some room for perspective, and only what most share counts. The rows of a
    printed page are as regular as a grid, so what is plainly text is left out.
    """
    room = np.ones((_ROOM, _ROOM), np.uint8)
    spectra = []
    for block in blocks:
        waves = _waves(_without_text(cv2.cvtColor(block, cv2.COLOR_BGR2GRAY).astype(np.float32)))
        stands_out = _over_surroundings(np.square(waves).sum(axis=2))
        # JPEG's own blocks are a grid too. They go before there is room for perspective: after
        # it they would stand beside the place they are looked for at.
        stands_out[_GRID] = _BELOW_ALL
        spectra.append(cv2.dilate(stands_out, room)[_BAND])
    shared = np.percentile(spectra, _WITHOUT_RASTER, axis=0)
    return float(shared.max() - np.median(shared))


def out_of_step(blocks: Sequence[Pixels]) -> float:
    """Say how far a pattern stands out whose red, green and blue do not lie on one another.

    Ink takes from all colours at the same place, so a printed pattern has them in step, whatever
    its colour is. The dots of a screen lie side by side, and so does what a camera makes of them
    (moiré), however coarse and crooked it becomes: so each block may have a frequency of its own.
    """
    return float(np.percentile([_block_out_of_step(block) for block in blocks], _WITHOUT_DOTS))


def _block_out_of_step(block: Pixels) -> float:
    power, squared = np.zeros(_BAND.shape, np.float32), np.zeros(_BAND.shape, np.complex64)
    for colour in cv2.split(block):
        waves = _waves(np.clip(_without_light(colour.astype(np.float32)), -_LETTERS, _LETTERS))
        number = waves[:, :, 0] + 1j * waves[:, :, 1]
        power += np.abs(number) ** 2
        squared += number**2
    # Three waves in step are real numbers times one phase: then both sums are of one size.
    apart = cv2.blur((power - np.abs(squared)) / 2, (3, 3), borderType=cv2.BORDER_REFLECT)
    return float(_over_surroundings(np.maximum(apart, 0.0) + _UNSEEN)[_COLOUR_BAND].max())


def _without_light(plane: Floats) -> Floats:
    return np.asarray(plane - _coarse(plane), np.float32)


def _without_text(plane: Floats) -> Floats:
    """Take off light and shade, and whatever is plainly text: it lies in rows."""
    fine = _without_light(plane)
    strokes = (np.abs(fine) > _LETTERS).astype(np.uint8)
    paper = (cv2.dilate(strokes, np.ones((_BESIDE, _BESIDE), np.uint8)) == 0).astype(np.float32)
    if paper.mean() > _LEAST_PAPER:
        # Light is what the paper shows: beside dark rows the mean of all would make it brighter.
        share = np.maximum(_coarse(paper), 1e-3)
        fine = (plane - _coarse(plane * paper) / share) * paper
    return np.asarray(np.clip(fine, -_LETTERS, _LETTERS), np.float32)


def _coarse(plane: Floats) -> Floats:
    return np.asarray(cv2.blur(cv2.blur(plane, _COARSE), _COARSE), np.float32)


def _waves(fine: Floats) -> Floats:
    """Return the spectrum, slowest frequency in the middle of the rows; the right half of it."""
    whole = cv2.dft(np.asarray(fine * _WINDOW, np.float32), flags=cv2.DFT_COMPLEX_OUTPUT)
    return np.asarray(np.fft.fftshift(whole[:, : BLOCK // 2 + 1], axes=0), np.float32)


def _over_surroundings(power: Floats) -> _Spectrum:
    """Return the power of each frequency over its surroundings, natural logarithm."""
    level = np.log(power + 1.0).astype(np.float32)
    around = cv2.blur(level, _AROUND, borderType=cv2.BORDER_REFLECT)
    return np.asarray(level - around, np.float32)


def _frequencies() -> tuple[Floats, Floats]:
    """Frequencies of a spectrum down and across, in steps of 1 / BLOCK."""
    down = np.fft.fftshift(np.fft.fftfreq(BLOCK, 1 / BLOCK))[:, None]
    across = np.fft.rfftfreq(BLOCK, 1 / BLOCK)[None, :]
    return np.broadcast_to(down, (BLOCK, across.size)), np.broadcast_to(
        across, (BLOCK, across.size)
    )


def _grid_of(pixels: int) -> _Mask:
    """Mark the frequencies of a grid of squares, as wide as that, and their multiples."""
    down, across = _frequencies()
    near = [
        ((np.abs(across - at) < _SPREAD) & (np.abs(down) < _SPREAD))
        | ((np.abs(np.abs(down) - at) < _SPREAD) & (across < _SPREAD))
        for at in range(BLOCK // pixels, BLOCK // 2 + 1, BLOCK // pixels)
    ]
    return np.asarray(np.logical_or.reduce(near))


def _band(fastest: float) -> _Mask:
    down, across = _frequencies()
    radius = np.hypot(down, across) / BLOCK
    return np.asarray((radius > _SLOWEST) & (radius <= fastest))


_WINDOW: Final = np.outer(np.hanning(BLOCK), np.hanning(BLOCK)).astype(np.float32)
#: Squares of brightness in a JPEG, and of its colour, are so many pixels wide.
_GRID: Final = _grid_of(8)
_BAND: Final = _band(0.5) & ~_GRID
_COLOUR_BAND: Final = _band(_FINEST_COLOUR) & ~_grid_of(16)
#: A wave of a twentieth of a grey level is below what a camera delivers.
_UNSEEN: Final = np.float32((0.05 * BLOCK**2 / 8) ** 2)
