"""Opens whatever stands in for a camera, from one line of settings."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pos_client.capture.camera_problems import CameraNotFound
from pos_client.capture.cameras import camera_names
from pos_client.capture.frame import FrameSource
from pos_client.capture.source_device import DeviceSource
from pos_client.capture.source_folder import FolderSource
from pos_client.capture.source_synthetic import SyntheticSource, empty_desk
from pos_client.capture.source_video import VideoSource

__all__ = ["camera_names", "open_source"]


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


def _synthetic(size: str, clock: Callable[[], datetime]) -> SyntheticSource:
    width, _, height = size.partition("x")
    if width.isdigit() and height.isdigit():
        return SyntheticSource(clock, empty=empty_desk(int(width), int(height)))
    return SyntheticSource(clock)
