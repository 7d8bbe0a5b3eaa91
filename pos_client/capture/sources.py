"""Opens whatever stands in for a camera, from one line of settings."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.capture.camera_problems import (
    CameraNotFound,
    NoSuchCamera,
    RecordingMissing,
    SourceUnknown,
)
from pos_client.capture.cameras import camera_names
from pos_client.capture.frame import FrameSource
from pos_client.capture.source_device import DeviceSource
from pos_client.capture.source_folder import FolderSource
from pos_client.capture.source_synthetic import SyntheticSource, empty_desk
from pos_client.capture.source_video import VideoSource

__all__ = ["camera_names", "open_source", "refuse_unless_there"]

_WITH_PATH: Final = frozenset({"video", "folder"})
_KINDS: Final = frozenset({"device", "synthetic"}) | _WITH_PATH


def open_source(spec: str, clock: Callable[[], datetime]) -> FrameSource:
    """Make the source that `spec` names; nothing is opened before its first `read`.

    Args:
        spec: `device:NAME`, `device:NUMBER` (or just `device:` for the first camera),
            `video:PATH`, `folder:PATH`, `synthetic:` or `synthetic:WIDTHxHEIGHT`.
        clock: gives the time a picture was taken, aware UTC.

    Raises:
        CameraNotFound: `spec` names no kind of source.
    """
    kind, _, what = spec.partition(":")
    if kind == "device":
        return DeviceSource(int(what) if what.isdigit() else what or 0, clock)
    if kind == "video" and what:
        return VideoSource(Path(what), clock)
    if kind == "folder" and what:
        return FolderSource(Path(what), clock)
    if kind == "synthetic":
        return _synthetic(what, clock)
    raise CameraNotFound(camera=spec)


def refuse_unless_there(spec: str, names: Sequence[str]) -> None:
    """Look whether what `spec` names is there, without opening it; `names` are plugged in.

    Raises:
        NoSuchCamera, RecordingMissing, SourceUnknown: it is not.
    """
    kind, _, what = spec.partition(":")
    if kind == "video" and what and not Path(what).is_file():
        raise RecordingMissing(kind=kind, path=what)
    if kind == "folder" and what and not Path(what).is_dir():
        raise RecordingMissing(kind=kind, path=what)
    named = kind == "device" and what and not what.isdigit()
    if named and not any(what.casefold() in name.casefold() for name in names):
        raise NoSuchCamera(camera=what, names=", ".join(names) or "none")
    # A number is tried even where nothing is listed: some drivers list no camera but open it.
    if kind not in _KINDS or (kind in _WITH_PATH and not what):
        raise SourceUnknown(source=spec)


def _synthetic(size: str, clock: Callable[[], datetime]) -> SyntheticSource:
    width, _, height = size.partition("x")
    if width.isdigit() and height.isdigit():
        return SyntheticSource(clock, empty=empty_desk(int(width), int(height)))
    return SyntheticSource(clock)
