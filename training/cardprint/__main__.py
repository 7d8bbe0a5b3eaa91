"""Teaches the recogniser print on cards and writes what it learned: `python -m training.cardprint`.

It begins from the network that the client fetches, and takes one seed.
"""

import argparse
import copy
import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import onnx
import torch

from training.cardprint.export import write
from training.cardprint.lines import Artist
from training.cardprint.measure import errors
from training.cardprint.network import Recogniser
from training.cardprint.school import between, teach
from training.cardprint.texts import Texts

SEED: Final = 50_000
_RESOURCES: Final = Path(__file__).resolve().parent.parent.parent / "resources"
_MODELS: Final = _RESOURCES / "models"
_BEGINS: Final = "PP-OCRv6_rec_small.onnx"
_TO: Final = _MODELS / "cardprint.npz"
#: Numbers of the batches to measure with: no step learns from them.
_KEPT_BACK: Final = 7_000_000


def main() -> int:
    """Learn, go back a part of the way, and write the changes with a card of their figures."""
    parser = argparse.ArgumentParser(prog="training.cardprint", description=__doc__)
    parser.add_argument("--steps", type=int, default=1400, help="batches to learn from")
    parser.add_argument("--share", type=float, default=0.5, help="of the learned way to take")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measured", type=int, default=70, help="batches to measure with")
    parser.add_argument("--to", type=Path, default=_TO, help="where the changes go")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    network = (_MODELS / _BEGINS).read_bytes()
    began = Recogniser(network)
    learned = copy.deepcopy(began)
    artist = _artist(network)
    teach(learned, artist, options.steps, SEED)
    between(began, learned, options.share)
    changed = {
        name: weight.detach().numpy()
        for name, weight in learned.weights().items()
        if not torch.equal(weight, began.weight(name))
    }
    data = write(network, changed, options.to)
    _list(options.to, data)
    for title, net in (("as fetched", began), ("learned", learned)):
        wrong, off = errors(net, artist, _KEPT_BACK, options.measured)
        print(f"{title}: {100 * wrong:.1f} % of lines, {100 * off:.2f} % of characters wrong")
    return 0


def _artist(network: bytes) -> Artist:
    listed = onnx.load_from_string(network).metadata_props
    characters = next(each.value for each in listed if each.key == "character").split("\n")
    classes = {each: at for at, each in enumerate([*characters, " "], 1)}
    words = find_spec("jieba")
    if words is None or words.origin is None:
        message = "pip install jieba: its dictionary says how often words are written"
        raise ModuleNotFoundError(message)
    texts = Texts(
        classes,
        Path(words.origin).with_name("dict.txt"),
        _RESOURCES / "regions" / "cn_regions.csv",
        _RESOURCES / "names" / "cn_surnames.txt",
    )
    return Artist(texts, classes)


def _list(file: Path, data: bytes) -> None:
    """Write the size and hash that the client holds the changes against."""
    listed = {
        "about": "What the recogniser of PP-OCR learned here from print on cards: changes to "
        f"{_BEGINS}. Made by `python -m training.cardprint`; see training/cardprint/MODEL_CARD.md.",
        "licence": {"spdx": "Apache-2.0"},
        "models": [
            {
                "name": file.name,
                "task": f"changes weights of {_BEGINS}",
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        ],
    }
    text = json.dumps(listed, indent=2) + "\n"
    (file.parent / "CARDPRINT.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
