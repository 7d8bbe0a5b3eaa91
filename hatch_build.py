"""Puts the data folder into the wheel, but not the model weights, which each machine fetches."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ResourcesHook(BuildHookInterface[Any]):
    """Maps every file under resources/ to pos_client/_resources/ in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the data files; an editable install reads them from the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        for file in sorted((root / "resources").rglob("*")):
            if file.is_file() and file.suffix not in {".onnx", ".part"}:
                inside = file.relative_to(root / "resources").as_posix()
                build_data["force_include"][str(file)] = f"pos_client/_resources/{inside}"
