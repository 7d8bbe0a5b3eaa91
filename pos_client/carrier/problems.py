"""What can go wrong between the till and the carrier, in words a shop clerk can act on."""

from pos_client.model.problems import Problem, Retry

SAFE = "Nothing is lost: what was saved stays on this machine and is sent by itself."


class CarrierUnreachable(Problem):
    """No answer: no network, a cut connection, a time-out, or a fault of the server."""

    code = "C100"
    title = "No connection to the carrier ({cause})"
    advice = f"{SAFE} You can go on working."
    retry = Retry.LATER


class CarrierBusy(Problem):
    """The carrier asks us to come back later; `retry_after_s` is its wish in seconds, or None."""

    code = "C101"
    title = "The carrier is busy"
    advice = SAFE
    retry = Retry.LATER

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__(retry_after_s=retry_after_s)
        self.retry_after_s = retry_after_s


class CaptivePortal(Problem):
    """Something answered that is not the carrier: a log-in page, a filter, a redirect."""

    code = "C102"
    title = "Something else answered in place of the carrier ({cause})"
    advice = f"Often this is the log-in page of a Wi-Fi: open a browser and sign in. {SAFE}"
    retry = Retry.LATER


class TlsNotTrusted(Problem):
    """The certificate does not prove that the other end is the carrier."""

    code = "C103"
    title = "The other end could not prove that it is the carrier ({reason})"
    advice = f"Check the date of this computer and the network it uses. {SAFE}"
    retry = Retry.LATER


class ClockDiffers(Problem):
    """The carrier did not accept the time in our signature."""

    code = "C104"
    title = "The clock of this computer differs from the carrier's"
    advice = f"The till allows for it by itself. Set the date and time right. {SAFE}"
    retry = Retry.LATER


class TillRefused(Problem):
    """The carrier does not accept this till: unknown, not yet approved, or revoked."""

    code = "C105"
    title = "The carrier does not accept this till ({reason})"
    advice = f"Sending is paused. Call your carrier's service line for shops. {SAFE}"
    retry = Retry.LATER


class NotAReceipt(Problem):
    """The answer is not a receipt for this packet from this carrier."""

    code = "C106"
    title = "The answer was not a receipt of the carrier ({reason})"
    advice = f"It was not believed. {SAFE}"
    retry = Retry.LATER


class ReceiptForged(NotAReceipt):
    """The answer looks like the carrier's word, but the signature does not hold."""

    code = "C107"
    title = "The answer was not signed by the carrier ({reason})"
    advice = (
        f"It was not believed. If this stays, tell your carrier: somebody may interfere. {SAFE}"
    )


class PacketConflict(Problem):
    """The carrier holds another packet under the same id."""

    code = "C108"
    title = "The carrier holds another registration under this id"
    advice = "It was set aside and not deleted. Show it to your supervisor."


class PacketRejected(Problem):
    """The carrier will never take this packet as it is."""

    code = "C109"
    title = "The carrier cannot take this registration ({reason})"
    advice = "It was set aside and not deleted. Show it to your supervisor."


class ReplyDamaged(Problem):
    """The carrier's answer is cut, too long, or of a shape nobody agreed on."""

    code = "C110"
    title = "The carrier's answer could not be read ({reason})"
    advice = SAFE
    retry = Retry.LATER


class InvitationDamaged(Problem):
    """The file is not an invitation, or was cut or edited."""

    code = "C111"
    title = "This file is not an invitation of a carrier ({reason})"
    advice = "Ask your carrier for a new invitation file."


class InvitationRefused(Problem):
    """The carrier does not accept the token of this invitation."""

    code = "C112"
    title = "The carrier does not accept this invitation ({reason})"
    advice = "An invitation enrols one till, once. Ask your carrier for a new one."


class UploadElsewhere(CarrierUnreachable):
    """The carrier has another part of the packet than we thought; `offset` is where it goes on."""

    code = "C114"
    title = "The carrier has another part of this registration than expected"
    advice = SAFE

    def __init__(self, offset: int) -> None:
        super().__init__(cause="upload_offset")
        self.offset = offset


class ApprovalPending(TillRefused):
    """The carrier knows this till, but nobody there has approved it yet."""

    code = "C113"
    title = "The carrier has yet to approve this till"
    advice = (
        "An administrator at the carrier does that. You can go on working; what you register is"
        f" sent as soon as the till is approved. {SAFE}"
    )


class ReceiptsFileDamaged(Problem):
    """The file is no file of receipts, or was cut."""

    code = "C115"
    title = "This file holds no receipts of a carrier ({reason})"
    advice = "Nothing was changed. Copy the file once more, or ask the carrier for a new one."
