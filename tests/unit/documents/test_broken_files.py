"""No description file, however broken, does more than to be answered with what is wrong in it."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import pytest

from pos_client import resources
from pos_client.cli import main
from pos_client.documents import Checker, DeclarationWrong, check_file, known_kinds
from pos_client.documents.patterns import try_pattern
from tests.unit.documents.broken import BROKEN, Broken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED: Final = resources.folder("documents")
SOUND: Final[dict[str, Any]] = json.loads((SHIPPED / "ng.nin.json").read_text(encoding="utf-8")) | {
    "code": "ng.card",
}
SCHEMA: Final = jsonschema_rs.Draft202012Validator(
    json.loads((SHIPPED / "schema" / "document.schema.json").read_text(encoding="utf-8"))
)


def write(file: Path, data: object) -> Path:
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return file


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.name)
def test_what_is_wrong_is_said_with_its_place(broken: Broken, tmp_path: Path) -> None:
    (said,) = check_file(write(tmp_path / "a.json", broken.put_into(SOUND)))
    assert said.where == broken.where
    assert broken.message in said.said
    assert not said.is_note


@pytest.mark.parametrize(
    "broken", [each for each in BROKEN if each.by_schema], ids=lambda each: each.name
)
def test_an_editor_that_knows_the_schema_finds_it_too(broken: Broken) -> None:
    # JSON has no number without end; an editor calls it no JSON before any schema is asked.
    text = json.dumps(broken.put_into(SOUND)).replace("Infinity", "1e400")
    assert not SCHEMA.is_valid(jsonschema_rs_loads(text))


def jsonschema_rs_loads(text: str) -> Any:
    """A number beyond all bounds stands for one that is merely too large."""
    return json.loads(text, parse_float=lambda each: min(float(each), 1e300))


def test_what_is_sound_is_sound_for_both(tmp_path: Path) -> None:
    assert check_file(write(tmp_path / "a.json", SOUND)) == ()
    assert SCHEMA.is_valid(SOUND)


def without(key: str) -> str:
    return json.dumps({name: value for name, value in SOUND.items() if name != key})


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (json.dumps(SOUND).replace("85.6", "1" + "0" * 5000), "width_mm", "too large"),
        (json.dumps(SOUND).replace("85.6", "NaN"), "width_mm", "a number is expected"),
        (json.dumps(SOUND).replace("85.6", "-Infinity"), "width_mm", "too small"),
        (json.dumps(SOUND).replace('"mask": [3, 3]', '"mask": [NaN, 2]'), "mask[0]", "a number"),
        ("[" * 100_000 + "]" * 100_000, "file", "nested too deeply"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, "file", "nested too deeply"),
        ("[" + "1," * 600_000 + "1]", "file", "too large"),
        (json.dumps(SOUND)[:-1] + ', "code": "ng.other"}', "top", "'code' stands here more than"),
        (without("code"), "top", "'code' is missing"),
        ('{\n  "code": "a.b",\n}', "line 3, column 1", "no JSON"),
        ("", "line 1, column 1", "no JSON"),
        ('"card"', "top", "an object is expected"),
        (json.dumps(SOUND)[:-1] + ', "\\ud800": 1}', "top", r"unknown key '\ud800'"),
    ],
    ids=str,
)
def test_text_that_breaks_readers_of_json_is_answered_like_any_other(
    text: str, where: str, message: str, tmp_path: Path
) -> None:
    (said,) = check_file(write(tmp_path / "a.json", text))
    assert (said.where, message in said.message) == (where, True)


def test_a_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(SOUND).encode())
    assert check_file(file) == ()
    file.write_bytes(json.dumps(SOUND).encode("utf-16"))
    assert check_file(file)[0].right == "save it as UTF-8"


def a_folder(place: Path) -> None:
    place.mkdir()


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def a_loop(place: Path) -> None:
    place.symlink_to(place)


def nothing(place: Path) -> None:
    assert not place.exists()


#: Windows has folders, and names that lead nowhere.
NO_FILES: Final = [(a_folder, "this is a folder"), (nothing, "no such file")]
if sys.platform != "win32":
    NO_FILES.extend(
        [(a_pipe, "no ordinary file"), (a_device, "no ordinary file"), (a_loop, "no such file")]
    )


@pytest.mark.parametrize(("make", "message"), NO_FILES)
def test_what_is_no_file_is_told_and_not_waited_for(
    make: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    make(tmp_path / "a.json")
    (said,) = check_file(tmp_path / "a.json")
    assert (said.where, message in said.message) == ("file", True)


def test_a_complaint_is_short_and_there_are_not_too_many(tmp_path: Path) -> None:
    many = SOUND | {f"k{at}": 1 for at in range(20_000)} | {"x" * 600_000: 1}
    said = check_file(write(tmp_path / "a.json", many))
    assert len(said) == 51
    assert said[-1].message == "and 19951 more"
    long = check_file(write(tmp_path / "b.json", SOUND | {"x" * 800_000: 1, "mrz": "t" * 90_000}))
    assert max(len(each.said) for each in (*said, *long)) < 500


def test_a_pattern_that_is_admitted_is_quick_on_any_line() -> None:
    for pattern in (r"[0-9]+[0-9]+X", r"\([A-Z0-9]+\)[A-Z]{1,50}X", r"(AB|A|B){8}X"):
        try_pattern(pattern)
        for line in ("0" * 100, "A" * 100, "AB" * 50, "(A" * 50):
            started = time.perf_counter()
            re.search(pattern, line)
            assert time.perf_counter() - started < 1


def test_reading_answers_with_the_same_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = BROKEN[0]
    file = write(tmp_path / "a.json", broken.put_into(SOUND))
    (said,) = check_file(file)
    assert main(["read", "--documents", str(tmp_path), "card.jpg"]) == 1
    assert f"{file}, at {said.where}: {said.said}" in capsys.readouterr().err


def test_a_code_that_is_taken_is_told_before_a_shop_is_stopped_by_it(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.json", SOUND), write(tmp_path / "b.json", SOUND)
    checker = Checker()
    assert checker.check(first) == ()
    (said,) = checker.check(second)
    assert said.where == "code"
    with pytest.raises(DeclarationWrong) as caught:
        known_kinds(str(tmp_path))
    assert said.said in str(caught.value.values["message"])
    (said,) = check_file(write(first, SOUND | {"code": "xx.passport"}))
    assert "shipped with the client" in said.message


def test_a_caption_of_other_kinds_and_one_that_cannot_be_read_are_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    side = SOUND["sides"][0]
    captions = [{"text": "Surname", "box": [1, 1, 20, 2]}, {"text": "Name", "box": [1, 4, 20, 2]}]
    file = write(tmp_path / "a.json", SOUND | {"sides": [side | {"anchors": captions}]})
    notes = check_file(file)
    assert notes
    assert all(each.is_note for each in notes)
    thai = [{"text": "บัตรประจำตัวประชาชน", "box": [1, 1, 30, 3]}]
    write(file, SOUND | {"sides": [side | {"anchors": thai}]})
    (note,) = check_file(file)
    assert "in a script that is not read" in note.message
    assert main(["documents", "check", str(file)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [str(note), f"{file}: in order"]
