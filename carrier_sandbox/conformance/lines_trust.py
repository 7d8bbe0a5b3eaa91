"""Lines about who may ask, how the carrier says no, and what it tells its tills."""

import base64
import json
import secrets
import uuid
from datetime import UTC, datetime
from typing import Any

from carrier_sandbox.conformance.desk import Desk, NotTried, insist, no
from carrier_sandbox.conformance.till import JSON, Till, opened
from carrier_sandbox.seal import canonical


def enrolment(desk: Desk) -> None:
    """A till enrols with its token, and again after a lost answer."""
    for till in filter(None, (desk.till, desk.second)):
        first = till.believed(till.enrol(), "enrolment")
        again = till.believed(till.enrol(), "enrolment")
        insist(first["device_id"] == again["device_id"], "the second answer gives another id")
        till.device_id = str(first["device_id"])


def strangers(desk: Desk) -> None:
    """A made-up token, and a used one with another key, enrol nobody."""
    stranger = Till(desk.till.invitation, desk.till.wire, desk.till.now)
    no(stranger.enrol(secrets.token_urlsafe(24)), {401, 403})
    no(stranger.enrol(), {401, 403})


def unsigned(desk: Desk) -> None:
    """A request without a signature, or of a till nobody knows, is refused with 401."""
    target = "/v1/decisions?after=0"
    no(desk.till.wire.ask("GET", target, {}, b""), {401})
    stranger = Till(desk.till.invitation, desk.till.wire, desk.till.now)
    stranger.device_id = "till-nobody"
    no(stranger.ask("GET", target), {401})


def another_address(desk: Desk) -> None:
    """A signature holds for one address, one method and one body."""
    target = "/v1/decisions?after="
    headers = desk.till.signed("GET", f"{target}0", b"", {})
    no(desk.till.wire.ask("GET", f"{target}1", headers, b""), {401})
    packet = desk.till.seal()
    to = f"/v1/packets/{packet.id}"
    signed = desk.till.signed(
        "PUT", to, packet.data, {"Content-Type": "application/vnd.pos.packet"}
    )
    no(desk.till.wire.ask("PUT", to, signed, packet.data + b"x"), {400, 401})
    desk.till.receipt(desk.till.put(packet), packet)


def clock(desk: Desk) -> None:
    """A signature of an hour ago is refused with the code `clock`."""
    target = "/v1/decisions?after=0"
    created = int(desk.till.now().timestamp()) - 3600
    headers = desk.till.signed("GET", target, b"", {}, created=created)
    no(desk.till.wire.ask("GET", target, headers, b""), {401}, "clock")


def time(desk: Desk) -> None:
    """The carrier's clock comes signed, for the nonce of the question."""
    nonce = secrets.token_urlsafe(16)
    said = desk.till.believed(_plain(desk.till, f"/v1/time?nonce={nonce}"), "time")
    insist(said["nonce"] == nonce, "the time is for another question")
    now = datetime.fromisoformat(str(said["now"]))
    insist(now.tzinfo is UTC or now.utcoffset() is not None, "the time has no zone")


def contract(desk: Desk) -> None:
    """Versions are named, signed, and one that is not spoken is refused with 426."""
    nonce = secrets.token_urlsafe(16)
    said = desk.till.believed(_plain(desk.till, f"/v1/contract?nonce={nonce}"), "contract")
    insist("1.1" in said["versions"], f"it speaks {said['versions']}")
    insist(said["packet_days"] >= 180, "packets of 180 days ago are not acceptable")
    reply = desk.till.wire.ask("GET", f"/v1/time?nonce={nonce}", {"Pos-Contract": "9.0"}, b"")
    no(reply, {426})


def bounded(desk: Desk) -> None:
    """Answers are plain and short: not compressed, at most 64 KB."""
    for target in ("/v1/decisions?after=0", "/v1/policy", "/v1/keys", "/v1/orders?after=0"):
        reply = desk.till.ask("GET", target, headers={"Accept-Encoding": "gzip"})
        insist("content-encoding" not in reply.headers, f"{target} is compressed")
        insist(len(reply.body) <= 64 * 1024, f"{target} has {len(reply.body)} bytes")


def policy(desk: Desk) -> None:
    """The policy is signed twice: for this question, and by the root key of the key list."""
    reply = desk.till.ask("GET", "/v1/policy?have=0")
    said = desk.till.believed(reply, "policy")
    listed = desk.till.believed(desk.till.ask("GET", "/v1/keys?have=0"), "keys")
    if not said["version"] or not listed["version"]:
        raise NotTried("publish a policy and the key list first")
    first = _inside(listed["signed"])
    manifest = opened(canonical(listed["signed"]), first["root"])
    insist(desk.till.carrier["seal_kid"] in _kids(manifest), "our seal key is not in the list")
    pack = opened(canonical(said["signed"]), manifest["root"])
    insist(pack["version"] == said["version"], "the two signatures speak of two versions")
    tag = {"If-None-Match": reply.headers.get("etag", "")}
    insist(desk.till.ask("GET", "/v1/policy", headers=tag).status == 304, "304 does not come")
    same = desk.till.ask("GET", f"/v1/policy?have={said['version']}")
    insist(desk.till.believed(same, "policy")["signed"] is None, "sent although the till has it")


def orders(desk: Desk) -> None:
    """Orders are signed for the question; one nobody gave cannot be reported as done."""
    said = desk.till.believed(desk.till.ask("GET", "/v1/orders?after=0"), "orders")
    insist(said["device_id"] == desk.till.device_id, "the page is for another till")
    body = canonical({"v": 1, "result": "done", "journal": None})
    target = f"/v1/orders/{uuid.uuid4()}/done"
    no(desk.till.ask("POST", target, body, {"Content-Type": JSON}), {404})


def unknown(desk: Desk) -> None:
    """What there is not is answered 404, as a problem report."""
    no(desk.till.ask("GET", "/v1/nothing"), {404})


def _plain(till: Till, target: str) -> Any:
    return till.wire.ask("GET", target, {}, b"")


def _inside(envelope: dict[str, str]) -> dict[str, Any]:
    return dict(json.loads(base64.b64decode(envelope["message"])))


def _kids(manifest: dict[str, Any]) -> set[str]:
    return {each["kid"] for each in manifest["seal"]}
