"""The till speaks only to an end that can prove, over TLS, that it is the carrier."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from carrier_sandbox import Behaviour, Sandbox, tls
from carrier_sandbox.tls import Pair
from pos_client.carrier.http import HttpCarrier
from pos_client.carrier.line import Line, LineAdapter, trusted
from pos_client.carrier.problems import CarrierUnreachable, TlsNotTrusted
from pos_client.model.problems import Problem
from tests.fakes.hostile_end import HostileEnd, hostile_end, says
from tests.fakes.sandbox_till import BRISK, SandboxTill, real_now


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """One honest carrier for all tests of this file; each enrols a till of its own."""
    home = tmp_path_factory.mktemp("carrier")
    with Sandbox(home, real_now, Behaviour()) as running:
        yield running


def meeting(till: SandboxTill, ca_pem: str | None, url: str) -> Problem:
    """Send a packet to `url` and return what came of it."""
    identity = replace(till.invitation.carrier, url=url, ca_pem=ca_pem)
    adapter = HttpCarrier(identity, till.device_id, till.key.sign, real_now, BRISK)
    sample = till.seal()
    with closing(adapter), pytest.raises(Problem) as caught:
        adapter.submit(sample.id, sample.data, sample.sha256)
    return caught.value


def end_with(folder: Path, certificate: Pair) -> HostileEnd:
    """Return an end that shows this certificate."""
    return HostileEnd(folder, certificate, says(b""))


@pytest.mark.parametrize(
    ("hosts", "life", "reason"),
    [
        (("127.0.0.1",), timedelta(days=-2), "expired"),
        (("carrier.example",), timedelta(days=2), "wrong_host"),
        (("10.0.0.1",), timedelta(days=2), "wrong_host"),
    ],
)
def test_a_certificate_that_ran_out_or_names_another_host_is_not_trusted(
    till: SandboxTill,
    authority: Pair,
    tmp_path: Path,
    hosts: tuple[str, ...],
    life: timedelta,
    reason: str,
) -> None:
    certificate = tls.issue(authority, hosts, real_now(), life)
    with closing(end_with(tmp_path, certificate)) as end:
        problem = meeting(till, authority.certificate.decode(), f"https://127.0.0.1:{end.port}")
        assert end.requests == 0
    assert isinstance(problem, TlsNotTrusted)
    assert problem.values["reason"] == reason


def test_a_certificate_of_the_future_is_not_trusted_either(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    certificate = tls.issue(authority, ("127.0.0.1",), real_now() + timedelta(days=30))
    with closing(end_with(tmp_path, certificate)) as end:
        problem = meeting(till, authority.certificate.decode(), f"https://127.0.0.1:{end.port}")
    assert problem.values["reason"] == "not_yet_valid"


def test_a_certificate_of_another_authority_is_not_trusted(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    stranger = tls.issue(tls.found(real_now()), ("127.0.0.1",), real_now())
    with closing(end_with(tmp_path, stranger)) as end:
        problem = meeting(till, authority.certificate.decode(), f"https://127.0.0.1:{end.port}")
        assert end.requests == 0
    assert isinstance(problem, TlsNotTrusted)


def test_where_the_system_decides_our_test_authority_is_a_stranger(
    till: SandboxTill, authority: Pair, tmp_path: Path
) -> None:
    with hostile_end(tmp_path, authority, real_now(), says(b"")) as end:
        problem = meeting(till, None, f"https://127.0.0.1:{end.port}")
        assert end.requests == 0
    assert isinstance(problem, TlsNotTrusted)


def test_a_named_authority_is_the_only_one_even_after_a_request(
    sandbox: Sandbox, till: SandboxTill
) -> None:
    context = trusted(till.invitation.carrier.ca_pem)
    adapter = LineAdapter(context, Line())
    with closing(adapter):
        pool = adapter.poolmanager.connection_from_url(sandbox.url)
        adapter.cert_verify(pool, sandbox.url, verify=True, cert=None)
        pool.urlopen("GET", "/v1/time", retries=False, preload_content=True)
        pool.close()
    assert len(context.get_ca_certs()) == 1


@pytest.mark.parametrize("ca_pem", [None, "own"])
def test_nothing_older_than_tls_1_2_and_never_without_a_host_name(
    authority: Pair, ca_pem: str | None
) -> None:
    context = trusted(authority.certificate.decode() if ca_pem else None)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_plain_http_is_not_spoken(till: SandboxTill, sandbox: Sandbox) -> None:
    problem = meeting(till, None, sandbox.url.replace("https:", "http:"))
    assert isinstance(problem, CarrierUnreachable)


def test_an_end_that_says_nothing_during_the_handshake_is_given_up(till: SandboxTill) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        held: list[socket.socket] = []
        thread = threading.Thread(target=lambda: held.append(mute.accept()[0]), daemon=True)
        thread.start()
        problem = meeting(till, None, f"https://127.0.0.1:{mute.getsockname()[1]}")
        thread.join(5)
        for line in held:
            line.close()
    assert isinstance(problem, CarrierUnreachable)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_environment_cannot_lead_us_through_a_proxy(
    till: SandboxTill, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    sample = till.seal()
    with closing(till.carrier()) as carrier:
        carrier.submit(sample.id, sample.data, sample.sha256)
    assert sandbox.received()[-1] == sample.id


def test_the_environment_cannot_add_authorities(
    till: SandboxTill, authority: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(authority.certificate)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(bundle))
    with hostile_end(tmp_path, authority, real_now(), says(b"")) as end:
        problem = meeting(till, till.invitation.carrier.ca_pem, f"https://127.0.0.1:{end.port}")
        assert end.requests == 0
    assert isinstance(problem, TlsNotTrusted)


def test_a_line_that_is_cut_before_it_opens_does_not_open() -> None:
    line = Line()
    line.cut()
    here, there = socket.socketpair()
    with here, there, pytest.raises(TimeoutError):
        line.opened(here)


def test_cutting_a_line_that_was_closed_already_is_no_trouble() -> None:
    line = Line()
    here, there = socket.socketpair()
    line.opened(here)
    here.close()
    there.close()
    line.cut()
    assert line.cut_off
