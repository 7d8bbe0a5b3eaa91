"""Tells by how its rows stand where a page lies, where a number was read and no caption could be.

Printers do not set the number equally wide. Where it alone gave the scale, all rows stand further
away from it than they should, or nearer, by the same share.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from pos_client.capture.anchors import Kind
from pos_client.capture.frame import Floats
from pos_client.capture.lines import ReadLine

#: Fields this high have one row, which stands in their middle.
_ONE_ROW_MM: Final = 6.0
#: The shares that are tried.
_SHARES: Final = np.linspace(0.90, 1.12, 45)
#: A row that is further from its place than this is not there, and counts no worse for it.
_MISSED_MM: Final = 1.5
#: Where the rows fit, each is so near, but for one that may be missing.
_NEAR_MM: Final = 0.7
_ENOUGH: Final = 3
#: Being drawn out is less likely than not, by so much for a share of one.
_UNLIKELY_MM: Final = 2.0


def view_by_rows(kind: Kind, lines: Sequence[ReadLine], px_per_mm: float) -> Floats | None:
    """Where a page lies on its straightened picture (3 x 3, millimetres to its pixels).

    None where the side has no number, or its rows do not stand as declared at any share.
    """
    middles = [
        (field.type, field.box[1] + field.box[3] / 2)
        for field in kind.side.fields
        if field.box is not None and field.box[3] < _ONE_ROW_MM
    ]
    number = next((middle for form, middle in middles if form == "cn_id18"), None)
    if number is None or not lines:
        return None
    seen = np.array([float(line.line.middle[1]) / px_per_mm for line in lines])
    at = float(seen[np.abs(seen - number).argmin()])
    rises = np.array(sorted({number - middle for _, middle in middles} - {0.0}))
    if len(rises) < _ENOUGH or abs(at - number) > _MISSED_MM:
        return None

    def apart(share: float) -> Floats:
        return np.asarray(np.abs((at - rises * share)[:, None] - seen[None]).min(axis=1))

    costs = [
        np.minimum(apart(share), _MISSED_MM).sum() + _UNLIKELY_MM * abs(share - 1)
        for share in _SHARES
    ]
    share = float(_SHARES[int(np.argmin(costs))])
    if (apart(share) > _NEAR_MM).sum() > 1:
        return None
    down = np.array(((1, 0, 0), (0, share, at - number * share), (0, 0, 1)), float)
    return np.asarray(np.diag((px_per_mm, px_per_mm, 1.0)) @ down)
