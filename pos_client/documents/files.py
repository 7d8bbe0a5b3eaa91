"""Finds the declaration files, those shipped and those a shop adds, and reads each into a kind."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_client.documents.node import ManyWrongError, Node, WrongError
from pos_client.documents.parts import document
from pos_client.documents.problems import Complaint, DeclarationWrong
from pos_client.documents.text import parsed
from pos_client.model.declaration import DocumentDeclaration
from pos_client.resources import folder

if TYPE_CHECKING:
    from pos_client.model.document import DocumentKind

#: So much of what is wrong with one file is told at once; nobody reads more.
MOST_COMPLAINTS: Final = 50


def load_all(places: Iterable[Path]) -> tuple[DocumentDeclaration, ...]:
    """Load the kinds of several folders; the first folder's kinds come first.

    Raises:
        DeclarationWrong: a file is not usable, or two files have the same code.
    """
    found = [(file, load_document(file)) for place in places for file in _files(place)]
    seen: dict[DocumentKind, Path] = {}
    for file, each in found:
        if each.code in seen:
            raise _refusal((code_taken(file, each, seen[each.code]),))
        seen[each.code] = file
    return tuple(each for _, each in found)


def known_kinds(added: str = "") -> tuple[DocumentDeclaration, ...]:
    """Load the kinds shipped with the client, then those of the folder that a shop added, if any.

    Raises as `load_all`.
    """
    return load_all((folder("documents"), *([Path(added)] if added else [])))


def load_documents(place: Path) -> tuple[DocumentDeclaration, ...]:
    """Load every `*.json` of `place`, in the order of their names. Raises as `load_all`."""
    return load_all((place,))


def load_document(file: Path) -> DocumentDeclaration:
    """Load one declaration.

    Raises:
        DeclarationWrong: with the file, the place in it and what is wrong there.
    """
    found = read(file)
    if isinstance(found, DocumentDeclaration):
        return found
    raise _refusal(found)


def read(file: Path) -> DocumentDeclaration | tuple[Complaint, ...]:
    """Read one declaration, or return what is wrong with it, of very much the first part."""
    try:
        return document(Node(parsed(file), ""))
    except WrongError as wrong:
        return (_complaint(file, wrong),)
    except ManyWrongError as many:
        told = tuple(_complaint(file, each) for each in many.wrong[:MOST_COMPLAINTS])
        left = len(many.wrong) - len(told)
        return (*told, Complaint(str(file), "…", f"and {left} more")) if left else told


def code_taken(file: Path, kind: DocumentDeclaration, other: Path) -> Complaint:
    """Return the complaint that two files have the same code."""
    shipped = other.parent == folder("documents")
    owner = "a kind shipped with the client" if shipped else f"another file, {other.name}"
    message = f"the code {kind.code} is that of {owner}; no two files may have the same"
    return Complaint(str(file), "code", message, "give it another one")


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        raise DeclarationWrong(file=str(place), where="folder", message="there is no such folder")
    return sorted(place.glob("*.json"))


def _refusal(complaints: tuple[Complaint, ...]) -> DeclarationWrong:
    first = complaints[0]
    message = first.said
    if len(complaints) > 1:
        message += ". More is wrong in it: `pos-client documents check` tells all"
    return DeclarationWrong(file=first.file, where=first.where, message=message)


def _complaint(file: Path, wrong: WrongError) -> Complaint:
    return Complaint(str(file), wrong.where, wrong.message, wrong.right)
