"""Runs in the rivals' own environment: takes pictures on stdin, says what each of them read."""

import io
import json
import os
import sys
import time
from typing import Any

import numpy as np
from PIL import Image


class Pytesseract:
    """The usual wrapper, as it comes: a program and temporary files for each picture."""

    def __init__(self) -> None:
        import pytesseract  # noqa: PLC0415 - only what is asked for is loaded

        self._read = pytesseract.image_to_string

    def read(self, picture: np.ndarray, language: str) -> list[Any]:
        """Lines of text."""
        text = self._read(Image.fromarray(picture[:, :, ::-1]), lang=language, config="--psm 11")
        return [(line, None) for line in text.splitlines() if line.strip()]


class Tesserocr:
    """The same engine in process."""

    def __init__(self) -> None:
        import tesserocr  # noqa: PLC0415

        folder = os.environ["RIVALS_TESSDATA"]
        self._apis = {
            language: tesserocr.PyTessBaseAPI(
                path=folder, lang=language, psm=tesserocr.PSM.SPARSE_TEXT
            )
            for language in ("chi_sim+eng", "eng")
        }

    def read(self, picture: np.ndarray, language: str) -> list[Any]:
        """Lines of text."""
        api = self._apis[language]
        api.SetImage(Image.fromarray(picture[:, :, ::-1]))
        return [(line, None) for line in api.GetUTF8Text().splitlines() if line.strip()]


class Rapidocr:
    """PP-OCR with its own detection and recognition."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415

        self._engine = RapidOCR()

    def read(self, picture: np.ndarray, _language: str) -> list[Any]:
        """Lines of text with their corners."""
        result = self._engine(picture)
        if result is None or result.boxes is None:
            return []
        boxes = (np.asarray(box).tolist() for box in result.boxes)
        return list(zip(result.txts, boxes, strict=True))


class Passporteye:
    """Machine-readable zones only."""

    def __init__(self) -> None:
        from passporteye import read_mrz  # noqa: PLC0415

        self._read = read_mrz

    def read(self, picture: np.ndarray, _language: str) -> list[Any]:
        """The lines of the zone."""
        packed = io.BytesIO()
        Image.fromarray(picture[:, :, ::-1]).save(packed, "PNG", compress_level=1)
        zone = self._read(io.BytesIO(packed.getvalue()))
        text = zone.aux.get("raw_text") or zone.aux.get("text") or "" if zone else ""
        return [(line, None) for line in text.splitlines() if line.strip()]


class Pyzbar:
    """The reader of bar codes around ZBar, whose library the machine itself must have."""

    def __init__(self) -> None:
        from pyzbar import pyzbar  # noqa: PLC0415

        self._decode = pyzbar.decode

    def read(self, picture: np.ndarray, _language: str) -> list[Any]:
        """The texts of all codes."""
        codes = self._decode(Image.fromarray(picture[:, :, ::-1]))
        return [(code.data.decode("ascii", "replace"), None) for code in codes]


ENGINES = {
    "pytesseract": Pytesseract,
    "tesserocr": Tesserocr,
    "rapidocr": Rapidocr,
    "PassportEye": Passporteye,
    "pyzbar": Pyzbar,
}


def main() -> None:
    """Answer until the other end closes: a line of JSON, then the picture's bytes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what engines print is not an answer
    loaded: dict[str, Any] = {}
    while header := sys.stdin.buffer.readline():
        asked = json.loads(header)
        size = asked["height"], asked["width"], 3
        data = sys.stdin.buffer.read(size[0] * size[1] * 3)
        picture = np.frombuffer(data, np.uint8).reshape(size)
        name = asked["engine"]
        try:
            if name not in loaded:
                loaded[name] = ENGINES[name]()
            began = time.perf_counter()
            lines = loaded[name].read(picture, asked["language"])
            answer = {"lines": lines, "ms": (time.perf_counter() - began) * 1000}
        except Exception as fault:  # noqa: BLE001 - a rival that fails has read nothing
            answer = {"lines": [], "ms": 0.0, "fault": f"{type(fault).__name__}: {fault}"}
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
