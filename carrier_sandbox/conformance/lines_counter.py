"""Lines about what a clerk asks while the customer waits."""

import uuid
from typing import Any

from carrier_sandbox.conformance.desk import Desk, NotTried, insist, no
from carrier_sandbox.conformance.till import JSON, Till, code_of
from carrier_sandbox.conformance.wire import Reply
from carrier_sandbox.seal import canonical


def identity(desk: Desk) -> None:
    """An identity check says match, mismatch or unavailable; the same question, the same answer."""
    asked = {"name": "样本", "number": "11010519491231002X", "document_kind": "cn.resident_id.2"}
    body = desk.till.question("identity", {**asked, "portrait": None})
    first = desk.till.believed(_post(desk.till, "/v1/identity-checks", body), "identity")
    again = desk.till.believed(_post(desk.till, "/v1/identity-checks", body), "identity")
    outcomes = {"match", "mismatch", "unavailable"}
    insist(first["outcome"] in outcomes, f"the outcome is {first['outcome']}")
    insist(first == again, "the same question has two answers")


def sealed(desk: Desk) -> None:
    """A question about a person that is not sealed for this till is refused."""
    stranger = Till(desk.till.invitation, desk.till.wire, desk.till.now)
    stranger.device_id = "till-nobody"
    body = stranger.question("possession", {"msisdn": "13800138000"})
    no(_post(desk.till, "/v1/possession-proofs", body), {422})


def possession(desk: Desk) -> None:
    """A code is sent once a minute; a wrong one costs a try, and three are all."""
    number = f"139{uuid.uuid4().int % 10**8:08d}"
    id_ = str(uuid.uuid4())
    body = desk.till.question("possession", {"msisdn": number}, id_)
    sent = desk.till.believed(_post(desk.till, "/v1/possession-proofs", body), "possession")
    insist((sent["state"], sent["tries_left"]) == ("sent", 3), "it was not sent with three tries")
    soon = desk.till.question("possession", {"msisdn": number})
    reply = _post(desk.till, "/v1/possession-proofs", soon)
    no(reply, {429})
    insist("retry-after" in reply.headers, "429 does not say when")
    states = [_code(desk.till, id_, f"00000{n}") for n in range(4)]
    if "proven" in states:
        raise NotTried("a guess was right; try again")
    insist(states[:2] == ["wrong", "wrong"], f"wrong codes gave {states[:2]}")
    insist(states[2:] == ["spent", "spent"], f"after three tries: {states[2:]}")


def quota(desk: Desk) -> None:
    """A reservation counts for its person, once, whoever asks."""
    number = f"X{uuid.uuid4().hex[:16]}"
    first = _quota(desk.till, number, 0)
    reserve = desk.till.question("quota", _holder(number, 1))
    one = desk.till.believed(_post(desk.till, "/v1/quota", reserve), "quota")
    again = desk.till.believed(_post(desk.till, "/v1/quota", reserve), "quota")
    insist(one == again, "the same question has two answers")
    insist(one["free"] == first["free"] - 1, "a reservation does not count")
    insist(_quota(desk.till, number, 0)["free"] == first["free"] - 1, "it counts twice or not")


def allowance(desk: Desk) -> None:
    """A till may ask for registrations without a line, and is given no more than it asked."""
    body = canonical({"v": 1, "id": str(uuid.uuid4()), "registrations": 20, "days": 3})
    said = desk.till.believed(_post(desk.till, "/v1/allowances", body), "allowance")
    insist(0 <= said["registrations"] <= 20, f"it was given {said['registrations']}")


def numbers(desk: Desk) -> None:
    """A number is held by one reservation at a time, and free again when it is given back."""
    listed = desk.till.ask("GET", "/v1/numbers?ends=&most=5")
    free = desk.till.believed(listed, "numbers")["numbers"]
    if not free:
        raise NotTried("there are no free numbers in stock")
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    held = desk.till.believed(_reserve(desk.till, first, free[0]), "reservation")
    insist(held["msisdn"] == free[0], "another number is held")
    no(_reserve(desk.till, second, free[0]), {409}, "taken")
    again = desk.till.believed(_reserve(desk.till, first, free[0]), "reservation")
    insist(again["until"] == held["until"], "the same reservation has two answers")
    back = desk.till.ask("DELETE", f"/v1/reservations/{first}")
    insist(desk.till.believed(back, "reservation")["state"] == "released", "it is not given back")
    desk.till.believed(_reserve(desk.till, second, free[0]), "reservation")
    desk.till.ask("DELETE", f"/v1/reservations/{second}")


def _post(till: Till, target: str, body: bytes) -> Reply:
    return till.ask("POST", target, body, {"Content-Type": JSON})


def _code(till: Till, id_: str, code: str) -> str:
    body = canonical({"v": 1, "code": code})
    reply = _post(till, f"/v1/possession-proofs/{id_}/code", body)
    if reply.status != 200:
        return code_of(reply)
    return str(till.believed(reply, "possession")["state"])


def _holder(number: str, reserve: int) -> dict[str, Any]:
    return {"document_kind": "xx.passport", "number": number, "reserve": reserve}


def _quota(till: Till, number: str, reserve: int) -> dict[str, Any]:
    body = till.question("quota", _holder(number, reserve))
    return till.believed(_post(till, "/v1/quota", body), "quota")


def _reserve(till: Till, id_: str, msisdn: str) -> Reply:
    body = canonical({"v": 1, "msisdn": msisdn, "iccid": None, "minutes": 5})
    return till.ask("PUT", f"/v1/reservations/{id_}", body, {"Content-Type": JSON})
