"""The addresses for tills themselves: enrol, and learn of policies, keys and orders."""

from functools import partial
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from carrier_sandbox.doorman import Refusal
from carrier_sandbox.front import MOST_JSON, Count, Front, Uuid, envelope, read
from carrier_sandbox.orders import Announcements, Orders
from carrier_sandbox.published import KEYS, POLICY


def add(app: FastAPI, front: Front) -> None:
    """Add these addresses."""
    _enrolment(app, front)
    _announcements(app, Announcements(front.office))
    _orders(app, front, Orders(front.office))


def _enrolment(app: FastAPI, front: Front) -> None:
    office = front.office

    @app.post("/v1/devices")
    async def post_devices(request: Request) -> Response:
        """Enrol a till with the token of its invitation."""
        return await front.answer(request, "enrolment", office.enrol, MOST_JSON)

    @app.get("/v1/enrolment")
    async def get_enrolment(
        token: Annotated[str, Query(pattern="^[A-Za-z0-9_-]{1,100}$")],
    ) -> Response:
        """Return the invitation that belongs to an enrolment token nobody used yet."""
        signed = await run_in_threadpool(office.tills.fetched, token)
        if signed is None:
            raise Refusal(404, "token_unknown")
        return envelope("invitation", signed)


def _announcements(app: FastAPI, announcements: Announcements) -> None:
    async def announced(kind: str, have: int, request: Request) -> Response:
        signed = await read(request, 0)
        version, body = await run_in_threadpool(announcements.answer, kind, have, signed)
        tag = announcements.etag(kind, version)
        if signed.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        answer = envelope(kind, body)
        answer.headers["ETag"] = tag
        return answer

    @app.get("/v1/policy")
    async def get_policy(request: Request, have: Count = 0) -> Response:
        """Return the policy and configuration in force, unless the till has them."""
        return await announced(POLICY, have, request)

    @app.get("/v1/keys")
    async def get_keys(request: Request, have: Count = 0) -> Response:
        """Return the list of the carrier's keys, unless the till has it."""
        return await announced(KEYS, have, request)


def _orders(app: FastAPI, front: Front, orders: Orders) -> None:
    @app.get("/v1/orders")
    async def get_orders(request: Request, after: Count) -> Response:
        """Return orders to the asking till, which may have been shut out."""
        return await front.answer(request, "orders", partial(orders.page, after))

    @app.post("/v1/orders/{order_id}/done")
    async def post_order_done(request: Request, order_id: Uuid) -> Response:
        """Take the till's word that it carried out an order."""
        return await front.answer(request, "ack", partial(orders.done, order_id), MOST_JSON)
