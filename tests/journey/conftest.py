"""Opens a shop for each journey, and shuts it afterwards."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.fakes.sandbox_till import real_now
from tests.journey.shop import Shop, open_shop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from carrier_sandbox.behaviour import Behaviour


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Shop]]:
    """Return what opens a shop: behaviour of the carrier, training or not, the two clocks."""
    with ExitStack() as closing:

        def open_one(
            behaviour: Behaviour | None = None,
            *,
            training: bool = True,
            clock: Callable[[], datetime] = real_now,
            carrier_clock: Callable[[], datetime] = real_now,
        ) -> Shop:
            shop = open_shop(
                tmp_path, behaviour, training=training, clock=clock, carrier_clock=carrier_clock
            )
            closing.callback(shop.close)
            return shop

        yield open_one


@pytest.fixture
def shop(opened: Callable[..., Shop]) -> Shop:
    """A training till whose carrier accepts everything at once."""
    return opened()
