"""Finds the number of a SIM card in a picture: of all the bar codes beside it, the right one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from zxingcpp import Barcode, BarcodeFormat

from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.spotter import strips
from pos_client.capture.vision import cv2
from pos_client.model.document import Point, Quad
from pos_client.model.numbers.sim import iccid_fault
from pos_client.model.private import Private
from pos_client.model.scan import iccids_in

#: What SIM cards and their holders are printed with; fewer kinds are both faster and safer.
_FORMATS: Final = [
    BarcodeFormat.Code128,
    BarcodeFormat.Code39,
    BarcodeFormat.DataMatrix,
    BarcodeFormat.QRCode,
]
_BARS: Final = [BarcodeFormat.Code128, BarcodeFormat.Code39]
#: The last try is on a picture this many times as large.
_LARGER: Final = 1.6


@dataclass(frozen=True, slots=True)
class IccidScan:
    """A SIM card's number as it was scanned. `checked` is True where its check digit holds."""

    iccid: Private[str]
    quad: Quad
    checked: bool


def find_iccid(frame: Frame) -> IccidScan | None:
    """Scan a frame for one ICCID; None where there is none, or where there are two.

    Cheap tries come first: as it is, then each strip of bars turned upright and sharpened. A
    holder also carries the numbers of chip, handset and shop; they are told apart by shape, and
    by the check digit.
    """
    grey = np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    for picture, back, formats in _tries(grey):
        found = _candidates(picture, back, formats)
        if found:
            return _the_one(found)
    return None


class Agreement:
    """Believes a number once two frames agree on it."""

    def __init__(self) -> None:
        self._first: IccidScan | None = None

    def add(self, scan: IccidScan | None) -> IccidScan | None:
        """Take in the scan of one more frame; returns it where it agrees with the one before.

        A frame without a code changes nothing; another number starts anew.
        """
        if scan is None:
            return None
        if self._first is not None and self._first.iccid == scan.iccid:
            return scan
        self._first = scan
        return None


def _tries(grey: Pixels) -> Iterator[tuple[Pixels, Floats, list[BarcodeFormat]]]:
    """Yield pictures to scan with the way back to the frame, and what to look for in them."""
    same = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    yield grey, same, _FORMATS
    for strip in strips(grey):
        yield strip.pixels, strip.back, _BARS
        yield _sharpened(strip.pixels), strip.back, _BARS
    large = cv2.resize(grey, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    yield np.asarray(large, np.uint8), same / _LARGER, _FORMATS


def _sharpened(grey: Pixels) -> Pixels:
    soft = cv2.GaussianBlur(grey, (0, 0), 3.0)
    return np.asarray(cv2.addWeighted(grey, 2.5, soft, -1.5, 0), np.uint8)


def _candidates(picture: Pixels, back: Floats, formats: list[BarcodeFormat]) -> list[IccidScan]:
    return [
        IccidScan(Private(iccid), _quad(code, back), iccid_fault(iccid) is None)
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(formats))
        for iccid in iccids_in(code.text)
    ]


def _quad(code: Barcode, back: Floats) -> Quad:
    place = code.position
    ends = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Quad(*(_point(back, end.x, end.y) for end in ends))


def _point(back: Floats, x: int, y: int) -> Point:
    there = back @ np.array([x, y, 1.0])
    return float(there[0]), float(there[1])


def _the_one(found: list[IccidScan]) -> IccidScan | None:
    """Choose among the numbers of one frame; two SIM cards side by side are nobody's to choose."""
    checked = [scan for scan in found if scan.checked]
    likely = checked or found
    numbers = {scan.iccid.reveal() for scan in likely}
    longest = max(numbers, key=len)
    # A card of 20 places is sometimes printed with 19 and with 20 of them.
    if not all(longest.startswith(number) for number in numbers):
        return None
    return next(scan for scan in likely if scan.iccid.reveal() == longest)
