"""Puts the data folder into the wheel, without the model weights that each machine fetches."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Our own network lies in git and travels along; the others are fetched by each machine.
OWN_NETWORK = "ocrb.onnx"


class ResourcesHook(BuildHookInterface[Any]):
    """Maps every file under resources/ to pos_client/_resources/ in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data files; an editable install reads them from the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        for file in sorted((root / "resources").rglob("*")):
            fetched = file.suffix in {".onnx", ".part"} and file.name != OWN_NETWORK
            if file.is_file() and not fetched:
                inside = file.relative_to(root / "resources").as_posix()
                build_data["force_include"][str(file)] = f"pos_client/_resources/{inside}"
