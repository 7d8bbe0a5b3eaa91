"""Signatures of requests, held against the examples of the standards."""

import base64
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from pos_client.carrier.signing import Signer, byte_sequence, content_digest, signature_base

#: RFC 9421, appendix B.1.4: test-key-ed25519.
RFC_KEY = load_der_private_key(
    base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"), None
)


def test_the_example_of_rfc_9421_b_2_6_is_signed_as_printed_there() -> None:
    assert isinstance(RFC_KEY, Ed25519PrivateKey)
    base = signature_base(
        [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@method", "POST"),
            ("@path", "/foo"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ],
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"',
    )
    assert byte_sequence(RFC_KEY.sign(base)) == (
        ":wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
    )


def test_the_digest_of_rfc_9530_is_made_as_printed_there() -> None:
    assert content_digest(b'{"hello": "world"}\n') == (
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    )


def test_a_request_names_everything_its_signature_covers() -> None:
    signed: list[bytes] = []

    def sign(message: bytes) -> bytes:
        signed.append(message)
        return bytes(64)

    headers = Signer("till-1", sign).headers(
        "PUT",
        "https://carrier.example/v1/packets/1",
        [("content-digest", "sha-256=:AAAA:")],
        datetime(2026, 3, 2, 12, tzinfo=UTC),
        "n0nce",
    )
    parameters = (
        '("@method" "@target-uri" "content-digest");created=1772452800;'
        'nonce="n0nce";keyid="till-1";alg="ed25519";tag="pos-carrier-v1"'
    )
    assert headers["Signature-Input"] == f"sig1={parameters}"
    assert headers["Signature"] == f"sig1=:{'A' * 86}==:"
    assert signed == [
        (
            '"@method": PUT\n'
            '"@target-uri": https://carrier.example/v1/packets/1\n'
            '"content-digest": sha-256=:AAAA:\n'
            f'"@signature-params": {parameters}'
        ).encode()
    ]
