"""Lets in only requests that an enrolled till signed, for this very address, just now, once."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from carrier_sandbox import signatures
from carrier_sandbox.books import DeviceState, Enrolled
from carrier_sandbox.database import Database, Sheet
from carrier_sandbox.signatures import Claim, SignedRequest
from carrier_sandbox.tills import Tills

#: How far a till's clock may be from ours before we ask it to allow for the difference.
CLOCK_TOLERANCE: Final = timedelta(minutes=5)
_NONCES_KEPT: Final = 100_000
_SWEEP_ONE_IN: Final = 100

_ENROLLED: Final = frozenset({DeviceState.ENROLLED})
_CLOSED: Final = {
    DeviceState.WAITING: "approval_pending",
    DeviceState.REFUSED: "enrolment_refused",
    DeviceState.REVOKED: "device_revoked",
}


class Refusal(Exception):
    """A no, with the HTTP status, the code of the problem report, and headers that go with it."""

    def __init__(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers or {}


class Doorman:
    """Checks requests. One per server process.

    A nonce is remembered in this process for every request, and by all servers together for
    those that do something a repetition could do again (ADR 018).
    """

    def __init__(self, tills: Tills, database: Database, clock: Callable[[], datetime]) -> None:
        self._tills = tills
        self._database = database
        self._clock = clock
        self._nonces: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock = threading.Lock()

    def sender(
        self,
        request: SignedRequest,
        *,
        once: bool = False,
        also: frozenset[DeviceState] = frozenset(),
    ) -> Enrolled:
        """Return the till that signed this request; with `once`, no server takes it again.

        Raises:
            Refusal: not signed by an enrolled till (or one in a state of `also`), too old, or seen.
        """
        said = claimed(request)
        device = self._tills.device(said.key_id)
        if device is None:
            raise Refusal(401, "device_unknown")
        self.check(request, said, device.public_key)
        if device.state not in _ENROLLED | also:
            raise Refusal(403, _CLOSED[device.state])
        if once and not self._database.run(lambda sheet: self._first(sheet, said)):
            raise Refusal(401, "replayed")
        return device

    def check(self, request: SignedRequest, said: Claim, key: bytes) -> None:
        """Check the signature with this key, the time and the nonce.

        Raises:
            Refusal: one of them does not hold.
        """
        try:
            signatures.check(request, said, key)
        except signatures.BadSignature as err:
            raise Refusal(401, err.code) from err
        if abs(self._clock().timestamp() - said.created) > CLOCK_TOLERANCE.total_seconds():
            raise Refusal(401, "clock")
        with self._lock:
            if (said.key_id, said.nonce) in self._nonces:
                raise Refusal(401, "replayed")
            self._nonces[said.key_id, said.nonce] = None
            while len(self._nonces) > _NONCES_KEPT:
                self._nonces.popitem(last=False)

    def _first(self, sheet: Sheet, said: Claim) -> bool:
        if secrets.randbelow(_SWEEP_ONE_IN) == 0:
            # What is older than twice the tolerance is refused by its time already.
            old = int(self._clock().timestamp() - 2 * CLOCK_TOLERANCE.total_seconds())
            sheet.count("DELETE FROM nonce WHERE device_id = %s AND created < %s", said.key_id, old)
        added = sheet.count(
            "INSERT INTO nonce (device_id, nonce, created) VALUES (%s, %s, %s)"
            " ON CONFLICT (device_id, nonce) DO NOTHING",
            said.key_id,
            said.nonce,
            said.created,
        )
        return added == 1


def claimed(request: SignedRequest) -> Claim:
    """Return what a request says about its signature.

    Raises:
        Refusal: it is not signed as the contract asks.
    """
    try:
        return signatures.claim(request)
    except signatures.BadSignature as err:
        raise Refusal(400 if err.code == "digest" else 401, err.code) from err
