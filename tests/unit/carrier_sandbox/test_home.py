"""What the carrier keeps in its home folder is its own, and stays the same."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from carrier_sandbox import Sandbox, keys, tls

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first, again = keys.load(tmp_path), keys.load(tmp_path)
    assert first.seal_kid == again.seal_kid
    assert first.receipt_kid == again.receipt_kid
    assert len(first.seal_public) == 1216
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_everything_in_the_home_folder_is_closed_to_others(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    sandbox = Sandbox(home, lambda: NOON)
    sandbox.close()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {
        file.name: stat.S_IMODE(file.stat().st_mode) & 0o077 for file in home.iterdir()
    } == dict.fromkeys(
        "books.key ca.key ca.pem carrier.sqlite receipt.key root.key seal.key"
        " tls.key tls.pem".split(),
        0,
    )


def test_a_certificate_is_kept_until_it_runs_out_and_its_authority_longer(tmp_path: Path) -> None:
    first = tls.load(tmp_path, NOON)
    chain = first.chain.read_bytes()
    assert tls.load(tmp_path, NOON + timedelta(days=700)).chain.read_bytes() == chain
    later = tls.load(tmp_path, NOON + timedelta(days=810))
    assert later.chain.read_bytes() != chain
    assert later.ca_pem == first.ca_pem
    renewed = x509.load_pem_x509_certificate(later.chain.read_bytes())
    renewed.verify_directly_issued_by(x509.load_pem_x509_certificate(later.ca_pem.encode()))
