"""What can go wrong between the window and paper."""

from pos_client.model.problems import Problem


class ReceiptNotWritten(Problem):
    """The file of a receipt could not be written: no room, no right, no disk."""

    code = "S140"
    title = "The receipt could not be written"
    advice = "The registration is safe. Print the receipt later from the waiting list."


class ProgramFault(Problem):
    """A bug of ours reached the net; the log has the place, the clerk has a next step."""

    code = "S149"
    title = "This program made a mistake"
    advice = (
        "What was saved is safe. Try the same again. If it comes back, close this window, open it "
        "again and tell your administrator."
    )


class RequestNotWritten(Problem):
    """The file with the request for lost keys could not be written."""

    code = "S144"
    title = "The request could not be written"
    advice = "Choose another folder or another stick. Nothing on this till was changed."


class AnswerNotRead(Problem):
    """The file that was chosen cannot be opened, or is far too large to be an answer."""

    code = "S145"
    title = "The carrier's answer could not be read"
    advice = "Nothing was changed. Choose the file that the carrier sent for this till."


class TargetNotWritten(Problem):
    """The page with the camera target could not be written: no room, no right, no disk."""

    code = "S158"
    title = "The test page could not be written"
    advice = "Nothing else is affected. Make room on the disk, or choose another folder."
