"""Decodes files of strangers in a process of its own, which may use little memory and little time.

A file that crashes its decoder, fills the memory or never ends takes that process with it and
nothing else: the till goes on, and the file is refused with a reason.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from pos_client.capture.decode import decode
from pos_client.capture.picture_problems import PicturesNotOpened, refusal
from pos_client.capture.problems import PictureUnreadable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from pos_client.capture.frame import Pixels

#: What one file may cost, beside what the child needs for itself. Time is that of the processor:
#: a busy till must not refuse good files.
SECONDS: Final = 1.8
MEGABYTES: Final = 768
#: By the clock it is given longer, and to start it once takes as long as it takes.
_CLOCK_S: Final = 10.0
_START_S: Final = 60.0
_SHAPE: Final = 8


class Decoder:
    """One child at a time, started when it is needed; `decode` may be called by any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._child: BaseProcess | None = None
        self._line: Connection | None = None
        self._ready = False

    def start(self) -> None:
        """Start the child without waiting, so that it is ready when the first file comes."""
        with self._guard:
            self._alive_line()

    def decode(self, data: bytes) -> "Pixels":
        """Return the pixels as `decode.decode` does, within the bounds.

        Raises:
            PictureUnreadable: as there; also `too_slow` and `too_large` for the bounds.
            PicturesNotOpened: the child cannot be started, whatever is in the file.
        """
        with self._guard:
            line = self._ready_line()
            try:
                line.send_bytes(data)
                answer = line.recv_bytes() if line.poll(_CLOCK_S) else b"-too_slow"
            except (EOFError, OSError):
                answer = b"-" + self._died_of()
                self._end()
            if answer == b"-too_slow":
                self._end()
            # The next file must not wait for a new child: it starts while this one is told.
            with contextlib.suppress(PicturesNotOpened):
                self._alive_line()
        return _unpacked(answer)

    def pid(self) -> int | None:
        """Return the child's number while there is one."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child; safe to call twice, and `decode` starts another one."""
        with self._guard:
            self._end()

    def _ready_line(self) -> "Connection":
        line = self._alive_line()
        if not self._ready:
            try:
                self._ready = line.poll(_START_S) and bool(line.recv_bytes())
            except (EOFError, OSError) as err:
                self._end()
                raise PicturesNotOpened from err
            if not self._ready:
                self._end()
                raise PicturesNotOpened
        return line

    def _alive_line(self) -> "Connection":
        if self._line is not None and self._child is not None and self._child.is_alive():
            return self._line
        self._end()
        # Started anew and not forked: nothing of a customer is in its memory, and no lock is held.
        context = multiprocessing.get_context("spawn")
        try:
            ours, theirs = context.Pipe()
        except OSError as err:  # no handle left
            raise PicturesNotOpened from err
        child = context.Process(target=_serve, args=(theirs,), name="decoder", daemon=True)
        try:
            child.start()
        except OSError as err:  # no memory or no process left
            ours.close()
            raise PicturesNotOpened from err
        finally:
            theirs.close()
        self._child, self._line, self._ready = child, ours, False
        return ours

    def _died_of(self) -> bytes:
        child = self._child
        if child is None:
            return b"broken_file"
        child.join(_CLOCK_S)
        return b"too_slow" if child.exitcode == -getattr(signal, "SIGPROF", 0) else b"broken_file"

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._child is not None:
            self._child.kill()
            self._child.join(_CLOCK_S)
            self._child.close()
        self._child = self._line = None


def _unpacked(answer: bytes) -> "Pixels":
    if answer[:1] != b"+":
        raise refusal(answer[1:].decode("ascii"))
    height, width = (int.from_bytes(answer[at : at + 4], "big") for at in (1, 5))
    pixels = np.frombuffer(answer, np.uint8, offset=1 + _SHAPE)
    return pixels.reshape(height, width, 3).copy()


# -- in the child -----------------------------------------------------------------------------
def _serve(line: "Connection") -> None:
    """Decode one file after the other until the line is closed."""
    _bound_memory()
    # Pillow and the libraries below it complain about hostile files; nobody reads it here.
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line.send_bytes(b"ready")
    while True:
        try:
            data = line.recv_bytes()
        except (EOFError, OSError):
            return
        with contextlib.suppress(BrokenPipeError):
            line.send_bytes(_answer(data))


def _answer(data: bytes) -> bytes:
    _bound_time(SECONDS)
    try:
        pixels = decode(data)
        height, width = pixels.shape[:2]
        size = height.to_bytes(4, "big") + width.to_bytes(4, "big")
        return bytes(b"+" + size + pixels.tobytes())
    except PictureUnreadable as problem:
        return b"-" + str(problem.values["word"]).encode("ascii")
    except MemoryError:
        return b"-too_large"
    finally:
        _bound_time(0)


def _bound_memory() -> None:
    """Let no file fill this computer. Windows has no such bound; there the pixels are counted."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        size = pages * resource.getpagesize() + MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _bound_time(seconds: float) -> None:
    """End this process after so much of the processor's time; 0 takes the bound away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
