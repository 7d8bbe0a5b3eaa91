"""What can go wrong at the desk itself, in words for the counter."""

from pos_client.model.problems import Problem, Retry


class SignInFirst(Problem):
    """A verb that needs an operator was used while nobody is signed in."""

    code = "S100"
    title = "Nobody is signed in"
    advice = "Sign in with your number and PIN. Drafts are kept."


class TooManyWaiting(Problem):
    """The policy pack stops new registrations: too many wait to be sent."""

    code = "S101"
    title = "New registrations are paused: {n} are waiting (limit {max})"
    advice = "Connect this computer to the network. What was saved stays saved and is sent first."


class TooLongWithoutContact(Problem):
    """The policy pack stops new registrations: the oldest one waits for too many days."""

    code = "S102"
    title = "New registrations are paused: nothing could be sent for {days} days (limit {max})"
    advice = "Connect this computer to the network. What was saved stays saved and is sent first."


class NoReceipt(Problem):
    """A receipt was asked for that is no longer kept on this till."""

    code = "S103"
    title = "The receipt is no longer kept on this computer"
    advice = "The carrier keeps the registration. Ask the hotline with the receipt number."


class NotAllowed(Problem):
    """The role of whoever is signed in does not allow this. `role` is the least that does."""

    code = "S120"
    title = "This takes another role than yours ({role})"
    advice = "Ask your supervisor to sign in. Nothing was changed."


class NotYourself(Problem):
    """Somebody tried to remove their own number."""

    code = "S121"
    title = "You cannot remove yourself"
    advice = "Let another administrator do it."


class RowOfAnother(Problem):
    """A registration of somebody else was asked for on a shared till."""

    code = "S122"
    title = "This registration was made by somebody else"
    advice = "Its author or a supervisor can look at it."


class NoRoomLeft(Problem):
    """The disk is nearly full: a registration that is begun now could not be saved."""

    code = "S123"
    title = "New registrations are paused: the disk of this computer is nearly full"
    advice = (
        "What was saved stays saved and is sent. Free some space on this computer, or connect it: "
        "what the carrier has received leaves the disk."
    )


class NeedsSecondPerson(Problem):
    """The policy wants a second person to accept these warnings."""

    code = "S127"
    title = "A second person has to look at this ({rules})"
    advice = "Ask a supervisor to decide here with their own number and PIN. The draft is saved."


class SamePerson(Problem):
    """Somebody tried to approve their own work."""

    code = "S128"
    title = "You cannot approve what you began yourself"
    advice = "Ask another supervisor."


class SignInExpired(Problem):
    """The till has not heard of its carrier for longer than operators may go on."""

    code = "S124"
    title = "Signing in without the carrier has expired (no contact for {days} days)"
    advice = (
        "Connect this computer to the network and let a supervisor sign in. What was saved is safe."
    )


class LeaseExpired(Problem):
    """The till has not heard of its carrier for so long that it trusts nobody here any more."""

    code = "S125"
    title = "This till has been without its carrier for too long ({days} days)"
    advice = (
        "Drafts and labels were erased, as the policy wants it. Sealed registrations are safe and "
        "are sent when the network is back. An administrator has to sign in."
    )


class TillWiped(Problem):
    """The carrier ordered this till to be wiped."""

    code = "S126"
    title = "The carrier has had this till erased"
    advice = "Sealed registrations are still sent. Ask your carrier; the till can be enrolled anew."


class NothingToCorrect(Problem):
    """Only a returned registration can be corrected, and only once."""

    code = "S130"
    title = "There is nothing to correct here"
    advice = "Only a registration that the carrier returned can be corrected, by one new one."


class StickTrouble(Problem):
    """The file on the stick cannot be read or written."""

    code = "S131"
    title = "The stick cannot be used ({reason})"
    advice = "Nothing was changed on this computer. Try another stick, or another folder on it."
    retry = Retry.LATER


class NotOurFile(Problem):
    """The file is neither packets nor receipts."""

    code = "S132"
    title = "This file holds neither registrations nor receipts"
    advice = "Choose the file that the other till or the carrier wrote. Nothing was changed."
