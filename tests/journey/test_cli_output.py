"""Whatever a file is called and wherever the lines go, a command ends with a word of ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import pytest

from pos_client.cli.output import as_json, printable
from tests.journey.runner import ROOT, private_places

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRY: Final = "import sys; from pos_client.cli import main; sys.exit(main())"
#: A byte that is no text, a line break, a sign of terminals, and one that turns what follows.
_NAME: Final = "b\udcffd\n\x1b[31m\u202egpj"
NO_SUCH: Final = ["documents", "check", "none.json"]


def ended(
    command: Sequence[str | bytes],
    folder: Path,
    out: int | IO[bytes] = subprocess.PIPE,
    **more: str,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program, no shell
        [sys.executable, "-c", _ENTRY, *command],
        cwd=ROOT,
        env=private_places(folder) | more,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )


def test_a_line_for_machines_is_json_whatever_a_file_is_called() -> None:
    line = as_json({"file": _NAME, "half": "\ud800"})
    assert json.loads(line.encode("utf-8")) == {
        "file": "b\\xffd\n\x1b[31m\u202egpj",
        "half": "\\ud800",
    }
    assert "\n" not in line


def test_a_line_for_people_moves_no_cursor() -> None:
    assert printable(_NAME) == r"b\xffd\n\x1b[31m\u202egpj"
    assert printable("证件 é") == "证件 é"


if sys.platform != "win32":

    def test_one_bad_name_does_not_stop_the_other_files(tmp_path: Path) -> None:
        place = os.fsencode(tmp_path)
        files = [place + b"/b\xff\xfed.json", place + b"/new\nline.json", place + b"/c.json"]
        for options in ([], ["--json"]):
            done = ended(["documents", "check", *options, *files], tmp_path, PYTHONUTF8="0")
            assert done.returncode == 1
            said = done.stdout.decode("utf-8").splitlines()
            assert len(said) == 3
            assert "b\\xff\\xfed.json" in said[0].replace("\\\\", "\\")
            assert not done.stderr

    @pytest.mark.slow
    def test_a_picture_with_a_name_that_is_no_text_is_read_like_the_others(tmp_path: Path) -> None:
        files = [os.fsencode(tmp_path) + b"/b\xff\xfed.jpg", b"none.jpg"]
        done = ended(["read", "--json", *files], tmp_path)
        lines = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        assert [line["code"] for line in lines] == ["D122", "D122"]
        assert lines[0]["file"].endswith("b\\xff\\xfed.jpg")

    @pytest.mark.parametrize("command", [NO_SUCH, ["documents", "list"], ["--help"]])
    def test_a_full_disk_ends_a_command_with_a_word(command: list[str], tmp_path: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            done = ended(command, tmp_path, full)
        assert (done.returncode, b"No space left on device" in done.stderr) == (1, True)
        assert done.stderr.count(b"\n") == 1

    def test_a_reader_that_has_enough_ends_a_command_with_a_word(tmp_path: Path) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            done = ended(NO_SUCH, tmp_path, pipe)
        assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
        assert b"cannot be written any further" in done.stderr

    def test_a_command_that_has_nowhere_to_write_says_so(tmp_path: Path) -> None:
        shell = 'exec "$0" "$@" >&-'
        done = subprocess.run(  # noqa: S603 - our own program; the shell closes its output
            ["/bin/sh", "-c", shell, sys.executable, "-c", _ENTRY, *NO_SUCH],
            cwd=ROOT,
            env=private_places(tmp_path),
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
        assert (done.returncode, b"standard output is closed" in done.stderr) == (1, True)
