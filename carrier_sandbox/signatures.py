"""Checks who sent a request: HTTP message signatures (RFC 9421) made with a till's key."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TAG: Final = "pos-carrier-v1"
_INPUT: Final = re.compile(
    r'(?P<label>[a-z][a-z0-9_]*)=(?P<all>\((?P<names>"[^"]+"(?: "[^"]+")*)\)'
    r'(?P<parameters>(?:;[a-z]+=(?:[0-9]{1,15}|"[^"\\]*"))*))'
)
_PARAMETER: Final = re.compile(r';([a-z]+)=(?:([0-9]+)|"([^"]*)")')
_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")


class BadSignature(ValueError):
    """The request was not signed, or not by the key it names; `code` is a word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as it came in; header names are lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says about its signature, before anybody checked it."""

    key_id: str
    created: int
    nonce: str
    covered: tuple[str, ...]
    parameters: str
    signature: bytes


def claim(request: SignedRequest) -> Claim:
    """Read the signature headers and check that they cover what they have to.

    Raises:
        BadSignature: `unsigned`, `signature_shape`, `not_covered` or `digest`.
    """
    if "signature-input" not in request.headers or "signature" not in request.headers:
        raise BadSignature("unsigned")
    found = _INPUT.fullmatch(request.headers["signature-input"])
    if found is None:
        raise BadSignature("signature_shape")
    said = {name: number or text for name, number, text in _PARAMETER.findall(found["parameters"])}
    if said.get("alg") != "ed25519" or said.get("tag") != TAG:
        raise BadSignature("signature_shape")
    covered = tuple(name.strip('"') for name in found["names"].split(" "))
    needed = {"@method", "@target-uri"} | ({"content-digest"} if request.body else set())
    if not needed <= set(covered):
        raise BadSignature("not_covered")
    _check_digest(request)
    try:
        return Claim(
            key_id=said["keyid"],
            created=int(said["created"]),
            nonce=said["nonce"],
            covered=covered,
            parameters=found["all"],
            signature=_bytes(request.headers["signature"], found["label"]),
        )
    except KeyError as err:
        raise BadSignature("signature_shape") from err


def check(request: SignedRequest, said: Claim, public_key: bytes) -> None:
    """Check the signature with the key (raw Ed25519) that belongs to the claimed key id.

    Raises:
        BadSignature: `signature` or `not_covered`.
    """
    derived: dict[str, Callable[[], str]] = {
        "@method": lambda: request.method,
        "@target-uri": lambda: request.url,
    }
    lines = []
    for name in said.covered:
        value = derived[name]() if name in derived else request.headers.get(name)
        if value is None:
            raise BadSignature("not_covered")
        lines.append(f'"{name}": {value}')
    lines.append(f'"@signature-params": {said.parameters}')
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            said.signature, "\n".join(lines).encode()
        )
    except (InvalidSignature, ValueError) as err:
        raise BadSignature("signature") from err


def _check_digest(request: SignedRequest) -> None:
    if not request.body:
        return
    found = _DIGEST.fullmatch(request.headers.get("content-digest", ""))
    expected = base64.b64encode(hashlib.sha256(request.body).digest()).decode()
    if found is None or found[1] != expected:
        raise BadSignature("digest")


def _bytes(header: str, label: str) -> bytes:
    found = re.fullmatch(rf"{label}=:([A-Za-z0-9+/=]+):", header)
    if found is None:
        raise BadSignature("signature_shape")
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error as err:
        raise BadSignature("signature_shape") from err
