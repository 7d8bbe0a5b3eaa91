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
