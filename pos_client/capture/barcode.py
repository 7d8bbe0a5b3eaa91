"""Finds the number of a SIM card in a picture: of all the bar codes beside it, the right one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import zxingcpp
from zxingcpp import Barcode, BarcodeFormat

from pos_client.capture.frame import Floats, Frame, Pixels
from pos_client.capture.spotter import Strip, strips
from pos_client.capture.vision import cv2
from pos_client.model.document import Point, Quad
from pos_client.model.numbers.sim import IccidFault, iccid_fault
from pos_client.model.private import Private
from pos_client.model.scan import iccids_in

#: What SIM cards and their holders are printed with; fewer kinds are both faster and safer.
_BARS: Final = [BarcodeFormat.Code128, BarcodeFormat.Code39, BarcodeFormat.ITF]
_FORMATS: Final = [
    *_BARS,
    BarcodeFormat.DataMatrix,
    BarcodeFormat.QRCode,
    BarcodeFormat.PDF417,
]
#: The last try is on a picture this many times as large.
_LARGER: Final = 1.6
#: The characters of Code 39 in the order of their values, for its optional check character.
_CODE39: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


@dataclass(frozen=True, slots=True)
class IccidScan:
    """A SIM card's number as it was scanned.

    `checked` is True where its check digit holds, `proven` where it counts without the print: of
    interleaved bars a part may pass for the whole, so they have to add up.
    """

    iccid: Private[str]
    quad: Quad
    checked: bool
    proven: bool = True


def find_iccid(frame: Frame) -> IccidScan | None:
    """Scan a frame for one ICCID; None where there is none, where there are two, or no proof."""
    scan = the_one(find_iccids(frame))
    return scan if scan is not None and scan.proven else None


def find_iccids(frame: Frame) -> tuple[IccidScan, ...]:
    """Scan a frame for the numbers of SIM cards; all of them, for nobody may choose among two.

    The frame is scanned as it is, then each strip of bars that gave nothing is turned upright, then
    sharpened. Only where that finds no card is the whole frame enlarged. A holder also carries the
    numbers of chip, handset and shop; they are told apart by shape, and by the check digit.
    """
    grey = np.asarray(cv2.cvtColor(frame.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    same = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    codes = _read(grey, _FORMATS)
    found = list(_iccids(codes, same))
    known = [_quad(code, same) for code in codes]
    for strip in strips(grey):
        if not any(_inside(quad, strip) for quad in known):
            found += _iccids(_read_strip(strip.pixels), strip.back)
    if not found:
        large = cv2.resize(grey, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
        found += _iccids(_read(np.asarray(large, np.uint8), _FORMATS), same / _LARGER)
    return tuple(found)


def the_one(found: Iterable[IccidScan]) -> IccidScan | None:
    """Choose the number that all scans of one frame agree on; None where there is none.

    Two SIM cards side by side are nobody's to choose. That the check digit of one holds is no
    reason either: there are honest cards without one.
    """
    longest = max(found, key=lambda scan: (len(scan.iccid.reveal()), scan.proven), default=None)
    if longest is None or not all(same_card(longest, scan) for scan in found):
        return None
    return longest


def same_card(one: IccidScan, other: IccidScan) -> bool:
    """A card of 20 places is sometimes printed with 19 and with 20 of them."""
    short, long = sorted((one.iccid.reveal(), other.iccid.reveal()), key=len)
    return long.startswith(short)


class Agreement:
    """Believes a number once two frames agree on it. `first` is what the next has to agree with."""

    def __init__(self) -> None:
        self.first: IccidScan | None = None

    def add(self, scan: IccidScan | None) -> IccidScan | None:
        """Take in the scan of one more frame; returns it where it agrees with the one before.

        A frame without a code changes nothing; another number starts anew.
        """
        if scan is None:
            return None
        if self.first is not None and self.first.iccid == scan.iccid:
            return scan
        self.first = scan
        return None


def _read_strip(upright: Pixels) -> list[Barcode]:
    return _read(upright, _BARS) or _read(_sharpened(upright), _BARS)


def _sharpened(grey: Pixels) -> Pixels:
    soft = cv2.GaussianBlur(grey, (0, 0), 3.0)
    return np.asarray(cv2.addWeighted(grey, 2.5, soft, -1.5, 0), np.uint8)


def _read(picture: Pixels, formats: list[BarcodeFormat]) -> list[Barcode]:
    return list(zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(formats)))


def _iccids(codes: Iterable[Barcode], back: Floats) -> Iterator[IccidScan]:
    for code in codes:
        for iccid in iccids_in(_text(code)):
            checked = iccid_fault(iccid) is None
            proven = checked or code.symbology != BarcodeFormat.ITF
            yield IccidScan(Private(iccid), _quad(code, back), checked, proven)


def _text(code: Barcode) -> str:
    """What a code says, without the check character that Code 39 may carry.

    Where the last character may be that as well as the card's own, the digits have to tell.
    """
    if code.symbology != BarcodeFormat.Code39 or not _checks(code.text):
        return code.text
    bare = code.text[:-1]
    if iccid_fault(bare) is not None:
        return bare if iccid_fault(code.text) is IccidFault.LENGTH else code.text
    return bare if iccid_fault(code.text) is not None else ""


def _checks(text: str) -> bool:
    """Say whether the last of these characters is the right check character of Code 39."""
    values = [_CODE39.find(each) for each in text]
    return min(values, default=-1) >= 0 and sum(values[:-1]) % len(_CODE39) == values[-1]


def _inside(quad: Quad, strip: Strip) -> bool:
    """Say whether the middle of a strip lies in a code that was read, or on a line of it."""
    height, width = strip.pixels.shape[:2]
    outline = np.array(_corners(quad), np.float32)
    middle = _point(strip.back, width // 2, height // 2)
    near = float(height / 2 * np.linalg.norm(strip.back[:, 1]))
    return float(cv2.pointPolygonTest(outline, middle, measureDist=True)) >= -near


def _corners(quad: Quad) -> tuple[Point, Point, Point, Point]:
    return quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left


def _quad(code: Barcode, back: Floats) -> Quad:
    place = code.position
    ends = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Quad(*(_point(back, end.x, end.y) for end in ends))


def _point(back: Floats, x: int, y: int) -> Point:
    there = back @ np.array([x, y, 1.0])
    return float(there[0]), float(there[1])
