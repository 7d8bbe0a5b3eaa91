"""Changes weights of a network that was fetched, by what was learned here from print on cards.

The network comes from its makers and is known by its hash; the file of changes says for runs of its
bytes by how much each weight there is another one. So nothing of theirs lies in our repository, and
no tool that knows the form of the network's file is needed to run it.
"""

import io
from typing import Final
from zipfile import BadZipFile

import numpy as np

from pos_client.capture.problems import ModelsMissing

_WEIGHT: Final = np.dtype("<f4")


def tuned(network: bytes, changes: bytes) -> bytes:
    """Return the network with the changes made.

    `changes` is an archive of numpy arrays: `at` and `length`, where each run of weights begins in
    bytes and how many weights it has; `scale` of each run; and `steps`, for all weights of all runs
    one after the other, by how many of its run's scale it changes, -127 to 127.

    Raises:
        ModelsMissing: the changes are damaged, or are those of another network.
    """
    try:
        with np.load(io.BytesIO(changes), allow_pickle=False) as archive:
            at, length = archive["at"].astype(np.int64), archive["length"].astype(np.int64)
            scale, steps = archive["scale"].astype(_WEIGHT), archive["steps"].astype(np.int8)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as err:
        raise ModelsMissing(file="changes") from err
    ends = np.cumsum(length)
    fits = at.shape == length.shape == scale.shape and len(ends) > 0 and ends[-1] == len(steps)
    inside = fits and at.min() >= 0 and (at + length * _WEIGHT.itemsize).max() <= len(network)
    if not inside or length.min() < 1:
        raise ModelsMissing(file="changes")
    changed = bytearray(network)
    for start, count, end, by in zip(at, length, ends, scale, strict=True):
        weights = np.frombuffer(changed, _WEIGHT, int(count), int(start))
        weights += steps[end - count : end].astype(_WEIGHT) * by
    return bytes(changed)
