"""The sandbox carrier as one object: start it, stop it, start it again on the same port."""

import asyncio
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn

from carrier_sandbox import api, keys, tls
from carrier_sandbox.behaviour import Behaviour, Verdict
from carrier_sandbox.bookcase import opened
from carrier_sandbox.books import Alarm, DeviceState, Enrolled, Invited
from carrier_sandbox.faults import Faults, Wire
from carrier_sandbox.office import Gap, Office
from carrier_sandbox.orders import Orders
from carrier_sandbox.packet import Opened
from carrier_sandbox.root import Root, as_file


class Sandbox:
    """A carrier in a thread of this process, with all it knows in the folder `home`.

    Used as a context manager it serves inside the block. `stop` and `start` play an outage: the
    port stays the same, so an enrolled till finds it again.
    """

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime],
        behaviour: Behaviour | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        database: str | None = None,
    ) -> None:
        """Open or make the home folder; `port` 0 takes a free one. Serves nothing yet.

        Without a `database` URL the books are a file in the home folder.

        Raises:
            DatabaseUnfit, DatabaseAway: the database cannot be used.
        """
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.home = home
        self.behaviour = behaviour or Behaviour()
        self._certificate = tls.load(home, clock())
        self._database = opened(home, database)
        self._office = Office(keys.load(home), self._database, self.behaviour, clock)
        self._host, self._port = host, port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    # -- running --------------------------------------------------------------------------------

    def start(self) -> None:
        """Serve; returns when requests are answered."""
        sock = _listening(self._host, self._port)
        self._port = sock.getsockname()[1]
        config = uvicorn.Config(
            Faults(api.create(self._office), self._office),  # type: ignore[arg-type]  # plain dicts are ASGI messages
            http=Wire,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            ssl_certfile=self._certificate.chain,
            ssl_keyfile=self._certificate.key,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(
            target=self._server.serve_on, args=(sock,), name="carrier", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()

    def stop(self) -> None:
        """Stop serving; connections are cut."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = None

    def close(self) -> None:
        """Stop, and close the database."""
        self.stop()
        self._database.close()

    def join(self) -> None:
        """Wait until the server ends."""
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        err: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- what a till needs ----------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where tills find us. Known after the first `start`."""
        return f"https://{self._host}:{self._port}"

    def invitation(
        self,
        outlet: str = "Outlet 001",
        dealers: tuple[str, ...] = (),
        *,
        training: bool = False,
        url: str | None = None,
        needs_approval: bool = False,
        public_tls: bool = False,
    ) -> bytes:
        """Return a new invitation file for one till, which finds us at `url`."""
        policy = "training" if training else "strict"
        invited = self._office.invite(outlet, dealers, policy, needs_approval=needs_approval)
        ca_pem = None if public_tls else self._certificate.ca_pem
        return as_file(invited, self._office.keys, url or self.url, ca_pem)

    def enrolment_token(
        self,
        outlet: str = "Outlet 001",
        dealers: tuple[str, ...] = (),
        *,
        training: bool = False,
        url: str | None = None,
        needs_approval: bool = False,
        public_tls: bool = False,
    ) -> str:
        """Return a new enrolment token for one till: text, short enough for a QR code.

        Raises:
            NoRootKey: tokens are made where the root key is.
        """
        root = Root(self._office.keys)
        ca_pem = None if public_tls else self._certificate.ca_pem
        there = url or self.url

        def signed(invited: Invited) -> bytes:
            return root.invitation(invited, there, ca_pem)

        policy = "training" if training else "strict"
        invited = self._office.invite(
            outlet, dealers, policy, needs_approval=needs_approval, signed=signed
        )
        return root.token(invited, there, ca_pem, self._office.clock())

    # -- what people at the carrier do ----------------------------------------------------------

    def received(self) -> list[str]:
        """Return the ids of all packets in custody, in the order in which they came."""
        return [held.packet_id for held in self._office.store.all_held()]

    def copies(self, packet_id: str) -> int:
        """Count what is stored under an id."""
        return self._office.store.copies(packet_id)

    def repeats(self, packet_id: str) -> int:
        """Count how often a packet was sent again after we had it."""
        held = self._office.store.held(packet_id)
        return held.repeats if held else 0

    def open(self, packet_id: str) -> Opened:
        """Open a packet with the carrier's key.

        Raises:
            KeyError: no such packet.
            BadPacket: it cannot be opened.
        """
        held = self._office.store.held(packet_id)
        if held is None:
            raise KeyError(packet_id)
        return self._office.opened(held)

    def packet(self, packet_id: str) -> bytes:
        """Return a sealed packet as it came.

        Raises:
            KeyError: no such packet.
        """
        held = self._office.store.held(packet_id)
        if held is None:
            raise KeyError(packet_id)
        return held.data

    def overview(self) -> list[dict[str, str | int | None]]:
        """Return one line for each packet: labels and the latest decision, nothing personal."""
        lines: list[dict[str, str | int | None]] = []
        for held in self._office.store.all_held():
            decided = self._office.feed.decision_of(held.packet_id)
            lines.append(
                {
                    "id": held.packet_id,
                    "carrier_ref": held.carrier_ref,
                    "device_id": held.device_id,
                    "counter": held.counter,
                    "received_at": held.received_at,
                    "repeats": held.repeats,
                    "outcome": decided.outcome if decided else None,
                    "reason": decided.reason if decided else None,
                    "about": decided.about if decided else None,
                }
            )
        return lines

    def devices(self) -> tuple[Enrolled, ...]:
        """Return the enrolled tills."""
        return self._office.tills.devices()

    def gaps(self, device_id: str) -> tuple[Gap, ...]:
        """Return where the chain of a till's packets does not hold."""
        return self._office.gaps(device_id)

    def decide(
        self, packet_id: str, outcome: str, reason: str | None = None, about: str | None = None
    ) -> bool:
        """Decide by hand; False where the packet is unknown or was decided for good."""
        return self._office.decide(packet_id, Verdict(outcome, reason, about))

    def sign(self, said: dict[str, Any]) -> bytes:
        """Put the carrier's signature under anything: for trying what a till believes."""
        return self._office.sign(said)

    def revoke(self, device_id: str) -> bool:
        """Shut a till out."""
        return self._office.tills.move(device_id, DeviceState.REVOKED)

    def approve(self, device_id: str) -> bool:
        """Let a till send that waits for it."""
        return self._office.tills.move(device_id, DeviceState.ENROLLED)

    def turn_away(self, device_id: str) -> bool:
        """Refuse a till that waits."""
        return self._office.tills.move(device_id, DeviceState.REFUSED)

    def wipe(self, device_id: str, *, keep_unsent: bool = True) -> str | None:
        """Order a till to wipe itself; the order's id, or None where there is no such till."""
        return Orders(self._office).give(device_id, "wipe", keep_unsent=keep_unsent)

    def alarms(self) -> tuple[Alarm, ...]:
        """Return what somebody should look at."""
        return self._office.store.alarms()


class _Server(uvicorn.Server):
    """A server that says when it is ready, and runs on a socket that is bound already."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def serve_on(self, sock: socket.socket) -> None:
        """Serve until `should_exit` is set."""
        try:
            asyncio.run(self.serve(sockets=[sock]))
        finally:
            sock.close()
            self.ready.set()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio turns Nagle off only then, which else costs 40 ms an answer.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # An outage that ends finds its old port again, though old connections still linger on it.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(128)
    return sock
