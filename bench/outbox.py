"""How long a clerk waits for "saved", beside plain SQLite without any encryption, on this disk.

    python3 pos.py bench outbox
    python3 pos.py bench outbox --rounds 50 --backlog 20000

All stores are written in turns in one run, so that foreign load hits each of them alike.
"""

import argparse
import hashlib
import os
import random
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from pos_client.model.packet import PacketHeader, frame
from pos_client.model.registration import FlowKind, OperatorNumber, RegistrationId
from pos_client.model.row import SealedPacket
from pos_client.outbox.drafts import DraftLabels
from pos_client.outbox.exchange import DATABASE
from pos_client.outbox.outbox import PACKETS, Outbox
from pos_client.outbox.store import DatabaseKey, connect

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CLERK = OperatorNumber("1042")
LABELS = DraftLabels(FlowKind.NEW_LINE, "SH-0231", "样*", "138****8000")
FIELDS = 2048
IMAGES = (150_000, 300_000)

Images = dict[str, bytes]


class Till:
    """An outbox with a sealing key of its own, so that sealing is part of what is measured."""

    def __init__(self, folder: Path) -> None:
        """Make keys and open the outbox in `folder`."""
        self.folder = folder
        self.key = DatabaseKey.random()
        self.signer = Ed25519PrivateKey.generate()
        self.suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
        private = MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
        )
        self.carrier = private.public_key()
        self.outbox = self.open()
        self.saving: list[float] = []

    def open(self) -> Outbox:
        """Open the outbox."""
        public = self.signer.public_key().public_bytes_raw()
        return Outbox(self.folder, self.key, "till-7", public)

    def visit(self, body: bytes, images: Images) -> RegistrationId:
        """Do what comes before a submit: a draft with its pictures, idle time, the read-back."""
        registration = RegistrationId(str(uuid.uuid4()))
        self.outbox.save_draft(registration, CLERK, body, images, LABELS, NOW)
        self.outbox.tidy()
        self.outbox.save_draft(registration, CLERK, body[::-1], images, LABELS, NOW)
        return registration

    def submit(self, registration: RegistrationId, body: bytes, images: Images) -> None:
        """Seal and save: what the clerk waits for."""
        link = self.outbox.next_link()
        header = PacketHeader(
            registration, "till-7", "carrier-1", link.counter, link.previous_sha256, NOW.isoformat()
        )
        plain = b"".join((body, *images.values()))
        data = frame(header, self.suite.encrypt(plain, self.carrier, info=header.encode()))
        packet = SealedPacket(
            id=registration,
            data=data + self.signer.sign(hashlib.sha256(data).digest()),
            flow=LABELS.flow,
            operator=CLERK,
            outlet=LABELS.outlet,
            masked_name=LABELS.masked_name,
            masked_msisdn=LABELS.masked_msisdn,
            sealed_at=NOW,
        )
        began = time.perf_counter()
        self.outbox.put(packet)
        self.saving.append(time.perf_counter() - began)


class Plain:
    """Plain SQLite: fields and pictures as blobs in one row, written ahead, synced fully."""

    def __init__(self, path: Path) -> None:
        """Make the database."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE r (id TEXT PRIMARY KEY, body, a, b, c)")

    def submit(self, body: bytes, images: Images) -> None:
        """Insert one registration."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(
            "INSERT INTO r VALUES (?, ?, ?, ?, ?)", (str(uuid.uuid4()), body, *images.values())
        )
        self.connection.execute("COMMIT")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print two tables, and whether the promises were kept."""
    parser = argparse.ArgumentParser(prog="bench outbox", description="How long saving takes.")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--backlog", type=int, default=100_000, help="rows that wait already")
    parser.add_argument("--folder", type=Path, help="measure on the disk of this folder")
    options = parser.parse_args(argv)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.folder)))
        empty = _submits(folder, options.rounds)
        busy = _backlog(folder, options.backlog, options.rounds)
    sealed, plain = empty["outbox, sealing included"], empty["plain SQLite, WAL, blobs"]
    promises = (
        ("submit p99 against plain SQLite", _p99(sealed) / _p99(plain), 1.0),
        ("submit p50 against plain SQLite", _p50(sealed) / _p50(plain), 3.0),
        ("start to usable, s", busy["start to usable"][0], 1.0),
        ("page of 50, p99, ms", _p99(busy["page of 50"]) * 1000, 5.0),
        (
            "submit p99 against an empty queue",
            _p99(busy["submit"]) / _p99(busy["submit, empty queue"]),
            1.5,
        ),
    )
    print("promises")
    for name, found, most in promises:
        verdict = "kept" if found <= most else "not kept in this run"
        print(f"  {name:<36}{found:>8.2f}{most:>8.2f}  {verdict}")
    return 0


def _submits(folder: Path, rounds: int) -> dict[str, list[float]]:
    till, plain, chance = Till(folder / "till"), Plain(folder / "plain.db"), random.Random(1)
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        body, images = os.urandom(FIELDS), _images(chance)
        registration = till.visit(body, images)
        _measure(
            times, "outbox, sealing included", partial(till.submit, registration, body, images)
        )
        _measure(times, "plain SQLite, WAL, blobs", partial(plain.submit, body, images))
        _measure(times, "one file written and synced", partial(_file, folder, images))
    till.outbox.close()
    plain.connection.close()
    times["of that, without sealing"] = till.saving
    reference = times["plain SQLite, WAL, blobs"]
    print(f"submit of 2 KB and 3 pictures of 150-300 KB, {rounds} rounds, ms")
    print(f"  {'':<32}{'p50':>8}{'p99':>8}{'x p50':>8}{'x p99':>8}")
    for name, found in times.items():
        by50 = _p50(found) / _p50(reference)
        by99 = _p99(found) / _p99(reference)
        print(f"  {name:<32}{_ms(_p50(found))}{_ms(_p99(found))}{by50:>8.2f}{by99:>8.2f}")
    return times


def _backlog(folder: Path, waiting: int, rounds: int) -> dict[str, list[float]]:
    """Measure a till with a long queue and one with none in turns."""
    till, idle = Till(folder / "busy"), Till(folder / "idle")
    till.outbox.close()
    _fill(till, waiting)
    times: dict[str, list[float]] = {}
    _measure(times, "start to usable", lambda: _start(till))
    chance, page = random.Random(2), till.outbox.rows(limit=50)
    for _ in range(rounds):
        body, images = os.urandom(FIELDS), _images(chance)
        for name, each in (("submit", till), ("submit, empty queue", idle)):
            registration = each.visit(body, images)
            _measure(times, name, partial(each.submit, registration, body, images))
        after = page[-1].id if page else None
        _measure(times, "page of 50", partial(till.outbox.rows, limit=50, after=after))
        _measure(times, "figures for the strip", till.outbox.figures)
        page = till.outbox.rows(limit=50, after=after) or till.outbox.rows(limit=50)
    till.outbox.close()
    idle.outbox.close()
    print(f"with {waiting} rows waiting, {rounds} rounds, ms")
    print(f"  {'':<32}{'p50':>8}{'p99':>8}")
    for name, found in times.items():
        print(f"  {name:<32}{_ms(_p50(found))}{_ms(_p99(found))}")
    return times


def _start(till: Till) -> None:
    till.outbox = till.open()
    till.outbox.recover(NOW)


def _fill(till: Till, waiting: int) -> None:
    """Put rows and files in by hand: 100,000 real submits would take the whole afternoon."""
    connection = connect(till.folder / DATABASE, till.key)
    connection.execute("BEGIN")
    for _ in range(waiting):
        registration = str(uuid.uuid4())
        (till.folder / PACKETS / f"{registration}.pkt").touch()
        connection.execute(
            "INSERT INTO outbox (id, state, flow, operator, outlet, masked_name, masked_msisdn,"
            " created_at, size, sha256, next_at) VALUES (?, 'queued', 'new_line', ?, ?, ?, ?, ?,"
            " 1, ?, ?)",
            (
                registration,
                CLERK,
                LABELS.outlet,
                LABELS.masked_name,
                LABELS.masked_msisdn,
                NOW.isoformat(timespec="microseconds"),
                hashlib.sha256(registration.encode()).hexdigest(),
                NOW.isoformat(timespec="microseconds"),
            ),
        )
    connection.execute("COMMIT")
    connection.close()


def _images(chance: random.Random) -> Images:
    return {
        name: chance.randbytes(chance.randint(*IMAGES)) for name in ("portrait", "emblem", "live")
    }


def _file(folder: Path, images: Images) -> None:
    with (folder / f"{uuid.uuid4()}.bin").open("xb") as file:
        file.write(b"".join(images.values()))
        file.flush()
        os.fsync(file.fileno())


def _measure(times: dict[str, list[float]], name: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    times.setdefault(name, []).append(time.perf_counter() - began)


def _p50(found: list[float]) -> float:
    return statistics.median(found)


def _p99(found: list[float]) -> float:
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.99))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:>8.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
