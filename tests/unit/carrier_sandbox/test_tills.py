"""Who may send: approval, being shut out, tokens for a code, orders to a till, and its way back."""

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from PIL import Image

from carrier_sandbox import Behaviour, Sandbox, bundle, keys, qr
from carrier_sandbox.conformance.till import Broken, Till, code_of, opened
from carrier_sandbox.conformance.wire import Reply, Wire
from carrier_sandbox.recovery import NoRecovery
from carrier_sandbox.root import NoRootKey
from carrier_sandbox.seal import canonical
from carrier_sandbox.store import OVERTAKEN
from tests.fakes.sandbox_till import real_now

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Shut(Wire):
    """A line nobody uses."""

    def __init__(self) -> None:
        super().__init__("https://127.0.0.1:1", None)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A carrier where people decide."""
    with Sandbox(tmp_path / "carrier", real_now, Behaviour(decide_after_s=None)) as running:
        yield running


def till_at(sandbox: Sandbox, invitation: bytes, clock: Callable[[], datetime] = real_now) -> Till:
    said = json.loads(invitation)
    till = Till(said, Wire(sandbox.url, said["carrier"]["ca_pem"]), clock)
    till.device_id = str(till.believed(till.enrol(), "enrolment")["device_id"])
    return till


def refused(reply: Reply) -> tuple[int, str]:
    return reply.status, code_of(reply)


def test_a_till_that_needs_approval_sends_only_once_a_person_approved(sandbox: Sandbox) -> None:
    till = till_at(sandbox, sandbox.invitation(needs_approval=True))
    packet = till.seal()
    assert refused(till.put(packet)) == (403, "approval_pending")
    assert sandbox.approve(till.device_id)
    assert not sandbox.approve(till.device_id)
    till.receipt(till.put(packet), packet)


def test_a_till_that_was_turned_away_or_shut_out_stays_so(sandbox: Sandbox) -> None:
    waiting = till_at(sandbox, sandbox.invitation(needs_approval=True))
    assert sandbox.turn_away(waiting.device_id)
    assert not sandbox.approve(waiting.device_id)
    assert refused(waiting.put(waiting.seal())) == (403, "enrolment_refused")
    shut = till_at(sandbox, sandbox.invitation())
    assert sandbox.revoke(shut.device_id)
    assert not sandbox.approve(shut.device_id)
    assert refused(shut.put(shut.seal())) == (403, "device_revoked")


def test_the_packet_of_a_till_that_was_shut_out_is_taken_from_another_with_an_alarm(
    sandbox: Sandbox,
) -> None:
    lost, other = (till_at(sandbox, sandbox.invitation()) for _ in range(2))
    packet = lost.seal()
    sandbox.revoke(lost.device_id)
    assert other.receipt(other.put(packet), packet)["device_id"] == lost.device_id
    assert [alarm.kind for alarm in sandbox.alarms()] == ["revoked_device"]


def test_a_token_fits_a_code_and_leads_to_the_invitation_until_it_is_used(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    token = sandbox.enrolment_token(training=True)
    assert len(token) < 1200
    picture = tmp_path / "code.png"
    picture.write_bytes(qr.picture(token))
    # A bar code of four digits is easily seen among thousands of random modules.
    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    (code,) = zxingcpp.read_barcodes(Image.open(picture), formats=wanted)
    assert code.text == token
    assert len(qr.drawn(token).splitlines()) > 50
    kind, message, signature = token.split(".")
    said = json.loads(unsafe(message))
    root = base64.b64decode(said["root_key"])
    Ed25519PublicKey.from_public_bytes(root).verify(unsafe(signature), unsafe(message))
    assert kind == "POSENROL1"
    wire = Wire(sandbox.url, None)
    wire._tls.load_verify_locations(cadata=base64.b64decode(said["ca"]))
    reply = wire.ask("GET", f"/v1/enrolment?token={said['token']}", {}, b"")
    inside = opened(reply.body, {f"root-{hashlib.sha256(root).hexdigest()[:16]}": said["root_key"]})
    assert inside["token_sha256"] == hashlib.sha256(said["token"].encode()).hexdigest()
    assert inside["invitation"]["policy"] == "training"
    till_at(sandbox, json.dumps(inside["invitation"]).encode())
    again = wire.ask("GET", f"/v1/enrolment?token={said['token']}", {}, b"")
    assert refused(again) == (404, "token_unknown")


def unsafe(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_till_that_was_shut_out_still_hears_the_order_to_wipe_itself(sandbox: Sandbox) -> None:
    till = till_at(sandbox, sandbox.invitation())
    order = sandbox.wipe(till.device_id, keep_unsent=False)
    sandbox.revoke(till.device_id)
    page = till.believed(till.ask("GET", "/v1/orders?after=0"), "orders")
    (each,) = page["orders"]
    said = opened(canonical(each), till.carrier["receipt_keys"])
    assert (said["order_id"], said["kind"], said["keep_unsent"]) == (order, "wipe", False)
    assert sandbox.order_results(till.device_id) == [(order, "wipe", None)]
    done = canonical({"v": 1, "result": "done", "journal": {"count": 3, "head": "ab" * 32}})
    target = f"/v1/orders/{order}/done"
    for _ in range(2):
        till.believed(till.ask("POST", target, done, {"Content-Type": "application/json"}), "ack")
    assert sandbox.order_results(till.device_id) == [(order, "wipe", "done")]
    assert sandbox.wipe("till-nobody") is None


def test_a_journal_that_was_cut_or_rewritten_raises_an_alarm(tmp_path: Path) -> None:
    later = [timedelta()]

    def clock() -> datetime:
        return real_now() + later[0]

    with Sandbox(tmp_path / "carrier", clock, Behaviour(decide_after_s=None)) as sandbox:
        till = till_at(sandbox, sandbox.invitation(), clock)
        _cut_and_rewrite(sandbox, till, later)


def _cut_and_rewrite(sandbox: Sandbox, till: Till, later: list[timedelta]) -> None:
    def sent(entries: int, head: bytes) -> dict[str, object]:
        packet = till.seal()
        text = base64.b64encode(hashlib.sha256(head).digest()).decode()
        reply = till.put(packet, {"Journal-Head": f"{entries};sha256=:{text}:"})
        return till.receipt(reply, packet)

    first = sent(10, b"ten")
    assert first["journal"] == {"count": 10, "head": hashlib.sha256(b"ten").hexdigest()}
    sent(12, b"twelve")
    assert sandbox.alarms() == ()
    sent(10, b"another ten")
    sent(11, b"eleven")
    assert [alarm.kind for alarm in sandbox.alarms()] == ["journal_rewritten"], "just overtaken"
    later[0] = OVERTAKEN + timedelta(seconds=1)
    sent(11, b"eleven")
    assert [alarm.kind for alarm in sandbox.alarms()] == ["journal_rewritten", "journal_cut"]


def test_a_packet_sealed_to_an_older_key_is_still_taken_and_opened(tmp_path: Path) -> None:
    home = tmp_path / "carrier"
    with Sandbox(home, real_now, Behaviour(decide_after_s=None)) as sandbox:
        invitation = sandbox.invitation(url="https://127.0.0.1:1")
    keys.rotate_seal(home, real_now())
    with Sandbox(home, real_now, Behaviour(decide_after_s=None)) as sandbox:
        said = json.loads(invitation)
        said["carrier"]["url"] = sandbox.url
        till = till_at(sandbox, json.dumps(said).encode())
        packet = till.seal(100)
        till.receipt(till.put(packet), packet)
        assert sandbox.open(packet.id).record["id"] == packet.id
        assert sandbox.publish_keys() == 1
        listed = till.believed(till.ask("GET", "/v1/keys"), "keys")
        message = json.loads(base64.b64decode(listed["signed"]["message"]))
        assert [each["kid"] for each in message["seal"]][1] == said["carrier"]["seal_kid"]


def test_without_the_root_key_nothing_is_announced(tmp_path: Path) -> None:
    home = tmp_path / "carrier"
    Sandbox(home, real_now).close()
    (home / "root.key").unlink()
    sandbox = Sandbox(home, real_now)
    with pytest.raises(NoRootKey):
        sandbox.publish_policy({}, {})
    sandbox.close()
    assert not (home / "root.key").exists()


def test_a_bundle_is_taken_in_and_its_receipts_close_what_came_by_two_ways(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    till = till_at(sandbox, sandbox.invitation())
    packets = [till.seal(50) for _ in range(3)]
    till.receipt(till.put(packets[0]), packets[0])
    stick = tmp_path / "stick.posbundle"
    bundle.write(stick, iter([*(packet.data for packet in packets), b"not a packet"]))
    found = sandbox.import_bundle(stick)
    assert found.whole
    assert [why for _, why in found.refused] == ["not_a_packet"]
    for packet, receipt in zip(packets, found.receipts, strict=True):
        said = opened(receipt, till.carrier["receipt_keys"])
        assert (said["packet_id"], said["duplicate"]) == (packet.id, packet is packets[0])
    assert len(sandbox.receipts(till.device_id)) == 3
    cut = tmp_path / "cut.posbundle"
    cut.write_bytes(stick.read_bytes()[:-40])
    again = sandbox.import_bundle(cut)
    assert not again.whole
    assert len(again.receipts) == 3
    assert len(sandbox.received()) == 3


def test_a_recovery_slot_is_opened_for_a_key_that_only_the_till_has(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    till = till_at(sandbox, sandbox.invitation())
    secret = b"80 bytes of what the till needs to open its own store again, whatever they are.."
    reply, public = keys.xwing(bytes(32))
    info = f"pos-recovery-slot-v1\n{till.device_id}\n{till.carrier['seal_kid']}".encode()
    said: dict[str, Any] = {
        "v": 1,
        "type": "recovery_request",
        "request_id": str(uuid.uuid4()),
        "device_id": till.device_id,
        "seal_kid": till.carrier["seal_kid"],
        "slot": base64.b64encode(SUITE.encrypt(secret, till._seal_key, info=info)).decode(),
        "reply_key": base64.b64encode(public).decode(),
        "made_at": "2026-03-02T12:00:00Z",
    }
    signature = base64.b64encode(till.key.sign(canonical(said))).decode()
    for each in (None, signature):
        answer = sandbox.recover(canonical({**said, "signature": each}))
        inside = opened(answer, till.carrier["receipt_keys"])
        info = f"pos-recovery-answer-v1\n{said['request_id']}".encode()
        assert SUITE.decrypt(base64.b64decode(inside["key"]), reply, info=info) == secret
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"signature": signature[::-1]}, "signature"),
        ({"signature": None, "device_id": "till-nobody"}, "device_unknown"),
        ({"signature": None, "slot": said["reply_key"]}, "slot_does_not_open"),
        ({"signature": None, "type": "another"}, "not_a_request"),
    ]
    for change, why in wrong:
        with pytest.raises(NoRecovery) as caught:
            sandbox.recover(canonical({**said, **change}))
        assert caught.value.code == why


def test_what_is_not_signed_by_the_carrier_is_not_believed_by_the_conformance_till() -> None:
    with pytest.raises(Broken):
        opened(b"<html>", {})
    with pytest.raises(Broken):
        opened(b'{"message":"e30=","signature":"AAAA","kid":"x"}', {})
