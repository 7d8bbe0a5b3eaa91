"""The carrier's addresses over HTTP, with nothing behind them but the office."""

from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Final

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carrier_sandbox import api_counter, api_packets, api_tills
from carrier_sandbox.database import DatabaseAway
from carrier_sandbox.doorman import Refusal
from carrier_sandbox.front import CONTRACT, VERSIONS, Front, envelope
from carrier_sandbox.office import Office
from carrier_sandbox.packet import MOST_BYTES
from carrier_sandbox.uploads import MOST_PIECE

PROBLEM: Final = "application/problem+json"
#: The contract as carriers read it: beside this package in a checkout, else inside the wheel.
_PLACES: Final = (
    Path(__file__).parents[1] / "resources" / "carrier-api",
    Path(__file__).parents[1] / "pos_client" / "_resources" / "carrier-api",
)
_FEATURES: Final = (
    "uploads courier status policy keys orders identity possession quota numbers enrolment_token"
).split()


def create(office: Office) -> FastAPI:
    """Return the web application."""
    app = FastAPI(title="Carrier API", openapi_url=None, docs_url=None, redoc_url=None)
    front = Front(office)
    api_packets.add(app, front)
    api_tills.add(app, front)
    api_counter.add(app, front)
    _plain(app, front)
    _problems(app)
    app.add_middleware(_Negotiation)
    return app


def contract() -> str:
    """Return the text of the contract, OpenAPI 3.1 in YAML."""
    place = next(place for place in _PLACES if place.is_dir())
    return (place / "openapi.yaml").read_text("utf-8")


def _plain(app: FastAPI, front: Front) -> None:
    nonce = Annotated[str, Query(pattern="^[A-Za-z0-9_-]{16,64}$")]

    @app.get("/v1/time")
    async def get_time(nonce: nonce) -> Response:
        """Return the carrier's clock, signed together with the nonce."""
        return envelope("time", front.office.sign(front.time(nonce)))

    @app.get("/v1/contract")
    async def get_contract(nonce: nonce) -> Response:
        """Say, signed, which versions of the contract and of packets are spoken here."""
        said = {
            "type": "contract",
            "nonce": nonce,
            "versions": list(VERSIONS),
            "packet_versions": [1],
            "packet_days": 180,
            "features": _FEATURES,
            "limits": {
                "packet": MOST_BYTES,
                "chunk": MOST_PIECE,
                "status": 500,
                "upload_hours": 24,
            },
        }
        return envelope("contract", front.office.sign(said))


class _Negotiation:
    """Refuses a version of the contract that is not spoken here, and names ours in each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = (b"pos-contract", VERSIONS[-1].encode())
                message["headers"] = [*message.get("headers", ()), ours]
            await send(message)

        asked = (
            dict(scope.get("headers", ())).get(CONTRACT.lower().encode(), b"1.0").decode("latin-1")
        )
        if scope["type"] == "http" and asked.partition(".")[0] != "1":
            await _report(426, "contract_version")(scope, receive, named)
        else:
            await self._app(scope, receive, named)


def _problems(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> JSONResponse:
        return _report(refusal.status, refusal.code, refusal.headers)

    @app.exception_handler(DatabaseAway)
    async def away(_request: Request, _err: DatabaseAway) -> JSONResponse:
        return _report(503, "database", {"Retry-After": "2"})

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, _err: RequestValidationError) -> JSONResponse:
        return _report(400, "request")

    @app.exception_handler(HTTPException)
    async def unknown(_request: Request, err: HTTPException) -> JSONResponse:
        code = HTTPStatus(err.status_code).name.lower()
        return _report(err.status_code, code, dict(err.headers or {}))


def _report(status: int, code: str, headers: dict[str, str] | None = None) -> JSONResponse:
    title = code.replace("_", " ").capitalize()
    content = {"status": status, "code": code, "title": title}
    return JSONResponse(content, status_code=status, media_type=PROBLEM, headers=headers)
