"""What the customer has to be told: one text at a time, in the customer's language, answered."""

import time
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from pos_client.model.policy import Notice
from pos_client.model.registration import NoticeAnswer
from pos_client.ui.look.dress import set_role
from pos_client.ui.look.tokens import Tone
from pos_client.ui.pages.page import Pane, push_button, text_label
from pos_client.ui.widgets.banner import Banner
from pos_client.ui.words import LANGUAGES, language_now, text_in


class NoticesPane(Pane):
    """Shows the next unanswered notice; the language of the text is the customer's own."""

    #: The customer answered a notice.
    answered = Signal(NoticeAnswer)
    #: All notices are answered with yes.
    finished = Signal()

    def __init__(self, name: str = "notice") -> None:
        super().__init__()
        self._notices: tuple[Notice, ...] = ()
        self._answers: dict[str, NoticeAnswer] = {}
        self._place = 0
        self._language: str | None = None
        self._shown_at: float | None = None
        self._count = text_label("muted", wraps=False)
        self._title = text_label("heading")
        self.text = QPlainTextEdit()
        self.text.setObjectName(f"{name}-text")
        self.text.setReadOnly(True)
        set_role(self.text, "reading")
        self.text.setTabChangesFocus(True)
        self.languages = {
            code: push_button(f"{name}-language-{code}", "flat") for code in LANGUAGES
        }
        self.accept = push_button(f"{name}-accept", "primary")
        self.decline = push_button(f"{name}-decline")
        self.earlier = push_button(f"{name}-earlier", "flat")
        self.later = push_button(f"{name}-later", "flat")
        self.told = Banner()
        self._lay_out()
        for code, button in self.languages.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, chosen=code: self.speak(chosen))
        self.accept.clicked.connect(lambda: self.answer(accepted=True))
        self.decline.clicked.connect(lambda: self.answer(accepted=False))
        self.earlier.clicked.connect(lambda: self._turn(self._place - 1))
        self.later.clicked.connect(lambda: self._turn(self._place + 1))
        self.word()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Take the notices of the policy pack."""
        self._notices = tuple(notices)
        self._place = 0
        self.word()

    def show_answers(self, answers: Sequence[NoticeAnswer]) -> None:
        """Take what was answered so far; answers to older wordings do not count."""
        versions = {notice.id: notice.version for notice in self._notices}
        # What was answered here is newer than what the store knows.
        self._answers = {
            answer.notice_id: answer
            for answer in answers
            if versions.get(answer.notice_id) == answer.version
        } | self._answers
        self.word()

    @property
    def accepted_count(self) -> int:
        """How many notices were agreed to."""
        return sum(answer.accepted for answer in self._answers.values())

    @property
    def count(self) -> int:
        """How many notices there are."""
        return len(self._notices)

    @property
    def shown(self) -> Notice | None:
        """The notice that is on the screen."""
        return self._notices[self._place] if self._notices else None

    def answer(self, *, accepted: bool) -> None:
        """Keep the customer's answer, and go to the next notice."""
        notice = self.shown
        if notice is None or not self.isVisible():
            return
        since = self._shown_at if self._shown_at is not None else time.monotonic()
        answer = NoticeAnswer(
            notice_id=notice.id,
            version=notice.version,
            language=self._spoken(),
            shown_ms=round((time.monotonic() - since) * 1000),
            accepted=accepted,
        )
        self._answers[notice.id] = answer
        self.answered.emit(answer)
        following = self._next_open()
        if accepted and following is not None:
            self._turn(following)
        elif accepted:
            self.word()
            self.finished.emit()
        else:
            self.word()

    def speak(self, language: str) -> None:
        """Show the notices in the customer's language, whatever the window speaks."""
        self._language = language
        self._shown_at = time.monotonic()
        self.word()

    def enter(self) -> None:
        """Show the first notice without a yes."""
        following = self._next_open()
        if following is not None:
            self._turn(following)
        self.text.setFocus()

    def forget(self) -> None:
        """Forget the answers and the customer's language."""
        self._answers, self._place, self._language = {}, 0, None
        self.word()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count from now how long the text is shown."""
        self._shown_at = time.monotonic()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop counting."""
        self._shown_at = None
        super().hideEvent(event)

    def word(self) -> None:
        """Put every sentence in the window's language, and the text in the customer's."""
        notice = self.shown
        if notice is None:
            return
        spoken = self._spoken()
        place, count = self._place + 1, len(self._notices)
        self._count.setText(self.tr("{n} of {count}").format(n=place, count=count))
        self._title.setText(f"{text_in(notice.title, spoken)} ({notice.version})")
        if self.text.toPlainText() != text_in(notice.text, spoken):
            self.text.setPlainText(text_in(notice.text, spoken))
        self.text.setAccessibleName(text_in(notice.title, spoken))
        for code, button in self.languages.items():
            button.setText(LANGUAGES[code])
            button.setChecked(code == spoken)
        self.accept.setText(self.tr("The customer agrees (F9)"))
        self.decline.setText(self.tr("The customer declines"))
        self.earlier.setText(self.tr("Previous"))
        self.later.setText(self.tr("Next"))
        for piece in (self._count, self.earlier, self.later):
            piece.setVisible(count > 1)
        self.earlier.setEnabled(self._place > 0)
        self.later.setEnabled(self._place + 1 < count)
        self._word_answer(self._answers.get(notice.id), required=notice.required)

    def _word_answer(self, answer: NoticeAnswer | None, *, required: bool) -> None:
        if answer is None:
            self.told.clear()
        elif answer.accepted:
            self.told.tell(Tone.OK, self.tr("The customer agreed"))
        else:
            self.told.tell(
                Tone.WARN,
                self.tr("The customer declined"),
                self.tr("Without this the number cannot be registered.") if required else "",
            )

    def _spoken(self) -> str:
        return self._language or language_now()

    def _next_open(self) -> int | None:
        for place, notice in enumerate(self._notices):
            answer = self._answers.get(notice.id)
            if answer is None or (notice.required and not answer.accepted):
                return place
        return None

    def _turn(self, place: int) -> None:
        self._place = max(0, min(len(self._notices) - 1, place))
        self._shown_at = time.monotonic()
        self.word()
        self.text.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in self.languages.values():
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.earlier)
        foot.addWidget(self._count)
        foot.addWidget(self.later)
        foot.addStretch()
        foot.addWidget(self.decline)
        foot.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
