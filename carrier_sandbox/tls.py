"""The carrier's TLS certificate for this machine, under an authority of its own."""

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from carrier_sandbox.keys import write_private

_LIFE: Final = timedelta(days=825)
_AUTHORITY_LIFE: Final = timedelta(days=3650)
_EARLY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where the server finds its certificate, and the authority a till has to trust (PEM)."""

    chain: Path
    key: Path
    ca_pem: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate with its private key, both PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


def load(home: Path, now: datetime) -> Certificate:
    """Return the certificate in `home`; make one where there is none or it runs out soon.

    The authority stays the same for its whole life, so that enrolled tills go on trusting it.
    """
    chain, key, ca, ca_key = (home / n for n in ("tls.pem", "tls.key", "ca.pem", "ca.key"))
    if not ca.exists():
        authority = found(now)
        write_private(ca_key, authority.key)
        write_private(ca, authority.certificate)
    if not chain.exists() or _ends_soon(chain, now):
        authority = Pair(ca.read_bytes(), ca_key.read_bytes())
        issued = issue(authority, ("localhost", "127.0.0.1", "::1"), now)
        write_private(key, issued.key)
        write_private(chain, issued.certificate)
    return Certificate(chain=chain, key=key, ca_pem=ca.read_text("ascii"))


def found(now: datetime) -> Pair:
    """Make an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Sandbox carrier authority")
    certificate = (
        _builder(name, name, key.public_key(), now, _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _pair(certificate, key)


def issue(authority: Pair, hosts: tuple[str, ...], now: datetime, life: timedelta = _LIFE) -> Pair:
    """Make a server certificate for `hosts`; a negative `life` makes one that has run out."""
    ca = x509.load_pem_x509_certificate(authority.certificate)
    ca_key = serialization.load_pem_private_key(authority.key, password=None)
    if not isinstance(ca_key, ec.EllipticCurvePrivateKey):
        raise TypeError(type(ca_key))
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_alternative(host) for host in hosts])
    certificate = (
        _builder(_name("Sandbox carrier"), ca.subject, key.public_key(), now, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    return _pair(certificate, key)


def _pair(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    pem = serialization.Encoding.PEM
    return Pair(
        certificate=certificate.public_bytes(pem),
        key=key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def _builder(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(now, now + life) - _EARLY)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _ends_soon(chain: Path, now: datetime) -> bool:
    certificate = x509.load_pem_x509_certificate(chain.read_bytes())
    return certificate.not_valid_after_utc < now + timedelta(days=30)
