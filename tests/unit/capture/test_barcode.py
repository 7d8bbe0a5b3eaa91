"""The SIM card's number from the camera: the right code of several, and never a wrong one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zxingcpp

from pos_client import resources
from pos_client.capture.aims import SimAim
from pos_client.capture.barcode import Agreement, IccidScan, find_iccid, find_iccids
from pos_client.capture.gate import Glance
from pos_client.capture.printed_digits import Printed, printed_iccids, sim_number
from pos_client.capture.vision import cv2
from pos_client.capture.watch import Watch
from pos_client.capture.weights import load_engine
from pos_client.model.private import Private
from pos_client.model.view import Phase, Shutter
from specimens.camera import shoot
from specimens.sim_card import draw_sim_carrier
from tests.fakes.cameras import WHOLE, CannedReader, SteadyCamera, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_client.capture.engine import TextEngine
    from pos_client.capture.frame import Frame, Pixels
    from pos_client.model.view import View

ICCID = "89860070310112094320"
OTHER = "8986000000000000002"
EID = "89086030202200000022000012345678"
CODE128 = zxingcpp.BarcodeFormat.Code128
#: Codes that are read as a whole, and not along a line.
SQUARE = {
    zxingcpp.BarcodeFormat.QRCode,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.PDF417,
}


def code(text: str, kind: zxingcpp.BarcodeFormat = CODE128, *, module: int = 2) -> Pixels:
    """A drawn code on white, each module so many pixels wide."""
    image = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=module), np.uint8)
    height = image.shape[0] if kind in SQUARE else 60
    return np.ascontiguousarray(image[:height])


def desk(*codes: tuple[Pixels, tuple[int, int]]) -> Pixels:
    """A 1280 x 720 frame with codes at their places (left, top)."""
    grey = np.full((720, 1280), 200, np.uint8)
    for image, (left, top) in codes:
        grey[top : top + image.shape[0], left : left + image.shape[1]] = image
    return np.repeat(grey[:, :, None], 3, axis=2)


def turned(pixels: Pixels, degrees: float) -> Pixels:
    turn = cv2.getRotationMatrix2D((640, 360), degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, turn, (1280, 720), borderValue=(200,) * 3), np.uint8)


def scanned(pixels: Pixels) -> str | None:
    scan = find_iccid(frame(pixels))
    return None if scan is None else scan.iccid.reveal()


CLEAN = desk((code(ICCID), (380, 320)))


CLEAN_FRAME = frame(CLEAN)


def test_the_right_code_is_chosen_among_those_of_a_sim_holder() -> None:
    pixels = desk(
        (code(EID), (100, 60)),
        (code("6901234567892", zxingcpp.BarcodeFormat.EAN13), (700, 60)),
        (code("490154203237518"), (100, 500)),
        (code(ICCID), (380, 320)),
    )
    scan = find_iccid(frame(pixels))
    assert scan is not None
    assert scan.iccid.reveal() == ICCID
    assert scan.checked
    assert 340 < scan.quad.top_left[0] < 460
    assert 300 < scan.quad.top_left[1] < 400


@pytest.mark.parametrize("degrees", [0, 12, 30, 45, 60, 90, 135, 180, 250, 300, 345])
def test_a_code_is_read_whichever_way_it_lies(degrees: int) -> None:
    assert scanned(turned(CLEAN, degrees)) == ICCID


DAMAGES: dict[str, Callable[[Pixels], Pixels]] = {
    "small": lambda pixels: np.asarray(
        cv2.resize(pixels, (960, 540), interpolation=cv2.INTER_AREA), np.uint8
    ),
    "half size": lambda pixels: np.asarray(
        cv2.resize(pixels, (640, 360), interpolation=cv2.INTER_AREA), np.uint8
    ),
    "blurred": lambda pixels: np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.5), np.uint8),
    "pale": lambda pixels: np.asarray(150 + pixels // 5, np.uint8),
    "noisy": lambda pixels: np.clip(
        pixels.astype(np.int16)
        + np.asarray(np.random.default_rng(3).normal(0, 20, pixels.shape), np.int16),
        0,
        255,
    ).astype(np.uint8),
    "scratched": lambda pixels: np.asarray(
        cv2.line(pixels.copy(), (380, 330), (900, 372), (255, 255, 255), 4), np.uint8
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_code_is_still_read(damage: str) -> None:
    assert scanned(DAMAGES[damage](CLEAN)) == ICCID


@pytest.mark.parametrize(
    "kind",
    [
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.ITF,
    ],
)
def test_other_codes_that_issuers_print_are_read(kind: zxingcpp.BarcodeFormat) -> None:
    module = {zxingcpp.BarcodeFormat.Code39: 1, zxingcpp.BarcodeFormat.ITF: 2}.get(kind, 5)
    assert scanned(desk((code(ICCID, kind, module=module), (300, 300)))) == ICCID


def test_interleaved_bars_count_where_their_number_adds_up_or_is_printed_as_well() -> None:
    without = ICCID[:-1] + "1"
    pixels = desk((code(without, zxingcpp.BarcodeFormat.ITF), (300, 300)))
    assert scanned(pixels) is None
    bars = find_iccids(frame(pixels))
    assert Printed().beside(bars) is None
    assert Printed(beginnings=(Private(without[:19]),)).beside(bars) is None
    scan = Printed(beginnings=(Private(without),)).beside(bars)
    assert scan is not None
    assert (scan.iccid.reveal(), scan.checked) == (without, False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("89860070310112094320L", ICCID),  # L is the check character of the bars
        ("89860070310112094320C", None),  # and C is none
        ("89860070310112094329", "89860070310112094329"),  # no check of either sort holds
        ("8986000000000000002X", None),  # a card's own X, or a check character behind 19 digits
        ("8986000000000000002F", "8986000000000000002F"),  # only filled up
    ],
)
def test_the_check_character_of_code_39_is_no_part_of_the_number(
    text: str, number: str | None
) -> None:
    bars = code(text, zxingcpp.BarcodeFormat.Code39, module=1)
    assert scanned(desk((bars, (300, 300)))) == number


def test_a_desk_without_a_code_gives_nothing() -> None:
    assert scanned(desk()) is None
    noise = np.random.default_rng(2).integers(0, 255, (720, 1280, 3), np.uint8)
    assert scanned(noise) is None


def test_between_two_sim_cards_nobody_chooses() -> None:
    assert scanned(desk((code(ICCID), (100, 100)), (code(OTHER), (100, 500)))) is None


def test_a_check_digit_that_holds_does_not_choose_between_two_cards() -> None:
    without = ICCID[:-1] + "1"
    assert scanned(desk((code(ICCID), (100, 100)), (code(without), (100, 500)))) is None


def test_between_two_cards_nobody_chooses_where_one_is_harder_to_scan() -> None:
    soft = np.asarray(cv2.GaussianBlur(code(OTHER), (0, 0), 1.55), np.uint8)
    assert scanned(desk((soft, (100, 500)))) == OTHER
    assert zxingcpp.read_barcodes(desk((soft, (100, 500)))) == []
    assert scanned(desk((code(ICCID), (100, 100)), (soft, (100, 500)))) is None


def test_of_two_codes_for_one_card_the_whole_number_is_taken() -> None:
    both = desk((code(ICCID), (100, 100)), (code(ICCID[:19]), (100, 500)))
    assert scanned(both) == ICCID


def test_a_number_is_believed_once_two_frames_agree() -> None:
    one = find_iccid(frame(CLEAN))
    other = find_iccid(frame(desk((code(OTHER), (380, 320)))))
    agreement = Agreement()
    assert agreement.add(one) is None
    assert agreement.add(None) is None
    assert agreement.add(other) is None
    assert agreement.add(one) is None
    assert agreement.add(one) == one


def test_the_watch_scans_a_sim_card_while_the_preview_goes_on() -> None:
    watch = Watch(SteadyCamera(lambda _number: CLEAN), CannedReader())
    views: list[View] = []
    iccid = watch.scan_sim(views.append, Shutter())
    assert iccid is not None
    assert iccid.reveal() == ICCID
    assert views
    assert all(view.phase is not Phase.NO_CAMERA for view in views)
    watch.close()


def printed(number: str) -> Printed:
    return Printed((IccidScan(Private(number), WHOLE, checked=True),))


@pytest.mark.parametrize(
    "print_seen", [printed(OTHER), Printed(beginnings=(Private("89861140011"),))]
)
def test_bars_are_not_believed_while_the_print_names_another_card(print_seen: Printed) -> None:
    aim = SimAim(lambda _frame: print_seen)
    scan_frames(aim, 6)
    assert not aim.done
    assert aim.guidance.hint == "CAP19"


def test_once_one_of_two_cards_is_taken_away_the_other_is_read() -> None:
    both = frame(desk((code(ICCID), (100, 100)), (code(OTHER), (100, 500))))
    aim = SimAim(lambda _frame: Printed())
    scan_frames(aim, 3, both)
    assert not aim.done
    assert aim.guidance.hint == "CAP19"
    scan_frames(aim, 2)
    assert aim.done


def test_bars_are_believed_where_the_print_names_the_same_card_or_a_misread_one() -> None:
    misread = ICCID[:9] + "8" + ICCID[10:]
    for print_seen in (Printed(), printed(ICCID), Printed(beginnings=(Private(misread),))):
        aim = SimAim(lambda _frame, seen=print_seen: seen)  # type: ignore[misc]  # bound early
        scan_frames(aim, 2)
        assert aim.scan is not None
        assert aim.scan.iccid.reveal() == ICCID


def scan_frames(aim: SimAim, count: int, shown: Frame = CLEAN_FRAME) -> None:
    """Let the aim work on so many frames of the same desk, one a second."""
    for number in range(count):
        aim.saw(
            replace(shown, number=number),
            Glance(CLEAN[:1, :1, 0], 9.0, 120.0, 0.0, 0.0),
            float(number),
        )
        work = aim.work(float(number))
        assert work is not None
        work()(float(number))


def test_a_stopped_scan_gives_nothing() -> None:
    watch = Watch(SteadyCamera(lambda _number: desk()), CannedReader())
    shutter = Shutter()
    assert watch.scan_sim(lambda _view: shutter.stop(), shutter) is None
    watch.close()


def holder(iccid: str) -> Pixels:
    """A photographed SIM holder whose own bars are painted over; the others stand."""
    card = draw_sim_carrier(iccid, "", seed=71)
    image = card.image.copy()
    image[13 * 15 : 22 * 15, 4 * 15 : 52 * 15] = 240
    return shoot(replace(card, image=image), seed=5).frame


@pytest.mark.slow
def test_where_the_bars_are_gone_the_digits_are_read_under_their_check_digit() -> None:
    engine = load_engine(resources.folder("models"), threads=2)
    pixels = holder(ICCID)
    assert scanned(pixels) is None
    found = printed_iccids(engine, frame(pixels)).beside()
    assert found is not None
    assert (found.iccid.reveal(), found.checked) == (ICCID, True)
    assert printed_iccids(engine, frame(holder(ICCID[:-1] + "1"))).beside() is None


@pytest.fixture(scope="module")
def engine() -> TextEngine:
    return load_engine(resources.folder("models"), threads=2)


def print_of(*lines: str, turn: bool = False) -> Pixels:
    """A white desk with lines of digits one below the other, perhaps on its head."""
    pixels = np.full((720, 1280, 3), 235, np.uint8)
    for at, line in enumerate(lines):
        place = (240, 300 + 62 * at)
        cv2.putText(pixels, line, place, cv2.FONT_HERSHEY_SIMPLEX, 1.3, (30,) * 3, 3, cv2.LINE_AA)
    return np.ascontiguousarray(pixels[::-1, ::-1]) if turn else pixels


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ("8986-0070-3101-1209-4320",),
        ("8986 0070 3101 1209 4320",),
        ("8986007031", "0112094320"),
        ("8986 0070", "3101 1209", "4320"),
        ("ICCID 89860070", "310112094320"),
    ],
)
def test_printed_digits_are_read_in_groups_and_over_lines(
    engine: TextEngine, lines: tuple[str, ...]
) -> None:
    for turn in (False, True):
        found = sim_number(engine, frame(print_of(*lines, turn=turn)))
        assert found is not None
        assert found.iccid.reveal() == ICCID


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ("89033023048900000008", "000000000001"),  # a chip's number: 20 and 12 digits
        ("8986007031", "0112094320", "12345678"),  # more digits than a card has
        ("8986007031", "0112094321"),
        (ICCID, "8986-0000-0000-0000-002"),
    ],
)
def test_digits_over_lines_that_may_mean_something_else_are_left(
    engine: TextEngine, lines: tuple[str, ...]
) -> None:
    assert sim_number(engine, frame(print_of(*lines))) is None


@pytest.mark.slow
def test_a_thumb_behind_19_digits_may_hide_the_twentieth(engine: TextEngine) -> None:
    pixels = print_of(OTHER)
    found = sim_number(engine, frame(pixels))
    assert found is not None
    assert found.iccid.reveal() == OTHER
    end = int(np.flatnonzero((pixels < 100).any(axis=(0, 2)))[-1])
    pixels[200:500, end + 6 : end + 120] = (120, 150, 205)
    assert sim_number(engine, frame(pixels)) is None


@pytest.mark.slow
@pytest.mark.parametrize("line", ["No. 8986-1140-0112-3456-7890", "ICCID 8933-0100"])
def test_a_card_that_only_its_print_shows_is_a_second_card(engine: TextEngine, line: str) -> None:
    pixels = print_of(line)
    pixels[500:560, 100 : 100 + code(ICCID).shape[1]] = code(ICCID)[:, :, None]
    assert scanned(pixels) == ICCID
    assert sim_number(engine, frame(pixels)) is None
