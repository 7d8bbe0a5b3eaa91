"""One HTTPS request and its answer as it came: nothing followed, unpacked or endless."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_MOST: Final = 1024 * 1024
_TIMEOUT_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """What the body is."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Wire:
    """A line to one carrier. With `keep` one connection serves all, else each its own."""

    def __init__(self, url: str, ca_pem: str | None, *, keep: bool = False) -> None:
        parts = urlsplit(url)
        self.url = url.rstrip("/")
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._tls = ssl.create_default_context(cadata=ca_pem)
        self._keep = keep
        self._line: http.client.HTTPSConnection | None = None

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send a request and read its answer.

        Raises:
            OSError, http.client.HTTPException: there was none.
        """
        line = self._line or self._connected()
        self._line = None
        try:
            line.request(method, target, body=body or None, headers=dict(headers))
            answer = line.getresponse()
            reply = Reply(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(_MOST),
            )
        except BaseException:
            line.close()
            raise
        if self._keep and not answer.will_close:
            self._line = line
        else:
            line.close()
        return reply

    def send_and_hang_up(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        """Send a request whole, and be gone before the answer comes."""
        line = self._connected()
        line.request(method, target, body=body or None, headers=dict(headers))
        line.close()

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _connected(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=_TIMEOUT_S, context=self._tls
        )
