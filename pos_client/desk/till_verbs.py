"""Opening and locking the till: first set-up, sign-in, lock, and what is in force here."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from pos_client.carrier.enrolment_token import looks_like_token, read_token
from pos_client.carrier.http import HttpCarrier
from pos_client.carrier.invitation import parse_invitation
from pos_client.desk.lease import require_trust
from pos_client.desk.opening import open_till
from pos_client.desk.stages import Stages
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.enrolment import CarrierIdentity, Till
from pos_client.model.operator import Operator
from pos_client.model.policy import PolicyPack
from pos_client.model.private import Private
from pos_client.model.registration import FlowKind, OperatorNumber
from pos_client.model.rules import Finding
from pos_client.model.status import Progress, TillState
from pos_client.outbox import enrolment, exchange
from pos_client.registration.policy import load_policy, refuse_mixed_training

log = logging.getLogger(__name__)


class TillVerbs:
    """Everything about the till itself."""

    def __init__(self, stages: Stages) -> None:
        """Stand at the desk of this till."""
        self._stages = stages

    def till_state(self) -> TillState:
        """Say whether the till is new, locked or open."""
        if not enrolment.is_enrolled(self._stages.settings.home):
            return TillState.NEW
        return TillState.OPEN if self._stages.operator_in else TillState.LOCKED

    def enrol(self, invitation: bytes, operator: OperatorNumber, pin: Private[str]) -> Operator:
        """Enrol the device with the carrier's invitation and make the first operator.

        `invitation` is the file, or the short signed token that a QR code holds; with a token the
        rest is fetched from the carrier.

        May be called again after it broke off: the till keeps its key, the carrier its answer.

        Raises:
            InvitationDamaged, TrainingMismatch: nothing was done.
            PinTooShort: choose a longer one.
            CarrierUnreachable and others of the carrier: try again later with the same PIN.
        """
        stages = self._stages
        file, root_key = self._whole(invitation)
        invited = parse_invitation(file)
        invited = replace(invited, carrier=replace(invited.carrier, root_key=root_key))
        policy = load_policy(invited.policy)
        refuse_mixed_training(policy, training_carrier=invited.policy == "training")
        with stages.guard:
            unlocked = stages.custody.create(operator, pin, stages.now())
            carrier = HttpCarrier(invited.carrier, None, unlocked.signer.sign, stages.machine.clock)
            public = unlocked.signer.public_key().public_bytes_raw()
            try:
                signed = carrier.server_time()  # requests allow for the difference from now on
                device_id = carrier.enrol(invited, public)
            finally:
                carrier.close()
            key = invited.carrier
            stages.custody.keep_for_carrier(unlocked, key.seal_kid, key.seal_key, device_id)
            till = Till(device_id, invited.carrier, invited.outlet, invited.dealers, invited.policy)
            exchange.leave_behind(stages.settings.home)
            enrolment.save(stages.settings.home, till)
            stages.policy = policy
            open_till(stages, unlocked, till).outbox.heard(signed, stages.now())
        log.info("enrolled as %s", device_id)
        return unlocked.operator

    def _whole(self, invitation: bytes) -> tuple[bytes, bytes | None]:
        """Return the invitation file, fetched where only its token is here, and the root key."""
        if not looks_like_token(invitation):
            return invitation, None
        machine = self._stages.machine
        token = read_token(invitation, machine.clock())
        identity = CarrierIdentity("", token.url, "", b"", {}, token.ca_pem)
        carrier = HttpCarrier(identity, None, lambda _: b"", machine.clock)
        try:
            return carrier.fetch_invitation(token), token.root_key
        finally:
            carrier.close()

    def sign_in(self, number: OperatorNumber, pin: Private[str]) -> Operator:
        """Open the till for an operator, and put right what a crash left.

        Raises:
            WrongPin, SignInPaused: with tries or seconds left.
            AlreadyRunning: another window of the client has the store.
            SignInExpired, LeaseExpired, TillWiped: what waits is sent, but nobody works here.
            Problem: keys or store cannot be opened; see there.
        """
        stages = self._stages
        with stages.guard:
            unlocked = stages.custody.sign_in(number, pin, stages.now())
            if stages.opened is None:
                open_till(stages, unlocked, enrolment.load(stages.settings.home))
            else:
                stages.opened.unlocked = unlocked
            self._let_in(unlocked.operator)
        log.info("operator %s signed in", number)
        return unlocked.operator

    def _let_in(self, operator: Operator) -> None:
        stages = self._stages
        stages.operator_in = False  # the store stays open whoever is let in: sending goes on
        require_trust(stages, stages.open().outbox, operator)
        stages.operator_in = True

    def lock(self) -> None:
        """Lock the screen; drafts are kept, sending goes on."""
        self._stages.operator_in = False
        log.info("locked")

    def close(self) -> None:
        """Close store and carrier for good: the client ends."""
        with self._stages.guard:
            opened, self._stages.opened = self._stages.opened, None
            self._stages.operator_in = False
            if opened is not None:
                if opened.loop is not None:
                    opened.loop.stop()
                opened.carrier.close()
                opened.outbox.close()

    def opening(self) -> Progress | None:
        """Say how far opening the till has come, None where nothing takes time."""
        return self._stages.progress

    def operator(self) -> Operator | None:
        """Return who is signed in."""
        opened = self._stages.opened
        return opened.unlocked.operator if opened and self._stages.operator_in else None

    def policy(self) -> PolicyPack:
        """Return the policy pack in force."""
        return self._stages.policy

    def documents(self) -> tuple[DocumentDeclaration, ...]:
        """Return the documents this flow accepts, most usual first."""
        accepted = self._stages.policy.documents[FlowKind.NEW_LINE]
        found = (self._stages.declaration(kind) for kind in accepted)
        return tuple(each for each in found if each is not None)

    def wording(self, finding: Finding, language: str) -> str:
        """Return the sentence for a finding in `en` or `zh_CN`, placeholders filled."""
        return self._stages.wordings.sentence(finding.rule, language, finding.values)

    def hint(self, rule: str, language: str, values: Mapping[str, str] | None = None) -> str:
        """Return the sentence for a capture hint such as `CAP05`, with `values` filled in."""
        return self._stages.wordings.sentence(rule, language, values)
