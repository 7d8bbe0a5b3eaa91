"""Writes the list of files in docs/way.md from the files themselves: `python -m tests.way`."""

import ast
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
WAY: Final = ROOT / "docs" / "way.md"
START: Final = "<!-- files: written by `python -m tests.way` -->\n"

#: Folder, and what its place on the way is; in the order of the way.
FOLDERS: Final = (
    ("pos_client/model", "nouns of all stages, standard library only"),
    ("pos_client/model/numbers", "numbers that carry their own proof"),
    ("pos_client", "what all stages stand on, and the front doors"),
    ("pos_client/documents", "kinds of documents as data: loaded and checked"),
    ("pos_client/cli", "what is typed after `pos-client`"),
    ("pos_client/capture", "1 frame → 2 document image → 3 reading"),
    ("pos_client/registration", "4 draft → 5 sealed"),
    ("pos_client/outbox", "6 row, and 9 purge"),
    ("pos_client/carrier", "7 upload → 8 receipt"),
    ("pos_client/sync", "when 7 is tried"),
    ("pos_client/desk", "the whole client without a screen"),
    ("pos_client/ui", "the window"),
    ("pos_client/ui/look", "how it looks"),
    ("pos_client/ui/models", "tables behind lists"),
    ("pos_client/ui/pages", "one page for each thing a clerk does"),
    ("pos_client/ui/widgets", "pieces that pages are made of"),
    ("carrier_sandbox", "a reference carrier"),
    ("carrier_sandbox/cli", "what is typed after `pos-carrier`"),
    ("carrier_sandbox/conformance", "tries any carrier against the contract"),
    ("specimens", "invented documents and a camera for them"),
    ("demo", "plays the way on the real window"),
    ("bench", "measures it"),
    ("bench/rivals", "other readers, as they come"),
    ("bench/unseen", "a second set of cards to be judged by, apart from the specimens"),
    ("training", "makes the networks that are our own"),
    ("training/ocrb", "the reader of OCR-B"),
    ("training/cardprint", "what the general reader learns about cards"),
    ("set_up", "what pos.py does"),
)


def sentence(file: Path) -> str:
    """Return the first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.splitlines()[0] if text else ""


def listing() -> str:
    """Return the list of all files with their sentences, as it stands in docs/way.md."""
    parts = []
    for folder, place in FOLDERS:
        files = sorted(file for file in (ROOT / folder).glob("*.py") if file.name != "__init__.py")
        if files:
            parts.append(f"### `{folder}/`: {place}\n")
            parts.extend(f"- `{file.name}`: {sentence(file)}" for file in files)
            parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Write the list into docs/way.md, below its marker."""
    head, _, _ = WAY.read_text(encoding="utf-8").partition(START)
    WAY.write_text(head + START + "\n" + listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
