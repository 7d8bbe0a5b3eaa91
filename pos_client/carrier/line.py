"""The one TLS line to the carrier, and a deadline that no slow or chatty other end can stretch."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

#: The longest standstill while we send; urllib3 would take the much shorter time for connecting.
_STALL_S: Final = 30.0


def trusted(ca_pem: str | None) -> ssl.SSLContext:
    """Return a context that trusts only `ca_pem`, or the operating system's store where None.

    Raises:
        ssl.SSLError: `ca_pem` is not a certificate.
    """
    if ca_pem is None:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=ca_pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Line:
    """Holds the socket in use, so that it can be cut from outside while somebody reads from it."""

    def __init__(self) -> None:
        self._sock: socket.socket | None = None
        self._lock = threading.Lock()
        self.cut_off = False

    def opened(self, sock: socket.socket) -> None:
        """Take note of a new connection.

        Raises:
            TimeoutError: the deadline passed while it was being made.
        """
        with self._lock:
            self._sock = sock
            if self.cut_off:
                raise TimeoutError

    def cut(self) -> None:
        """End the connection now; whoever reads from it gets an error at once."""
        with self._lock:
            self.cut_off = True
            if self._sock is None:
                return
            try:
                # Of the plain socket: SSLSocket.shutdown changes what another thread is reading.
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)
            except OSError:
                self._sock = None  # it was closed already: just what is wanted

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line if the block takes longer than `seconds`, however the bytes trickle.

        Raises:
            TimeoutError: it was cut. An answer that ends with the line may look whole.
        """
        with self._lock:
            self.cut_off = False
        timer = threading.Timer(seconds, self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if self.cut_off:
            raise TimeoutError


class LineAdapter(HTTPAdapter):
    """Opens connections only over TLS, only with our own trust, and reports them to a `Line`."""

    def __init__(self, context: ssl.SSLContext, line: Line) -> None:
        self._context = context
        self._line = line
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make a pool that knows no plain HTTP."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)
        line = self._line

        class Connection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line.opened(self.sock)

            def request(self, *args: Any, **kwargs: Any) -> None:
                self.timeout = _STALL_S
                super().request(*args, **kwargs)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        self.poolmanager.pool_classes_by_scheme = {"https": Pool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave trust to our context: requests would add the whole certifi bundle to it."""
        del url, verify, cert
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None
