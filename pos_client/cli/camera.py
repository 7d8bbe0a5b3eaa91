"""`pos-client camera`: which cameras there are, how good one is, and the target to test it with."""

import argparse
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from pos_client.capture.camera_problems import NoCameraPluggedIn
from pos_client.cli.counter import Commands, open_desk
from pos_client.cli.output import as_json, complain, printable
from pos_client.desk.desk import Desk
from pos_client.model.camera_check import CameraReport, CameraUse, Grade
from pos_client.model.view import Phase, Shutter, View
from pos_client.settings import Settings

T = TypeVar("T")

#: The rule that says that there is no camera; others say that it is in use or was unplugged.
_NOT_FOUND: Final = "DEV01"
_LONGEST_S: Final = 3600


def add(commands: Commands) -> None:
    """Add the commands."""
    camera = commands.add_parser("camera", help="list cameras, or test one with a printed target")
    group = camera.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = group.add_parser("list", help="list the cameras that are plugged in")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    listed.set_defaults(run=_list)
    check = group.add_parser("check", help="grade a camera on the printed target")
    check.add_argument("--camera", metavar="SPEC", help="device:NAME, video:FILE or folder:PATH")
    check.add_argument("--seconds", type=_seconds, default=60.0, help="how long to wait (60)")
    check.add_argument("--json", action="store_true", help="the report as one JSON object")
    check.set_defaults(run=_check)
    target = group.add_parser("target", help="write the target as an A4 page (PDF)")
    target.add_argument("file", type=Path, metavar="FILE.pdf")
    target.set_defaults(run=_target)


def _list(chosen: Settings, options: argparse.Namespace) -> int:
    return _at_desk(chosen, lambda desk: _print_cameras(desk, for_machines=options.json))


def _print_cameras(desk: Desk, *, for_machines: bool) -> int:
    names = desk.cameras()
    for name in names:
        uses = [use.value for use in CameraUse if desk.chosen_camera(use) == name]
        if for_machines:
            print(as_json({"name": name, "uses": uses, "code": "", "title": "", "advice": ""}))
        else:
            print(f"{printable(name)}  ({', '.join(uses)})" if uses else printable(name))
    if names:
        return 0
    if for_machines:
        # A program that asked for lines gets one, whatever there is to say.
        none = NoCameraPluggedIn()
        told: dict[str, object] = {"name": None, "uses": [], "code": none.code}
        print(as_json(told | {"title": none.title, "advice": none.advice}))
    else:
        print("No camera is plugged in.", file=sys.stderr)
    return 1


def _check(chosen: Settings, options: argparse.Namespace) -> int:
    if options.camera:
        chosen = replace(chosen, camera=options.camera)
    report = _at_desk(chosen, lambda desk: _watched(desk, options.seconds))
    if report is None:
        return 1
    if options.json:
        print(as_json(_line(report)))
    else:
        _print_report(report)
    return 1 if report.grade is Grade.POOR else 0


def _watched(desk: Desk, seconds: float) -> CameraReport | None:
    desk.refuse_unless_camera()
    shutter = Shutter()
    seen = _Seen(shutter)
    timer = threading.Timer(seconds, shutter.stop)
    timer.daemon = True
    timer.start()
    report = desk.check_camera(seen.show, shutter)
    timer.cancel()
    if report is None:
        complain(seen.why())
    return report


class _Seen:
    """Asks for the target once there is a picture, and does not wait where there will be none."""

    def __init__(self, shutter: Shutter) -> None:
        self._shutter = shutter
        self._pictures = False
        self._missing = False

    def show(self, view: View) -> None:
        """Take a picture in."""
        if view.phase is not Phase.NO_CAMERA:
            if not self._pictures:
                complain("Hold the printed target before the camera; `pos-client camera target`")
                complain("writes it as a page to be printed.")
            self._pictures = True
        elif view.hint == _NOT_FOUND and not self._pictures:
            # One that is in use is waited for, and a video that has ended begins anew.
            self._missing = True
            self._shutter.stop()

    def why(self) -> str:
        """Say why there is no report."""
        if self._missing:
            return f"{NoCameraPluggedIn.title}. {NoCameraPluggedIn.advice}"
        if not self._pictures:
            return "The camera gave no picture. Plug it in anew, or close what else uses it."
        return "The target was not seen. Hold it so that it fills most of the picture."


def _line(report: CameraReport) -> dict[str, object]:
    marks = {
        mark.aspect.value: {
            "grade": mark.grade.value,
            "figure": mark.figure,
            "unit": mark.unit,
            "problem": mark.problem.code if mark.problem else None,
        }
        for mark in report.marks
    }
    return {
        "camera": report.camera,
        "mode": str(report.mode),
        "grade": report.grade.value,
        "marks": marks,
    }


def _print_report(report: CameraReport) -> None:
    print(f"{report.camera}: {report.grade}  ({report.mode})")
    for mark in report.marks:
        print(f"  {mark.aspect:11} {mark.grade:5} {mark.figure:g} {mark.unit}".rstrip())
        if mark.problem is not None:
            print(f"    {mark.problem.title}. {mark.problem.advice}")


def _target(chosen: Settings, options: argparse.Namespace) -> int:
    file: Path = options.file
    if file.suffix.lower() != ".pdf":
        complain(f"{printable(file)}: the page is a PDF; give the file a name that ends in .pdf.")
        return 2
    if not file.parent.is_dir():
        complain(f"{printable(file.parent)}: there is no such folder. Nothing was written.")
        return 2
    # Only this command needs Qt, for the letters on the page.
    from pos_client.ui.target_print import print_target_without_window  # noqa: PLC0415

    def write(desk: Desk) -> int:
        written = print_target_without_window(desk.camera_target(), file, chosen.language)
        print(printable(written))
        return 0

    return _at_desk(chosen, write)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= _LONGEST_S:
        why = f"from more than 0 to {_LONGEST_S}"
        raise argparse.ArgumentTypeError(why)
    return seconds


def _at_desk(chosen: Settings, work: Callable[[Desk], T]) -> T:
    desk = open_desk(chosen)
    try:
        return work(desk)
    finally:
        desk.close()
