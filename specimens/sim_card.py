"""Draws the holder a SIM card is sold in: its bar code, its digits, and codes that mislead."""

from __future__ import annotations

import random
from typing import Final

import cv2
import numpy as np
import zxingcpp

from specimens.check_digits import ean13_check, luhn_check
from specimens.fonts import OCR_B, SANS, SANS_BOLD
from specimens.paint import INK, Colour, Pen, Sheet, px, security_paper
from specimens.specimen import Image, Specimen

KIND: Final = "sim"
WIDTH_MM: Final = 85.6
HEIGHT_MM: Final = 54.0
_ISSUERS: Final = ("898600", "898601", "898603", "898604", "898606", "898607", "898611", "898615")
_GOLD: Final[Colour] = (206, 176, 96)


def invent_iccid(seed: int, *, length: int = 19, letter: bool = False) -> str:
    """Make the number of a SIM card: 19 or 20 places with a Luhn digit.

    Args:
        seed: any whole number.
        length: 19 or 20.
        letter: end with a letter after the Luhn digit, as some Chinese cards of 20 do.
    """
    rng = random.Random(f"iccid {seed}")
    places = 18 if letter else length - 1
    body = rng.choice(_ISSUERS)
    body += "".join(rng.choice("0123456789") for _ in range(places - len(body)))
    number = body + luhn_check(body)
    return number + rng.choice("ABCDES") if letter else number


def invent_msisdn(seed: int) -> str:
    """Make a mobile number of eleven digits that looks made up: its middle is all zeros."""
    rng = random.Random(f"msisdn {seed}")
    return f"{rng.choice(('138', '165', '170', '192'))}0000{rng.randrange(10000):04d}"


def draw_sim_carrier(iccid: str, msisdn: str, *, seed: int, distractors: bool = True) -> Specimen:
    """Draw the holder with the ICCID as Code 128 and as digits.

    Args:
        iccid: 19 or 20 characters.
        msisdn: the phone number printed on it; empty for none.
        seed: chooses paper and places.
        distractors: also print a shop's EAN-13 and the 32-digit number of an embedded chip.

    Raises:
        FontMissing: a needed type face is not installed.
    """
    rng = random.Random(f"sim {seed}")
    sheet = Sheet(security_paper(WIDTH_MM, HEIGHT_MM, 12 + rng.randrange(4)))
    sheet.text((5.0, 3.6), "SIM 卡样本 SPECIMEN CARD", Pen(SANS_BOLD, 2.9, (64, 80, 140)))
    _chip(sheet, (58.0 + rng.uniform(-2, 2), 12.0))
    small = Pen(SANS, 1.9, INK)
    top = 11.0 + rng.uniform(-0.6, 0.6)
    sheet.text((5.5, top), "ICCID", small)
    _bars(sheet, (5.0, top + 3.0, 46.0, 8.0), iccid, zxingcpp.BarcodeFormat.Code128)
    sheet.text((6.5, top + 11.6), iccid, Pen(OCR_B, 2.7, INK, bold=0.03))
    if msisdn:
        shown = f"{msisdn[:3]} {msisdn[3:7]} {msisdn[7:]}"
        sheet.text((5.5, 29.6), "号码 Number", small)
        sheet.text((23.0, 28.9), shown, Pen(OCR_B, 3.2, INK))
    if distractors:
        _misleading_codes(sheet, rng, small)
    sheet.specimen_corner((64.0, 50.6))
    truth = {"iccid": iccid} | ({"msisdn": msisdn} if msisdn else {})
    return Specimen(KIND, "data", sheet.finished(), truth)


def _misleading_codes(sheet: Sheet, rng: random.Random, small: Pen) -> None:
    """A shop code and an EID: both scan well, neither is the card's number."""
    article = "690" + "".join(rng.choice("0123456789") for _ in range(9))
    eid = "89086030" + "".join(rng.choice("0123456789") for _ in range(24))
    sheet.text((5.5, 34.4), f"EID {eid}", small)
    _bars(sheet, (5.0, 37.0, 52.0, 5.4), eid, zxingcpp.BarcodeFormat.Code128)
    code = article + ean13_check(article)
    _bars(sheet, (5.0, 44.0, 26.0, 5.2), code, zxingcpp.BarcodeFormat.EAN13)
    sheet.text((6.0, 49.6), code, Pen(OCR_B, 1.9, INK))


def _bars(
    sheet: Sheet,
    area: tuple[float, float, float, float],
    words: str,
    kind: zxingcpp.BarcodeFormat,
) -> None:
    """Fill an area (left, top, width, height) with a bar code on white, bars of whole pixels."""
    left, top, width, height = area
    row = _modules(words, kind)
    step = max(1, int(px(width) * 0.94 / len(row)))
    bars = np.repeat(row, step)
    sheet.box((left, top, width, height), (252, 252, 250))
    strip = np.repeat(np.repeat(bars[None, :, None], px(height - 1.2), axis=0), 3, axis=2)
    start = left + (width - len(bars) / 15) / 2
    sheet.paste(np.ascontiguousarray(strip), (start, top + 0.6))


def _modules(words: str, kind: zxingcpp.BarcodeFormat) -> Image:
    """One row of the code: 0 for a bar and 255 for a gap, one value to the module."""
    image = np.asarray(zxingcpp.create_barcode(words, kind).to_image(scale=1), np.uint8)
    row = image[image.shape[0] // 3]
    dark = np.flatnonzero(row < 128)
    return np.ascontiguousarray(row[dark[0] : dark[-1] + 1])


def _chip(sheet: Sheet, at: tuple[float, float]) -> None:
    """The punched-out card in its frame, with a contact plate."""
    width, height = px(25.0), px(15.0)
    picture = np.full((height, width, 3), 232, np.uint8)
    cv2.rectangle(picture, (2, 2), (width - 3, height - 3), (170, 170, 176), 3)
    left, top, right, bottom = width // 8, height // 5, width * 5 // 8, height * 4 // 5
    cv2.rectangle(picture, (left, top), (right, bottom), _GOLD, -1)
    for share in (1, 2):
        y = top + (bottom - top) * share // 3
        cv2.line(picture, (left, y), (right, y), (150, 124, 60), 3)
    cv2.line(picture, ((left + right) // 2, top), ((left + right) // 2, bottom), (150, 124, 60), 3)
    sheet.paste(picture, at)
