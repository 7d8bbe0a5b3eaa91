"""Every word on the screen in the clerk's language, switched while the window stands open.

Sentences are written in English where they are used, through Qt's own `tr`; the other languages
stand as Qt Linguist files in `resources/i18n/` (`zh_CN.ts`, `zh_CN.pages.ts`, ...) and are read
as they are, so that there is nothing to build. A switch sends Qt's LanguageChange to every widget.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QObject,
    QTranslator,
    Signal,
)

from pos_client import resources
from pos_client.model.problems import Problem

#: Language code to its own name, as the switch shows it.
LANGUAGES: Final = {"en": "English", "zh_CN": "简体中文"}

#: Context of the titles and advice of problems in the translation files.
PROBLEM: Final = "Problem"

#: A detail in brackets at the end of a title: ` ({reason})`, `（{reason}）`.
_DETAIL: Final = re.compile(r"\s*[(（][^()（）]*\{\w+\}[^()（）]*[)）]")

#: (context, source text) to its forms: one, or one for each grammatical number.
Messages = dict[tuple[str, str], tuple[str, ...]]


class LinguistFile(QTranslator):
    """A translator that reads Qt Linguist XML, without a compiled file in between."""

    # Qt may still ask while Python already takes this object apart: then there is nothing to say.
    _messages: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType({})

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        found: Messages = {}
        for path in sorted(resources.folder("i18n").glob(f"{language}*.ts")):
            found |= read_messages(path.read_text("utf-8"))
        self._messages = found

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Say that there is something here, or Qt would leave this translator out."""
        return False

    def translate(
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the text in this language, or None where the file does not have it."""
        forms = self._messages.get((context, source_text))
        if forms is None:
            return None
        plural = len(forms) > 1 and n != 1
        return forms[1 if plural else 0] or None


class Words(QObject):
    """The language of this window."""

    #: The window speaks another language now (`en`, `zh_CN`).
    changed = Signal(str)

    def __init__(self, app: QCoreApplication, language: str = "en") -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self.language = ""
        self.speak(language)

    def speak(self, language: str) -> None:
        """Switch to `language`; every widget gets Qt's LanguageChange."""
        if language == self.language:
            return
        self.fall_silent()
        self.language = language
        self._app.setProperty("language", language)
        qt_own = QTranslator(self)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._installed = [LinguistFile(language, self)]
        if qt_own.load(f"qtbase_{language}", where):
            self._installed.insert(0, qt_own)
        for translator in self._installed:
            self._app.installTranslator(translator)
        self.changed.emit(language)

    def fall_silent(self) -> None:
        """Take the translators out of the application, before this object goes."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []

    def speak_next(self) -> None:
        """Switch to the next language of the list."""
        codes = list(LANGUAGES)
        self.speak(codes[(codes.index(self.language) + 1) % len(codes)])


def language_now() -> str:
    """Return the language the window speaks, for sentences that the desk words."""
    app = QCoreApplication.instance()
    return str(app.property("language") or "en") if app is not None else "en"


def text_in(texts: Mapping[str, str], language: str | None = None) -> str:
    """Return the text in a language (the window's where None), or any where it is missing."""
    code = language or language_now()
    return texts.get(code) or texts.get("en") or next(iter(texts.values()), "")


def read_messages(xml: str) -> Messages:
    """Read a Linguist file; entries still marked unfinished are left out."""
    found: Messages = {}
    # The file is shipped with the client and never comes from outside.
    for context in ET.fromstring(xml).iter("context"):  # noqa: S314
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            forms = tuple(form.text or "" for form in translation.iter("numerusform"))
            source = message.findtext("source", "")
            found[name, source] = forms or (translation.text or "",)
    return found


def problem_title(problem: Problem) -> str:
    """Return what happened, in the window's language."""
    return _filled(problem.title, problem)


def problem_advice(problem: Problem) -> str:
    """Return what is safe and what to do next, in the window's language."""
    return _filled(problem.advice, problem)


def cause_in_words(code: str) -> str:
    """Return what a problem's code means, without the details its title would name.

    A row of the waiting list keeps only the code of the problem that holds it up.
    """
    kind = next((kind for kind in _below(Problem) if kind.code == code), None)
    if kind is None:
        return code
    return _DETAIL.sub("", QCoreApplication.translate(PROBLEM, kind.title))


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _filled(template: str, problem: Problem) -> str:
    if not template:
        return ""
    return QCoreApplication.translate(PROBLEM, template).format_map(_Gaps(problem.values))


class _Gaps(dict[str, object]):
    """Shows an ellipsis where a value is missing: a message must not become a crash."""

    def __missing__(self, key: str) -> str:
        return "…"
