"""Logging: local, rotating, one JSON object a line, and blind to personal data."""

import json
import logging
import logging.handlers
import re
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

#: Long runs of digits are never an event: such a number is here by mistake only.
_NUMBERS: Final = re.compile(r"(?<![0-9a-f-])\d{11,20}[Xx]?(?![0-9a-f-])")
#: Han characters in a log line can only come from a document or a person.
_HAN: Final = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_BYTES: Final = 1_000_000
_FILES: Final = 5


class Redact(logging.Filter):
    """The second net below `Private`: whatever still looks like a person is taken out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message of `record` without numbers and names; nothing is dropped."""
        record.msg = _HAN.sub("‹text›", _NUMBERS.sub("‹number›", record.getMessage()))
        record.args = None
        return True


class JsonLines(logging.Formatter):
    """One event a line; a traceback keeps its places and loses its values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `{"at", "level", "topic", "event"[, "bug", "where"]}` as JSON text."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "at": at,
            "level": record.levelname,
            "topic": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["bug"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(trace: TracebackType | None) -> list[str]:
    # The text of an exception may quote what it choked on, so only file and line are kept.
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places


def set_up(folder: Path, level: str) -> logging.Handler:
    """Send the log of the whole program to `folder/client.log`; returns the handler to close."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "client.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
    )
    handler.setFormatter(JsonLines())
    handler.addFilter(Redact())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler
