"""What an answer that is no receipt means, and how long it asks us to wait."""

import json

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from pos_client.carrier import problems, replies
from pos_client.carrier.replies import Reply
from pos_client.model.problems import Problem, Retry

TOLD = "application/problem+json"


def meaning(status: int, media_type: str, body: bytes = b"{}") -> Problem:
    """Return the problem that an answer stands for where a receipt was expected."""
    with pytest.raises(Problem) as caught:
        replies.expect(Reply(status, media_type, body), "application/vnd.pos.receipt+json")
    return caught.value


@given(st.integers(100, 999), st.text(max_size=30))
def test_only_the_carriers_own_format_can_end_a_packets_way(status: int, media_type: str) -> None:
    if media_type != TOLD:
        assert meaning(status, media_type).retry is Retry.LATER


@given(st.integers(100, 999), st.binary(max_size=200))
def test_every_answer_in_the_carriers_format_has_a_meaning(status: int, body: bytes) -> None:
    assert meaning(status, TOLD, body).code.startswith("C1")


@pytest.mark.parametrize("status", [400, 409, 413, 415, 422, 426, 451])
def test_what_the_carrier_will_never_take_is_final(status: int) -> None:
    assert meaning(status, TOLD).retry is Retry.NEVER


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_till_is_told_why(status: int) -> None:
    problem = meaning(status, TOLD, json.dumps({"code": "device_revoked"}).encode())
    assert isinstance(problem, problems.TillRefused)
    assert problem.values == {"reason": "device_revoked"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "1e9"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "9" * 5000}, None),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:27:00 GMT",
            },
            60.0,
        ),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:29:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "Wed, 21 Oct 99999999 07:28:00 GMT", "Date": "x"}, None),
    ],
)
def test_the_wish_to_come_back_later_is_read_in_both_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert replies._retry_after(requests.structures.CaseInsensitiveDict(headers)) == seconds
