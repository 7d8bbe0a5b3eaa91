"""The policy pack is obeyed whole or refused whole."""

from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client import resources
from pos_client.model.policy import PolicyPack
from pos_client.model.registration import FlowKind
from pos_client.registration import policy as policy_file
from pos_client.registration.policy import EDITIONS, load_policy, parse_policy
from pos_client.registration.problems import PolicyRefused, TrainingMismatch


def pack(edition: str = "strict") -> dict[str, Any]:
    found = json.loads(resources.path(f"policies/{edition}.json").read_bytes())
    assert isinstance(found, dict)
    return found


def refused(changed: dict[str, Any]) -> PolicyRefused:
    with pytest.raises(PolicyRefused) as caught:
        parse_policy(json.dumps(changed).encode())
    return caught.value


@pytest.mark.parametrize("edition", EDITIONS)
def test_both_shipped_editions_load(edition: str) -> None:
    loaded = load_policy(edition)
    assert loaded.documents[FlowKind.NEW_LINE]
    assert all(notice.version for notice in loaded.notices)
    assert {"service_agreement", "privacy_notice", "fraud_risk_notice"} <= {
        notice.id for notice in loaded.notices if notice.required
    }


def test_only_the_training_edition_is_training_and_says_so_loudly() -> None:
    assert load_policy("training").training
    assert load_policy("training").carrier["en"].startswith("TRAINING")
    assert load_policy("training").carrier["zh_CN"].startswith("培训")
    assert not load_policy("strict").training


def test_training_numbers_cannot_be_anybodys_numbers() -> None:
    for number in load_policy("training").offered_numbers:
        assert re.fullmatch(r"1[3-9]\d{9}", number) is None


def test_the_same_version_of_a_notice_has_the_same_words_in_every_edition() -> None:
    texts: dict[tuple[str, str], dict[str, str]] = {}
    for edition in EDITIONS:
        for notice in load_policy(edition).notices:
            assert texts.setdefault((notice.id, notice.version), notice.text) == notice.text


def test_an_unknown_key_is_refused_by_name() -> None:
    problem = refused(pack() | {"per_devise_limit": 99})
    assert problem.values["key"] == "per_devise_limit"
    assert "per_devise_limit" in str(problem)


def test_an_unknown_key_deep_inside_is_refused_by_its_way() -> None:
    changed = pack()
    changed["notices"][1]["requierd"] = False
    assert refused(changed).values["key"] == "notices.1.requierd"


@pytest.mark.parametrize("key", sorted(pack()))
def test_a_missing_key_is_refused_by_name(key: str) -> None:
    changed = pack()
    del changed[key]
    assert refused(changed).values["key"] == key


def test_a_notice_without_a_version_or_without_a_language_is_refused() -> None:
    changed = pack()
    del changed["notices"][0]["version"]
    assert refused(changed).values["key"] == "notices.0.version"
    changed = pack()
    changed["notices"][0]["version"] = ""
    assert refused(changed).values["key"] == "notices.0.version"
    changed = pack()
    del changed["notices"][0]["text"]["zh_CN"]
    assert refused(changed).values["key"] == "notices.0.text.zh_CN"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("training", "yes"),
        ("training", 1),
        ("per_device_limit", "5"),
        ("per_device_limit", 0),
        ("minimum_age", 18.5),
        ("severities", {"NUM02": "MEH"}),
        ("severities", {"NUM99": "WARN"}),
        ("documents", {"new_lines": []}),
        ("documents", {}),
        ("documents", {"new_line": ["xx.unknown"]}),
        ("msisdn_patterns", ["1[3"]),
        ("offered_numbers", ["99999999999"]),
        ("iccid_prefixes", ["12"]),
        ("format", 2),
    ],
)
def test_a_wrong_value_is_refused(key: str, value: object) -> None:
    refused(pack() | {key: value})


def test_a_key_that_stands_twice_is_refused() -> None:
    text = json.dumps(pack())
    with pytest.raises(PolicyRefused, match="twice"):
        parse_policy(text.replace("{", '{"training": true, ', 1).encode())


def test_a_notice_that_stands_twice_is_refused() -> None:
    changed = pack()
    changed["notices"].append(changed["notices"][0])
    refused(changed)


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_crash_the_reader(untrusted: bytes) -> None:
    with pytest.raises(PolicyRefused):
        parse_policy(untrusted)


@given(st.data())
def test_no_change_of_a_value_crashes_the_reader(data: st.DataObject) -> None:
    changed = pack()
    key = data.draw(st.sampled_from(sorted(changed)))
    changed[key] = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        )
    )
    with contextlib.suppress(PolicyRefused):
        assert isinstance(parse_policy(json.dumps(changed).encode()), PolicyPack)


def test_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(PolicyRefused):
        parse_policy(b"[" * 100_000)


def test_a_pack_longer_than_a_megabyte_is_refused() -> None:
    with pytest.raises(PolicyRefused):
        parse_policy(b" " * 1_048_577)


def test_an_edition_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(PolicyRefused):
        load_policy("../../etc/passwd")


def test_faces_may_not_be_asked_for_where_who_declines_has_no_other_way() -> None:
    changed = json.loads(resources.path("policies/training.face.json").read_text("utf-8"))
    assert changed["face"]["required"]
    parse_policy(json.dumps(changed).encode())
    changed["face"]["alternatives"] = []
    refused(changed)
    changed["face"]["required"] = False
    parse_policy(json.dumps(changed).encode())


def test_the_shipped_schema_is_that_of_the_code() -> None:
    shipped = resources.path("policies/policy.schema.json").read_bytes()
    assert shipped == policy_file.policy_schema(), "write policy_schema() to this file again"


@pytest.mark.parametrize(("edition", "training_carrier"), [("training", True), ("strict", False)])
def test_a_pack_meets_its_own_kind_of_carrier(edition: str, training_carrier: bool) -> None:
    policy_file.refuse_mixed_training(load_policy(edition), training_carrier=training_carrier)
    with pytest.raises(TrainingMismatch):
        policy_file.refuse_mixed_training(
            load_policy(edition), training_carrier=not training_carrier
        )
