"""The process in which other readers run, in an environment that is made on first use."""

import json
import os
import subprocess
import venv
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import platformdirs

from pos_client.capture.frame import Pixels

_PEERS: Final = (
    "pytesseract==0.3.13",
    "tesserocr",
    "rapidocr==3.10.0",
    "onnxruntime",
    "PassportEye",
    "pyzbar",
)
_TESSDATA: Final = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)


def environment() -> Path:
    """Make the rivals' environment, or find it where an earlier run left it; gives its Python."""
    folder = Path(platformdirs.user_cache_dir("pos-client-bench")) / "rivals"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete, wanted = folder / "complete", "\n".join(_PEERS)
    if not complete.exists() or complete.read_text(encoding="utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *_PEERS]
        subprocess.run(install, check=True)  # noqa: S603 - the Python just made, names from above
        complete.write_text(wanted, encoding="utf-8")
    return python


class Rivals:
    """The process that runs the others."""

    def __init__(self) -> None:
        tessdata = next((each for each in _TESSDATA if Path(each).is_dir()), "")
        surroundings = {**os.environ, "RIVALS_TESSDATA": tessdata, "PYTHONWARNINGS": "ignore"}
        worker = Path(__file__).with_name("worker.py")
        self._process = subprocess.Popen(  # noqa: S603 - our own file in our own environment
            [str(environment()), str(worker)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
        )

    def read(
        self, engine: str, picture: Pixels, language: str = ""
    ) -> tuple[list[Any], float, str]:
        """Return lines, milliseconds, and what went wrong."""
        height, width = picture.shape[:2]
        asked = {"engine": engine, "height": height, "width": width, "language": language}
        stdin, stdout = _pipes(self._process)
        stdin.write(json.dumps(asked).encode() + b"\n" + np.ascontiguousarray(picture).tobytes())
        stdin.flush()
        answer = json.loads(stdout.readline())
        return answer["lines"], answer["ms"], answer.get("fault", "")

    def close(self) -> None:
        """End the process."""
        _pipes(self._process)[0].close()
        self._process.wait(30)


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError
    return process.stdin, process.stdout
