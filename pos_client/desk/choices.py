"""What the shop chose in the window and wants to find again tomorrow: which camera for what."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pos_client.model.camera_check import CameraUse

_FILE: Final = "choices.json"


class Choices:
    """A small file beside the settings. It holds names of cameras and nothing about anybody.

    A choice stands for as long as the settings name the camera they named when it was made: who
    changes the settings, or starts the client with a camera of his own, means that one.
    """

    def __init__(self, home: Path, settings_camera: str) -> None:
        self._file = home / _FILE
        self._under = settings_camera
        self._cameras = self._read()

    def camera(self, use: CameraUse) -> str | None:
        """Return the chosen camera's line, or None where nothing was chosen."""
        return self._cameras.get(use.value)

    def choose(self, use: CameraUse, spec: str) -> None:
        """Keep a choice. A disk that is full or locked does not keep it, and nothing else."""
        self._cameras[use.value] = spec
        text = json.dumps({"under": self._under, "cameras": self._cameras}, ensure_ascii=False)
        half_done = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            half_done.write_text(text, encoding="utf-8")
            os.replace(half_done, self._file)  # noqa: PTH105 - as one step, whatever is there
        except OSError:
            return

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, Mapping) or kept.get("under") != self._under:
            return {}
        cameras = kept.get("cameras")
        if not isinstance(cameras, Mapping):
            return {}
        uses = {each.value for each in CameraUse}
        return {use: spec for use, spec in cameras.items() if use in uses and isinstance(spec, str)}
