"""What can go wrong at the desk itself, in words for the counter."""

from pos_client.model.problems import Problem


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
