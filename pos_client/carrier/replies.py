"""Takes in an answer of bounded size, and says what an answer that is no receipt means."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import requests

from pos_client.carrier import wire
from pos_client.carrier.problems import (
    ApprovalPending,
    CaptivePortal,
    CarrierBusy,
    CarrierUnreachable,
    ClockDiffers,
    InvitationRefused,
    PacketConflict,
    PacketRejected,
    ReplyDamaged,
    TillRefused,
    UploadElsewhere,
)
from pos_client.model.packet import MAX_PACKET_BYTES
from pos_client.model.problems import Problem

MAX_REPLY_BYTES: Final = 64 * 1024
_CHUNK: Final = 8 * 1024

_FINAL: Final = frozenset({400, 413, 415, 422, 426, 451})
_BUSY: Final = frozenset({408, 425, 429, 503})
_REFUSED: Final = frozenset({401, 403})
#: What the carrier says where something on the line changed or repeated our request. Its bytes
#: were right when they left, so they go once more; nobody is to blame but the line.
_ON_THE_WAY: Final = frozenset({"digest", "replayed"})
_WENT: Final = frozenset({200, 201, 204})
_UNKNOWN: Final = frozenset({404, 410})
_NOT_OFFERED: Final = frozenset({404, 405, 501})
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECONDS: Final = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came; nothing in it is believed yet. `retry_after_s`: None if not given."""

    status: int
    media_type: str
    body: bytes
    retry_after_s: float | None = None
    upload_offset: int | None = None


def read(response: requests.Response) -> Reply:
    """Read at most `MAX_REPLY_BYTES`, unpacking nothing.

    Raises:
        ReplyDamaged: longer than that, or compressed although we asked for plain bytes.
    """
    headers = response.headers
    if headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise ReplyDamaged(reason="compressed")
    body = bytearray()
    # The raw stream: `iter_content` would unpack, and a few bytes can unpack to gigabytes.
    while chunk := response.raw.read(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > MAX_REPLY_BYTES:
            response.raw.close()
            raise ReplyDamaged(reason="too_long")
    return Reply(
        status=response.status_code,
        media_type=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        body=bytes(body),
        retry_after_s=_retry_after(headers),
        upload_offset=_whole(headers.get("Upload-Offset", "")),
    )


def expect(reply: Reply, media_type: str) -> None:
    """Return if the answer is of `media_type`, whatever its status; else say what it means.

    Raises:
        Problem: the one that fits; final ones only where the carrier itself says so in its format.
    """
    if reply.media_type != media_type:
        raise _meaning(reply)


def expect_enrolment(reply: Reply) -> None:
    """As `expect`, for the answer to an invitation.

    Raises:
        InvitationRefused: the carrier says no to the token.
        Problem: as for `expect`.
    """
    if reply.media_type == wire.ENROLMENT_TYPE:
        return
    problem = _meaning(reply)
    if isinstance(problem, TillRefused | PacketRejected | PacketConflict):
        raise InvitationRefused(reason=_code(reply))
    raise problem


def expect_invitation(reply: Reply, media_type: str) -> None:
    """As `expect`, for the invitation that a token stands for.

    Raises:
        InvitationRefused: the carrier does not know the token, or it was used.
        Problem: as for `expect`.
    """
    if reply.media_type == media_type:
        return
    if reply.media_type == wire.PROBLEM_TYPE and reply.status in _UNKNOWN | _REFUSED:
        raise InvitationRefused(reason=_code(reply))
    raise _meaning(reply)


def not_offered(reply: Reply) -> bool:
    """Say whether the carrier knows no uploads in pieces at all."""
    return reply.media_type == wire.PROBLEM_TYPE and reply.status in _NOT_OFFERED


def offset_or_none(reply: Reply) -> int | None:
    """Return how far an upload is, None where the carrier knows of none.

    Raises:
        Problem: what else the answer means.
    """
    if reply.upload_offset is not None and reply.status in _WENT:
        return reply.upload_offset
    # An answer to HEAD has no body that could tell a carrier's no from a log-in page's, or say why.
    # Announcing the packet once more is always safe, and answers with words.
    if reply.status in _UNKNOWN | _REFUSED:
        return None
    raise _meaning(reply)


def expect_offset(reply: Reply, most: int) -> int:
    """Return how far an upload is after what we did, at most `most`.

    Raises:
        UploadElsewhere: the carrier goes on at another place.
        Problem: what else the answer means.
    """
    offset = reply.upload_offset
    if offset is not None and offset <= most and reply.status in _WENT:
        return offset
    told = reply.media_type == wire.PROBLEM_TYPE
    if told and reply.status == requests.codes.conflict and _code(reply) == "offset":
        if offset is None or offset > MAX_PACKET_BYTES:
            raise ReplyDamaged(reason="upload_offset")
        raise UploadElsewhere(offset)
    if told and (reply.status in _UNKNOWN or _code(reply) == "upload_digest"):
        # Forgotten there, or damaged on the way: from the beginning, at the next try.
        raise UploadElsewhere(0)
    if reply.status in _WENT:
        raise ReplyDamaged(reason="upload_offset")
    raise _meaning(reply)


def not_enrolled() -> Problem:
    """Return the problem of a till that has no device id yet."""
    return TillRefused(reason="not_enrolled")


def _meaning(reply: Reply) -> Problem:
    if reply.status in _BUSY:
        return CarrierBusy(retry_after_s=reply.retry_after_s)
    if reply.status >= requests.codes.server_error:
        return CarrierUnreachable(cause=f"http_{reply.status}")
    # From here on only the carrier's own format counts: any log-in page can say 403 or 409.
    if reply.media_type != wire.PROBLEM_TYPE:
        return CaptivePortal(cause=f"http_{reply.status}")
    return _told(reply)


def _told(reply: Reply) -> Problem:
    code = _code(reply)
    if code in _ON_THE_WAY:
        return CarrierUnreachable(cause=code)
    if reply.status in _REFUSED:
        return _refusal(code)
    if reply.status == requests.codes.conflict:
        return PacketConflict()
    if reply.status in _FINAL:
        return PacketRejected(reason=code)
    return CarrierUnreachable(cause=f"http_{reply.status}")


def _refusal(code: str) -> Problem:
    if code == "clock":
        return ClockDiffers()
    return ApprovalPending() if code == "approval_pending" else TillRefused(reason=code)


def _code(reply: Reply) -> str:
    """Return the machine-readable code of a problem report, or a word that there is none."""
    try:
        untrusted = json.loads(reply.body.decode())
    except (ValueError, RecursionError):
        return "unknown"
    code = untrusted.get("code") if isinstance(untrusted, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else "unknown"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After` in either form; the date form is held against the answer's own date."""
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    until, sent = _date(value), _date(headers.get("Date", ""))
    if until is None or sent is None:
        return None
    return max(0.0, (until - sent).total_seconds())


def _whole(value: str) -> int | None:
    return int(value) if _SECONDS.fullmatch(value.strip()) else None


def _date(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return when if when.tzinfo is not None else None
