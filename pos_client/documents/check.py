"""Says everything about a description file that its author should know before a shop uses it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_client.documents.files import code_taken, read
from pos_client.documents.node import shown
from pos_client.documents.problems import Complaint
from pos_client.documents.sides import is_readable, tells
from pos_client.model.declaration import Anchor, DocumentDeclaration, SideDeclaration
from pos_client.resources import folder

if TYPE_CHECKING:
    from pos_client.model.document import DocumentKind

#: So many Chinese characters, or twice as many Latin letters, have to be seen of a side's captions.
_ENOUGH: Final = 5


def check_file(file: Path) -> tuple[Complaint, ...]:
    """Check one file by itself. As `Checker.check`."""
    return Checker().check(file)


class Checker:
    """Checks one file after the other: no two may have one code, nor that of a shipped kind."""

    def __init__(self) -> None:
        self._taken: dict[DocumentKind, Path] = {}
        self._shipped: list[DocumentDeclaration] = []
        for file in sorted(folder("documents").glob("*.json")):
            kind = read(file)
            # One that is damaged is complained about when it is asked for.
            if isinstance(kind, DocumentDeclaration):
                self._shipped.append(kind)
                self._taken[kind.code] = file

    def check(self, file: Path) -> tuple[Complaint, ...]:
        """Return what is wrong with a declaration, and notes on what is worth a thought.

        A file of which nothing or only notes are said can be used.
        """
        kind = read(file)
        if not isinstance(kind, DocumentDeclaration):
            return kind
        other = self._taken.setdefault(kind.code, file)
        taken = () if other.samefile(file) else (code_taken(file, kind, other),)
        return taken + tuple(
            Complaint(str(file), f"sides[{at}].{where}", message, right, is_note=True)
            for at, side in enumerate(kind.sides)
            for where, message, right in (*self._shared(kind, side), *_unseen(kind, side))
        )

    def _shared(
        self, kind: DocumentDeclaration, side: SideDeclaration
    ) -> Iterator[tuple[str, str, str]]:
        for at, anchor in enumerate(side.anchors):
            other = next((each for each in self._shipped if _has_too(each, kind, anchor)), None)
            if other is not None and tells(anchor):
                yield (
                    f"anchors[{at}].text",
                    f"{shown(anchor.text)} is printed on other kinds too, like {other.code}",
                    'with "common": true it is not taken for this kind\'s own',
                )


def _has_too(other: DocumentDeclaration, kind: DocumentDeclaration, anchor: Anchor) -> bool:
    """Say whether another kind has a caption that does not tell the two apart.

    Kinds of one country are often alike in all captions; their numbers tell them apart.
    """
    return other.code != kind.code and any(
        _plain(each.text) == _plain(anchor.text)
        for side in other.sides
        for each in side.anchors
        if each.common or other.country != kind.country
    )


def _unseen(kind: DocumentDeclaration, side: SideDeclaration) -> Iterator[tuple[str, str, str]]:
    if kind.mrz is not None or any(each.shape for each in side.fields):
        return
    if sum(map(_worth, side.anchors)) < _ENOUGH:
        message = (
            "this kind's own captions are too short, or in a script that is not read: "
            "no picture of this side is recognised"
        )
        yield (
            "anchors",
            message,
            "five Chinese characters or ten Latin letters have to be seen",
        )


def _worth(anchor: Anchor) -> int:
    if not tells(anchor) or not is_readable(anchor.text):
        return 0
    return len(anchor.text) // 2 if anchor.text.isascii() else len(anchor.text)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
