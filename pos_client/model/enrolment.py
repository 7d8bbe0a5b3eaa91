"""Whom this till belongs to: the carrier's public keys and address, and the till's own id."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CarrierIdentity:
    """The carrier as the till knows it. All of it is public; none of it opens a packet.

    `seal_key` is the raw X-Wing public key (ML-KEM-768 + X25519) packets are sealed to,
    `receipt_keys` maps key ids to raw Ed25519 public keys, `ca_pem` the TLS authority or None
    where the operating system's trust store decides. `root_key` is the raw Ed25519 key under
    policies, None where the till was invited by a file that does not name it.
    """

    name: str
    url: str
    seal_kid: str
    seal_key: bytes
    receipt_keys: dict[str, bytes]
    ca_pem: str | None = None
    root_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a carrier gives to a new till: its identity and a token that enrols one device."""

    carrier: CarrierIdentity
    token: str = field(repr=False)
    outlet: str
    dealers: tuple[str, ...] = ()
    policy: str = "strict"


@dataclass(frozen=True, slots=True)
class Till:
    """This device after enrolment."""

    device_id: str
    carrier: CarrierIdentity
    outlet: str
    dealers: tuple[str, ...]
    policy: str
