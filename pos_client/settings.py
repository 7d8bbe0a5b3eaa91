"""What the shop decided: read once at start, passed on, never looked up again."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

import platformdirs

from pos_client.model.problems import Problem

#: `POS_CLIENT_CAMERA=video:card.mp4` and so on.
ENVIRONMENT_PREFIX: Final = "POS_CLIENT_"
LANGUAGES: Final = ("en", "zh_CN")
MOST_THREADS: Final = 16
THEMES: Final = ("light", "dark", "system")


class SettingsUnreadable(Problem):
    """The settings file is not what it should be."""

    code = "S110"
    title = "The settings file cannot be used: {reason}"
    advice = "Correct the file {file} or remove it; nothing that was registered is affected."


@dataclass(frozen=True, slots=True)
class Settings:
    """All knobs, with safe defaults.

    `home` is the folder of the encrypted store; `camera` a source such as `device:0`,
    `device:Logitech C920`, `video:FILE` or `folder:PATH`; `threads` bounds the recogniser;
    `kiosk` keeps nothing but sealed packets from one start to the next;
    `documents` is a folder with declarations of further kinds of documents, empty for none.
    """

    home: Path
    camera: str = "device:0"
    language: str = "en"
    theme: str = "system"
    threads: int = 2
    log_level: str = "INFO"
    kiosk: bool = False
    documents: str = ""


def load(environment: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
    """Read file, then environment, then the `home` of the command line; the later one wins.

    Raises:
        SettingsUnreadable: the file is no TOML, or it has an unknown key or a wrong value.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(ENVIRONMENT_PREFIX + "HOME")
    folder = home or (Path(named) if named else default_home())
    settings = Settings(home=folder)
    settings = _with(settings, _from_file(folder / "settings.toml"), str(folder / "settings.toml"))
    known = {each.name for each in fields(Settings)} - {"home"}
    untrusted = {name: environment.get(ENVIRONMENT_PREFIX + name.upper()) for name in known}
    given = {name: value for name, value in untrusted.items() if value is not None}
    return _with(settings, given, "environment")


def default_home() -> Path:
    """Return the folder of this user where the client keeps its encrypted store."""
    return Path(platformdirs.user_data_dir("pos-client", appauthor=False))


def _from_file(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise SettingsUnreadable(reason="it is not a TOML text", file=str(file)) from err


def _with(settings: Settings, untrusted: Mapping[str, object], origin: str) -> Settings:
    changes: dict[str, object] = {}
    for name, value in untrusted.items():
        changes[name] = _value(name, value, origin)
    return replace(settings, **changes)  # type: ignore[arg-type]  # names and types checked above


def _value(name: str, value: object, origin: str) -> object:
    if name == "threads":
        return _threads(value, origin)
    if name == "kiosk":
        return _yes_or_no(name, value, origin)
    if name not in {"camera", "language", "theme", "log_level", "documents"}:
        raise SettingsUnreadable(reason=f"{name} is not a setting", file=origin)
    if not isinstance(value, str):
        raise SettingsUnreadable(reason=f"{name} must be a text", file=origin)
    choices = {"language": LANGUAGES, "theme": THEMES}.get(name)
    if choices and value not in choices:
        raise SettingsUnreadable(reason=f"{name} must be one of {choices}", file=origin)
    return value


def _threads(value: object, origin: str) -> int:
    text = str(value)
    if not text.isdecimal() or not 1 <= int(text) <= MOST_THREADS:
        raise SettingsUnreadable(reason="threads must be a whole number from 1 to 16", file=origin)
    return int(text)


def _yes_or_no(name: str, value: object, origin: str) -> bool:
    text = str(value).lower()
    if text not in {"true", "false"}:
        raise SettingsUnreadable(reason=f"{name} must be true or false", file=origin)
    return text == "true"
