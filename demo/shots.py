"""Makes pictures of every screen in every state: two languages, two themes, two sizes.

`python -m demo.shots [--out DIR] [--only NAME] [--scale 1.25]`; the data is invented.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

SIZES: Final = ((1366, 768), (1280, 720))
LANGUAGES: Final = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which pictures to make, and where."""

    out: Path
    only: str
    sizes: Sequence[tuple[int, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures and print their names."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    default = Path(tempfile.gettempdir()) / "pos-client-shots"
    parser.add_argument("--out", type=Path, default=default, help="folder for the pictures")
    parser.add_argument("--only", default="", help="only scenes whose name contains this")
    parser.add_argument("--scale", default="1", help="how much larger everything is drawn")
    parser.add_argument("--size", default="", help="one size only, such as 2560x1440")
    given = parser.parse_args(arguments)
    # Both must stand before Qt is loaded.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = given.scale
    sizes: Sequence[tuple[int, int]] = SIZES
    if given.size:
        width, _, height = given.size.partition("x")
        sizes = ((int(width), int(height)),)
    return make(Plan(given.out, given.only, sizes))


def make(plan: Plan) -> int:
    """Play every scene on a window of its own and save it; returns the exit status."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the environment is set first

    from demo.director import Director, Pause, Script  # noqa: PLC0415
    from demo.shot_scenes import SCENES  # noqa: PLC0415
    from demo.studio import Studio  # noqa: PLC0415
    from pos_client.ui.look.dress import Theme  # noqa: PLC0415

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nothing else can be made here
    app.setQuitOnLastWindowClosed(False)
    plan.out.mkdir(parents=True, exist_ok=True)
    studio = Studio(app)
    troubles: list[Exception] = []

    def script() -> Script:
        themes = (Theme.LIGHT, Theme.DARK)
        for theme, language, size in product(themes, LANGUAGES, plan.sizes):
            for name, scene in SCENES.items():
                if plan.only not in name:
                    continue
                studio.open(theme, language, size)
                yield from scene(studio)
                # What was told last is laid out by now.
                yield Pause(0.08)
                file = plan.out / f"{name}-{language}-{theme.value}-{size[0]}.png"
                studio.shoot(file)
                print(file, flush=True)
                studio.close()

    def ended(trouble: Exception | None) -> None:
        if trouble is not None:
            troubles.append(trouble)
        app.quit()

    director = Director(script())
    director.ended.connect(ended)
    director.start()
    app.exec()
    for trouble in troubles:
        print(f"stopped: {trouble!r}", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
