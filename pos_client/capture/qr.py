"""A registration number as a QR code, so that a receipt can be looked up with a scanner."""

import numpy as np
import zxingcpp

#: Light modules around a QR code (ISO/IEC 18004); without them scanners do not find it.
QUIET_MODULES = 4


def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR code of level M, row by row, True for dark, quiet zone included.

    `text` is a registration id and never anything about a person: whoever finds a receipt can
    read its code.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) == 0
    framed = np.pad(modules, QUIET_MODULES)
    return tuple(tuple(bool(module) for module in row) for row in framed)
