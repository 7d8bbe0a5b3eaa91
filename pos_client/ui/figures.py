"""Ages, sizes, times and long numbers as people read them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_MEGABYTE: Final = 1_000_000
_GROUPS: Final = (
    (re.compile(r"\d{17}[\dX]"), (6, 8, 4)),
    (re.compile(r"1\d{10}"), (3, 4, 4)),
    (re.compile(r"\d{19,20}"), (4, 4, 4, 4, 4)),
)


def age(since: datetime, now: datetime) -> str:
    """Say how old something is in its largest unit: `now`, `4 min`, `3 h`, `2 d`."""
    return span(now - since)


def span(length: timedelta) -> str:
    """Say a length of time in its largest unit, rounded down."""
    for unit, text in (
        (_DAY, QT_TRANSLATE_NOOP("Figures", "{n} d")),
        (_HOUR, QT_TRANSLATE_NOOP("Figures", "{n} h")),
        (_MINUTE, QT_TRANSLATE_NOOP("Figures", "{n} min")),
    ):
        if length >= unit:
            return QCoreApplication.translate("Figures", str(text)).format(n=length // unit)
    return QCoreApplication.translate("Figures", "now")


def spoken_span(length: timedelta) -> str:
    """Say a length of time in full words, for screen readers."""
    say = QCoreApplication.translate
    if length >= _DAY:
        return say("Figures", "%n day(s)", "", length // _DAY)
    if length >= _HOUR:
        return say("Figures", "%n hour(s)", "", length // _HOUR)
    if length >= _MINUTE:
        return say("Figures", "%n minute(s)", "", length // _MINUTE)
    return say("Figures", "now")


def size(count: int) -> str:
    """Say a number of bytes: `412 kB`, `1.2 MB`."""
    if count >= _MEGABYTE:
        return f"{count / _MEGABYTE:.1f} MB"
    return f"{max(1, round(count / 1000))} kB"


def clock(moment: datetime) -> str:
    """Say a time of day as the wall clock here shows it: `14:03`."""
    return moment.astimezone().strftime("%H:%M")


def day_and_clock(moment: datetime) -> str:
    """Say a moment with its zone, for paper: `2026-03-02 14:03 UTC+08:00`."""
    here = moment.astimezone()
    offset = here.strftime("%z")
    zone = "UTC" if here.utcoffset() == UTC.utcoffset(None) else f"UTC{offset[:3]}:{offset[3:]}"
    return f"{here.strftime('%Y-%m-%d %H:%M')} {zone}"


def grouped(text: str) -> str:
    """Group long numbers for the eye: 6-8-4 for ID numbers, 3-4-4 for lines, fours for SIMs."""
    for pattern, sizes in _GROUPS:
        if pattern.fullmatch(text):
            parts, rest = [], text
            for size_ in sizes:
                parts.append(rest[:size_])
                rest = rest[size_:]
            return " ".join(part for part in parts if part)
    return text
