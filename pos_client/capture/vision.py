"""OpenCV, kept quiet: it neither speaks on the console nor disturbs the window's own Qt.

Import `cv2` from here. The wheel of OpenCV brings a Qt 5 of its own and points the whole process
at it through two environment variables; the window runs on Qt 6 and must not see them.
"""

import os

# OpenCV reads these once. The first is for ffmpeg, which calls -8 "quiet".
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# A webcam that says nothing for two seconds is gone; the usual ten would hold up the clerk.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
# WORKAROUND many cameras take very long to open on Windows otherwise,
# https://github.com/opencv/opencv/issues/17687
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
# A picture that claims to be larger than 64 megapixels is a trap, not a photograph of a card.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(1 << 26))

import cv2
from cv2.utils import logging as cv2_log

__all__ = ["cv2"]

_ITS_QT = os.path.join("cv2", "qt")  # noqa: PTH118 - a part of a path to look for, not a path
for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    if _ITS_QT in os.environ.get(_name, ""):
        del os.environ[_name]
# A camera that is not there is a Problem with advice, not four lines of C++ on the console.
cv2_log.setLogLevel(cv2_log.LOG_LEVEL_SILENT)
