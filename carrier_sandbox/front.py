"""What all addresses share: read a request, let the office work, answer in an envelope."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from carrier_sandbox.books import stamp
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.office import Office
from carrier_sandbox.signatures import SignedRequest

#: The versions of the contract spoken here, oldest first; the newest is named in every answer.
VERSIONS: Final = ("1.0", "1.1")
CONTRACT: Final = "Pos-Contract"
MOST_JSON: Final = 32 * 1024

Uuid = Annotated[
    str, Path(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]
Count = Annotated[int, Query(ge=0, lt=2**53)]


class Front:
    """Between HTTP and the office. The office's verbs wait for the disk, so they run in threads."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def answer(
        self,
        request: Request,
        kind: str,
        verb: Callable[[SignedRequest], bytes],
        most: int = 0,
    ) -> Response:
        """Answer a signed request of up to `most` bytes with what the verb signs."""
        signed = await read(request, most)
        return envelope(kind, await run_in_threadpool(verb, signed))

    def time(self, nonce: str) -> dict[str, Any]:
        """Return what the carrier's clock says."""
        return {"type": "time", "nonce": nonce, "now": stamp(self.office.clock())}


def envelope(kind: str, body: bytes) -> Response:
    """Answer with an envelope of this kind."""
    return Response(body, media_type=f"application/vnd.pos.{kind}+json")


def speaks_1_1(request: SignedRequest) -> bool:
    """Say whether the till knows what came with version 1.1."""
    major, _, minor = request.headers.get(CONTRACT.lower(), "1.0").partition(".")
    return major == "1" and minor.isdecimal() and minor.strip("0") != ""


async def read(request: Request, most: int) -> SignedRequest:
    """Read the whole request, up to `most` bytes of body.

    Raises:
        Refusal: it is longer.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refusal(413, "too_long")
    return SignedRequest(
        method=request.method,
        url=str(request.url),
        headers=dict(request.headers),
        body=bytes(body),
    )
