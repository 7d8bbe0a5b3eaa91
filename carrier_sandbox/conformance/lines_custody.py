"""Lines about packets: taken once, durably, for a signed receipt, by whatever way they come."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from carrier_sandbox.conformance.desk import Desk, NotTried, eventually, insist, no
from carrier_sandbox.conformance.till import JSON, PIECE, Broken, Sealed, Till, digest
from carrier_sandbox.seal import canonical


def not_redirected(desk: Desk) -> None:
    """An upload is answered where it was sent, not redirected."""
    reply = desk.till.put(desk.till.seal())
    insist(not 300 <= reply.status < 400, f"redirected with {reply.status}")


def signed(desk: Desk) -> None:
    """A packet gets a receipt signed by the carrier, for this packet of this till."""
    packet = desk.till.seal(1000)
    said = desk.till.receipt(desk.till.put(packet), packet)
    insist(said["device_id"] == desk.till.device_id, "the receipt names another till")
    insist(said["counter"] == desk.till.counter, "the receipt names another counter")
    insist(said["duplicate"] is False, "the first receipt says duplicate")


def durable(desk: Desk) -> None:
    """What has a receipt is held, for whoever asks at once on another connection."""
    for _ in range(5):
        packet = desk.till.seal(100)
        desk.till.receipt(desk.till.put(packet), packet)
        (entry,) = _status(desk.till, [packet.id])
        insist(entry["state"] == "held", "a packet with a receipt is not held a moment later")
        insist(entry["packet_sha256"] == packet.sha256, "another packet is held under the id")


def survives(desk: Desk) -> None:
    """What has a receipt survives the death of the server."""
    if desk.restart is None:
        raise NotTried("needs --restart COMMAND, which kills the carrier and starts it again")
    packets = [desk.till.seal(100) for _ in range(20)]
    for packet in packets:
        desk.till.receipt(desk.till.put(packet), packet)
    desk.restart()
    held = eventually(lambda: _answered(desk.till, packets), 30.0)
    insist(held is not None, "the carrier did not come back")
    lost = sum(entry["state"] != "held" for entry in held or ())
    insist(not lost, f"{lost} of 20 packets with a receipt are gone")


def again(desk: Desk) -> None:
    """The same packet again gets the same receipt, marked as a duplicate."""
    packet = desk.till.seal(100)
    first = desk.till.receipt(desk.till.put(packet), packet)
    second = desk.till.receipt(desk.till.put(packet), packet)
    insist(second["duplicate"] is True, "the second receipt does not say duplicate")
    for name in ("carrier_ref", "received_at"):
        insist(first[name] == second[name], f"the second receipt has another {name}")


def at_once(desk: Desk) -> None:
    """The same packet eight times at once is taken once."""
    packet = desk.till.seal(100)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: desk.till.put(packet), range(8)))
    said = [desk.till.receipt(reply, packet) for reply in replies]
    insist(len({each["carrier_ref"] for each in said}) == 1, "it has several references")
    insist(sum(not each["duplicate"] for each in said) == 1, "more than one is called the first")


def lost_answer(desk: Desk) -> None:
    """A till that hung up before the answer gets its receipt when it asks again."""
    packet = desk.till.seal(100)
    target = f"/v1/packets/{packet.id}"
    headers = desk.till.signed("PUT", target, packet.data, {"Content-Type": _PACKET})
    desk.till.wire.send_and_hang_up("PUT", target, headers, packet.data)
    desk.till.receipt(desk.till.put(packet), packet)


def conflict(desk: Desk) -> None:
    """Another packet under a known id is refused with 409, and the first stays."""
    first = desk.till.seal(100)
    desk.till.receipt(desk.till.put(first), first)
    other = desk.till.seal(100, packet_id=first.id)
    no(desk.till.put(other), {409})
    (entry,) = _status(desk.till, [first.id])
    insist(entry["packet_sha256"] == first.sha256, "the first packet was replaced")


def damaged(desk: Desk) -> None:
    """What is no packet, or not signed by its till, is refused for good with a problem report."""
    packet = desk.till.seal(100)
    spoilt = Sealed(packet.id, packet.data[:-1] + bytes([packet.data[-1] ^ 1]))
    no(desk.till.put(spoilt), {422}, "packet_signature")
    no(desk.till.put(Sealed(packet.id, b"hello")), {422})
    no(desk.till.put(Sealed(str(uuid.uuid4()), packet.data)), {422})
    no(desk.till.put(packet, {"Content-Type": JSON}), {415})
    desk.till.receipt(desk.till.put(packet), packet)


def journal(desk: Desk) -> None:
    """The head of the till's journal is repeated in the receipt that was asked with it."""
    packet = desk.till.seal(100)
    head = {"Journal-Head": f"7;{digest(b'entry 7').replace('sha-256', 'sha256')}"}
    said = desk.till.receipt(desk.till.put(packet, head), packet)
    insist(isinstance(said.get("journal"), dict), "the receipt does not repeat the head")
    insist(said["journal"]["count"] == 7, "the receipt repeats another head")


def courier(desk: Desk) -> None:
    """A packet may be carried by another till; its receipt names the till that sealed it."""
    packet = desk.till.seal(100)
    said = desk.other.receipt(desk.other.put(packet), packet)
    insist(said["device_id"] == desk.till.device_id, "the receipt names the courier")


def pieces(desk: Desk) -> None:
    """A packet in three pieces gets a receipt, and a piece in the wrong place learns the right."""
    packet = desk.till.seal(3000)
    target, third = f"/v1/uploads/{packet.id}", len(packet.data) // 3
    begun = _begin(desk.till, packet)
    insist(begun.status == 201, f"beginning was answered {begun.status} instead of 201")
    insist(begun.headers.get("upload-offset") == "0", "a new upload does not begin at 0")
    insist(_append(desk.till, packet, 0, third).status == 204, "a piece was not taken")
    wrong = _append(desk.till, packet, 0, third)
    no(wrong, {409}, "offset")
    insist(wrong.headers.get("upload-offset") == str(third), "409 does not say the right offset")
    where = desk.till.ask("HEAD", target)
    insist(where.headers.get("upload-offset") == str(third), "HEAD says another offset")
    insist(_append(desk.till, packet, third, 2 * third).status == 204, "a piece was not taken")
    last = _append(desk.till, packet, 2 * third, len(packet.data))
    desk.till.receipt(last, packet)
    desk.till.receipt(_begin(desk.till, packet), packet)


def bad_pieces(desk: Desk) -> None:
    """A piece with a wrong digest changes nothing; a whole with one is refused and forgotten."""
    packet = desk.till.seal(500)
    target = f"/v1/uploads/{packet.id}"
    _begin(desk.till, packet)
    more = {"Upload-Offset": "0", "Content-Type": PIECE}
    headers = desk.till.signed("PATCH", target, packet.data[:100], more)
    no(desk.till.wire.ask("PATCH", target, headers, packet.data[100:200]), {400, 401})
    where = desk.till.ask("HEAD", target)
    insist(where.headers.get("upload-offset") == "0", "a damaged piece was taken")
    swapped = Sealed(packet.id, packet.data[::-1])
    no(_append(desk.till, swapped, 0, len(swapped.data)), {422}, "upload_digest")
    insist(desk.till.ask("HEAD", target).status in {404, 410}, "the upload is not forgotten")


def status(desk: Desk) -> None:
    """Status names what is held and what is not, in the order asked, for this question."""
    packet = desk.till.seal()
    desk.till.receipt(desk.till.put(packet), packet)
    ids = [str(uuid.uuid4()), packet.id, str(uuid.uuid4())]
    entries = _status(desk.till, ids)
    insist([entry["packet_id"] for entry in entries] == ids, "not in the order asked")
    states = [entry["state"] for entry in entries]
    insist(states == ["unknown", "held", "unknown"], f"the states are {states}")


def decisions(desk: Desk) -> None:
    """Decisions are signed for the very question, rise, and are the till's own."""
    packet = desk.till.seal()
    desk.till.receipt(desk.till.put(packet), packet)
    found = eventually(lambda: _decided(desk.till, packet.id), desk.patience_s)
    if found is None:
        raise NotTried(f"no decision within {desk.patience_s:g} s: decide, or --wait longer")
    if desk.second is not None:
        pages = _page(desk.second, 0)["decisions"]
        insist(all(each["packet_id"] != packet.id for each in pages), "another till sees it")


def revision(desk: Desk) -> None:
    """A decision about a corrected registration names the one it corrects."""
    first = desk.till.seal()
    desk.till.receipt(desk.till.put(first), first)
    second = desk.till.seal(supersedes=first.id)
    desk.till.receipt(desk.till.put(second), second)
    found = eventually(lambda: _decided(desk.till, second.id), desk.patience_s)
    if found is None:
        raise NotTried(f"no decision within {desk.patience_s:g} s: decide, or --wait longer")
    insist(found.get("revises") == first.id, "it does not name what it corrects")


# -- asking -------------------------------------------------------------------------------------

_PACKET = "application/vnd.pos.packet"
_SPEAKS = {"Pos-Contract": "1.1"}


def _status(till: Till, ids: list[str]) -> list[dict[str, Any]]:
    body = canonical({"v": 1, "packet_ids": ids})
    said = till.believed(till.ask("POST", "/v1/status", body, {"Content-Type": JSON}), "status")
    insist(said["device_id"] == till.device_id, "the answer is for another till")
    return list(said["packets"])


def _answered(till: Till, packets: list[Sealed]) -> list[dict[str, Any]] | None:
    try:
        return _status(till, [packet.id for packet in packets])
    except (OSError, Broken):
        return None


def _begin(till: Till, packet: Sealed) -> Any:
    headers = {"Upload-Length": str(len(packet.data)), "Repr-Digest": digest(packet.data)}
    return till.ask("POST", f"/v1/uploads/{packet.id}", b"", headers)


def _append(till: Till, packet: Sealed, start: int, end: int) -> Any:
    headers = {"Upload-Offset": str(start), "Content-Type": PIECE}
    return till.ask("PATCH", f"/v1/uploads/{packet.id}", packet.data[start:end], headers)


def _page(till: Till, after: int) -> dict[str, Any]:
    reply = till.ask("GET", f"/v1/decisions?after={after}", headers=_SPEAKS)
    said = till.believed(reply, "decisions")
    insist(said["after"] == after, "the page answers another question")
    sequences = [each["sequence"] for each in said["decisions"]]
    insist(sequences == sorted(set(sequences)), "the sequence does not rise")
    insist(all(each > after for each in sequences), "the page begins too early")
    insist("news" in said, "the page brings no news")
    return said


def _decided(till: Till, packet_id: str) -> dict[str, Any] | None:
    after = 0
    while page := _page(till, after)["decisions"]:
        for each in page:
            if each["packet_id"] == packet_id:
                return dict(each)
        after = page[-1]["sequence"]
    return None
