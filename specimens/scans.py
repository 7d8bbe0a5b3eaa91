"""Puts a document on an imaginary scanner, or shows it as a small picture on a page of the web."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from specimens.specimen import Image, Specimen


def scan(specimen: Specimen, *, seed: int, width_px: int, turned: bool = False) -> Image:
    """Give a picture file's content: the document fills it, nearly, at any size.

    Args:
        specimen: what is scanned.
        seed: chooses margin, lean, colours, sharpness and compression.
        width_px: width of the whole picture.
        turned: upside down.
    """
    rng = random.Random(f"scan {seed} {width_px}")
    picture = specimen.image
    height, width = picture.shape[:2]
    kind = rng.choice(("filled", "filled", "margin", "page", "cropped"))
    if kind == "cropped":  # somebody cut away the edges, and with them a little print
        edge = round(width * 0.012)
        picture = picture[edge : height - edge, edge : width - edge]
    elif kind in {"margin", "page"}:
        share = rng.uniform(0.02, 0.08) if kind == "margin" else rng.uniform(0.1, 0.3)
        edge = round(width * share)
        tone = (rng.randint(225, 255),) * 3 if rng.random() < 0.8 else (rng.randint(0, 60),) * 3
        above = round(height * rng.choice((0.0, 1.0))) if kind == "page" else edge
        picture = cv2.copyMakeBorder(
            picture, above + edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=tone
        ).astype(np.uint8)
    if rng.random() < 0.5:
        picture = _leaning(
            picture, rng.uniform(-3, 3) if rng.random() < 0.8 else rng.uniform(-20, 20)
        )
    size = width_px, max(8, round(picture.shape[0] * width_px / picture.shape[1]))
    how = rng.choice((cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR))
    if picture.shape[1] > 1.5 * width_px and how == cv2.INTER_LINEAR:
        soft = 0.3 * picture.shape[1] / width_px
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), soft), np.uint8)
    small = cv2.resize(picture, size, interpolation=how).astype(np.uint8)
    if rng.random() < 0.3:
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 0.7)).astype(np.uint8)
    if rng.random() < 0.15:
        small = cv2.merge([cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)] * 3).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(55, 95)])
    seen = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(seen[::-1, ::-1]) if turned else seen


def _leaning(picture: Image, degrees: float) -> Image:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    tone = (245, 245, 245)
    return np.asarray(cv2.warpAffine(picture, turn, size, borderValue=tone), np.uint8)
