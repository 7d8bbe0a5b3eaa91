"""The receipt's QR code carries the registration number and can be scanned."""

from __future__ import annotations

import numpy as np
import zxingcpp

from pos_client.capture.qr import QUIET_MODULES, qr_matrix

NUMBER = "3f2b8c1e-7d4a-4c7e-9a51-00b0a11cafe5"


def test_a_scanner_reads_back_what_was_written() -> None:
    matrix = np.array(qr_matrix(NUMBER))
    picture = np.where(np.kron(matrix, np.ones((4, 4), dtype=bool)), 0, 255).astype(np.uint8)
    found = zxingcpp.read_barcodes(picture)
    assert [code.text for code in found] == [NUMBER]


def test_the_code_is_square_with_a_quiet_zone_all_round() -> None:
    matrix = np.array(qr_matrix(NUMBER))
    assert matrix.shape[0] == matrix.shape[1]
    inside = matrix[QUIET_MODULES:-QUIET_MODULES, QUIET_MODULES:-QUIET_MODULES]
    assert matrix.sum() == inside.sum()
    assert inside[0, 0]
    assert inside[0, -1]
    assert inside[-1, 0]
