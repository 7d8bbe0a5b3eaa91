"""Writes what was learned as changes to the bytes of the network that it began from."""

import io
from pathlib import Path
from typing import Final

import numpy as np
import onnx
from numpy.typing import NDArray

_STEPS: Final = 127
_NO_CHANGE: Final = 1e-12
Weights = dict[str, NDArray[np.float32]]


def changes(network: bytes, learned: Weights) -> bytes:
    """Return the archive that `pos_client.capture.tuning` makes the learned network from.

    Raises:
        ValueError: a weight is not where its bytes are looked for.
    """
    model = onnx.load_from_string(network)
    at: list[int] = []
    length: list[int] = []
    scale: list[float] = []
    steps: list[NDArray[np.int8]] = []
    for tensor in model.graph.initializer:
        if tensor.name not in learned:
            continue
        raw = tensor.raw_data
        start = network.find(raw)
        if not raw or start < 0 or network.find(raw, start + 1) >= 0:
            message = f"{tensor.name}: its bytes are not found, or not only once"
            raise ValueError(message)
        before = np.frombuffer(raw, "<f4")
        by = learned[tensor.name].reshape(-1).astype("<f4") - before
        run = len(by) // tensor.dims[0] if len(tensor.dims) > 1 else len(by)
        for first in range(0, len(by), run):
            part = by[first : first + run]
            unit = float(np.abs(part).max()) / _STEPS
            if unit < _NO_CHANGE:
                continue
            at.append(start + first * 4)
            length.append(run)
            scale.append(unit)
            steps.append(np.round(part / unit).astype(np.int8))
    file = io.BytesIO()
    np.savez_compressed(
        file,
        at=np.array(at, np.int32),
        length=np.array(length, np.int32),
        scale=np.array(scale, np.float32),
        steps=np.concatenate(steps),
    )
    return file.getvalue()


def write(network: bytes, learned: Weights, to: Path) -> bytes:
    """Keep the changes in a file, and return them."""
    made = changes(network, learned)
    to.write_bytes(made)
    return made
