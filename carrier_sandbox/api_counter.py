"""The addresses a clerk's work needs while the customer waits: person, number, SIM card, quota."""

from functools import partial
from typing import Annotated, Final

from fastapi import FastAPI, Path, Query, Request, Response

from carrier_sandbox.front import MOST_JSON, Front, Uuid
from carrier_sandbox.possession import Possession
from carrier_sandbox.questions import Questions
from carrier_sandbox.stock import Stock

#: A sealed portrait of 512 KB, twice in Base64.
_MOST_IDENTITY: Final = 1024 * 1024


def add(app: FastAPI, front: Front) -> None:
    """Add these addresses."""
    _persons(app, front)
    _stock(app, front, Stock(front.office))


def _persons(app: FastAPI, front: Front) -> None:
    questions, possession = Questions(front.office), Possession(front.office)

    @app.post("/v1/identity-checks")
    async def post_identity_check(request: Request) -> Response:
        """Hold a person's data against the authority's: match, mismatch or unavailable."""
        return await front.answer(request, "identity", questions.identity, _MOST_IDENTITY)

    @app.post("/v1/quota")
    async def post_quota(request: Request) -> Response:
        """Say how many lines a person may still take, and reserve one if asked."""
        return await front.answer(request, "quota", questions.quota, MOST_JSON)

    @app.post("/v1/allowances")
    async def post_allowance(request: Request) -> Response:
        """Let a till take some registrations while it has no line."""
        return await front.answer(request, "allowance", questions.allowance, MOST_JSON)

    @app.post("/v1/possession-proofs")
    async def post_possession_proof(request: Request) -> Response:
        """Send a code to a number."""
        return await front.answer(request, "possession", possession.send, MOST_JSON)

    @app.post("/v1/possession-proofs/{proof_id}/code")
    async def post_possession_code(request: Request, proof_id: Uuid) -> Response:
        """Hold a code that was read back against the one that was sent."""
        verb = partial(possession.verify, proof_id)
        return await front.answer(request, "possession", verb, MOST_JSON)


def _stock(app: FastAPI, front: Front, stock: Stock) -> None:
    @app.get("/v1/numbers")
    async def get_numbers(
        request: Request,
        ends: Annotated[str, Query(pattern="^[0-9]{0,11}$")] = "",
        most: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> Response:
        """Return free numbers that end with these digits."""
        return await front.answer(request, "numbers", partial(stock.free, ends, most))

    @app.get("/v1/sims/{iccid}")
    async def get_sim(
        request: Request, iccid: Annotated[str, Path(pattern="^[0-9]{18,20}$")]
    ) -> Response:
        """Say how a SIM card stands, and which number belongs to it."""
        return await front.answer(request, "sim", partial(stock.sim, iccid))

    @app.put("/v1/reservations/{reservation_id}")
    async def put_reservation(request: Request, reservation_id: Uuid) -> Response:
        """Hold a number, a SIM card or a pair for some time."""
        verb = partial(stock.reserve, reservation_id)
        return await front.answer(request, "reservation", verb, MOST_JSON)

    @app.delete("/v1/reservations/{reservation_id}")
    async def delete_reservation(request: Request, reservation_id: Uuid) -> Response:
        """Give back what a reservation holds."""
        return await front.answer(request, "reservation", partial(stock.release, reservation_id))
