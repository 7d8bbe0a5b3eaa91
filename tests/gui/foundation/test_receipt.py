"""The receipt on paper: honest, masked, the size of the roll, and found again by its code."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_client.capture.qr import qr_matrix
from pos_client.model.document import Side
from pos_client.model.field import Source
from pos_client.model.private import Private
from pos_client.model.row import RowState
from pos_client.model.status import TillState
from pos_client.ui.problems import ReceiptNotWritten
from pos_client.ui.receipt_page import ReceiptWords
from pos_client.ui.receipt_print import print_receipt, qr_image
from tests.fakes import card
from tests.fakes.desk import ICCID, NOON, FakeDesk
from tests.fakes.policy import RESIDENT_ID

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from pos_client.model.customer_receipt import CustomerReceipt

NUMBER = "11010519491231002X"


@pytest.fixture
def receipt() -> CustomerReceipt:
    desk = FakeDesk(till=TillState.OPEN, training=False)
    draft = desk.begin()
    for side in (Side.PORTRAIT, Side.EMBLEM):
        draft = desk.take_reading(draft, card.reading(side, RESIDENT_ID, NOON))
    draft = desk.set_line(draft, Private("13800138000"), Private(ICCID), Source.BARCODE)
    return desk.submit(draft)


def words_on(receipt: CustomerReceipt, language: str) -> str:
    html = ReceiptWords(language).sheet(receipt, small_pt=8, text_pt=10).html
    return re.sub(r"<style>.*</style>|<[^>]+>", " ", html)


def test_the_receipt_says_what_the_law_and_the_customer_want_to_know(
    qapp: QApplication, receipt: CustomerReceipt
) -> None:
    paper = words_on(receipt, "en")
    for fact in (
        "Specimen Mobile",
        "BJ-017",
        "0007",
        "样*",
        "Resident identity card",
        "110***********002X",
        "138 0013 8000",
        "Privacy notice (2026-01)",
        "Saved on this device, not yet sent",
        "Questions: call 10000",
        "You may ask what is recorded",
        "Do not lend or sell",
        receipt.id,
    ):
        assert fact in paper


def test_the_receipt_keeps_the_full_number_card_and_name_to_itself(
    qapp: QApplication, receipt: CustomerReceipt
) -> None:
    for language in ("en", "zh_CN"):
        paper = words_on(receipt, language)
        assert NUMBER not in paper
        assert ICCID not in paper
        assert "样本 " not in paper.replace("样本移动", "")


def test_the_customers_language_is_not_the_clerks(
    qapp: QApplication, receipt: CustomerReceipt
) -> None:
    paper = words_on(receipt, "zh_CN")
    assert "登记回执" in paper
    assert "已保存到本机，尚未上传" in paper
    assert "Saved" not in paper


@pytest.mark.parametrize("state", list(RowState))
def test_every_state_is_told_honestly(
    qapp: QApplication, receipt: CustomerReceipt, state: RowState
) -> None:
    paper = words_on(replace(receipt, state=state), "en")
    waiting = state in {RowState.QUEUED, RowState.SENDING, RowState.QUARANTINED}
    assert ("not yet sent" in paper) is waiting


def test_a_reprint_is_marked(qapp: QApplication, receipt: CustomerReceipt, tmp_path: Path) -> None:
    assert "COPY" not in words_on(receipt, "en")
    again = replace(receipt, copy=2)
    assert "COPY 2" in words_on(again, "en")
    path = print_receipt(again, tmp_path, "en", qr_matrix(receipt.id), a4=False)
    assert path.name == f"receipt-{receipt.id}-80mm-copy2.pdf"


@pytest.mark.parametrize(("a4", "width"), [(False, 226.8), (True, 595.3)])
def test_paper_is_as_wide_as_the_roll_or_the_page(
    qapp: QApplication, receipt: CustomerReceipt, tmp_path: Path, a4: bool, width: float
) -> None:
    path = print_receipt(receipt, tmp_path, "zh_CN", qr_matrix(receipt.id), a4=a4)
    pdf = path.read_bytes()
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", pdf)
    assert len(boxes) == 1, "one page"
    assert float(boxes[0].split()[2]) == pytest.approx(width, abs=1.0)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_no_page_of_a_pdf_names_the_customer(
    qapp: QApplication, receipt: CustomerReceipt, tmp_path: Path
) -> None:
    pdf = print_receipt(receipt, tmp_path, "en", qr_matrix(receipt.id), a4=False).read_bytes()
    streams = [
        zlib.decompress(found)
        for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
        if found[:1] == b"\x78"
    ]
    for secret in (NUMBER.encode(), ICCID.encode()):
        assert secret not in pdf
        assert all(secret not in stream for stream in streams)


def test_training_is_marked_at_both_ends(qapp: QApplication, receipt: CustomerReceipt) -> None:
    words = ReceiptWords("en")
    assert words.sheet(receipt, small_pt=8, text_pt=10).training is None
    marked = words.sheet(replace(receipt, training=True), small_pt=8, text_pt=10).training
    assert marked == "TRAINING: not a real registration"


def test_the_code_is_drawn_module_by_module(qapp: QApplication, receipt: CustomerReceipt) -> None:
    matrix = qr_matrix(receipt.id)
    image = qr_image(matrix, scale=4)
    assert image.width() == 4 * len(matrix)
    for y, line in enumerate(matrix):
        for x, dark in enumerate(line):
            assert (image.pixelColor(4 * x + 2, 4 * y + 2).lightness() < 128) is dark


def test_a_folder_that_cannot_be_written_is_a_problem_and_leaves_nothing(
    qapp: QApplication, receipt: CustomerReceipt, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(ReceiptNotWritten):
        print_receipt(receipt, blocked / "receipts", "en", qr_matrix(receipt.id), a4=False)
