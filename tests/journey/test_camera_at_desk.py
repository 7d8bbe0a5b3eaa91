"""The camera as the desk speaks of it: by its name, and gone for as long as it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_client.capture import cameras
from pos_client.capture.camera_problems import CameraLost
from pos_client.model.camera_check import CameraUse
from pos_client.model.view import Phase, Shutter, View
from tests.fakes.cameras import SteadyCamera, picture
from tests.fakes.counter import OPERATOR, PIN, open_counter

if TYPE_CHECKING:
    import pytest

    from tests.journey.shop import Shop


@dataclass(frozen=True)
class Listed:
    """A camera as the system lists it."""

    name: str
    index: int


def test_a_camera_that_settings_mean_by_its_number_is_called_by_its_name(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Listed("Built-in", 0), Listed("Desk Cam", 2)]
    monkeypatch.setattr(cameras, "enumerate_cameras", lambda _backend: found)
    monkeypatch.setattr(cameras, "BACKENDS", (1, 2))
    assert shop.desk.cameras() == ("Built-in", "Desk Cam")
    assert shop.desk.chosen_camera() == "Built-in"
    assert shop.desk.chosen_camera(CameraUse.PERSON) == "Built-in"
    assert shop.desk.status().camera == "Built-in", "so that the other one is another one"


def test_the_status_says_that_the_camera_is_gone_while_it_is_looked_through(shop: Shop) -> None:
    camera, shutter = SteadyCamera(lambda _number: picture()), Shutter()
    camera.unplug(CameraLost())
    shop.desk.close()
    shop.desk = open_counter(shop.home, shop.clock, lambda _spec: camera)
    shop.desk.sign_in(OPERATOR, PIN)
    told: list[tuple[Phase, bool]] = []

    def show(view: View) -> None:
        told.append((view.phase, shop.desk.status().camera is None))
        camera.plug_in()
        if view.phase is not Phase.NO_CAMERA:
            shutter.stop()

    assert shop.desk.check_camera(show, shutter) is None
    assert told[0] == (Phase.NO_CAMERA, True)
    assert told[-1] == (Phase.SEARCH, False)
