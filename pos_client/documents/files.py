"""Finds the declaration files, those shipped and those a shop adds, and reads each into a kind."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pos_client.documents.node import ManyWrongError, Node, WrongError
from pos_client.documents.parts import document
from pos_client.documents.problems import Complaint, DeclarationWrong
from pos_client.model.declaration import DocumentDeclaration
from pos_client.resources import folder

if TYPE_CHECKING:
    from pos_client.model.document import DocumentKind

#: Larger files are no declarations.
_MOST_BYTES = 1_000_000


def load_all(places: Iterable[Path]) -> tuple[DocumentDeclaration, ...]:
    """Load the kinds of several folders; the first folder's kinds come first.

    Raises:
        DeclarationWrong: a file is not usable, or two files have the same code.
    """
    found = [(file, load_document(file)) for place in places for file in _files(place)]
    seen: dict[DocumentKind, Path] = {}
    for file, each in found:
        if each.code in seen:
            message = f"the code {each.code} is used by two files, also by {seen[each.code].name}"
            raise DeclarationWrong(file=file.name, where="code", message=message)
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
    found = _read(file)
    if isinstance(found, DocumentDeclaration):
        return found
    first = found[0]
    hint = f" ({first.right})" if first.right else ""
    raise DeclarationWrong(file=first.file, where=first.where, message=first.message + hint)


def check_file(file: Path) -> tuple[Complaint, ...]:
    """Return everything that is wrong with a declaration, empty where it is in order."""
    found = _read(file)
    return () if isinstance(found, DocumentDeclaration) else found


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        raise DeclarationWrong(file=str(place), where="folder", message="there is no such folder")
    return sorted(place.glob("*.json"))


def _read(file: Path) -> DocumentDeclaration | tuple[Complaint, ...]:
    try:
        return document(Node(_parsed(file), ""))
    except WrongError as wrong:
        return (_complaint(file, wrong),)
    except ManyWrongError as many:
        return tuple(_complaint(file, each) for each in many.wrong)


def _parsed(file: Path) -> object:
    """Return what the JSON text of a file says. Raises WrongError where it is none."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise WrongError("file", "it is too large for a declaration")
        return json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as err:
        where = f"line {err.lineno}, column {err.colno}"
        raise WrongError(where, f"this is no JSON: {err.msg}") from err
    except UnicodeDecodeError as err:
        raise WrongError("file", "this is no UTF-8 text", "save it as UTF-8") from err
    except RecursionError as err:
        raise WrongError("file", "it is nested too deeply") from err
    except OSError as err:
        raise WrongError("file", err.strerror or "it cannot be read") from err


def _complaint(file: Path, wrong: WrongError) -> Complaint:
    return Complaint(file.name, wrong.where, wrong.message, wrong.right)
