"""The left half of the counter: what the camera sees, what it looks for, and what it has."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_client.model.document import Side
from pos_client.model.view import View
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Pane, push_button, text_label
from pos_client.ui.pages.side_slots import SideSlots
from pos_client.ui.pages.way_out import WayOut
from pos_client.ui.standing import Standing
from pos_client.ui.widgets.busy import Busy
from pos_client.ui.widgets.camera_view import CameraView
from pos_client.ui.widgets.icon_label import IconLabel
from pos_client.ui.words import text_in

#: The sentence of a hint, with what is to be filled in.
Hint = Callable[[str, Mapping[str, str]], str]
#: Lower than this, there is no room for buttons and small pictures.
ROOMY_PX: Final = 400
#: And that much more where the ways out are explained, with their tip.
WAY_OUT_PX: Final = 300
#: Lower than this even their buttons would lie on the picture, which names the keys then.
TIGHT_PX: Final = 200
_WAYS_OUT: Final = frozenset({"CAP13", "CAP18"})


class CameraPane(Pane):
    """Live picture above, captured sides below; the camera is dark where nothing is wanted."""

    #: Take the picture now.
    take_chosen = Signal()
    #: Type instead of capturing, or go back to the camera.
    type_chosen = Signal()
    #: Use the next camera.
    other_camera_chosen = Signal()

    def __init__(self, wording: Hint) -> None:
        super().__init__()
        self._wording = wording
        self._standing: Standing | None = None
        self._wanted: frozenset[Side] | None = frozenset()
        self._typing = self._stuck = False
        self._icon = IconLabel(20)
        self._wanted_text = text_label("heading", wraps=False)
        self.view = CameraView(self._worded)
        self.view.setObjectName("camera")
        self.slots = SideSlots()
        self.view.setMinimumSize(200, 130)
        # It takes what is left, and asks for no height that would push the buttons out of sight.
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.busy = Busy()
        self.way_out = WayOut()
        self._foot = QWidget(self)
        self.take = push_button("take-now")
        self.type_instead = push_button("type-instead")
        self.other_camera = push_button("other-camera", "flat")
        self._lay_out()
        self.view.take_chosen.connect(self.take_chosen)
        self.view.stuck.connect(self._offer_way_out)
        self.view.sees.connect(self.take.setEnabled)
        self.view.sees.connect(self.way_out.take.setEnabled)
        self.way_out.take_chosen.connect(self.take_chosen)
        self.way_out.type_chosen.connect(self.type_chosen)
        self.way_out.other_camera_chosen.connect(self.other_camera_chosen)
        self.take.clicked.connect(self.take_chosen)
        self.type_instead.clicked.connect(self.type_chosen)
        self.other_camera.clicked.connect(self.other_camera_chosen)
        self.word()

    def show_view(self, view: View) -> None:
        """Show a camera picture; may be called from any thread."""
        self.view.post(view)

    def show_standing(
        self, standing: Standing | None, wanted: frozenset[Side] | None, *, typing: bool
    ) -> None:
        """Show what is there. `wanted` are sides looked for, None the SIM card, empty nothing."""
        if (wanted is None) != (self._wanted is None):
            self.view.clear()
        if wanted != self._wanted or typing != self._typing:
            self._stuck = False
        self._standing = standing
        self._wanted, self._typing = wanted, typing
        images = (
            {side: print_.whole() for side, print_ in standing.prints.items()} if standing else {}
        )
        self.slots.show_sides(
            standing.declaration if standing else None, images, wanted or frozenset()
        )
        looking = wanted is None or bool(wanted)
        self.slots.stand(upright=not looking)
        self.view.setVisible(looking)
        self.take.setVisible(bool(wanted))
        self.other_camera.setVisible(looking)
        if not looking:
            self.view.clear()
        self._share_room()
        self.word()

    def freeze(self, side: Side, image: QImage) -> None:
        """Let the captured picture fly into its slot."""
        corner = self.view.mapTo(self.window(), QPoint(0, 0))
        self.slots.slide_in(side, image, QRect(corner, self.view.size()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the room to the camera where it is scarce; the keys do what the buttons do."""
        super().resizeEvent(event)
        self._share_room()

    def forget(self) -> None:
        """Keep no picture of a customer."""
        self.view.clear()
        self.busy.stop()
        self._stuck = False
        self.show_standing(None, frozenset(), typing=False)

    def word(self) -> None:
        """Put every sentence in the window's language."""
        self.take.setText(self.tr("Take now (Space)"))
        self.type_instead.setText(
            self.tr("Back to the camera (F4)") if self._typing else self.tr("Type instead (F4)")
        )
        self.other_camera.setText(self.tr("Other camera"))
        sim = self._wanted is None
        self.view.aim(self.tr("Show the SIM's bar code") if sim else "", "barcode" if sim else "")
        text, icon = self._heading()
        self._wanted_text.setText(text)
        self._icon.show_icon(Tone.PLAIN, icon)

    def _worded(self, rule: str) -> str:
        """Return the sentence of a hint; where it speaks of the document chosen, with its name.

        Where the buttons below say what can be done, the picture says only why.
        """
        if rule in _WAYS_OUT and self.way_out.briefly is not None:
            return self.way_out.briefly
        declaration = self._standing.declaration if self._standing else None
        return self._wording(rule, {"expected": text_in(declaration.title)} if declaration else {})

    def _offer_way_out(self) -> None:
        """Put the ways out where the buttons were: the same words, larger, with a tip."""
        self._stuck = True
        self.way_out.offer(sim=self._wanted is None)
        self._share_room()

    def _share_room(self) -> None:
        # What is seen of this pane: where that is too little, the pane itself is higher.
        parent = self.parentWidget()
        seen_px = self.height() if parent is None else parent.height()
        stuck = self._stuck and seen_px >= TIGHT_PX
        roomy = seen_px >= ROOMY_PX
        roomy_if_stuck = seen_px >= ROOMY_PX + WAY_OUT_PX
        self._foot.setVisible(roomy and not stuck)
        self.slots.show_pictures(shown=roomy or self.view.isHidden())
        # Before the kind of document is known there are no slots, and the picture has their room.
        self.slots.setVisible(bool(self.slots.slots) and (roomy_if_stuck or not stuck))
        self.way_out.setVisible(stuck)
        self.way_out.be_brief(brief=not roomy_if_stuck)

    def _heading(self) -> tuple[str, str]:
        if self._wanted is None:
            return self.tr("Bar code of the SIM card"), "barcode"
        if not self._wanted:
            return self.tr("Captured pictures"), "card"
        declaration = self._standing.declaration if self._standing else None
        if declaration is None:
            return self.tr("Any side of the document"), "card"
        titles = [text_in(each.title) for each in declaration.sides if each.side in self._wanted]
        return " / ".join(titles), "card"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._wanted_text, 1)
        head.addWidget(self.other_camera)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.take)
        foot.addWidget(self.type_instead)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.view, 5)
        column.addWidget(self.busy)
        column.addWidget(self.way_out)
        column.addWidget(self.slots, 2)
        column.addWidget(self._foot)
