"""The other end of a TLS line that answers every request with whatever bytes a test wants."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from carrier_sandbox import tls
from carrier_sandbox.tls import Pair

#: Given the connection after the request's head was read; True from `over` means: give up.
Answer = Callable[[ssl.SSLSocket, threading.Event], None]


def http(status: str, headers: dict[str, str], body: bytes) -> bytes:
    """Return a whole HTTP/1.1 answer."""
    fields = {"Content-Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(data: bytes) -> Answer:
    """Answer with these bytes."""
    return lambda line, _over: line.sendall(data)


def drips(data: bytes, every_s: float) -> Answer:
    """Answer one byte at a time, and go on for ever with blanks."""

    def answer(line: ssl.SSLSocket, over: threading.Event) -> None:
        for byte in data:
            line.sendall(bytes([byte]))
            if over.wait(every_s):
                return
        while not over.wait(every_s):
            line.sendall(b" ")

    return answer


def floods(head: bytes, chunk: bytes) -> Answer:
    """Answer without end."""

    def answer(line: ssl.SSLSocket, over: threading.Event) -> None:
        line.sendall(head)
        while not over.is_set():
            line.sendall(chunk)

    return answer


class HostileEnd:
    """Gives every connection on loopback the same answer; None: it does not even read."""

    def __init__(self, folder: Path, certificate: Pair, answer: Answer | None) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        chain, key = folder / "hostile.pem", folder / "hostile.key"
        chain.write_bytes(certificate.certificate)
        key.write_bytes(certificate.key)
        self._context.load_cert_chain(chain, key)
        self._answer = answer
        self._over = threading.Event()
        self._sock = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self.port: int = self._sock.getsockname()[1]
        self.requests = 0
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Stop, and wait for all threads."""
        self._over.set()
        self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()
        for thread in (self._accepting, *self._threads):
            thread.join(5)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                plain, _ = self._sock.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(plain,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(20)
        try:
            with self._context.wrap_socket(plain, server_side=True) as line:
                if self._answer is None:
                    self._over.wait(20)
                    return
                _read_request(line)
                self.requests += 1
                self._answer(line, self._over)
        except OSError:
            plain.close()  # the till hung up: what a test of hostile answers wants to see


def _read_request(line: ssl.SSLSocket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(line)
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [
        int(field.partition(b":")[2])
        for field in head.split(b"\r\n")
        if field.lower().startswith(b"content-length:")
    ]
    while len(body) < sum(sizes):
        body += _some(line)


def _some(line: ssl.SSLSocket) -> bytes:
    data = line.recv(65536)
    if not data:
        raise ConnectionResetError
    return data


@contextmanager
def hostile_end(
    folder: Path, authority: Pair, now: datetime, answer: Answer | None
) -> Iterator[HostileEnd]:
    """Run an end for localhost whose certificate the till trusts, but whose answers it must not."""
    end = HostileEnd(folder, tls.issue(authority, ("127.0.0.1", "localhost"), now), answer)
    try:
        yield end
    finally:
        end.close()
