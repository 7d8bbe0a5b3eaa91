"""Reads how the carrier shall behave from a script: what it decides, when, and what goes wrong."""

import json
from typing import Any, Final

from carrier_sandbox.behaviour import Behaviour, Fault, Outage, Rule, Verdict, number_ends

_KEYS: Final = frozenset(
    "decide_after_s rules faults outages delay_s seed slow_s retry_after_s otp_code quota".split()
)
_OUTCOMES: Final = frozenset({"accepted", "returned", "refused", "in_review"})


class NotAScript(ValueError):
    """The text is no script; the message says where."""

    def __init__(self, where: str, value: object = "") -> None:
        super().__init__(f"{where} {value}".strip())


def read(text: str) -> Behaviour:
    """Read a script in JSON.

    Raises:
        NotAScript: it is not one.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as err:
        raise NotAScript("it is not JSON") from err
    if not isinstance(said, dict):
        raise NotAScript("it is not an object")
    return made(said)


def made(said: dict[str, Any]) -> Behaviour:
    """Return the behaviour a script asks for. An unknown word is an error, not a wish ignored.

    Raises:
        NotAScript: some part has another shape.
    """
    if unknown := said.keys() - _KEYS:
        raise NotAScript("unknown:", ", ".join(sorted(unknown)))
    try:
        faults = said.get("faults", {})
        behaviour = Behaviour(
            script=[Fault(name) for name in faults.get("first", [])],
            probability=float(faults.get("share", 0.0)),
            seed=int(said.get("seed", 0)),
            slow_s=float(said.get("slow_s", 1.0)),
            retry_after_s=int(said.get("retry_after_s", 1)),
            delay_s=float(said.get("delay_s", 0.0)),
            decide_after_s=_seconds(said.get("decide_after_s", 2.0)),
            rules=tuple(_rule(each) for each in said.get("rules", [])),
            outages=tuple(
                Outage(float(o["at_s"]), float(o["for_s"])) for o in said.get("outages", [])
            ),
            otp_code=said.get("otp_code"),
            quota=int(said.get("quota", 5)),
        )
        if "kinds" in faults:
            behaviour.faults = tuple(Fault(name) for name in faults["kinds"])
    except NotAScript:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise NotAScript(str(err)) from err
    return behaviour


def _seconds(value: object) -> float | None:
    return None if value is None else float(str(value))


def _rule(said: dict[str, Any]) -> Rule:
    if said["outcome"] not in _OUTCOMES:
        raise NotAScript("outcome", said["outcome"])
    verdict = Verdict(said["outcome"], said.get("reason"), said.get("about"))
    return Rule(number_ends(str(said["number_ends"])), verdict)
