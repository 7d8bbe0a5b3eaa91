"""The three customers of the demo, all invented, and what is awkward about each."""

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from specimens.mrz_documents import draw_passport
from specimens.paint import px
from specimens.persons import invent_person, invent_traveller
from specimens.resident_id import draw_emblem_side, draw_portrait_side
from specimens.sim_card import draw_sim_carrier
from specimens.specimen import Specimen

#: Where the address begins on the portrait side, in millimetres (the declared box of the field).
_ADDRESS_MM: Final = (15.6, 28.7)


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who wants a number. `typed` are the values the clerk has to correct by hand.

    `returned` customers have to come again: the carrier sends the first registration back.
    """

    story: str
    sides: tuple[Specimen, ...]
    sim: Specimen
    iccid: str
    offline: bool
    typed: tuple[str, ...] = ()
    returned: bool = False

    @property
    def truth(self) -> dict[str, str]:
        """What is printed on the document, by field name."""
        return {name: value for side in self.sides for name, value in side.truth.items()}


def customers(seed: int) -> tuple[Customer, ...]:
    """Return the customers of one demo, drawn from `seed`."""
    first = invent_person(seed, term="twenty")
    third = invent_person(seed + 2, term="ten")
    iccids = [f"8986000000000000{seed % 10}{number}" for number in range(3)]
    iccids = [iccid + _luhn(iccid) for iccid in iccids]
    sims = [draw_sim_carrier(iccid, "", seed=seed + n) for n, iccid in enumerate(iccids)]
    return (
        Customer(
            "resident ID card, both sides",
            (draw_portrait_side(first, seed=seed), draw_emblem_side(first, seed=seed)),
            sims[0],
            iccids[0],
            offline=False,
        ),
        Customer(
            "passport, while the network is down",
            (draw_passport(invent_traveller(seed + 1), seed=seed + 1),),
            sims[1],
            iccids[1],
            offline=True,
        ),
        Customer(
            "resident ID card with a blot over the address",
            (
                _blotted(draw_portrait_side(third, seed=seed + 2)),
                draw_emblem_side(third, seed=seed + 2),
            ),
            sims[2],
            iccids[2],
            offline=False,
            typed=("address",),
            returned=True,
        ),
    )


def _blotted(specimen: Specimen) -> Specimen:
    """Spill ink over the middle of the first address line: a person must look and type."""
    image = specimen.image.copy()
    x, y = px(_ADDRESS_MM[0] + 15.0), px(_ADDRESS_MM[1] + 1.5)
    for shift, radius in ((0, 34), (40, 28), (-36, 24), (78, 20)):
        cv2.circle(image, (x + shift, y + shift // 6), radius, (60, 48, 40), -1, cv2.LINE_AA)
    return replace(specimen, image=np.ascontiguousarray(image))


def _luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
