"""Keeps the translation files and the sources together.

`python -m tests.gui.translations` adds what is missing to `resources/i18n/` as unfinished entries
and drops what no source says any more. The tests only look.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pos_client
from pos_client.model.problems import Problem
from pos_client.ui.words import PROBLEM

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
I18N: Final = ROOT / "resources" / "i18n"
UI: Final = ROOT / "pos_client" / "ui"
#: Sources outside `widgets/` that are used by many pages.
PIECES: Final = {"figures", "words", "problems", "receipt_page", "receipt_print", "waiting"}
HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text on screen as its source has it. `file` is the part of the translations it is in."""

    context: str
    source: str
    counted: bool
    file: str


class _Finder(ast.NodeVisitor):
    """Collects `self.tr(...)`, `QCoreApplication.translate(...)` and QT_TRANSLATE_NOOP."""

    def __init__(self, file: str) -> None:
        self.found: list[Sentence] = []
        self._file = file
        self._class = ""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outer, self._class = self._class, node.name
        self.generic_visit(node)
        self._class = outer

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if name == "tr" and texts and isinstance(texts[0], str):
            self._keep(self._class, texts[0], counted=len(node.args) > 2)
        elif name in {"translate", "say", "QT_TRANSLATE_NOOP"} and len(texts) > 1:
            context, source = texts[0], texts[1]
            if isinstance(context, str) and isinstance(source, str):
                self._keep(context, source, counted=len(node.args) > 3)
        self.generic_visit(node)

    def _keep(self, context: str, source: str, *, counted: bool) -> None:
        self.found.append(Sentence(context, source, counted, self._file))


def part_of(path: Path) -> str:
    """Say which translation file a source belongs to: pages and window, or pieces (empty)."""
    folder, name = path.parent.name, path.stem
    piece = folder in {"look", "models", "widgets"} or name in PIECES
    return "" if piece else ".pages"


def sentences_in_sources() -> list[Sentence]:
    """Return every sentence of the window, and of all problems of the whole client."""
    found: dict[tuple[str, str], Sentence] = {}
    for path in sorted(UI.rglob("*.py")):
        finder = _Finder(part_of(path))
        finder.visit(ast.parse(path.read_text("utf-8")))
        for sentence in finder.found:
            found.setdefault((sentence.context, sentence.source), sentence)
    for kind in problems():
        for text in (kind.title, kind.advice):
            if text:
                found.setdefault((PROBLEM, text), Sentence(PROBLEM, text, False, ".problems"))
    return list(found.values())


def problems() -> list[type[Problem]]:
    """Return every Problem the client can raise, by importing all of it but the two front doors."""
    for module in pkgutil.walk_packages(pos_client.__path__, "pos_client."):
        if module.name not in {"pos_client.__main__", "pos_client.app"}:
            importlib.import_module(module.name)
    return sorted(
        {kind for kind in _below(Problem) if kind.__module__.startswith("pos_client.")},
        key=lambda kind: (kind.code, kind.__name__),
    )


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _below(child)


def placeholders(text: str) -> set[str]:
    """Return the names in braces, and `%n` where a count stands."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return names | ({"%n"} if "%n" in text else set())


def write(language: str) -> int:
    """Bring the files of a language in line with the sources; return how much is unfinished."""
    wanted = sentences_in_sources()
    unfinished = 0
    for part in sorted({sentence.file for sentence in wanted}):
        path = I18N / f"{language}{part}.ts"
        mine = [each for each in wanted if each.file == part]
        if language == "en":
            mine = [each for each in mine if each.counted]
        if mine:
            old = _translations(path)
            unfinished += sum((each.context, each.source) not in old for each in mine)
            path.write_text(_document(language, mine, old), "utf-8")
    return unfinished


def _translations(path: Path) -> dict[tuple[str, str], ET.Element]:
    if not path.is_file():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", "")): translation
        for context in ET.fromstring(path.read_text("utf-8")).iter("context")  # noqa: S314 - ours
        for message in context.iter("message")
        if (translation := message.find("translation")) is not None
        and translation.get("type") is None
    }


def _document(language: str, mine: list[Sentence], old: dict[tuple[str, str], ET.Element]) -> str:
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name in sorted({each.context for each in mine}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for each in (each for each in mine if each.context == name):
            message = ET.SubElement(context, "message", {"numerus": "yes"} if each.counted else {})
            ET.SubElement(message, "source").text = each.source
            known = old.get((name, each.source))
            if known is not None:
                known.tail = None
                message.append(known)
            else:
                ET.SubElement(message, "translation", type="unfinished")
    ET.indent(root, "  ")
    return HEAD + ET.tostring(root, encoding="unicode") + "\n"


if __name__ == "__main__":
    for code in ("en", "zh_CN"):
        print(code, write(code), "unfinished")  # noqa: T201 - run by hand
