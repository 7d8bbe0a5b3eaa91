"""The carrier's invitation file, as the shop got it: read once, at set-up."""

from pathlib import Path

from pos_client.model.problems import Problem

#: An invitation is a page of text and keys; anything larger is another file.
MOST_BYTES = 1_000_000
#: How the carrier's QR code begins.
CODE_BEGINS = "POSENROL1."


class InvitationNotRead(Problem):
    """The file that was chosen cannot be opened, or is far too large."""

    code = "S141"
    title = "The invitation file could not be read"
    advice = "Nothing was changed. Choose the file that the carrier sent for this till."


def read_invitation(path: Path) -> bytes:
    """Return the bytes of the file; a token that a scanner typed is its own content.

    Raises:
        InvitationNotRead: it is not there, may not be read, or cannot be an invitation.
    """
    if str(path).startswith(CODE_BEGINS):
        return str(path).encode()
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvitationNotRead
        return path.read_bytes()
    except OSError as err:
        raise InvitationNotRead from err
