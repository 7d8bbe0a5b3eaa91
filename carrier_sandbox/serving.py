"""Answers over TLS, in a thread of this process."""

import asyncio
import socket
import threading
import weakref
from contextlib import suppress
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from carrier_sandbox.faults import Wire
from carrier_sandbox.tls import Certificate

#: How often, and how often at most, to look whether the connections that were cut are gone.
_LOOK_S: Final = 0.01
_LOOKS: Final = 100


class Listener(socket.socket):
    """A socket that listens and knows what it took, so that no connection outlives its server.

    A server of asyncio knows a connection only after the handshake, and forgets it when it says
    goodbye, though the other end may take its time to answer that.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._taken: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def accept(self) -> tuple[socket.socket, Any]:
        """Take a connection, and note that it is ours to end."""
        connection, peer = super().accept()
        self._taken.add(connection)
        return connection, peer

    async def cut(self) -> None:
        """End what is still open, and let the running loop close it; takes a second at most."""
        for connection in self._open():
            with suppress(OSError):  # the other end was faster
                connection.shutdown(socket.SHUT_RDWR)
        for _ in range(_LOOKS):
            if not self._open():
                return
            await asyncio.sleep(_LOOK_S)
        for connection in self._open():
            connection.close()  # taken, but the server ended before it made anything of it

    def _open(self) -> list[socket.socket]:
        return [connection for connection in self._taken if connection.fileno() != -1]


class Serving:
    """A server that answers from its making until `stop`."""

    def __init__(self, app: ASGIApp, certificate: Certificate, sock: Listener) -> None:
        """Serve on the socket; returns when requests are answered."""
        config = uvicorn.Config(
            app,
            http=Wire,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            ssl_certfile=certificate.chain,
            ssl_keyfile=certificate.key,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(
            target=self._server.serve_on, args=(sock,), name="carrier", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()

    def stop(self) -> None:
        """Stop; connections are cut."""
        self._server.should_exit = True
        self._thread.join()

    def join(self) -> None:
        """Wait until the server ends."""
        self._thread.join()


class _Server(uvicorn.Server):
    """A server that says when it is ready, and runs on a socket that is bound already."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def serve_on(self, sock: Listener) -> None:
        """Serve until `should_exit` is set."""

        async def to_the_end() -> None:
            await self.serve(sockets=[sock])
            await sock.cut()

        try:
            asyncio.run(to_the_end())
        finally:
            sock.close()
            self.ready.set()


def listening(host: str, port: int, *, shared: bool = False) -> Listener:
    """Return a socket that takes connections; a `shared` one leaves others to other processes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio turns Nagle off only then, which else costs 40 ms an answer.
    sock = Listener(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # An outage that ends finds its old port again, though old connections still linger on it.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((host, port))
    sock.listen(1024)
    return sock
