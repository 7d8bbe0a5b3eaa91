"""How much memory the client takes at most while it reads: its window and its reader together."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import cv2

from bench.capture import samples

_KINDS: Final = ("id portrait", "id emblem", "passport", "card td1", "visa a")
#: The heap is shared as at the front door, before libraries start threads of their own.
_CLIENT: Final = (
    "from pos_client.outbox.process import share_one_heap; share_one_heap(); "
    "from bench._reading_client import main; main()"
)


def main(arguments: Sequence[str]) -> int:
    """Draw frames in this process, let another one read them, and print what that one says."""
    parser = argparse.ArgumentParser(prog="bench memory", description=__doc__)
    parser.add_argument("--frames", type=int, default=20, help="different frames")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is read")
    parser.add_argument("--seed", type=int, default=980_000, help="first seed")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        drawn = samples(options.frames, options.seed, _KINDS, ("medium", "hard"))
        for at, sample in enumerate(drawn):
            packed = cv2.imencode(".png", sample.frame.pixels)[1]
            (folder / f"{at:03}.png").write_bytes(packed.tobytes())
        client = [sys.executable, "-c", _CLIENT, name, str(options.rounds)]
        return subprocess.run(client, check=False).returncode  # noqa: S603 - our own Python, our own file
