"""A few TLS lines to the one carrier, each with its own connection, so that two uploads can run."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from queue import LifoQueue
from ssl import SSLContext

import requests

from pos_client.carrier.api import Told
from pos_client.carrier.line import Line, LineAdapter
from pos_client.carrier.throttle import Throttle

# A line that was cut inside a header: `faults` says what came of it, and no piece of an answer
# belongs in the log.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Lane:
    """One connection, kept for as long as the other end keeps it."""

    line: Line
    session: requests.Session


class Lanes:
    """Lends lanes out; whoever finds none free waits."""

    def __init__(self, context: SSLContext, count: int) -> None:
        """Prepare `count` lanes; nothing is connected yet."""
        self._all = tuple(_lane(context) for _ in range(count))
        # The one that was used last is the one whose connection is still warm.
        self._free: LifoQueue[Lane] = LifoQueue()
        for lane in self._all:
            self._free.put(lane)

    @contextmanager
    def lent(self) -> Iterator[Lane]:
        """Lend a lane for the block."""
        lane = self._free.get()
        try:
            yield lane
        finally:
            self._free.put(lane)

    def cut(self) -> None:
        """End every request that is under way."""
        for lane in self._all:
            lane.line.cut()

    def close(self) -> None:
        """Close every lane for good."""
        self.cut()
        for _ in self._all:
            self._free.get().session.close()


class Body(io.BytesIO):
    """A body that is sent in small steps, no faster than is allowed, and tells how far it is."""

    def __init__(self, data: bytes, told: Told | None, throttle: Throttle) -> None:
        super().__init__(data)
        self._told = told
        self._throttle = throttle

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; told is what went before them."""
        if self._told is not None:
            self._told(self.tell())
        some = super().read(size)
        self._throttle.take(len(some))
        return some


def _lane(context: SSLContext) -> Lane:
    line = Line()
    session = requests.Session()
    # No passwords from ~/.netrc, no proxies and no certificate bundles from the environment.
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.adapters.clear()
    session.mount("https://", LineAdapter(context, line))
    session.headers["Accept-Encoding"] = "identity"
    session.headers["User-Agent"] = "pos-client"
    return Lane(line, session)
