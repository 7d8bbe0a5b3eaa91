"""A client that reads: the real window, and its reader at work, in a process of its own.

Started by `bench memory` with a folder of pictures and how often to read them; says how much memory
it took at most, after each step.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import cv2
import numpy as np
from PySide6.QtWidgets import QApplication

from pos_client.app import Counter
from pos_client.capture.frame import Frame
from pos_client.capture.gate import Gate
from pos_client.capture.reader import load_reader
from pos_client.capture.sources import open_source
from pos_client.desk import eyes
from pos_client.desk.desk import Desk
from pos_client.desk.stages import Machine
from pos_client.documents import known_kinds
from pos_client.resources import folder as folder_of
from pos_client.settings import Settings


def main() -> None:
    """Open the window, then read."""
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(home=folder / "till", camera=f"folder:{folder}", theme="light")
    app = QApplication(sys.argv[:1])
    desk = Desk(settings, Machine(_now, lambda spec: open_source(spec, _now), "boot", None))
    reader, gate = load_reader(known_kinds(), folder_of("models")), Gate()
    # The window loads its reader in the background; here it is given the one that reads below.
    eyes.load_reader = lambda *_documents, **_more: reader  # type: ignore[attr-defined]
    counter = Counter(app, desk, settings, folder / "receipts")
    counter.show()
    app.processEvents()
    _tell("the window is up")
    reader.warm_up()
    _tell("the reader is warm")
    for _ in range(rounds):
        for file in sorted(folder.glob("*.png")):
            packed = np.frombuffer(file.read_bytes(), np.uint8)
            pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
            frame = Frame(pixels, "bench", _now())
            gate.look(frame)
            reader.read(frame, located=reader.locate(frame))
            app.processEvents()
    _tell("all was read")
    counter.close()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a front door of its own


def _tell(what: str) -> None:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in status if line.startswith("VmHWM"))
    print(f"{what}: {int(peak.split()[1]) / 1024:.0f} MB at most", flush=True)
