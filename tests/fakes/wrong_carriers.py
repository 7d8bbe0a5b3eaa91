"""Five carriers that look right and are not, each wrong in one way a real one was found to be."""

import base64
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carrier_sandbox import api, keys, tls
from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.books import Enrolled, Held, JournalHead, stamp
from carrier_sandbox.conformance.till import Till
from carrier_sandbox.conformance.wire import Wire
from carrier_sandbox.database import Database
from carrier_sandbox.keys import Keys
from carrier_sandbox.office import Office as RightOffice
from carrier_sandbox.root import as_file
from carrier_sandbox.serving import Serving, listening
from carrier_sandbox.sqlite import SqliteDatabase
from tests.fakes.sandbox_till import real_now

_WHEN_IT_FINDS_TIME_S = 2.0


class Office(RightOffice):
    """An office that may still have something to do when everybody has left."""

    def __init__(
        self, own: Keys, database: Database, behaviour: Behaviour, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(own, database, behaviour, clock)
        self.late: list[threading.Timer] = []


class NoIdempotency(Office):
    """Takes each repeat for something new."""

    def receipt(self, held: Held, *, duplicate: bool, head: JournalHead | None = None) -> bytes:
        answer = json.loads(super().receipt(held, duplicate=duplicate, head=head))
        said = json.loads(base64.b64decode(answer["message"]))
        return self.sign({**said, "carrier_ref": f"NEW-{secrets.token_hex(4)}", "duplicate": False})


class UnsignedReceipts(Office):
    """Puts something under its receipts that is no signature of its own."""

    def sign(self, said: dict[str, Any], key: Ed25519PrivateKey | None = None) -> bytes:
        answer = super().sign(said, key)
        if said["type"] != "receipt":
            return answer
        nothing = base64.b64encode(bytes(64)).decode()
        return json.dumps({**json.loads(answer), "signature": nothing}).encode()


class ReceiptBeforeDurable(Office):
    """Signs first, and stores when it finds the time."""

    def keep(
        self, packet_id: str, data: bytes, sender: Enrolled, head: JournalHead | None = None
    ) -> bytes:
        taken = self._examined(packet_id, data, sender)
        later = threading.Timer(
            _WHEN_IT_FINDS_TIME_S, super().keep, (packet_id, data, sender, head)
        )
        self.late.append(later)
        later.start()
        held = Held(
            number=1,
            packet_id=taken.packet_id,
            sha256=taken.sha256,
            device_id=taken.device_id,
            counter=taken.counter,
            previous_sha256=taken.previous_sha256,
            received_at=stamp(self.clock()),
            repeats=0,
            data=data,
        )
        return self.receipt(held, duplicate=False, head=head)


def all_200(app: ASGIApp) -> ASGIApp:
    """Say 200 to everything, as log-in pages do."""

    async def wrong(scope: Scope, receive: Receive, send: Send) -> None:
        async def as_200(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "status": 200}
            await send(message)

        await app(scope, receive, as_200)

    return wrong


def redirecting(app: ASGIApp) -> ASGIApp:
    """Send uploads elsewhere."""

    async def wrong(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "PUT":
            await app(scope, receive, send)
            return
        while (await receive()).get("more_body"):
            pass
        there = [(b"location", b"https://127.0.0.1:1/elsewhere"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": there})
        await send({"type": "http.response.body", "body": b""})

    return wrong


def unchanged(app: ASGIApp) -> ASGIApp:
    """Leave the answers as they are."""
    return app


@contextmanager
def tills_at(
    home: Path, office_kind: type[Office], around: Callable[[ASGIApp], ASGIApp]
) -> Iterator[tuple[Till, Till]]:
    """Serve such a carrier, and give two tills that are invited and not enrolled yet."""
    certificate = tls.load(home, real_now())
    sock = listening("127.0.0.1", 0)
    url = f"https://127.0.0.1:{sock.getsockname()[1]}"
    with closing(SqliteDatabase(home / "carrier.sqlite")) as database:
        office = office_kind(keys.load(home), database, Behaviour(decide_after_s=0.0), real_now)
        serving = Serving(around(api.create(office)), certificate, sock)
        try:
            first, second = (
                json.loads(
                    as_file(
                        office.invite("1", (), "training"), office.keys, url, certificate.ca_pem
                    )
                )
                for _ in range(2)
            )
            wire = Wire(url, certificate.ca_pem)
            yield Till(first, wire, real_now), Till(second, wire, real_now)
        finally:
            serving.stop()
            for timer in office.late:
                timer.cancel()
                timer.join()


def _invitation(office: Office, url: str, ca_pem: str) -> dict[str, Any]:
    invited = office.invite("Outlet 001", (), "training")
    return dict(json.loads(as_file(invited, office.keys, url, ca_pem)))
