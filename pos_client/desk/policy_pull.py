"""Fetches the carrier's policy pack: signed, never an older one, and the last good one is kept."""

import json
import logging
from typing import TYPE_CHECKING, Final

from pos_client.carrier.published import Published, read_kept
from pos_client.model.problems import Problem
from pos_client.outbox import kept_policy
from pos_client.outbox.kept_policy import KeptPolicy
from pos_client.registration.policy import parse_policy, refuse_mixed_training

if TYPE_CHECKING:
    from pos_client.carrier.http import HttpCarrier
    from pos_client.desk.stages import Stages
    from pos_client.model.enrolment import Till

log = logging.getLogger(__name__)

#: The slowest ceiling for uploads that a carrier may set: below it a queue would never drain.
_LEAST_BYTES_S: Final = 4096


class PolicyPull:
    """Puts a newer pack in force as soon as it is here, whole and valid; else changes nothing."""

    def __init__(self, stages: "Stages", till: "Till", carrier: "HttpCarrier") -> None:
        """Put the kept pack in force, where there is one."""
        self._stages = stages
        self._till = till
        self._carrier = carrier
        self._version = 0
        self.waits_where_metered = False
        root = till.carrier.root_key
        self._roots = () if root is None else (root,)
        kept = kept_policy.load(stages.settings.home)
        if kept is not None and self._roots:
            try:
                self._put(read_kept(self._roots, kept.kid, kept.message, kept.signature))
            except Problem as problem:
                log.warning("the kept policy is not used: %s", problem.code)

    def pull(self) -> None:
        """Ask for a newer pack. What cannot be had or is not good leaves the last one in force."""
        if not self._roots:
            return
        try:
            found = self._carrier.policy(self._version, self._roots)
            if found is None or found.version <= self._version:
                return
            self._put(found)
        except Problem as problem:
            log.warning("no new policy: %s", problem.code)
            return
        kept = KeptPolicy(found.kid, found.message, found.signature)
        kept_policy.save(self._stages.settings.home, kept)

    def _put(self, found: Published) -> None:
        pack = parse_policy(json.dumps(found.pack).encode())
        refuse_mixed_training(pack, training_carrier=self._till.policy == "training")
        self._stages.policy = pack
        self._version = found.version
        self._carrier.throttle.bytes_s = _ceiling(found.config)
        self.waits_where_metered = _waits(found.config)
        log.info("policy %s version %d is in force", pack.id, found.version)


def _ceiling(config: dict[str, object]) -> int | None:
    """Return how many bytes a second uploads may take, None where nothing is said."""
    said = _uploads(config).get("budget_bytes_s")
    return max(said, _LEAST_BYTES_S) if type(said) is int else None


def _waits(config: dict[str, object]) -> bool:
    """Say whether packets wait while the line is paid by volume. None of ours is small."""
    return _uploads(config).get("metered") in {"wait", "small"}


def _uploads(config: dict[str, object]) -> dict[str, object]:
    said = config.get("uploads")
    return said if isinstance(said, dict) else {}
