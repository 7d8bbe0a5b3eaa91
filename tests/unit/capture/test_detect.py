"""A glimpse tells bare tables from poor pictures of documents, and never the other way round."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pos_client import resources
from pos_client.capture.weights import load_engine
from specimens.camera import shoot
from specimens.countries import LAYOUTS
from specimens.country_documents import draw_country
from specimens.desks import desk
from specimens.optics import apply_optics, draw_optics

if TYPE_CHECKING:
    from pos_client.capture.weights import OnnxEngine


@pytest.fixture(scope="module")
def engine() -> OnnxEngine:
    return load_engine(resources.folder("models"))


@pytest.mark.parametrize("place", [12, 16, 21, 47, 49])
def test_a_dim_document_on_a_coloured_ground_is_seen(engine: OnnxEngine, place: int) -> None:
    specimen = draw_country(LAYOUTS[place], seed=3000 + place)
    assert engine.may_hold_text(shoot(specimen, seed=7000 + place, difficulty="hard").frame)


@pytest.mark.parametrize("kind", ["wood", "cloth", "plastic", "stone"])
def test_a_bare_table_is_seen_to_be_bare(engine: OnnxEngine, kind: str) -> None:
    rng = random.Random(kind)  # noqa: S311 - it chooses noise, no secret
    frame = apply_optics(desk(kind, 1, (1280, 720)).copy(), draw_optics(rng, "medium"), rng)
    assert not engine.may_hold_text(frame)


def test_a_document_in_the_dark_is_seen(engine: OnnxEngine) -> None:
    specimen = draw_country(LAYOUTS[12], seed=3012)
    frame = shoot(specimen, seed=7012, difficulty="easy").frame
    assert engine.may_hold_text((frame * 0.25).astype(np.uint8))
