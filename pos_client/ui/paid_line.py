"""Asks the system whether the line to the internet is paid by volume, as a telephone's is."""

from PySide6.QtCore import QObject


class PaidLine(QObject):
    """Knows what the system says; where it says nothing the line counts as free.

    Written on the window's thread alone; `metered` may be called from any.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._metered = False

    def watch(self) -> None:
        """Follow what the system says. Beginning takes a moment: not before the window stands."""
        try:
            from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 - see why below
        except ImportError:
            return  # a system without the libraries of Qt's network part: nothing else needs them
        if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
            return
        told = QNetworkInformation.instance()
        told.isMeteredChanged.connect(self.hear)
        self.hear(told.isMetered())

    def hear(self, metered: bool) -> None:
        """The system says whether the line is paid by volume now."""
        self._metered = metered

    def metered(self) -> bool:
        """Return what was said last."""
        return self._metered
