"""What can go wrong between the window and paper."""

from pos_client.model.problems import Problem


class ReceiptNotWritten(Problem):
    """The file of a receipt could not be written: no room, no right, no disk."""

    code = "S140"
    title = "The receipt could not be written"
    advice = "The registration is safe. Print the receipt later from the waiting list."
