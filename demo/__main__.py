"""`python -m demo`: three registrations through the real window, one of them without network."""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Play the demo; 0 only where every value at the carrier is what was printed on the cards."""
    options = _parser().parse_args()
    shown = bool(sys.platform == "win32" or os.environ.get("DISPLAY") or _wayland())
    if not shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt and all that handles pixels is loaded after the platform is chosen.
    from demo.stage import run  # noqa: PLC0415

    out: Path = options.out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    pace = 1.0 if shown and not options.fast else 0.0
    print(
        "Registers three invented customers: real window, synthetic camera, real carrier here.\n"
        + ("Watch the window." if shown else "There is no screen; the window is drawn offscreen."),
        flush=True,
    )
    return run(out, options.seed, pace, keep=options.keep, began=time.monotonic())


def _wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pos.py demo", description=main.__doc__)
    parser.add_argument("--fast", action="store_true", help="do not wait for somebody to watch")
    parser.add_argument("--keep", action="store_true", help="leave the window open to try by hand")
    parser.add_argument("--seed", type=int, default=20261123, help="draws other people and tables")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "demo", help="where pictures go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
