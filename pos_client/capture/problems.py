"""What can be the matter with reading documents and picture files, in words a clerk can act on."""

from typing import ClassVar

from pos_client.model.problems import Problem


class ModelsMissing(Problem):
    """The weights that read text are missing or damaged, and no other reader is installed."""

    code = "D110"
    title = "The files that read documents are missing or damaged"
    advice = (
        "Run the set-up of this client again, or ask the administrator. Until then everything can "
        "be typed."
    )


class PictureUnreadable(Problem):
    """A picture file cannot be opened; as it stands here, because it is broken.

    `reason` is one of `missing`, `too_large`, `too_slow`, `broken_file`, `not_a_picture`. What more
    is known is a Problem of its own, in `picture_problems`.
    """

    code = "D120"
    title = "This file cannot be read as a picture"
    advice = "Choose a JPEG, PNG, BMP, TIFF or WebP picture of at most {limit} megapixels."
    #: The reason of all of this class; machines knew few words before people were told more.
    told_as: ClassVar[str] = "broken_file"

    @property
    def reason(self) -> str:
        """One word for machines."""
        return self.told_as


class FaceModelsMissing(ModelsMissing):
    """The weights that find and compare faces are missing or damaged."""

    code = "D111"
    title = "Faces cannot be compared on this computer"
    advice = (
        "The files for it are missing or damaged: run the set-up of this client again. Until then "
        "a second person compares the customer with the card."
    )


class PortraitUnusable(Problem):
    """The holder's picture on the captured card is not good enough to compare anybody with.

    `reason` is one of `no_face`, `several`, `too_small`, `turned`, `dark`, `bright`, `blurred`.
    """

    code = "D121"
    title = "The photo on the card cannot be compared with anybody"
    advice = (
        "Capture that side again, flat and in good light. If it stays so, a second person compares "
        "the customer with the card."
    )

    @property
    def reason(self) -> str:
        """One word for machines."""
        return str(self.values.get("reason", "no_face"))
