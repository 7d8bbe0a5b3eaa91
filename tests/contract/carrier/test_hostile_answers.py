"""Whatever the other end sends, the till says what it means, in bounded time and memory."""

import base64
import gzip
import json
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from carrier_sandbox import Behaviour, Sandbox
from carrier_sandbox.tls import Pair
from pos_client.carrier.http import HttpCarrier, Limits
from pos_client.carrier.problems import (
    CaptivePortal,
    CarrierBusy,
    CarrierUnreachable,
    NotAReceipt,
    PacketConflict,
    PacketRejected,
    ReceiptForged,
    ReplyDamaged,
    TillRefused,
)
from pos_client.model.problems import Problem
from tests.fakes.hostile_end import Answer, HostileEnd, drips, floods, hostile_end, http, says
from tests.fakes.sandbox_till import Sample, SandboxTill, real_now

RECEIPT: Final = {"Content-Type": "application/vnd.pos.receipt+json"}
PROBLEM: Final = {"Content-Type": "application/problem+json"}
HURRIED: Final = Limits(connect_s=2.0, read_s=1.0)
BOMB: Final = gzip.compress(bytes(50_000_000))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One honest carrier for all tests of this file; each enrols a till of its own."""
    home = tmp_path_factory.mktemp("carrier")
    with Sandbox(home, real_now, Behaviour()) as running:
        yield running


def adapter_at(
    till: SandboxTill, authority: Pair, end: HostileEnd, limits: Limits = HURRIED
) -> HttpCarrier:
    """Return the till's adapter, pointed at the hostile end."""
    identity = replace(
        till.invitation.carrier,
        url=f"https://127.0.0.1:{end.port}",
        ca_pem=authority.certificate.decode(),
    )
    return HttpCarrier(identity, till.device_id, till.key.sign, real_now, limits)


def told(status: str, code: str) -> bytes:
    """Return a problem report as the carrier writes it."""
    return http(status, PROBLEM, json.dumps({"status": 0, "code": code, "title": ""}).encode())


ENDLESS_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.pos.receipt+json\r\n\r\n"
HTML: Final = b"<html>Please log in</html>"

CASES: Final[dict[str, tuple[Answer, type[Problem]]]] = {
    "html_200": (says(http("200 OK", {"Content-Type": "text/html"}, HTML)), CaptivePortal),
    "html_403": (says(http("403 No", {"Content-Type": "text/html"}, HTML)), CaptivePortal),
    "html_409": (says(http("409 No", {"Content-Type": "text/html"}, HTML)), CaptivePortal),
    "nothing_204": (says(b"HTTP/1.1 204 Gone\r\n\r\n"), CaptivePortal),
    "redirect_302": (
        says(http("302 Found", {"Location": "https://portal.invalid/"}, b"")),
        CaptivePortal,
    ),
    "redirect_307_to_http": (
        says(http("307 There", {"Location": "http://127.0.0.1:9/"}, b"")),
        CaptivePortal,
    ),
    "proxy_407": (says(http("407 Proxy", {}, b"")), CaptivePortal),
    "busy_429": (says(http("429 Slow", {"Retry-After": "5"}, b"")), CarrierBusy),
    "gateway_502": (says(http("502 Bad", {"Content-Type": "text/html"}, HTML)), CarrierUnreachable),
    "odd_status": (says(http("999 Odd", {}, b"")), CarrierUnreachable),
    "refused_401": (says(told("401 No", "device_unknown")), TillRefused),
    "conflict_409": (says(told("409 No", "conflict")), PacketConflict),
    "rejected_422": (says(told("422 No", "header_differs")), PacketRejected),
    "upgrade_426": (says(told("426 No", "version")), PacketRejected),
    "rejected_with_odd_code": (says(told("400 No", "<b>" * 10)), PacketRejected),
    "rejected_with_deep_json": (
        says(http("400 No", PROBLEM, b"[" * 60_000)),
        PacketRejected,
    ),
    "empty_receipt": (says(http("200 OK", RECEIPT, b"")), NotAReceipt),
    "receipt_of_null": (says(http("200 OK", RECEIPT, b"null")), NotAReceipt),
    "deep_receipt": (says(http("200 OK", RECEIPT, b'{"a":' * 10_000)), NotAReceipt),
    "huge_number": (
        says(http("200 OK", RECEIPT, b'{"message":' + b"9" * 60_000 + b"}")),
        NotAReceipt,
    ),
    "lone_surrogate": (
        says(http("200 OK", RECEIPT, b'{"message":"","signature":"","kid":"\\ud800"}')),
        NotAReceipt,
    ),
    "not_utf8": (says(http("200 OK", RECEIPT, b"\xff\xfe{\x00}\x00")), NotAReceipt),
    "too_long": (says(http("200 OK", RECEIPT, b" " * 70_000)), ReplyDamaged),
    "endless_body": (floods(ENDLESS_HEAD, b" " * 16_384), ReplyDamaged),
    "gzip_bomb": (
        says(http("200 OK", {**RECEIPT, "Content-Encoding": "gzip"}, BOMB)),
        ReplyDamaged,
    ),
    "deflate_named_twice": (
        says(http("200 OK", {**RECEIPT, "Content-Encoding": "gzip, deflate"}, BOMB)),
        ReplyDamaged,
    ),
    "half_body": (
        says(http("200 OK", {**RECEIPT, "Content-Length": "500"}, b"{}")),
        CarrierUnreachable,
    ),
    "half_chunk": (
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"),
        CarrierUnreachable,
    ),
    "bad_chunk": (
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{"),
        CarrierUnreachable,
    ),
    "not_http": (says(b"SSH-2.0-OpenSSH_9.2\r\n"), CarrierUnreachable),
    "silence": (says(b""), CarrierUnreachable),
    "huge_header": (
        says(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"),
        CarrierUnreachable,
    ),
    "a_thousand_headers": (
        says(b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 1000 + b"\r\n"),
        CarrierUnreachable,
    ),
    "endless_headers": (floods(b"HTTP/1.1 200 OK\r\n", b"X: x\r\n" * 100), CarrierUnreachable),
    "endless_100_continue": (floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), CarrierUnreachable),
    "negative_length": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"),
        CaptivePortal,
    ),
    "dripping_head": (drips(b"HTTP/1.1 200 OK\r\nContent-Type: ", 0.1), CarrierUnreachable),
    "dripping_body": (drips(ENDLESS_HEAD[-2:], 0.1), CarrierUnreachable),
}


@pytest.mark.parametrize("case", CASES)
def test_no_odd_answer_is_success_and_each_has_its_meaning(
    till: SandboxTill, authority: Pair, tmp_path: Path, case: str
) -> None:
    answer, problem = CASES[case]
    sample = till.seal()
    with hostile_end(tmp_path, authority, real_now(), answer) as end:
        adapter = adapter_at(till, authority, end)
        began = time.perf_counter()
        tracemalloc.start()
        try:
            with pytest.raises(problem) as caught:
                adapter.submit(sample.id, sample.data, sample.sha256)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            adapter.close()
        assert type(caught.value) is problem
        assert time.perf_counter() - began < 12
        assert peak < 20_000_000
        assert end.requests == 1


def test_an_endless_answer_is_cut_at_the_deadline_and_not_a_second_later(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    sample = till.seal()
    with hostile_end(tmp_path, authority, real_now(), drips(ENDLESS_HEAD, 0.05)) as end:
        adapter = adapter_at(till, authority, end)
        began = time.perf_counter()
        with pytest.raises(CarrierUnreachable) as caught:
            adapter.submit(sample.id, sample.data, sample.sha256)
        adapter.close()
    took = time.perf_counter() - began
    assert caught.value.values["cause"] == "deadline"
    assert HURRIED.whole_for(0) - 0.5 < took < HURRIED.whole_for(len(sample.data)) + 2


def test_an_end_that_stops_reading_is_given_up_at_the_deadline(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    sample = till.seal(images=(bytes(7_000_000),))
    limits = replace(HURRIED, slowest_link=5_000_000)
    with hostile_end(tmp_path, authority, real_now(), None) as end:
        adapter = adapter_at(till, authority, end, limits)
        began = time.perf_counter()
        with pytest.raises(CarrierUnreachable) as caught:
            adapter.submit(sample.id, sample.data, sample.sha256)
        adapter.close()
    assert caught.value.values["cause"] == "deadline"
    assert time.perf_counter() - began < limits.whole_for(len(sample.data)) + 2


def test_hanging_up_ends_a_request_at_once(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    reached = threading.Event()

    def hold(_line: object, over: threading.Event) -> None:
        reached.set()
        over.wait(20)

    sample = till.seal()
    caught: list[Problem] = []
    with hostile_end(tmp_path, authority, real_now(), hold) as end:
        identity = adapter_at(till, authority, end)

        def send() -> None:
            try:
                identity.submit(sample.id, sample.data, sample.sha256)
            except Problem as problem:
                caught.append(problem)

        sender = threading.Thread(target=send)
        sender.start()
        assert reached.wait(10)
        identity.hang_up()
        sender.join(5)
        assert not sender.is_alive()
        identity.close()
    assert [problem.code for problem in caught] == ["C100"]


# -- receipts that were true once, or for somebody else


def receipt_bytes(sandbox: Sandbox, till: SandboxTill, sample: Sample) -> bytes:
    """Have the real carrier receive a packet, and return its answer as bytes."""
    receipt = till.carrier()
    taken = receipt.submit(sample.id, sample.data, sample.sha256)
    receipt.close()
    return envelope(taken.message, taken.signature, taken.kid)


def envelope(message: bytes, signature: bytes, kid: str) -> bytes:
    """Return an answer with these parts."""
    parts = {"message": base64.b64encode(message).decode()}
    parts |= {"signature": base64.b64encode(signature).decode(), "kid": kid}
    return json.dumps(parts).encode()


def stripped(data: bytes) -> bytes:
    """Return an answer without its signature."""
    parts = json.loads(data)
    del parts["signature"]
    return json.dumps(parts).encode()


def emptied(data: bytes) -> bytes:
    """Return an answer with a signature of zeros."""
    parts = json.loads(data)
    return envelope(base64.b64decode(parts["message"]), bytes(64), parts["kid"])


def renamed(data: bytes) -> bytes:
    """Return an answer that names a key nobody knows."""
    return json.dumps({**json.loads(data), "kid": "receipt-of-somebody"}).encode()


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Later", "500 Oh", "302 There"])
def test_a_true_receipt_is_success_whatever_the_status(
    sandbox: Sandbox, till: SandboxTill, authority: Pair, tmp_path: Path, status: str
) -> None:
    sample = till.seal()
    answer = says(http(status, RECEIPT, receipt_bytes(sandbox, till, sample)))
    with hostile_end(tmp_path, authority, real_now(), answer) as end:
        adapter = adapter_at(till, authority, end)
        assert adapter.submit(sample.id, sample.data, sample.sha256).packet_id == sample.id
        adapter.close()


@pytest.mark.parametrize("spoil", [stripped, emptied, renamed])
def test_a_receipt_without_the_carriers_signature_is_not_believed(
    sandbox: Sandbox,
    till: SandboxTill,
    authority: Pair,
    tmp_path: Path,
    spoil: Callable[[bytes], bytes],
) -> None:
    sample = till.seal()
    answer = says(http("200 OK", RECEIPT, spoil(receipt_bytes(sandbox, till, sample))))
    with hostile_end(tmp_path, authority, real_now(), answer) as end:
        adapter = adapter_at(till, authority, end)
        with pytest.raises(NotAReceipt):
            adapter.submit(sample.id, sample.data, sample.sha256)
        adapter.close()


def test_a_receipt_of_another_packet_or_another_till_is_not_believed(
    sandbox: Sandbox, till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    mine, before = till.seal(), till.seal()
    neighbour = SandboxTill.enrolled(sandbox)
    theirs = neighbour.seal()
    replayed = receipt_bytes(sandbox, till, before)
    borrowed = receipt_bytes(sandbox, neighbour, theirs)
    mixed = json.dumps(
        {**json.loads(replayed), "message": json.loads(borrowed)["message"]}
    ).encode()
    for answer in (replayed, borrowed, mixed):
        with hostile_end(
            tmp_path, authority, real_now(), says(http("200 OK", RECEIPT, answer))
        ) as end:
            adapter = adapter_at(till, authority, end)
            with pytest.raises(ReceiptForged):
                adapter.submit(mine.id, mine.data, mine.sha256)
            adapter.close()


def test_the_right_receipt_under_the_wrong_media_type_is_not_believed(
    sandbox: Sandbox, till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    sample = till.seal()
    data = receipt_bytes(sandbox, till, sample)
    answer = says(http("200 OK", {"Content-Type": "application/json"}, data))
    with hostile_end(tmp_path, authority, real_now(), answer) as end:
        adapter = adapter_at(till, authority, end)
        with pytest.raises(CaptivePortal):
            adapter.submit(sample.id, sample.data, sample.sha256)
        adapter.close()


def test_an_old_page_of_decisions_does_not_answer_a_new_question(
    sandbox: Sandbox, till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    said = {"type": "decisions", "device_id": till.device_id, "after": 0, "nonce": "of-another"}
    said |= {"issued_at": "2026-01-01T00:00:00Z", "decisions": []}
    page = http(
        "200 OK", {"Content-Type": "application/vnd.pos.decisions+json"}, sandbox.sign(said)
    )
    with hostile_end(tmp_path, authority, real_now(), says(page)) as end:
        adapter = adapter_at(till, authority, end)
        with pytest.raises(ReceiptForged) as caught:
            adapter.decisions(0)
        adapter.close()
    assert caught.value.values["reason"] == "nonce"


def test_nothing_is_sent_again_or_elsewhere_on_a_redirect(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    with hostile_end(tmp_path / "second", authority, real_now(), says(b"")) as second:
        there = {"Location": f"https://127.0.0.1:{second.port}/v1/packets/elsewhere"}
        answer = says(http("307 There", there, b""))
        with hostile_end(tmp_path, authority, real_now(), answer) as end:
            adapter = adapter_at(till, authority, end)
            sample = till.seal()
            with pytest.raises(CaptivePortal):
                adapter.submit(sample.id, sample.data, sample.sha256)
            adapter.close()
            assert (end.requests, second.requests) == (1, 0)
