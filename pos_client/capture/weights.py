"""Loads the weights that find and read text, once, with a bounded number of threads."""

import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from pos_client.capture.detect import LineFinder
from pos_client.capture.engine import Posterior, TextLine
from pos_client.capture.frame import Pixels
from pos_client.capture.ocrb import CodeReader
from pos_client.capture.pinned import checked_model, wanted_hashes
from pos_client.capture.problems import ModelsMissing
from pos_client.capture.recognise import LineRecogniser
from pos_client.capture.tuning import tuned

DETECTION: Final = "PP-OCRv6_det_small.onnx"
RECOGNITION: Final = "PP-OCRv6_rec_small.onnx"
_MANIFEST: Final = "MODELS.json"
#: The one network that is our own; it lies beside the others and has a list of its own.
OWN: Final = "ocrb.onnx"
_OWN_MANIFEST: Final = "OCRB.json"
#: What the recogniser learned here from print on cards, with a list of its own as well.
LEARNED: Final = "cardprint.npz"
_LEARNED_MANIFEST: Final = "CARDPRINT.json"

log = logging.getLogger(__name__)


class OnnxEngine:
    """PP-OCR on ONNX runtime: in process, nothing on disk."""

    name = "pp-ocr"
    upright_only = False

    def __init__(
        self, finder: LineFinder, recogniser: LineRecogniser, codes: CodeReader | None = None
    ) -> None:
        self._finder = finder
        self._recogniser = recogniser
        self._codes = codes

    def may_hold_text(self, pixels: Pixels) -> bool:
        """Say whether a glimpse of a picture (BGR) shows anything like text."""
        return self._finder.glimpses(pixels)

    def find_lines(self, pixels: Pixels, longest_px: int) -> list[TextLine]:
        """Find the lines of text in a picture (BGR)."""
        return self._finder.find(pixels, longest_px)

    def recognise(self, crops: Sequence[Pixels]) -> list[Posterior]:
        """Read upright crops of one line each (BGR)."""
        return self._recogniser.recognise(crops)

    def read_codes(self, crops: Sequence[Pixels]) -> list[Posterior] | None:
        """Read upright crops of one line of OCR-B each (BGR); None without our own network."""
        return None if self._codes is None else self._codes.recognise(crops)


def load_engine(models: Path, *, threads: int = 2) -> OnnxEngine:
    """Load both networks after comparing their SHA-256 with the manifest; takes about 0.4 s.

    Raises:
        ModelsMissing: a file is missing, damaged, or ONNX runtime cannot load it.
    """
    wanted = wanted_hashes(models / _MANIFEST)
    finder = LineFinder(_session(checked_model(models / DETECTION, wanted), threads))
    lines = ThreadPoolExecutor(threads, thread_name_prefix="line")
    recogniser = LineRecogniser(_session(_recognition(models, wanted), 1), lines)
    return OnnxEngine(finder, recogniser, _code_reader(models, threads))


def _recognition(models: Path, wanted: dict[str, str]) -> bytes:
    """The network that reads lines, with what it learned here; without that it reads less well."""
    network = checked_model(models / RECOGNITION, wanted)
    try:
        learned = checked_model(models / LEARNED, wanted_hashes(models / _LEARNED_MANIFEST))
        return tuned(network, learned)
    except ModelsMissing:
        log.warning("what was learned from print on cards is missing or damaged")
        return network


def _code_reader(models: Path, threads: int) -> CodeReader | None:
    """Load our own network; without it, the one that reads everything reads its lines as well."""
    try:
        data = checked_model(models / OWN, wanted_hashes(models / _OWN_MANIFEST))
    except ModelsMissing:
        log.warning("our reader of OCR-B is missing or damaged: the general one stands in")
        return None
    return CodeReader(_session(data, threads))


def _session(data: bytes, threads: int) -> Any:
    """Make a network ready to run, quiet, with a bounded number of threads."""
    # The runtime's makers have it report home by default, over a network and a file of its own.
    # https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md#disabling-telemetry
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # Imported here: the window must be up before a second goes into loading the runtime.
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would take the cores from the live picture between two lines.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    # Lines differ in length: memory kept for the longest one would never be given back.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
