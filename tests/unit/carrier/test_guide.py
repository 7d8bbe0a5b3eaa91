"""The worked example for carriers is true, on the page and in the file, for both ends."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from carrier_sandbox import keys, packet, signatures
from carrier_sandbox.conformance import till
from pos_client import resources
from pos_client.carrier.receipts import Verifier
from pos_client.carrier.signing import content_digest
from pos_client.model.receipt import Outcome

EXAMPLE: dict[str, Any] = json.loads(resources.path("carrier-api/example.json").read_text("utf-8"))
PAGE = (Path(__file__).parents[3] / "docs" / "carrier-guide.md").read_text("utf-8")
DEVICE: str = EXAMPLE["device"]["device_id"]


def raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def verifier() -> Verifier:
    carrier = EXAMPLE["carrier"]
    return Verifier({carrier["receipt_kid"]: raw(carrier["receipt_key"])})


def test_the_till_believes_the_receipt_of_the_example() -> None:
    reply = json.dumps(EXAMPLE["receipt"]).encode()
    record = EXAMPLE["plain"]["record"]
    receipt = verifier().receipt(reply, record["id"], EXAMPLE["packet_sha256"], DEVICE)
    assert receipt.received_at == datetime(2026, 3, 2, 12, 0, 6, 250_000, tzinfo=UTC)


def test_the_till_believes_the_decision_of_the_example() -> None:
    feed = EXAMPLE["decisions"]
    reply = json.dumps(feed["reply"]).encode()
    (decision,) = verifier().decisions(reply, DEVICE, 0, feed["nonce"])
    assert (decision.outcome, decision.about) == (Outcome.RETURNED, "portrait")


def test_the_carrier_believes_the_request_and_opens_the_packet_of_the_example(
    tmp_path: Path,
) -> None:
    data, sent = raw(EXAMPLE["packet"]), EXAMPLE["request"]
    headers = {name.lower(): value for name, value in sent["headers"].items()}
    assert headers["content-digest"] == content_digest(data)
    request = signatures.SignedRequest(sent["method"], sent["url"], headers, data)
    public = raw(EXAMPLE["device"]["public_key"])
    signatures.check(request, signatures.claim(request), public)
    taken = packet.take_apart(data)
    packet.check_signature(taken, public)
    (tmp_path / "seal.key").write_bytes(raw(EXAMPLE["carrier"]["seal_seed"]))
    ours = keys.load(tmp_path)
    assert ours.seal_public == raw(EXAMPLE["carrier"]["seal_key"])
    assert taken.carrier_kid == ours.seal_kid == EXAMPLE["carrier"]["seal_kid"]
    opened = packet.unseal(taken, ours.seal)
    assert opened.record == EXAMPLE["plain"]["record"]
    assert [image for _, image in opened.images] == [
        raw(each) for each in EXAMPLE["plain"]["images"]
    ]


def test_every_request_of_the_example_is_signed_by_its_till() -> None:
    upload = EXAMPLE["upload"]["requests"]
    for sent in (*upload, EXAMPLE["status"]["request"]):
        headers = {name.lower(): value for name, value in sent["headers"].items()}
        request = signatures.SignedRequest(sent["method"], sent["url"], headers, raw(sent["body"]))
        signatures.check(request, signatures.claim(request), raw(EXAMPLE["device"]["public_key"]))
    pieces = [raw(each["body"]) for each in upload if each["method"] == "PATCH"]
    assert b"".join(pieces) == raw(EXAMPLE["packet"])


def test_every_answer_of_the_example_is_signed_by_the_key_it_names() -> None:
    carrier = EXAMPLE["carrier"]
    known = {
        carrier["receipt_kid"]: carrier["receipt_key"],
        carrier["root_kid"]: carrier["root_key"],
    }
    policy = till.opened(json.dumps(EXAMPLE["policy"]["reply"]).encode(), known)
    inside = till.opened(json.dumps(policy["signed"]).encode(), known)
    assert policy["signed"]["kid"] == carrier["root_kid"]
    assert inside["version"] == policy["version"] == 3
    order = till.opened(json.dumps(EXAMPLE["order"]).encode(), known)
    assert order["device_id"] == DEVICE
    enrolment = EXAMPLE["enrolment"]
    invitation = till.opened(json.dumps(enrolment["invitation"]).encode(), known)
    message = enrolment["token"].split(".")[1]
    token = json.loads(base64.urlsafe_b64decode(message + "=" * (-len(message) % 4)))
    assert token["root_key"] == carrier["root_key"]
    assert invitation["token_sha256"] == hashlib.sha256(token["token"].encode()).hexdigest()
    assert enrolment["token"] in PAGE


def test_the_carrier_opens_the_question_of_the_example(tmp_path: Path) -> None:
    (tmp_path / "seal.key").write_bytes(raw(EXAMPLE["carrier"]["seal_seed"]))
    question, body = EXAMPLE["question"], EXAMPLE["question"]["body"]
    info = f"pos-question-v1\n{question['kind']}\n{body['id']}\n{DEVICE}".encode()
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    plain = suite.decrypt(raw(body["sealed"]), keys.load(tmp_path).seal, info=info)
    assert plain.decode() == question["asked"]
    assert question["asked"] in PAGE


def test_the_page_shows_the_bytes_of_the_file() -> None:
    for request in EXAMPLE["upload"]["requests"]:
        for name, value in request["headers"].items():
            assert f"\n{name}: {value}\n" in PAGE
    answers = [EXAMPLE["upload"]["receipt"], EXAMPLE["status"]["reply"], EXAMPLE["order"]]
    for answer in (*answers, EXAMPLE["policy"]["reply"], EXAMPLE["question"]["reply"]):
        assert f"\n{raw(answer['message']).decode()}\n" in PAGE
    request = EXAMPLE["request"]
    for name, value in request["headers"].items():
        assert f"\n{name}: {value}\n" in PAGE
    parameters = request["headers"]["Signature-Input"].removeprefix("sig1=")
    assert f'"@target-uri": {request["url"]}\n' in PAGE
    assert f'"@signature-params": {parameters}\n' in PAGE
    for signed in (EXAMPLE["receipt"], EXAMPLE["decisions"]["reply"]):
        assert f"\n{raw(signed['message']).decode()}\n" in PAGE
