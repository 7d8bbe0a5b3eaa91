"""The contract as a file: every operation tried, every message held against its shape."""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis

# Loaded later, its source would be parsed beside the server's thread; Python 3.11 counts the depth
# of both in one place and may give up ("AST constructor recursion depth mismatch").
import schemathesis.specs.openapi.adapter.servers
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from carrier_sandbox import Behaviour, Sandbox, api
from carrier_sandbox.conformance import Outcome, run
from carrier_sandbox.conformance.desk import Desk
from carrier_sandbox.conformance.till import Till
from carrier_sandbox.conformance.wire import Reply, Wire
from carrier_sandbox.stock import sample
from tests.fakes.sandbox_till import real_now

schemathesis.serializer.alias(
    ["application/vnd.pos.packet", "application/partial-upload"], "application/octet-stream"
)
CONTRACT: dict[str, Any] = yaml.safe_load(api.contract())
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: Requests for each operation; the file of the contract has 23 of them.
EACH = 10


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A carrier with something in stock and something to announce."""
    home = tmp_path_factory.mktemp("carrier")
    with Sandbox(home, real_now, Behaviour(decide_after_s=0.0)) as running:
        running.stock(sample(20))
        running.publish_policy({"id": "SCHEMA", "training": True}, {})
        running.publish_keys()
        yield running


def till_at(sandbox: Sandbox, wire: type[Wire] = Wire) -> Till:
    """Return an invited till."""
    invitation = json.loads(sandbox.invitation(training=True))
    return Till(invitation, wire(sandbox.url, invitation["carrier"]["ca_pem"]), real_now)


@pytest.mark.slow
def test_made_up_requests_to_every_operation_are_answered_as_the_contract_says(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    till = till_at(sandbox)
    till.device_id = str(till.believed(till.enrol(), "enrolment")["device_id"])
    authority = tmp_path / "ca.pem"
    authority.write_text(str(till.carrier["ca_pem"]), "ascii")
    session = requests.Session()
    session.trust_env, session.verify = False, str(authority)
    seen: Counter[str] = Counter()
    schema = schemathesis.openapi.from_dict(CONTRACT)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), "the contract cannot be read"
        operation = found.ok()

        @given(case=operation.as_strategy(), honest=st.booleans())
        @settings(
            max_examples=EACH,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def tried(case: schemathesis.Case[Any], honest: bool) -> None:
            made = requests.Request(**case.as_transport_kwargs(base_url=sandbox.url))
            prepared = session.prepare_request(made)
            if honest:
                sign(till, prepared)
            answer = session.send(prepared, allow_redirects=False, timeout=20)
            seen[f"{case.method} {case.path}"] += 1
            case.validate_response(answer, checks=CHECKS)

        tried()
    session.close()
    assert len(seen) == 23
    assert min(seen.values()) >= 1
    print(f"{sum(seen.values())} requests to {len(seen)} operations")  # noqa: T201


def sign(till: Till, prepared: requests.PreparedRequest) -> None:
    """Put the till's signature on a request that somebody else made up."""
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
    target = str(prepared.url).removeprefix(till.wire.url)
    more = {
        name: value
        for name, value in prepared.headers.items()
        if re.match(r"(?i)upload-|repr-|journal-|content-type|pos-contract", name)
    }
    signed = till.signed(str(prepared.method), target, bytes(body), more)
    prepared.headers.update(signed)


class Listening(Wire):
    """Keeps every answer with the question it belongs to."""

    heard: list[tuple[str, str, Reply]] = []  # noqa: RUF012 - one list for all, on purpose

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        reply = super().ask(method, target, headers, body)
        self.heard.append((method, target, reply))
        return reply


@pytest.mark.slow
def test_every_signed_message_has_the_shape_the_contract_names(sandbox: Sandbox) -> None:
    Listening.heard.clear()
    results = list(run(Desk(till_at(sandbox, Listening), till_at(sandbox, Listening), 10.0)))
    assert [each.name for each in results if each.outcome is not Outcome.HOLDS] == [
        "custody.survives"
    ]
    shapes = _message_schemas()
    checked: Counter[str] = Counter()
    for _, _, reply in Listening.heard:
        if reply.status == 200 and reply.media_type in shapes:
            message = json.loads(base64.b64decode(json.loads(reply.body)["message"]))
            shapes[reply.media_type].validate(message)
            checked[reply.media_type] += 1
    never = shapes.keys() - checked.keys()
    assert {each.split(".")[-1] for each in never} == {"ack+json", "invitation+json", "sim+json"}


def _message_schemas() -> dict[str, jsonschema_rs.Draft202012Validator]:
    """Return what checks the message of each media type."""
    found = {}
    for item in CONTRACT["paths"].values():
        for verb in item.values():
            for media_type in _media_types(verb):
                name = media_type.removeprefix("application/vnd.pos.").removesuffix("+json")
                ref = {"$ref": f"#/components/schemas/{name.capitalize()}Message"}
                whole = {**ref, "components": CONTRACT["components"]}
                found[media_type] = jsonschema_rs.Draft202012Validator(whole)
    return found


def _media_types(verb: object) -> list[str]:
    if not isinstance(verb, dict):
        return []
    content = verb["responses"].get("200", {}).get("content", {})
    return [each for each in content if each.startswith("application/vnd.pos.")]
