"""What can go wrong with the store, the packets and the queue, in words for the counter."""

from pos_client.model.problems import Problem, Retry


class StoreUnavailable(Problem):
    """The database file cannot be opened: rights, a missing folder, a read-only disk."""

    code = "P100"
    title = "The store on this computer cannot be opened"
    advice = "Check that the disk is there and that this user may write to it, then start again."


class DiskFull(Problem):
    """No room for one more write. What was reported as saved is still there."""

    code = "P101"
    title = "The disk is full"
    advice = "Nothing that was saved is lost. Free some space, then try again."
    retry = Retry.LATER


class DiskTrouble(Problem):
    """The disk refused to read or write."""

    code = "P102"
    title = "The disk could not be read or written"
    advice = "Nothing that was saved is lost. Try again; if it stays, have the computer looked at."
    retry = Retry.LATER


class StoreDamaged(Problem):
    """Pages of the database do not match their seals."""

    code = "P103"
    title = "The store on this computer is damaged"
    advice = (
        "Do not delete anything: sealed registrations are kept beside the store and can be "
        "taken over into a new one. Call your supervisor."
    )


class StoreKeyWrong(Problem):
    """The key does not open this database, or the file is not a database at all."""

    code = "P104"
    title = "The key does not open the store"
    advice = "The store may come from another computer. Call your supervisor; delete nothing."


class StoreBusy(Problem):
    """Somebody else holds the database for longer than we waited."""

    code = "P105"
    title = "The store is busy"
    advice = "Wait a moment and try again."
    retry = Retry.LATER


class StoreNewer(Problem):
    """A newer version of the client wrote this database."""

    code = "P106"
    title = "The store was written by a newer version of this program ({found}, here {known})"
    advice = "Install the newer version again. Nothing was changed and nothing is lost."


class StoreNotEncrypted(Problem):
    """The file under our name is a plain SQLite database."""

    code = "P107"
    title = "The store is not encrypted"
    advice = "It was not made by this program and is not used. Call your supervisor."


class CipherMissing(Problem):
    """The database library took a key without encrypting: it is not SQLCipher."""

    code = "P108"
    title = "The encryption of the store is not installed"
    advice = "Install this program again. Nothing was written."


class AlreadyRunning(Problem):
    """Another process of this user has the till open."""

    code = "P109"
    title = "This till is already open in another window"
    advice = "Use the window that is open, or close it first."


class PacketMissing(Problem):
    """A queued registration has no packet file."""

    code = "P111"
    title = "A sealed packet is missing"
    advice = "It was set aside in the waiting list. Show it to your supervisor."


class PacketConflict(Problem):
    """Another packet was already saved under the same number."""

    code = "P112"
    title = "This registration was already saved with other content"
    advice = "The first one counts. Look for it in the waiting list."


class ChainMoved(Problem):
    """The packet was sealed for another place in the device's chain."""

    code = "P113"
    title = "Another registration was saved in between"
    advice = "Submit once more."
    retry = Retry.LATER


class ReceiptMismatch(Problem):
    """The receipt names another packet, other content or another device."""

    code = "P114"
    title = "The carrier's receipt belongs to another packet"
    advice = "The registration stays in the queue and will be sent again by itself."
    retry = Retry.LATER


class RowElsewhere(Problem):
    """The row is not in the state this verb starts from."""

    code = "P115"
    title = "The registration has moved on meanwhile (it is {state})"
    advice = "Look at the waiting list for where it stands now."


class RowUnknown(Problem):
    """No row with this number."""

    code = "P116"
    title = "This registration is not known here"
    advice = "It may have been made on another till."


class AlreadySubmitted(Problem):
    """A draft of a registration that is already in the outbox cannot be saved any more."""

    code = "P117"
    title = "This registration was already submitted"
    advice = "Start a new one for changes."


class DraftOfAnother(Problem):
    """The draft belongs to another operator."""

    code = "P118"
    title = "This draft belongs to another operator"
    advice = "Only who began it can go on with it."


class PacketNotOurs(Problem):
    """The packet was signed by another device or not at all."""

    code = "P119"
    title = "The packet does not carry this till's signature"
    advice = "It was not taken. Sign in again and submit once more."
