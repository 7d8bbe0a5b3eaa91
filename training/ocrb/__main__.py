"""Trains the reader of OCR-B lines and writes it: `python -m training.ocrb`, from one seed."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Final

import torch

from training.ocrb.export import export
from training.ocrb.measure import errors
from training.ocrb.network import LineNet
from training.ocrb.recipe import SEED, Recipe
from training.ocrb.school import Plan, teach

_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_TO: Final = _ROOT / "resources" / "models" / "ocrb.onnx"


def main() -> int:
    """Learn, test on what was kept back, and write the network with a card of its figures."""
    parser = argparse.ArgumentParser(prog="training.ocrb", description=__doc__)
    parser.add_argument("--steps", type=int, default=3500, help="batches to learn from")
    parser.add_argument("--pupils", type=int, default=2, help="processes that learn as one")
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="more folders")
    parser.add_argument("--from", dest="begin", type=Path, help="go on from these weights")
    parser.add_argument("--keep", type=Path, help="write the weights here as well, now and then")
    parser.add_argument("--to", type=Path, default=_TO, help="where the network goes")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    recipe = Recipe.load([Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), *options.fonts])
    net = LineNet()
    if options.begin is not None:
        net.load_state_dict(torch.load(options.begin, weights_only=True))
    gentle = options.begin is not None
    teach(net, recipe, Plan(options.steps, options.pupils, options.keep, gentle))
    data = export(net)
    options.to.write_bytes(data)
    _list(options.to, data)
    figures = {
        "parameters": sum(each.numel() for each in net.parameters()),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "trained faces": errors(net, recipe.trained, recipe.papers),
        "faces kept back": errors(net, recipe.held_back, recipe.papers),
    }
    print(json.dumps(figures, indent=2))
    return 0


def _list(file: Path, data: bytes) -> None:
    """Write the size and hash that the client holds the network against."""
    listed = {
        "about": "Our own reader of OCR-B lines: A to Z, 0 to 9 and the filler. "
        "Made by `python -m training.ocrb`; see training/ocrb/MODEL_CARD.md.",
        "licence": {"spdx": "Apache-2.0"},
        "models": [
            {
                "name": file.name,
                "task": "reads one line of OCR-B",
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        ],
    }
    text = json.dumps(listed, indent=2) + "\n"
    (file.parent / "OCRB.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
