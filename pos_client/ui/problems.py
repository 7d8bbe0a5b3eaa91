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


class TargetNotWritten(Problem):
    """The page with the camera target could not be written: no room, no right, no disk."""

    code = "S158"
    title = "The test page could not be written"
    advice = "Nothing else is affected. Make room on the disk, or choose another folder."
