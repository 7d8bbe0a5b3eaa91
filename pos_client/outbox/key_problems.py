"""What can go wrong with operators, PINs and keys, in words for the counter."""

from pos_client.model.problems import Problem, Retry


class WrongPin(Problem):
    """Number and PIN do not fit together. `tries_left` until a pause begins."""

    code = "K100"
    title = "Number or PIN is not right ({tries_left} tries left)"
    advice = "Try again. A supervisor can give you a new PIN."


class SignInPaused(Problem):
    """Too many wrong PINs. `seconds` until the next try."""

    code = "K101"
    title = "Too many wrong PINs: wait {seconds} seconds"
    advice = "Drafts and saved registrations are safe meanwhile."
    retry = Retry.LATER


class NeedsNewPin(Problem):
    """Ten wrong PINs in a row: somebody who is known here has to say that it is them."""

    code = "K116"
    title = "Too many wrong PINs: this number needs a new one"
    advice = "A supervisor can give you a new PIN (Operators and PINs). Drafts are safe meanwhile."


class KeystoreChanged(Problem):
    """The keystore this till was set up with is not there, or has lost our entry."""

    code = "K102"
    title = "The computer's key store is not the one this till was set up with ({recorded})"
    advice = (
        "Sign in to the computer as the same user as before. If that does not help, the carrier "
        "can: see 'PIN or keys lost?'. Sealed registrations are not lost; delete nothing."
    )


class KeystoreRefused(Problem):
    """The operating system's keystore is locked or does not answer."""

    code = "K103"
    title = "The computer's key store does not answer"
    advice = "Unlock the computer's key store and try again."
    retry = Retry.LATER


class KeysDamaged(Problem):
    """The key file cannot be read, or was changed by somebody."""

    code = "K104"
    title = "The till's key file is damaged"
    advice = "Sealed registrations are not lost. Call your supervisor, delete nothing."


class PinTooShort(Problem):
    """A new PIN has fewer digits than we accept."""

    code = "K105"
    title = "The PIN needs at least {least} digits"
    advice = "Choose a longer one. Digits only."


class OperatorKnown(Problem):
    """There is an operator with this number already."""

    code = "K106"
    title = "There is already an operator {number}"
    advice = "Choose another number."


class TillEnrolled(Problem):
    """The till was enrolled before; its keys are not made anew."""

    code = "K107"
    title = "This till is already enrolled"
    advice = "Sign in. A supervisor can add operators."


class TillNotEnrolled(Problem):
    """Nobody enrolled this till yet."""

    code = "K108"
    title = "This till is not enrolled yet"
    advice = "Open the invitation file from your carrier."


class EnrolmentDamaged(Problem):
    """The file that says whom this till belongs to cannot be read."""

    code = "K109"
    title = "The till's enrolment file is damaged"
    advice = "Sealed registrations are not lost. Call your supervisor, delete nothing."


class OperatorUnknown(Problem):
    """Nobody on this till has this number."""

    code = "K110"
    title = "There is no operator {number} on this till"
    advice = "Look at the list of operators."


class LastAdministrator(Problem):
    """Without this person nobody could look after the till any more."""

    code = "K111"
    title = "The last administrator cannot be removed"
    advice = "Add another administrator first."


class CarrierKeyUnusable(Problem):
    """The carrier's public key cannot be used to keep the way back to our keys."""

    code = "K112"
    title = "The carrier's key cannot be used"
    advice = "Ask your carrier for a new invitation file. Nothing was changed."


class NoRecoverySlot(Problem):
    """The till was set up without a way back through the carrier."""

    code = "K113"
    title = "This till has no way back through the carrier"
    advice = (
        "Sealed registrations are not lost: hand their files to the carrier, then enrol anew. "
        "Delete nothing."
    )


class RecoveryNotAsked(Problem):
    """An answer came to a question that this till did not ask."""

    code = "K114"
    title = "This answer of the carrier does not belong to this till's last request"
    advice = "Make a new request and send it to the carrier."


class RecoveryAnswerWrong(Problem):
    """What the carrier sent opens with another PIN, or not at all."""

    code = "K115"
    title = "The carrier's answer does not open"
    advice = "Use the PIN that was chosen for the request, or make a new request."
