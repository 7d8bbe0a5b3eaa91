"""The sandbox carrier as one object: start it, stop it, start it again on the same port."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from carrier_sandbox import api, keys, tls
from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.bookcase import opened
from carrier_sandbox.books import Invited
from carrier_sandbox.clerks import Clerks
from carrier_sandbox.faults import Faults
from carrier_sandbox.office import Office
from carrier_sandbox.root import Root, as_file
from carrier_sandbox.serving import Serving, listening


class Sandbox(Clerks):
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
        super().__init__(Office(keys.load(home), self._database, self.behaviour, clock))
        self._host, self._port = host, port
        self._serving: Serving | None = None

    # -- running --------------------------------------------------------------------------------

    def start(self) -> None:
        """Serve; returns when requests are answered."""
        sock = listening(self._host, self._port)
        self._port = sock.getsockname()[1]
        app = Faults(api.create(self._office), self._office)
        self._serving = Serving(app, self._certificate, sock)

    def stop(self) -> None:
        """Stop serving; connections are cut."""
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    def close(self) -> None:
        """Stop, and close the database."""
        self.stop()
        self._database.close()

    def join(self) -> None:
        """Wait until the server ends."""
        if self._serving is not None:
            self._serving.join()

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
