"""The sentences of a customer's receipt, in the customer's language, as a page to be printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pos_client.model.customer_receipt import CustomerReceipt
from pos_client.model.registration import FlowKind
from pos_client.model.row import RowState
from pos_client.ui.figures import day_and_clock, grouped
from pos_client.ui.words import LinguistFile, text_in

_CONTEXT: Final = "Receipt"

_FLOWS: Final = {FlowKind.NEW_LINE: QT_TRANSLATE_NOOP("Receipt", "New mobile number")}
_SAVED: Final = QT_TRANSLATE_NOOP("Receipt", "Saved on this device, not yet sent")
_RECEIVED: Final = QT_TRANSLATE_NOOP("Receipt", "Received by the carrier")
_STATES: Final = {
    RowState.QUEUED: _SAVED,
    RowState.SENDING: _SAVED,
    RowState.QUARANTINED: _SAVED,
    RowState.RECEIVED: _RECEIVED,
    RowState.IN_REVIEW: QT_TRANSLATE_NOOP("Receipt", "Received by the carrier, being looked at"),
    RowState.ACCEPTED: QT_TRANSLATE_NOOP("Receipt", "Accepted by the carrier"),
    RowState.RETURNED: QT_TRANSLATE_NOOP("Receipt", "Returned by the carrier for correction"),
    RowState.REFUSED: QT_TRANSLATE_NOOP("Receipt", "Not accepted by the carrier"),
    RowState.PURGED: _RECEIVED,
}
_NEXT_WAIT: Final = QT_TRANSLATE_NOOP(
    "Receipt", "We will tell you by SMS when the line works. You need not come again."
)
_NEXT_DONE: Final = QT_TRANSLATE_NOOP("Receipt", "Your line is registered.")
_NEXT_ASK: Final = QT_TRANSLATE_NOOP("Receipt", "Please bring your document to the shop again.")
_NEXT: Final = {
    RowState.ACCEPTED: _NEXT_DONE,
    RowState.RETURNED: _NEXT_ASK,
    RowState.REFUSED: _NEXT_ASK,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on paper: HTML for the text, and whether it is only for training."""

    html: str
    training: str | None


class ReceiptWords:
    """Words a receipt in a customer's language, whatever language the window speaks."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._file = LinguistFile(language)

    def say(self, text: object) -> str:
        """Return a sentence of the receipt in the customer's language."""
        return self._file.translate(_CONTEXT, str(text)) or str(text)

    def sheet(self, receipt: CustomerReceipt, *, small_pt: float, text_pt: float) -> Sheet:
        """Return the receipt as HTML; `qr` stands for the picture of the code."""
        parts = [
            *self._head(receipt),
            self._table(self._facts(receipt)),
            *self._outcome(receipt),
            *self._foot(receipt),
        ]
        style = (
            f"body {{ font-size: {text_pt}pt; color: #000; }}"
            f" .small {{ font-size: {small_pt}pt; }}"
            f" .big {{ font-size: {text_pt * 1.5}pt; font-weight: bold; }}"
            " p { margin: 3px 0; } td { padding: 2px 0; } hr { height: 1px; }"
        )
        html = f"<html><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"
        banner = QT_TRANSLATE_NOOP("Receipt", "TRAINING: not a real registration")
        return Sheet(html, self.say(banner) if receipt.training else None)

    def _head(self, receipt: CustomerReceipt) -> Iterable[str]:
        yield f'<p align="center" class="big">{self._in(receipt.carrier)}</p>'
        title = self.say(QT_TRANSLATE_NOOP("Receipt", "Registration receipt"))
        yield f'<p align="center">{escape(title)}</p>'
        if receipt.copy:
            copy = self.say(QT_TRANSLATE_NOOP("Receipt", "COPY {n}")).format(n=receipt.copy)
            yield f'<p align="center" class="big">{escape(copy)}</p>'
        yield "<hr>"

    def _facts(self, receipt: CustomerReceipt) -> Iterable[tuple[str, str]]:
        say = self.say
        yield say(QT_TRANSLATE_NOOP("Receipt", "Service")), say(_FLOWS[receipt.flow])
        yield say(QT_TRANSLATE_NOOP("Receipt", "Date")), day_and_clock(receipt.created_at)
        yield say(QT_TRANSLATE_NOOP("Receipt", "Outlet")), receipt.outlet
        yield say(QT_TRANSLATE_NOOP("Receipt", "Served by")), receipt.operator
        yield say(QT_TRANSLATE_NOOP("Receipt", "Name")), receipt.masked_name
        document = text_in(receipt.document_title, self._language)
        yield say(QT_TRANSLATE_NOOP("Receipt", "Document")), document
        yield say(QT_TRANSLATE_NOOP("Receipt", "Document number")), receipt.masked_number
        yield say(QT_TRANSLATE_NOOP("Receipt", "Mobile number")), grouped(receipt.msisdn)
        yield say(QT_TRANSLATE_NOOP("Receipt", "SIM card (ICCID)")), receipt.masked_iccid

    def _outcome(self, receipt: CustomerReceipt) -> Iterable[str]:
        yield "<hr>"
        yield f"<p><b>{escape(self.say(_STATES[receipt.state]))}</b></p>"
        yield f"<p>{escape(self.say(_NEXT.get(receipt.state, _NEXT_WAIT)))}</p>"
        if receipt.notices:
            head = self.say(QT_TRANSLATE_NOOP("Receipt", "You agreed to"))
            lines = "".join(
                f"<br>· {self._in(title)} ({escape(version)})" for title, version in receipt.notices
            )
            yield f'<p class="small">{escape(head)}{lines}</p>'

    def _foot(self, receipt: CustomerReceipt) -> Iterable[str]:
        yield '<p align="center"><img src="qr"></p>'
        yield f'<p align="center" class="small">{escape(receipt.id)}</p>'
        hotline = self.say(QT_TRANSLATE_NOOP("Receipt", "Questions: call {hotline}"))
        yield f"<p>{escape(hotline.format(hotline=receipt.hotline))}</p>"
        yield f'<p class="small">{self._in(receipt.rights)}</p>'
        warning = self.say(QT_TRANSLATE_NOOP("Receipt", "Do not lend or sell this SIM card."))
        yield f"<p><b>{escape(warning)}</b></p>"

    def _table(self, facts: Iterable[tuple[str, str]]) -> str:
        rows = "".join(
            f'<tr><td class="small">{escape(name)}&nbsp;&nbsp;</td><td>{escape(value)}</td></tr>'
            for name, value in facts
        )
        return f'<table width="100%" cellspacing="0">{rows}</table>'

    def _in(self, texts: dict[str, str]) -> str:
        return escape(text_in(texts, self._language))
