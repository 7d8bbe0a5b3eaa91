"""The camera and the recogniser, opened when they are first needed and kept for the day.

This module pulls in everything that handles pixels; it is imported in a worker thread only, so
that the window stands before any of it is loaded.
"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos_client.capture.bounded import Decoder
from pos_client.capture.cameras import plugged_in
from pos_client.capture.face_aim import FaceAim, LiveFace
from pos_client.capture.face_nets import FaceNets, load_faces
from pos_client.capture.files import read_picture
from pos_client.capture.frame import FrameSource
from pos_client.capture.reader import Reader, load_reader
from pos_client.capture.sources import refuse_unless_there
from pos_client.capture.watch import Watch
from pos_client.model.camera_check import CameraReport
from pos_client.model.declaration import DocumentDeclaration
from pos_client.model.document import DocumentKind
from pos_client.model.private import Private
from pos_client.model.reading import Reading
from pos_client.model.view import Shutter, View, Wanted
from pos_client.resources import folder

__all__ = ["Eyes", "plugged_in", "refuse_unless_there"]


@dataclass(frozen=True, slots=True)
class FaceAsk:
    """What is asked of a customer before the camera: how many movements, drawn by whom.

    `keep` says whether a small picture of the face is wanted.
    """

    moves: int
    chance: random.Random
    keep: bool


class Eyes:
    """A camera for cards, one for people or the same, and one reader; any thread, in turns."""

    def __init__(
        self,
        documents: tuple[DocumentDeclaration, ...],
        threads: int,
        source: FrameSource,
        person: FrameSource | None = None,
    ) -> None:
        """Load the recogniser and get the camera ready; nothing is switched on yet.

        `person` is the camera that looks at the customer, None where one does for both.

        Raises:
            ModelsMissing: neither the networks nor Tesseract are installed.
        """
        self._reader: Reader = load_reader(documents, folder("models"), threads=threads)
        self._watch = Watch(source, self._reader)
        self._person = self._watch if person is None else Watch(person, self._reader)
        self._faces: FaceNets | None = None
        self._turn = threading.Lock()
        self._loading = threading.Lock()

    def warm_up(self) -> None:
        """Do once what is slow the first time, so that the first customer does not wait for it."""
        self._reader.warm_up()

    def look(
        self, wanted: Wanted, show: Callable[[View], None], shutter: Shutter
    ) -> Reading | None:
        """Watch until one wanted side is captured; None when the shutter was stopped."""
        with self._turn:
            return self._watch.look(wanted, show, shutter)

    def scan_sim(self, show: Callable[[View], None], shutter: Shutter) -> Private[str] | None:
        """Watch until a SIM's bar code is read; None when the shutter was stopped."""
        with self._turn:
            return self._watch.scan_sim(show, shutter)

    def check(self, show: Callable[[View], None], shutter: Shutter) -> CameraReport | None:
        """Grade the camera on the printed target; None when the shutter was stopped."""
        with self._turn:
            return self._watch.check(show, shutter)

    def faces(self) -> FaceNets:
        """Return the networks for faces, loaded when they are first needed.

        Raises:
            FaceModelsMissing: they are not installed, or damaged.
        """
        with self._loading:
            if self._faces is None:
                self._faces = load_faces(folder("models"))
            return self._faces

    def look_at_person(
        self, ask: FaceAsk, show: Callable[[View], None], shutter: Shutter
    ) -> LiveFace | None:
        """Watch the customer; None when the shutter was stopped. Raises FaceModelsMissing."""
        aim = FaceAim(self.faces(), moves=ask.moves, chance=ask.chance, keep=ask.keep)
        with self._turn:
            return self._person.face(aim, show, shutter)

    def forget(self) -> None:
        """Forget the last capture: another customer comes."""
        self._watch.forget()

    def close(self) -> None:
        """Let the cameras go."""
        self._watch.close()
        if self._person is not self._watch:
            self._person.close()


def reader_of_files(
    documents: tuple[DocumentDeclaration, ...], threads: int
) -> Callable[[Path, DocumentKind | None], Reading]:
    """Return what reads a picture file; loads the recogniser once.

    Raises:
        ModelsMissing: neither the networks nor Tesseract are installed.
    """
    decoder = Decoder()
    decoder.start()
    reader = load_reader(documents, folder("models"), threads=threads)

    def read(path: Path, wanted: DocumentKind | None) -> Reading:
        """Read one file. Raises PictureUnreadable where it is no picture."""
        return reader.read(read_picture(path, decoder.decode), wanted=wanted)

    return read
