"""What can go wrong between a reading and a sealed packet, in words a shop clerk can act on."""

from pos_client.model.problems import Problem


class PolicyRefused(Problem):
    """A policy pack with an unknown key, a wrong value or a missing part: never half obeyed."""

    code = "R110"
    title = "The policy pack cannot be used: {key}: {reason}"
    advice = "Nothing was changed; the pack in force stays. Tell your supervisor this line."


class TrainingMismatch(Problem):
    """A TRAINING pack before a real carrier, or a real pack before a training carrier."""

    code = "R111"
    title = "Training and real service must not be mixed"
    advice = "Nothing was sent. Ask your supervisor for the invitation that belongs to this till."


class OtherDocument(Problem):
    """The camera read another kind of document than the draft is about."""

    code = "R120"
    title = "This is another kind of document than the one chosen"
    advice = "Show the chosen document, or choose the kind that lies under the camera."


class NothingRead(Problem):
    """A reading without a recognised document: there is nothing to take over."""

    code = "R121"
    title = "No document was recognised"
    advice = "Show the card once more, or choose the document and type the fields."


class UnknownField(Problem):
    """A value for a field that the chosen document does not have."""

    code = "R122"
    title = "The chosen document has no such field"
    advice = "Choose the document again; what was typed so far is kept."


class NotComplete(Problem):
    """Something is still missing or blocked, so the registration cannot be sealed."""

    code = "R130"
    title = "The registration is not complete ({rules})"
    advice = "The list on the review page says what is still needed. Nothing was lost."


class DraftUnreadable(Problem):
    """A saved draft cannot be opened: damaged, or written by another version."""

    code = "R140"
    title = "A saved draft cannot be opened ({reason})"
    advice = "Start this registration again; the customer's other registrations are safe."


class RecordTooLarge(Problem):
    """A registration with pictures so large that the carrier would not take it."""

    code = "R150"
    title = "The pictures are too large: {mb} MB, the limit is {limit} MB"
    advice = "Take the pictures once more with a smaller camera setting."


class CarrierKeyUnusable(Problem):
    """The carrier's public key in this till's enrolment is no key that can be sealed to."""

    code = "R151"
    title = "The carrier's key cannot be used"
    advice = "The draft is kept. Ask your supervisor to enrol this till again."


class FaceNotAgreed(Problem):
    """Nobody's face is looked at before they said yes to it, or after they said no."""

    code = "R160"
    title = "The customer has not agreed to the face comparison"
    advice = "Ask the customer, and keep the answer. Somebody who declines is offered another way."


class FaceNotOffered(Problem):
    """The policy in force has no face compare, or not this other way."""

    code = "R161"
    title = "This way is not offered by the rules in force"
    advice = "Choose one of the ways that the face page offers."


class NoTriesLeft(Problem):
    """All tries were used: a machine is not asked until it says yes."""

    code = "R162"
    title = "All tries of the face comparison were used"
    advice = "A second person decides with their own PIN, or the registration is stopped."
