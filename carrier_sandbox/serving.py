"""Answers over TLS, in a thread of this process."""

import asyncio
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from carrier_sandbox.faults import Wire
from carrier_sandbox.tls import Certificate


class Serving:
    """A server that answers from its making until `stop`."""

    def __init__(self, app: ASGIApp, certificate: Certificate, sock: socket.socket) -> None:
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

    def serve_on(self, sock: socket.socket) -> None:
        """Serve until `should_exit` is set."""
        try:
            asyncio.run(self.serve(sockets=[sock]))
        finally:
            sock.close()
            self.ready.set()


def listening(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Return a socket that takes connections; a `shared` one leaves others to other processes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio turns Nagle off only then, which else costs 40 ms an answer.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # An outage that ends finds its old port again, though old connections still linger on it.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((host, port))
    sock.listen(1024)
    return sock
