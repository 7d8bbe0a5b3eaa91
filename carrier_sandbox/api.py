"""The carrier's four addresses over HTTP, with nothing behind them but the office."""

from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from carrier_sandbox.office import Office, Refusal
from carrier_sandbox.packet import MOST_BYTES
from carrier_sandbox.signatures import SignedRequest
from carrier_sandbox.store import stamp

PACKET: Final = "application/vnd.pos.packet"
RECEIPT: Final = "application/vnd.pos.receipt+json"
DECISIONS: Final = "application/vnd.pos.decisions+json"
TIME: Final = "application/vnd.pos.time+json"
ENROLMENT: Final = "application/vnd.pos.enrolment+json"
PROBLEM: Final = "application/problem+json"

#: Headers every signed request carries (RFC 9421), and one with a body besides (RFC 9530).
_SIGNED: Final = ("Signature-Input", "Signature")
_SIGNED_BODY: Final = (*_SIGNED, "Content-Digest")
_MOST_JSON: Final = 16 * 1024
_UUID: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


class Envelope(BaseModel):
    """A signed answer. `message` are the exact signed bytes, a JSON object of its own."""

    model_config = ConfigDict(extra="forbid")

    message: str = Field(description="Base64 of the UTF-8 JSON bytes that are signed")
    signature: str = Field(description="Base64 of 64 bytes Ed25519 over exactly those bytes")
    kid: str = Field(description="Which of the carrier's receipt keys signed")


class Problem(BaseModel):
    """A problem report (RFC 9457) with a code a machine can act on."""

    status: int
    code: str
    title: str


class Enrolment(BaseModel):
    """What a new till sends, signed with the key it wants to enrol."""

    v: int
    token: str
    device_public_key: str = Field(description="Base64 of the raw Ed25519 public key, 32 bytes")


def create(office: Office) -> FastAPI:
    """Return the web application."""
    app = FastAPI(
        title="Carrier API for registration tills",
        version="1",
        description=(
            "Requests are signed with the till's Ed25519 key (RFC 9421); every answer that counts"
            " is an envelope signed by the carrier. See docs/carrier-guide.md."
        ),
        docs_url=None,
        redoc_url=None,
    )
    _routes(app, office)
    _problems(app)
    return app


def _routes(app: FastAPI, office: Office) -> None:
    @app.put("/v1/packets/{packet_id}", **_contract(RECEIPT, _binary_body(), _SIGNED_BODY))
    async def put_packet(
        request: Request, packet_id: Annotated[str, Path(pattern=_UUID)]
    ) -> Response:
        """Take a sealed packet into custody. Asking again with the same bytes is always safe."""
        signed = await _signed(request, MOST_BYTES)
        if request.headers.get("content-type") != PACKET:
            raise Refusal(415, "media_type")
        body = await run_in_threadpool(office.take_in, packet_id, signed)
        return Response(body, media_type=RECEIPT)

    @app.get("/v1/decisions", **_contract(DECISIONS, headers=_SIGNED))
    async def get_decisions(
        request: Request, after: Annotated[int, Query(ge=0, lt=2**63)]
    ) -> Response:
        """Return the asking till's decisions with a sequence above `after`, at most 100."""
        signed = await _signed(request, 0)
        body = await run_in_threadpool(office.decisions, after, signed)
        return Response(body, media_type=DECISIONS)

    @app.get("/v1/time", **_contract(TIME))
    async def get_time(
        nonce: Annotated[str, Query(pattern="^[A-Za-z0-9_-]{16,64}$")],
    ) -> Response:
        """Return the carrier's clock, signed together with the nonce."""
        said = {"type": "time", "nonce": nonce, "now": stamp(office.clock())}
        return Response(office.sign(said), media_type=TIME)

    @app.post("/v1/devices", **_contract(ENROLMENT, _json_body(), _SIGNED_BODY))
    async def post_devices(request: Request) -> Response:
        """Enrol a till with the token of its invitation."""
        signed = await _signed(request, _MOST_JSON)
        body = await run_in_threadpool(office.enrol, signed)
        return Response(body, media_type=ENROLMENT)


async def _signed(request: Request, most: int) -> SignedRequest:
    """Read the whole request, up to `most` bytes of body."""
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


def _problems(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> JSONResponse:
        return _report(refusal.status, refusal.code)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, _err: RequestValidationError) -> JSONResponse:
        return _report(400, "request")

    @app.exception_handler(HTTPException)
    async def unknown(_request: Request, err: HTTPException) -> JSONResponse:
        return _report(err.status_code, HTTPStatus(err.status_code).name.lower())


def _report(status: int, code: str) -> JSONResponse:
    title = code.replace("_", " ").capitalize()
    content = {"status": status, "code": code, "title": title}
    return JSONResponse(content, status_code=status, media_type=PROBLEM)


def _contract(
    media_type: str, body: dict[str, Any] | None = None, headers: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Describe an address for the OpenAPI file."""
    extra: dict[str, Any] = {"requestBody": body} if body else {}
    if headers:
        extra["parameters"] = [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in headers
        ]
    problem = {"content": {PROBLEM: {"schema": Problem.model_json_schema()}}}
    return {
        "response_class": Response,
        "responses": {
            200: {
                "description": "An envelope signed by the carrier",
                "content": {media_type: {"schema": Envelope.model_json_schema()}},
            },
            "4XX": {"description": "A problem report", **problem},
        },
        "openapi_extra": extra,
    }


def _binary_body() -> dict[str, Any]:
    schema = {"type": "string", "format": "binary", "maxLength": MOST_BYTES}
    return {"required": True, "content": {PACKET: {"schema": schema}}}


def _json_body() -> dict[str, Any]:
    schema = Enrolment.model_json_schema()
    return {"required": True, "content": {"application/json": {"schema": schema}}}
