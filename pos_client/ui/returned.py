"""Why a registration came back and what of it is to be mended, in the clerk's language."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from pos_client.model.row import Row

_CONTEXT: Final = "Returned"


def say(context: str, source: str) -> str:
    """Mark a word for translation; it is translated when it is shown."""
    del context
    return source


#: The carrier's reason codes that have words; any other is shown as it came.
_REASONS: Final = {
    "side_unreadable": say("Returned", "The picture cannot be read"),
    "side_missing": say("Returned", "A side of the document is missing"),
    "document_expired": say("Returned", "The document is no longer valid"),
    "document_not_accepted": say("Returned", "This document is not accepted"),
    "field_differs": say("Returned", "A value differs from the picture"),
    "name_differs": say("Returned", "The name differs from the document"),
    "portrait_differs": say("Returned", "The portrait is not the customer"),
    "sim_differs": say("Returned", "The SIM card does not belong to this number"),
    "notice_missing": say("Returned", "The customer has not agreed to a notice"),
    "quota": say("Returned", "The customer has too many lines already"),
}
#: Fields and sides that a decision may be about.
_ABOUT: Final = {
    "portrait": say("Returned", "the portrait side"),
    "emblem": say("Returned", "the emblem side"),
    "data_page": say("Returned", "the data page"),
    "name": say("Returned", "the name"),
    "surname": say("Returned", "the surname"),
    "given_names": say("Returned", "the given names"),
    "address": say("Returned", "the address"),
    "id_number": say("Returned", "the document number"),
    "birth_date": say("Returned", "the date of birth"),
    "valid_until": say("Returned", "the date of expiry"),
    "iccid": say("Returned", "the SIM card"),
    "msisdn": say("Returned", "the phone number"),
    "notices": say("Returned", "the notices"),
}


def why(row: Row) -> str:
    """Return the carrier's reason, with what is to be mended where it says so."""
    reason = _said(_REASONS, row.reason) or "–"
    about = _said(_ABOUT, row.about)
    return f"{reason} ({about})" if about else reason


def to_mend(row: Row) -> str:
    """Return what is to be mended, empty where the carrier did not say."""
    return _said(_ABOUT, row.about)


def _said(words: dict[str, str], code: str | None) -> str:
    if not code:
        return ""
    return QCoreApplication.translate(_CONTEXT, words[code]) if code in words else code
