"""Comparing the customer with the card: the photo, one try before the camera, another way."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_client.desk.camera_verbs import CameraVerbs
from pos_client.desk.draft_verbs import DraftVerbs
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentImage
from pos_client.model.draft import Draft
from pos_client.model.face import FaceMethod, FaceTry, FaceVerdict, verdict_of
from pos_client.model.private import Private
from pos_client.model.view import Shutter, View
from pos_client.registration import face as faces
from pos_client.registration.problems import NothingRead

if TYPE_CHECKING:
    from pos_client.desk.stages import Stages

log = logging.getLogger(__name__)


class FaceVerbs:
    """Everything about faces. Thresholds, tries and other ways stand in the policy pack."""

    def __init__(self, stages: "Stages", camera: CameraVerbs, drafts: DraftVerbs) -> None:
        """Stand at the desk of this till."""
        self._stages = stages
        self._camera = camera
        self._drafts = drafts

    def face_photo(self, draft: Draft) -> Private[bytes]:
        """Return the holder's photo, cut out of the captured card, as JPEG for the eye.

        Raises:
            NothingRead: the side with the photo was not captured yet.
            FaceModelsMissing, PortraitUnusable: no photo can be found on it.
        """
        from pos_client.capture.portrait import photo_of  # noqa: PLC0415 - pixels load late

        self._drafts.require_own(draft)
        image, declaration = self._card(draft)
        return photo_of(self._camera.eyes().faces(), image, declaration)

    def look_at_face(
        self, draft: Draft, show: Callable[[View], None], shutter: Shutter
    ) -> FaceTry | None:
        """Look at the customer once and compare; None when the shutter was stopped.

        Nothing is kept yet: `take_face` keeps what came of it.

        Raises:
            FaceNotOffered, FaceNotAgreed, NoTriesLeft: policy or customer are against it.
            NothingRead, PortraitUnusable: there is no photo to compare with.
            FaceModelsMissing: this computer cannot compare faces.
        """
        from pos_client.capture.face import likeness  # noqa: PLC0415 - pixels load late
        from pos_client.capture.portrait import take_portrait  # noqa: PLC0415 - as above
        from pos_client.desk.eyes import FaceAsk  # noqa: PLC0415 - as above

        stages = self._stages
        self._drafts.require_own(draft)
        policy = faces.require_try(draft, stages.policy)
        image, declaration = self._card(draft)
        eyes = self._camera.eyes()
        portrait = take_portrait(eyes.faces(), image, declaration)
        ask = FaceAsk(policy.moves, stages.machine.chance, policy.keep_picture)
        live = eyes.look_at_person(ask, show, shutter)
        if live is None:
            return None
        score = None if live.print is None else round(likeness(portrait.print, live.print), 4)
        verdict = (
            FaceVerdict.NOT_LIVE
            if score is None
            else verdict_of(score, accept=policy.accept, review=policy.review)
        )
        return FaceTry(
            at=stages.now(),
            verdict=verdict,
            score=score,
            accept=policy.accept,
            review=policy.review,
            moves=live.moves,
            card_sha256=portrait.card_sha256,
            picture=live.picture,
        )

    def take_face(self, draft: Draft, made: FaceTry) -> Draft:
        """Keep what came of a look. Raises as `look_at_face`, and DraftOfAnother."""
        log.info("face of %s: %s", draft.id, made.verdict)
        return self._drafts.keep(faces.add_try(draft, made, self._stages.policy))

    def choose_face_method(self, draft: Draft, method: FaceMethod) -> Draft:
        """Go another way, or back to comparing. Raises FaceNotOffered, DraftOfAnother."""
        return self._drafts.keep(faces.choose_method(draft, method, self._stages.policy))

    def _card(self, draft: Draft) -> tuple[DocumentImage, DocumentDeclaration]:
        declaration = self._stages.declaration(draft.document)
        image = faces.card_picture(draft, declaration)
        if image is None or declaration is None:
            raise NothingRead
        return image, declaration
