"""What was learned here is laid over the network that was fetched; damaged, it is left out."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pos_client import resources
from pos_client.capture.problems import ModelsMissing
from pos_client.capture.tuning import tuned
from pos_client.capture.weights import DETECTION, LEARNED, OWN, RECOGNITION, load_engine

if TYPE_CHECKING:
    from pathlib import Path

MODELS = resources.folder("models")
NETWORK = b"head" + np.arange(6, dtype="<f4").tobytes() + b"tail"


def changes(**other: Any) -> bytes:
    """Changes of the second and third weight, and of the fifth."""
    arrays: dict[str, Any] = {
        "at": np.array([8, 20], np.int32),
        "length": np.array([2, 1], np.int32),
        "scale": np.array([0.5, 0.25], np.float32),
        "steps": np.array([1, -2, 4], np.int8),
    }
    file = io.BytesIO()
    np.savez_compressed(file, **(arrays | other))
    return file.getvalue()


def test_every_run_of_weights_changes_by_steps_of_its_own_scale() -> None:
    network = tuned(NETWORK, changes())
    assert network[:4] + network[-4:] == b"headtail"
    assert np.frombuffer(network, "<f4", 6, 4).tolist() == [0, 1.5, 1, 3, 5, 5]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"not an archive",
        changes()[:-30],
        changes(at=np.array([8, 30], np.int32)),  # beyond the network's end
        changes(at=np.array([-4, 20], np.int32)),
        changes(steps=np.array([1], np.int8)),
        changes(length=np.array([3, 0], np.int32)),
        changes(scale=np.array([0.5], np.float32)),
        changes(at=np.array(["a", "b"])),
        changes(at=np.array([{}, {}], object)),
    ],
)
def test_damaged_changes_are_refused(damaged: bytes) -> None:
    with pytest.raises(ModelsMissing):
        tuned(NETWORK, damaged)


def test_the_list_has_the_hash_of_what_lies_beside_it() -> None:
    listed = json.loads((MODELS / "CARDPRINT.json").read_text(encoding="utf-8"))["models"][0]
    data = (MODELS / listed["name"]).read_bytes()
    assert listed["name"] == LEARNED
    assert (len(data), hashlib.sha256(data).hexdigest()) == (listed["bytes"], listed["sha256"])
    assert len(tuned((MODELS / RECOGNITION).read_bytes(), data)) > len(data)


@pytest.mark.logs_warning("what was learned from print on cards is missing or damaged")
def test_without_what_was_learned_lines_are_read_as_the_network_came(
    tmp_path: Path,
) -> None:
    for name in (DETECTION, RECOGNITION, OWN, "MODELS.json", "OCRB.json", "CARDPRINT.json"):
        (tmp_path / name).symlink_to(MODELS / name)
    (tmp_path / LEARNED).write_bytes(b"damaged")
    engine = load_engine(tmp_path)
    assert len(engine.recognise([np.full((48, 96, 3), 240, np.uint8)])) == 1
