"""The settings file: what is read, what wins, and what is refused."""

from pathlib import Path

import pytest

from pos_client.settings import SettingsUnreadable, load


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load({}, home=tmp_path)
    assert settings.home == tmp_path
    assert settings.camera == "device:0"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'camera = "device:1"\nlanguage = "zh_CN"\nthreads = 1\n'
    )
    settings = load({"POS_CLIENT_CAMERA": "video:card.mp4"}, home=tmp_path)
    assert (settings.camera, settings.language, settings.threads) == ("video:card.mp4", "zh_CN", 1)


@pytest.mark.parametrize(
    "text",
    [
        'camara = "device:0"',
        "camera = 1",
        'language = "fr"',
        "threads = 0",
        "threads = 'x'",
        "=",
        "\x00",
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(SettingsUnreadable) as refused:
        load({}, home=tmp_path)
    assert "settings.toml" in refused.value.advice.format_map(refused.value.values)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsUnreadable):
        load({}, home=tmp_path)
