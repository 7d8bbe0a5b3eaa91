"""What a glance measures, with figures."""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest

from pos_client.capture import quality
from pos_client.capture.gate import GLANCE_PX, Gate, moved
from pos_client.capture.vision import cv2
from pos_client.model.document import Quad
from tests.fakes.cameras import WHOLE, frame, picture


def test_the_small_picture_keeps_the_shape_of_the_frame() -> None:
    for width, height in ((1280, 720), (640, 480), (1920, 1080), (480, 640)):
        luma = Gate().look(frame(np.zeros((height, width, 3), np.uint8))).luma
        assert luma.shape == (round(height * GLANCE_PX / width), GLANCE_PX)


def test_a_plain_picture_has_its_own_brightness_and_no_sharpness() -> None:
    glance = Gate().look(frame(np.full((90, 160, 3), 77, np.uint8)))
    assert glance.brightness == pytest.approx(77, abs=0.5)
    assert glance.sharpness == pytest.approx(0.0)
    assert glance.clipped == 0.0


def test_clipped_is_the_share_of_the_white_part() -> None:
    pixels = np.full((180, 320, 3), 100, np.uint8)
    pixels[:90, :160] = 255
    assert Gate().look(frame(pixels)).clipped == pytest.approx(0.25)


def test_sharpness_falls_with_each_step_of_blur() -> None:
    sharp = [Gate().look(frame(picture(7, blur=blur))).sharpness for blur in range(5)]
    assert sharp == sorted(sharp, reverse=True)
    assert sharp[1] < 0.8 * sharp[0]


def test_motion_is_the_share_of_the_picture_that_changed() -> None:
    gate = Gate()
    assert gate.look(frame(picture(7))).motion == 1.0
    assert gate.look(frame(picture(7))).motion == 0.0
    assert gate.look(frame(picture(7, shift=20))).motion > 0.1
    assert gate.look(frame(picture(0))).motion > 0.1


def test_the_noise_of_a_cheap_sensor_and_a_tremor_are_no_motion() -> None:
    rng = np.random.default_rng(5)
    gate = Gate()
    still = cv2.resize(picture(7), (1280, 720), interpolation=cv2.INTER_CUBIC)
    for number in range(10):
        noise = np.asarray(rng.normal(0, 12, still.shape), np.int16)
        noisy = np.clip(still.astype(np.int16) + noise, 0, 255).astype(np.uint8)
        shaken = np.roll(noisy, number % 2, axis=1)
        glance = gate.look(frame(shaken))
        assert number == 0 or glance.motion < 0.01


def test_frames_of_different_sizes_count_as_moved() -> None:
    assert moved(np.zeros((90, 160), np.uint8), np.zeros((120, 160), np.uint8)) == 1.0


def test_a_glance_costs_less_than_eight_milliseconds() -> None:
    gate, took = Gate(), []
    pixels = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), np.uint8)
    for number in range(40):
        # The processor's time: how long a busy machine lets it wait says nothing about the glance.
        before = time.thread_time()
        gate.look(frame(pixels, number))
        took.append(time.thread_time() - before)
    assert statistics.median(took) < 0.008


def test_placement_is_measured_in_shares_of_the_frame() -> None:
    assert quality.filled(WHOLE, 320, 180) == pytest.approx(120 / 180)
    assert not quality.cut_off(WHOLE, 320, 180)
    hanging = Quad((60, -4), (260, -4), (260, 116), (60, 116))
    assert quality.cut_off(hanging, 320, 180)


def test_the_evidence_carries_its_figures() -> None:
    straight = np.full((540, 856, 3), 90, np.uint8)
    straight[:54] = 255
    figures = quality.measure(straight, coverage=0.7, tilt_deg=4.0)
    assert figures.glare == pytest.approx(0.1, abs=0.01)
    assert figures.brightness == pytest.approx(90 * 0.9 + 255 * 0.1, abs=1)
    assert (figures.coverage, figures.tilt_deg) == (0.7, 4.0)
    assert figures.sharpness > 0
