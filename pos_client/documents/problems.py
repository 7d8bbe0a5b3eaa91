"""What can be wrong with the description of a document kind, and where in its file."""

from dataclasses import dataclass

from pos_client.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong: the file, the place in it, what is wrong and what would be right."""

    file: str
    where: str
    message: str
    right: str = ""
    #: Advice: the file can be used as it is.
    is_note: bool = False

    def __str__(self) -> str:
        note = "note: " if self.is_note else ""
        return f"{self.file}: {note}{self.where}: {self.said}"

    @property
    def said(self) -> str:
        """What is wrong, and what would be right."""
        return f"{self.message} ({self.right})" if self.right else self.message


class DeclarationWrong(Problem):
    """A declaration file cannot be used: broken JSON, an unknown key, a value out of its range."""

    code = "D150"
    title = "The description of a document kind is wrong"
    advice = "{file}, at {where}: {message}. Correct the file, or install the client again."


class DocumentKindUnknown(Problem):
    """A kind was asked for by a name that no declaration has."""

    code = "D151"
    title = "There is no document kind called {kind}"
    advice = "`pos-client documents list` names the kinds there are; nothing was read."
