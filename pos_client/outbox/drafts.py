"""Registrations in the making, saved after every step, forgotten on submit."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.outbox import keys, times
from pos_client.outbox.problems import AlreadySubmitted, DraftOfAnother, StoreDamaged

_BODY: Final = b""


@dataclass(frozen=True, slots=True)
class DraftLabels:
    """What a row would show of this draft; also what an adopted packet is labelled with."""

    flow: FlowKind
    outlet: str
    masked_name: str
    masked_msisdn: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it was saved: `body` the desk's encoding of it, `images` by the desk's names."""

    id: RegistrationId
    operator: OperatorNumber
    saved_at: datetime
    labels: DraftLabels
    body: bytes = field(repr=False)
    images: dict[str, bytes] = field(repr=False)


def save(connection: Any, draft: StoredDraft) -> None:
    """Save a draft and its images inside the caller's transaction; unchanged images stay put.

    Raises:
        AlreadySubmitted: its registration is in the outbox; a late autosave must not revive it.
        DraftOfAnother: somebody else began it.
    """
    _refuse(connection, draft.id, draft.operator)
    key = _key(connection, draft.id) or keys.new_secret()
    labels = draft.labels
    connection.execute(
        "INSERT INTO draft (id, operator, saved_at, flow, outlet, masked_name, masked_msisdn, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, flow = excluded.flow,"
        " outlet = excluded.outlet, masked_name = excluded.masked_name,"
        " masked_msisdn = excluded.masked_msisdn, body = excluded.body",
        (
            draft.id,
            draft.operator,
            times.text(draft.saved_at),
            labels.flow,
            labels.outlet,
            labels.masked_name,
            labels.masked_msisdn,
            keys.conceal(key, draft.body, _BODY),
        ),
    )
    connection.execute(
        "INSERT INTO draft_key (draft, key) VALUES (?, ?) ON CONFLICT (draft) DO NOTHING",
        (draft.id, key),
    )
    _save_images(connection, draft, key)


def _refuse(connection: Any, registration: RegistrationId, operator: OperatorNumber) -> None:
    if connection.execute("SELECT 1 FROM outbox WHERE id = ?", (registration,)).fetchone():
        raise AlreadySubmitted
    author = connection.execute(
        "SELECT operator FROM draft WHERE id = ?", (registration,)
    ).fetchone()
    if author not in (None, (operator,)):
        raise DraftOfAnother


def _key(connection: Any, registration: RegistrationId) -> bytes | None:
    found = connection.execute(
        "SELECT key FROM draft_key WHERE draft = ?", (registration,)
    ).fetchone()
    return None if found is None else found[0]


def _save_images(connection: Any, draft: StoredDraft, key: bytes) -> None:
    # The hash is of the plain image: an unchanged one is recognised without decrypting anything.
    kept = dict(
        connection.execute(
            "SELECT name, sha256 FROM draft_image WHERE draft = ?", (draft.id,)
        ).fetchall()
    )
    for name, body in draft.images.items():
        sha256 = hashlib.sha256(body).hexdigest()
        if kept.pop(name, None) != sha256:
            connection.execute(
                "INSERT OR REPLACE INTO draft_image (draft, name, sha256, body)"
                " VALUES (?, ?, ?, ?)",
                (draft.id, name, sha256, keys.conceal(key, body, name.encode())),
            )
    for name in kept:
        connection.execute("DELETE FROM draft_image WHERE draft = ? AND name = ?", (draft.id, name))


def of(connection: Any, operator: OperatorNumber) -> tuple[StoredDraft, ...]:
    """Return an operator's drafts, newest first; nobody sees another's."""
    found = connection.execute(
        "SELECT id, operator, saved_at, flow, outlet, masked_name, masked_msisdn, body"
        " FROM draft WHERE operator = ? ORDER BY saved_at DESC, id",
        (operator,),
    ).fetchall()
    return tuple(_draft(connection, entry) for entry in found)


def _draft(connection: Any, entry: tuple[Any, ...]) -> StoredDraft:
    registration, operator, saved_at, flow, outlet, masked_name, masked_msisdn, body = entry
    images = connection.execute(
        "SELECT name, body FROM draft_image WHERE draft = ? ORDER BY name", (registration,)
    ).fetchall()
    key = _key(connection, registration) or b""
    return StoredDraft(
        id=registration,
        operator=operator,
        saved_at=times.moment(saved_at),
        labels=DraftLabels(FlowKind(flow), outlet, masked_name, masked_msisdn),
        body=_plain(key, body, _BODY),
        images={name: _plain(key, image, name.encode()) for name, image in images},
    )


def _plain(key: bytes, concealed: bytes, about: bytes) -> bytes:
    try:
        return keys.reveal(key, concealed, about)
    except keys.DoesNotOpen as err:
        raise StoreDamaged from err


def hand_over(
    connection: Any, registration: RegistrationId, giver: OperatorNumber, taker: OperatorNumber
) -> None:
    """Make a draft somebody else's inside the caller's transaction, which then saves it as theirs.

    Raises:
        AlreadySubmitted: a row keeps its author for ever.
        DraftOfAnother: it is not the giver's.
    """
    _refuse(connection, registration, giver)
    connection.execute("UPDATE draft SET operator = ? WHERE id = ?", (taker, registration))


def author_and_labels(
    connection: Any, registration: RegistrationId
) -> tuple[OperatorNumber, DraftLabels] | None:
    """Return who began a draft and its labels, without its content."""
    found = connection.execute(
        "SELECT operator, flow, outlet, masked_name, masked_msisdn FROM draft WHERE id = ?",
        (registration,),
    ).fetchone()
    if found is None:
        return None
    operator, flow, outlet, masked_name, masked_msisdn = found
    return operator, DraftLabels(FlowKind(flow), outlet, masked_name, masked_msisdn)


def delete(connection: Any, registration: RegistrationId) -> bool:
    """Forget a draft and its images inside the caller's transaction; say whether it was there."""
    return bool(connection.execute("DELETE FROM draft WHERE id = ?", (registration,)).rowcount)


def older_than(connection: Any, before: datetime) -> list[RegistrationId]:
    """Return the drafts that were last saved before a time."""
    found = connection.execute(
        "SELECT id FROM draft WHERE saved_at < ?", (times.text(before),)
    ).fetchall()
    return [registration for (registration,) in found]
