"""Reads a model only if it is the very file that its list names."""

import hashlib
import json
from pathlib import Path

from pos_client.capture.problems import ModelsMissing


def wanted_hashes(manifest_file: Path) -> dict[str, str]:
    """Read which SHA-256 each model is to have.

    Raises:
        ModelsMissing: there is no such list, or it is damaged.
    """
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
        return {str(model["name"]): str(model["sha256"]) for model in manifest["models"]}
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise ModelsMissing(file=manifest_file.name) from err


def checked_model(file: Path, wanted: dict[str, str]) -> bytes:
    """Read a model.

    Raises:
        ModelsMissing: it is not there, or not the one that is wanted.
    """
    try:
        data = file.read_bytes()
    except OSError as err:
        raise ModelsMissing(file=file.name) from err
    if hashlib.sha256(data).hexdigest() != wanted.get(file.name):
        raise ModelsMissing(file=file.name)
    return data
