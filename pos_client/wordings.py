"""What the clerk reads when a rule has something to say, in English and in Chinese."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos_client import resources
from pos_client.model.rules import Severity

LANGUAGES: Final = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Wording:
    """One rule: its usual severity and its sentence in each language."""

    severity: Severity
    sentences: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wordings:
    """All sentences by rule id, e.g. `NUM02`."""

    rules: dict[str, Wording]

    def severity(self, rule: str) -> Severity:
        """Return how heavy `rule` weighs where the policy pack does not say otherwise.

        Raises:
            KeyError: no such rule; a bug, since every rule in the code has its wording.
        """
        return self.rules[rule].severity

    def sentence(self, rule: str, language: str, values: Mapping[str, str] | None = None) -> str:
        """Return the sentence of `rule` with `values` filled in.

        A value that differs by language is given as `field.en` and `field.zh_CN`. A value that is
        missing leaves its placeholder standing: a message must never become a crash. Languages
        that are not shipped fall back to English.
        """
        sentences = self.rules[rule].sentences
        template = sentences.get(language, sentences["en"])
        return template.format_map(_Values(values or {}, language))


def load() -> Wordings:
    """Read the sentences shipped with the client."""
    entries = json.loads(resources.path("wordings/rules.json").read_text(encoding="utf-8"))
    return Wordings(
        {
            entry["id"]: Wording(
                Severity(entry["severity"]), {each: entry[each] for each in LANGUAGES}
            )
            for entry in entries
        }
    )


class _Values(dict[str, str]):
    def __init__(self, values: Mapping[str, str], language: str) -> None:
        super().__init__(values)
        self._language = language

    def __missing__(self, key: str) -> str:
        return self.get(f"{key}.{self._language}", "{" + key + "}")
