"""Where things are in a checkout."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
MODELS: Final = ROOT / "resources" / "models"
WINDOWS: Final = os.name == "nt"
VENV_PYTHON: Final = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

PROGRAM_LOCK: Final = "requirements/runtime.txt"
"""What the client, the sandbox and the demo need."""
CHECKS_LOCK: Final = "requirements/dev.txt"
"""All of that, and what the checks need."""
