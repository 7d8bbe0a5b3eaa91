"""pos.py sets a bare machine up: what it decides, what it refuses, and what it says."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pytest

from set_up import environment, front_door, models, steps, system
from set_up.places import CHECKS_LOCK, PROGRAM_LOCK, ROOT
from tests import checks

if TYPE_CHECKING:
    from pathlib import Path

MANIFESTS: Final = {
    name: json.loads((ROOT / "resources/models" / name).read_text(encoding="utf-8"))
    for name in models.LISTS
}
WEIGHTS: Final = b"the weights of an invented model"


def pins(lock: str) -> dict[str, str]:
    """Return each requirement of a lock with its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    return dict(entry.split(" \\\n", maxsplit=1) for entry in entries)


def invented_wheel(folder: Path, data: bytes) -> Path:
    wheel = folder / "invented.whl"
    with zipfile.ZipFile(wheel, "w") as members:
        members.writestr("invented/model.onnx", data)
    return wheel


def invented_model() -> models.Model:
    return {
        "name": "model.onnx",
        "member": "invented/model.onnx",
        "bytes": len(WEIGHTS),
        "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
    }


# ------------------------------------------------------------------ starting


@pytest.mark.parametrize("option", ["--help", "-h", "--no-such-option"])
def test_who_asks_the_set_up_for_help_starts_nothing(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr(front_door, "set_up", started.append)
    with pytest.raises(SystemExit) as ended:
        front_door.main(["setup", option])
    assert ended.value.code == (2 if option == "--no-such-option" else 0)
    assert started == []
    assert "pos.py setup" in "".join(capsys.readouterr())


def test_an_old_python_can_read_the_first_file() -> None:
    ast.parse((ROOT / "pos.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def start(pos: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own file, no shell
        [sys.executable, str(pos), *arguments],
        cwd=pos.parent.parent,
        env={name: value for name, value in os.environ.items() if name != "HOME"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command() -> None:
    outcome = start(ROOT / "pos.py", "--help")
    assert outcome.returncode == 0
    for command in ("demo", "run", "test", "bench", "shots", "setup"):
        assert f"  {command} " in outcome.stdout


def test_an_unknown_command_is_refused_with_the_known_ones() -> None:
    outcome = start(ROOT / "pos.py", "dance")
    assert outcome.returncode == 2
    assert "choose from" in outcome.stderr


@pytest.fixture
def ready_checkout(tmp_path: Path) -> Path:
    """A small checkout, in a path with a space, whose set-up is finished."""
    root = tmp_path / "a checkout"
    shutil.copytree(ROOT / "set_up", root / "set_up", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "bench").mkdir()
    says = "import os, sys\nprint('bench in', os.getcwd(), 'with', sys.argv[1:])\n"
    (root / "bench" / "__main__.py").write_text(says, encoding="utf-8")
    (root / "requirements").mkdir()
    for name in ("pos.py", "pyproject.toml", PROGRAM_LOCK, CHECKS_LOCK):
        shutil.copy(ROOT / name, root / name)
    (root / "resources" / "models").mkdir(parents=True)
    (root / "resources/models/model.onnx").write_bytes(WEIGHTS)
    manifest = json.dumps({"models": [invented_model()]})
    for name in models.LISTS:
        (root / "resources/models" / name).write_text(manifest, encoding="utf-8")
    venv.create(root / ".venv")
    files = ("pyproject.toml", PROGRAM_LOCK)
    digests = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in files}
    place = {"root": str(root), "python": environment.PYTHON, "system": "complete"}
    (root / ".venv/pos-setup.json").write_text(json.dumps(place | digests), encoding="utf-8")
    return root


def test_a_finished_checkout_hands_over_without_a_word(ready_checkout: Path) -> None:
    outcome = start(ready_checkout / "pos.py", "bench", "capture", "--frames", "3")
    assert outcome.stderr == ""
    expected = f"bench in {ready_checkout} with ['capture', '--frames', '3']\n"
    assert outcome.stdout == expected


def test_the_exit_status_of_what_was_started_is_passed_on(ready_checkout: Path) -> None:
    (ready_checkout / "bench" / "__main__.py").write_text("raise SystemExit(7)", encoding="utf-8")
    assert start(ready_checkout / "pos.py", "bench").returncode == 7


# ------------------------------------------------------------------ the stamp


@pytest.fixture
def stamp_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "pos-setup.json"
    monkeypatch.setattr(environment, "STAMP", file)
    return file


def test_no_stamp_is_told_from_an_unfinished_one(stamp_file: Path) -> None:
    assert environment.read_stamp() is None
    environment.write_stamp({})
    assert stamp_file.exists()
    assert environment.read_stamp() == {}


@pytest.mark.parametrize("garbage", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b"null"])
def test_a_damaged_stamp_counts_as_unfinished(stamp_file: Path, garbage: bytes) -> None:
    stamp_file.write_bytes(garbage)
    assert environment.read_stamp() == {}


def test_a_stamp_vouches_only_for_this_place_this_python_and_these_locks(tmp_path: Path) -> None:
    wanted = environment.wanted_stamp(PROGRAM_LOCK)
    there = tmp_path / "python"
    there.touch()
    assert environment.vouches({**wanted, "system": "complete"}, wanted, there)
    assert not environment.vouches(None, wanted, there)
    assert not environment.vouches(wanted, wanted, tmp_path / "gone")
    for key in wanted:
        assert not environment.vouches({**wanted, key: "another"}, wanted, there), key


def test_the_checks_ask_for_more_than_the_program() -> None:
    program = environment.wanted_stamp(PROGRAM_LOCK)
    assert program.items() < environment.wanted_stamp(CHECKS_LOCK).items()


# ------------------------------------------------------------------ the locks


@pytest.mark.parametrize("lock", [PROGRAM_LOCK, CHECKS_LOCK])
def test_every_pin_is_exact_and_hashed(lock: str) -> None:
    for requirement, hashes in pins(lock).items():
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", requirement), requirement
        for line in hashes.split(" \\\n"):
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}", line), requirement


def test_the_checks_run_on_the_very_packages_of_the_program() -> None:
    assert pins(PROGRAM_LOCK).items() <= pins(CHECKS_LOCK).items()


# ------------------------------------------------------------------ packages of the system


def test_a_package_counts_as_present_if_another_provides_it() -> None:
    listing = (
        "installed\tlibgl1\t\n"
        "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84), other\n"
        "config-files\tlibegl1\t\n"
    )
    wanted = ["libgl1", "libglib2.0-0", "libegl1", "tesseract-ocr"]
    assert system.missing_packages(wanted, listing) == ["libegl1", "tesseract-ocr"]


# ------------------------------------------------------------------ the models


def test_a_model_is_taken_out_whole(tmp_path: Path) -> None:
    models.take_out(invented_wheel(tmp_path, WEIGHTS), [invented_model()], tmp_path)
    assert (tmp_path / "model.onnx").read_bytes() == WEIGHTS
    assert models.missing_models([invented_model()], tmp_path) == []


def test_a_model_with_another_hash_is_not_kept(tmp_path: Path) -> None:
    wheel = invented_wheel(tmp_path, WEIGHTS[:-1] + b"!")
    with pytest.raises(steps.SetUpError, match="not the one in its list"):
        models.take_out(wheel, [invented_model()], tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["invented.whl"]


def test_a_wheel_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.whl").write_bytes(b"no zip")
    with pytest.raises(steps.SetUpError, match="cannot be read"):
        models.take_out(tmp_path / "broken.whl", [invented_model()], tmp_path)


def test_a_cut_off_model_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(WEIGHTS[:5])
    assert models.missing_models([invented_model()], tmp_path) == [invented_model()]


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=list(MANIFESTS))
def test_a_list_says_where_models_come_from_and_under_which_licence(
    manifest: dict[str, Any],
) -> None:
    source = manifest["source"]
    assert source["wheel"].startswith(f"{source['distribution']}-{source['version']}-")
    assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
    assert set(manifest["licence"]["spdx"].split(" AND ")) <= {"Apache-2.0", "MIT"}
    for name in manifest["licence"]["files"]:
        assert (ROOT / "resources/models" / name).is_file()
    licences = (ROOT / "resources/models/MODEL_LICENSES.md").read_text(encoding="utf-8")
    for model in manifest["models"]:
        assert model["sha256"] in licences


@pytest.mark.parametrize(
    "model",
    [model for manifest in MANIFESTS.values() for model in manifest["models"]],
    ids=lambda model: str(model["name"]),
)
def test_the_models_on_this_machine_are_the_ones_of_the_manifest(model: models.Model) -> None:
    data = (ROOT / "resources/models" / model["name"]).read_bytes()
    assert len(data) == model["bytes"]
    assert hashlib.sha256(data).hexdigest() == model["sha256"]


# ------------------------------------------------------------------ steps


def test_a_step_shows_its_title_and_its_seconds(capfd: pytest.CaptureFixture[str]) -> None:
    steps.run_step("Doing it", [sys.executable, "-c", "print('noise')"], "Try again.")
    assert re.fullmatch(r"  Doing it \.\.\. \d+\.\d s\n", capfd.readouterr().out)


def test_a_failed_step_says_why_and_what_to_do_next() -> None:
    program = "import sys; print('no route to host'); sys.exit(3)"
    with pytest.raises(steps.SetUpError, match=r"(?s)Doing it failed.*no route.*Try again\."):
        steps.run_step("Doing it", [sys.executable, "-c", program], "Try again.")


def test_a_program_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(steps.SetUpError, match=r"Doing it failed: .*\nTry again\."):
        steps.run_step("Doing it", ["no-such-program-anywhere"], "Try again.")


def test_what_is_started_cannot_be_misled_by_the_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    given = steps.environment()
    assert "PYTHONPATH" not in given
    assert given["PIP_USER"] == "0"
    assert given["LANG"] == "zh_CN.UTF-8"


# ------------------------------------------------------------------ the checks


def test_a_check_is_shown_as_it_runs_and_its_last_line_kept(
    capfd: pytest.CaptureFixture[str],
) -> None:
    program = "print('first'); print('12 passed'); raise SystemExit(2)"
    outcome = checks.run_check("tests", [sys.executable, "-c", program])
    assert (outcome.status, outcome.last_line) == (2, "12 passed")
    assert capfd.readouterr().out == "\n--- tests\nfirst\n12 passed\n"


def test_quick_leaves_out_slow_tests_only() -> None:
    whole = checks.checks(quick=False, pytest_options=["-k", "walls"])
    quick = checks.checks(quick=True, pytest_options=[])
    assert list(whole) == list(quick) == ["format", "style", "walls", "types", "tests"]
    assert whole["tests"][-2:] == ("-k", "walls")
    assert quick["tests"][-2:] == ("-m", "not slow")


# ------------------------------------------------------------------ the wheel


def test_the_wheel_carries_the_data_and_no_weights_but_our_own(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  fixed, no shell
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as members:
        names = members.namelist()
        commands = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"pos-client = pos_client.cli:main" in members.read(commands)
    for name in models.LISTS:
        assert f"pos_client/_resources/models/{name}" in names
    weights = [name for name in names if name.endswith(".onnx")]
    assert weights == ["pos_client/_resources/models/ocrb.onnx"]
    assert not [name for name in names if name.startswith(("tests", "demo", "set_up"))]
