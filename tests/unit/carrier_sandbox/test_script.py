"""A script says how the carrier behaves; a word it does not know is an error."""

import pytest

from carrier_sandbox import script
from carrier_sandbox.behaviour import Fault


def test_a_script_names_rules_delays_outages_and_faults() -> None:
    behaviour = script.read(
        """{"decide_after_s": 3, "delay_s": 0.2, "otp_code": "123456", "quota": 2,
        "rules": [{"number_ends": "0009", "outcome": "returned", "reason": "glare",
                   "about": "portrait"}],
        "outages": [{"at_s": 10, "for_s": 5}],
        "faults": {"first": ["html_200"], "share": 0.0, "kinds": ["redirect"]}}"""
    )
    assert behaviour.next_fault() is Fault.HTML_200
    assert behaviour.next_fault() is Fault.NONE
    assert behaviour.verdict({"lines": [{"msisdn": "13800130009"}]}).reason == "glare"
    assert behaviour.verdict({"lines": []}).outcome == "accepted"
    away = [behaviour.away(1000.0 + since) for since in (0, 9, 10, 14, 15)]
    assert away == [False, False, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"decide_afterwards": 1}',
        '{"rules": [{"outcome": "returned"}]}',
        '{"rules": [{"number_ends": "1", "outcome": "perhaps"}]}',
        '{"faults": {"first": ["gremlins"]}}',
        '{"delay_s": "long"}',
    ],
)
def test_anything_else_is_refused_with_a_word(text: str) -> None:
    with pytest.raises(script.NotAScript):
        script.read(text)


def test_people_decide_where_the_script_says_nobody_else_does() -> None:
    assert script.read('{"decide_after_s": null}').decide_after_s is None
