"""A sandbox that stops ends every connection that it took, whatever state that was in."""

import gc
import socket
import ssl
from pathlib import Path

from carrier_sandbox import Sandbox
from tests.fakes.sandbox_till import real_now


def test_a_server_that_stops_leaves_no_connection_open(tmp_path: Path) -> None:
    with Sandbox(tmp_path, real_now) as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        silent = _connected(port)
        stuttering = _connected(port)
        stuttering.sendall(b"\x16\x03\x01")
        greeted = _unchecked().wrap_socket(_connected(port))
        asking = _unchecked().wrap_socket(_connected(port))
        asking.sendall(b"PUT /v1/packets/1 HTTP/1.1\r\nHost: till\r\nContent-Length: 9\r\n\r\n1")
        gc.disable()  # which would end some of them too, some day
    try:
        for end in (silent, stuttering, greeted, asking):
            _read_to_its_end(end)
    finally:
        gc.enable()


def _read_to_its_end(end: socket.socket) -> None:
    """Read below TLS, where a goodbye is not the end: the other socket has to be closed."""
    with socket.socket(fileno=end.detach()) as line:
        line.settimeout(2)
        try:
            while line.recv(1000):
                pass
        except ConnectionResetError:
            pass  # an end as well


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
