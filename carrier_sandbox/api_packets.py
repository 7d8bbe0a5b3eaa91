"""The addresses for packets: hand over whole or in pieces, ask what is held and decided."""

from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool

from carrier_sandbox.doorman import Refusal
from carrier_sandbox.front import MOST_JSON, Count, Front, Uuid, envelope, read, speaks_1_1
from carrier_sandbox.packet import MOST_BYTES
from carrier_sandbox.signatures import SignedRequest
from carrier_sandbox.uploads import MOST_PIECE, Progress, Uploads

PACKET: Final = "application/vnd.pos.packet"
PIECE: Final = "application/partial-upload"


def add(app: FastAPI, front: Front) -> None:
    """Add these addresses."""
    office = front.office

    @app.put("/v1/packets/{packet_id}")
    async def put_packet(request: Request, packet_id: Uuid) -> Response:
        """Take a sealed packet into custody. Asking again with the same bytes is always safe."""
        signed = await read(request, MOST_BYTES)
        if signed.headers.get("content-type") != PACKET:
            raise Refusal(415, "media_type")
        return envelope("receipt", await run_in_threadpool(office.take_in, packet_id, signed))

    @app.post("/v1/status")
    async def post_status(request: Request) -> Response:
        """Say, signed, what is held of up to 500 packets."""
        return await front.answer(request, "status", office.status, MOST_JSON)

    @app.get("/v1/decisions")
    async def get_decisions(request: Request, after: Count) -> Response:
        """Return the asking till's decisions with a sequence above `after`, at most 100."""

        def page(signed: SignedRequest) -> bytes:
            return office.decisions(after, signed, news=speaks_1_1(signed))

        return await front.answer(request, "decisions", page)

    _uploads(app, Uploads(office))


def _uploads(app: FastAPI, uploads: Uploads) -> None:
    @app.post("/v1/uploads/{packet_id}")
    async def post_upload(request: Request, packet_id: Uuid) -> Response:
        """Begin an upload in pieces, or say how far the same one came."""
        signed = await read(request, 0)
        progress = await run_in_threadpool(uploads.begin, packet_id, signed)
        return _answer(progress, 201 if progress.created else 200, f"/v1/uploads/{packet_id}")

    @app.head("/v1/uploads/{packet_id}")
    async def head_upload(request: Request, packet_id: Uuid) -> Response:
        """Say where an upload stands."""
        signed = await read(request, 0)
        return _answer(await run_in_threadpool(uploads.standing, packet_id, signed), 204)

    @app.patch("/v1/uploads/{packet_id}")
    async def patch_upload(request: Request, packet_id: Uuid) -> Response:
        """Take the next piece; after the last one, answer with the receipt."""
        signed = await read(request, MOST_PIECE)
        if signed.headers.get("content-type") != PIECE:
            raise Refusal(415, "media_type")
        return _answer(await run_in_threadpool(uploads.append, packet_id, signed), 204)


def _answer(progress: Progress, status: int, location: str | None = None) -> Response:
    headers = {
        "Upload-Offset": str(progress.received),
        "Upload-Length": str(progress.size),
        "Upload-Complete": "?1" if progress.receipt is not None else "?0",
        "Cache-Control": "no-store",
    }
    if progress.receipt is not None:
        answer = envelope("receipt", progress.receipt)
    else:
        answer = Response(status_code=status)
        headers["Upload-Limit"] = f"max-size={MOST_BYTES}, max-append-size={MOST_PIECE}"
        if location is not None:
            headers["Location"] = location
    answer.headers.update(headers)
    return answer
