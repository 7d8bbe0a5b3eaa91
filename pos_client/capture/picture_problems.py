"""Says what is the matter with one picture file: what it is instead, and what would be read."""

from typing import Final

from pos_client.capture.problems import PictureUnreadable
from pos_client.model.problems import Problem, Retry

#: Larger pictures are refused before they are decoded.
MAX_PIXELS: Final = 50_000_000
MAX_BYTES: Final = 40 * 1024 * 1024


class PictureMissing(PictureUnreadable):
    """No file has this name."""

    code = "D122"
    title = "There is no such file"
    advice = "Check the name and the folder."
    told_as = "missing"


class PictureIsFolder(PictureUnreadable):
    """A folder was named where a picture was meant."""

    code = "D123"
    title = "This is a folder and no picture"
    advice = "Choose the pictures in it."
    told_as = "missing"


class PictureNotAllowed(PictureUnreadable):
    """The file is there, and this user may not read it."""

    code = "D124"
    title = "This file may not be read by you"
    advice = "Ask its owner for leave to read it, or copy it into a folder of your own."
    told_as = "missing"


class PictureIsNoFile(PictureUnreadable):
    """A pipe or a device: it may have no end, or never begin."""

    code = "D125"
    title = "This is no ordinary file"
    advice = "It is a pipe or a device. Save the picture as a file and choose that."
    told_as = "missing"


class PictureTooLarge(PictureUnreadable):
    """More bytes or more pixels than any document needs."""

    code = "D126"
    title = "This picture is too large"
    advice = (
        "Choose a picture of at most {limit} megapixels and {megabytes} MB, or save it as JPEG."
    )
    told_as = "too_large"


class PictureTooSlow(PictureUnreadable):
    """It was built to keep a computer busy, or is of a kind that does so."""

    code = "D127"
    title = "Opening this picture takes too long"
    advice = "Open it in a picture viewer, make it smaller and save it as JPEG."
    told_as = "too_slow"


class NotAPicture(PictureUnreadable):
    """Something else, or a picture of a kind that is not read here."""

    code = "D128"
    title = "This file is no picture that can be read here"
    advice = "Choose a JPEG, PNG, BMP, TIFF, GIF or WebP picture."
    told_as = "not_a_picture"


class PictureEmpty(PictureUnreadable):
    """A file of no bytes: a copy that was broken off."""

    code = "D129"
    title = "This file is empty"
    advice = "Copy it once more from where it came, or take the picture again."
    told_as = "not_a_picture"


class PictureIsHeic(PictureUnreadable):
    """What telephones save where they are not told otherwise."""

    code = "D140"
    title = "Pictures of this kind (HEIC, AVIF) cannot be read"
    advice = (
        "Save the picture as JPEG. A telephone does so by itself where its camera is set to the "
        "most compatible format."
    )
    told_as = "not_a_picture"


class PictureIsPdf(PictureUnreadable):
    """A page, perhaps with a picture on it."""

    code = "D141"
    title = "This is a PDF and no picture"
    advice = "Save its page as a JPEG or PNG picture, or photograph the document itself."
    told_as = "not_a_picture"


class PictureIsDrawing(PictureUnreadable):
    """A drawing of lines, which could also reach for other files."""

    code = "D142"
    title = "This is a drawing (SVG) and no picture"
    advice = "Save it as a PNG picture, or photograph the document itself."
    told_as = "not_a_picture"


class PicturesNotOpened(Problem):
    """The process that opens picture files cannot be started: no file is at fault."""

    code = "D143"
    title = "Pictures cannot be opened on this computer at present"
    advice = (
        "The files are not at fault. Close other programs and try again; if it stays so, start "
        "this computer anew."
    )
    retry = Retry.LATER


class NoDocumentSeen(Problem):
    """The picture was opened and looked at; no document of a known kind is in it."""

    code = "D144"
    title = "No document was recognised in this picture"
    advice = (
        "Photograph the whole document, flat, sharp and in even light. `pos-client documents list` "
        "names the kinds that can be read."
    )


class PictureTooSmall(Problem):
    """So few pixels that no letter can be told from another."""

    code = "D145"
    title = "This picture is too small to be read"
    advice = "Choose the picture as it was taken and not a small copy of it."


#: Each reason by the word that the decoder and the reader have for it.
_KINDS: Final[dict[str, type[PictureUnreadable]]] = {
    "missing": PictureMissing,
    "folder": PictureIsFolder,
    "not_allowed": PictureNotAllowed,
    "no_file": PictureIsNoFile,
    "too_large": PictureTooLarge,
    "too_slow": PictureTooSlow,
    "not_a_picture": NotAPicture,
    "empty": PictureEmpty,
    "heic": PictureIsHeic,
    "pdf": PictureIsPdf,
    "svg": PictureIsDrawing,
}
_UNSEEN: Final[dict[str, type[Problem]]] = {
    "no_document": NoDocumentSeen,
    "too_small": PictureTooSmall,
}


def refusal(word: str) -> PictureUnreadable:
    """Return why a file is no picture for us."""
    kind = _KINDS.get(word, PictureUnreadable)
    return kind(
        word=word,
        reason=kind.told_as,
        limit=MAX_PIXELS // 1_000_000,
        megabytes=MAX_BYTES // (1024 * 1024),
    )


def nothing_read(word: str) -> Problem:
    """Return why nothing was read from a picture that could be opened."""
    return _UNSEEN.get(word, NoDocumentSeen)()


#: The first bytes of files that people take for pictures, and of pictures we do not read.
_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
)
_HEAD: Final = 1024


def instead(data: bytes) -> str:
    """Return the word for what a file is that no picture reader knew."""
    head = data[:_HEAD]
    if not data:
        return "empty"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return "heic"
    if b"%PDF-" in head:
        return "pdf"
    return "svg" if b"<svg" in head.lower() else "not_a_picture"
