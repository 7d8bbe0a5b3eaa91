"""What can be the matter with a camera, in words a clerk can act on."""

from pos_client.model.problems import Problem, Retry


class CameraNotFound(Problem):
    """No such camera is plugged in."""

    code = "D101"
    title = "Camera not found"
    advice = "Plug it in; it is found by itself. Everything typed so far is kept."
    retry = Retry.LATER


class CameraInUse(Problem):
    """The camera is there but does not open: another program holds it, or the system forbids it."""

    code = "D102"
    title = "Camera in use by another program"
    advice = "Close the other program, or choose another camera. It is tried again by itself."
    retry = Retry.LATER


class CameraLost(Problem):
    """The camera stopped answering while it was open."""

    code = "D103"
    title = "Camera unplugged"
    advice = "Plug it in again; it goes on by itself. Nothing that was captured is lost."
    retry = Retry.LATER


class NoPictures(Problem):
    """A video or a folder that stands in for a camera has nothing that can be shown."""

    code = "D104"
    title = "No pictures in this video or folder"
    advice = "Choose a video file, or a folder with JPEG, PNG or BMP pictures."


class NoCameraPluggedIn(Problem):
    """The list of cameras is empty, or the one by its number does not open."""

    code = "D105"
    title = "No camera is plugged in"
    advice = "Plug one in, or let a recording stand in for it: video:FILE or folder:PATH."


class NoSuchCamera(Problem):
    """Cameras are plugged in, and none has this name."""

    code = "D106"
    title = "There is no camera called {camera}"
    advice = "Plugged in: {names}."


class RecordingMissing(Problem):
    """The video or the folder that is to stand in for a camera is not there."""

    code = "D107"
    title = "There is no such {kind}: {path}"
    advice = "Check the name behind video: or folder:."


class SourceUnknown(Problem):
    """A line of settings that is to name a camera names nothing."""

    code = "D108"
    title = "{source} names no camera"
    advice = "Write device:NAME, video:FILE or folder:PATH."


# -- what the camera check finds ----------------------------------------------------------------
class CardTooSmall(Problem):
    """Too few pixels fall on a card."""

    code = "D131"
    title = "The card is too small in the picture"
    advice = "Bring it closer, or use a camera with more pixels."


class PictureNotSharp(Problem):
    """Fine lines run together."""

    code = "D132"
    title = "The picture is not sharp"
    advice = "Wipe the lens, and find the distance at which the finest lines stand apart."


class PictureGrainy(Problem):
    """The sensor's noise is stronger than fine print."""

    code = "D133"
    title = "The picture is grainy"
    advice = "Put a lamp beside the card: with more light the camera needs less gain."


class ColoursOff(Problem):
    """Printed colours come out as others."""

    code = "D134"
    title = "The colours are off"
    advice = "Use one kind of light only, best a white lamp, and keep coloured paper away."


class PicturesTooFew(Problem):
    """The camera is slow."""

    code = "D135"
    title = "The camera gives few pictures a second"
    advice = "More light helps, and so does a USB socket of its own, without a hub."


class PictureDark(Problem):
    """White paper is grey in the picture."""

    code = "D136"
    title = "The picture is too dark"
    advice = "Put a lamp beside the card."


class PictureBright(Problem):
    """Light greys are as white as paper."""

    code = "D137"
    title = "The picture is too bright"
    advice = "Shade the card, or turn the lamp away from it."


class GreysRunTogether(Problem):
    """Neighbouring greys cannot be told apart."""

    code = "D138"
    title = "The greys run together"
    advice = "Turn off picture effects of the camera, and keep light from falling into the lens."
