"""A part of a file that is taken exactly as described or not at all."""

from pydantic import BaseModel, ConfigDict


class StrictPart(BaseModel):
    """Base of everything read from outside: no unknown key, no value of another type.

    Complaints name the place and never the value, which may be about a person.
    """

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )
