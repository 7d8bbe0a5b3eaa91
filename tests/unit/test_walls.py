"""The walls of the house stand, and each of them stops what it is there to stop."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
LINT: Final = "import sys; from importlinter.cli import lint_imports_command as go; sys.exit(go())"
CONFIG: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
IMPORT_LINTER: Final[dict[str, Any]] = CONFIG["tool"]["importlinter"]
PACKAGES: Final[list[str]] = IMPORT_LINTER["root_packages"]

STRAIGHT_WAY: Final = "The straight way"
PIXELS: Final = "Pixels enter through capture only"
SQL: Final = "SQL and keys live in outbox only"
HTTP: Final = "HTTP leaves through carrier only"
QT: Final = "Qt lives in ui and app only"
SCREENLESS: Final = "The whole journey works without a screen"
CRYPTOGRAPHY: Final = "Cryptography is done in registration, outbox and carrier only"
NOUNS: Final = "The nouns need nothing but the standard library"
SCREENS: Final = "Screens speak to the desk, never to a stage"
ALONE: Final = "The client stands alone"
SANDBOX: Final = "The reference carrier is written from the contract"
SPECIMENS: Final = "Specimens are drawn without the reader"
SET_UP: Final = "The set-up runs before anything is installed"
TRAINER: Final = "The trainer learns from nothing that it will be measured on"
KNOTS: Final = "No knots"

DOORS: Final = {
    PIXELS: {"capture"},
    SQL: {"outbox"},
    HTTP: {"carrier"},
    QT: {"ui", "app"},
    SCREENLESS: {"ui", "app", "cli", "__main__"},
    CRYPTOGRAPHY: {"registration", "outbox", "carrier"},
}

SABOTAGES: Final = [
    (STRAIGHT_WAY, "pos_client.model", "pos_client.desk"),
    (STRAIGHT_WAY, "pos_client.capture", "pos_client.outbox"),
    (STRAIGHT_WAY, "pos_client.carrier", "pos_client.sync"),
    (STRAIGHT_WAY, "pos_client.desk", "pos_client.ui"),
    (STRAIGHT_WAY, "pos_client.ui", "pos_client.app"),
    (PIXELS, "pos_client.ui", "cv2"),
    (PIXELS, "pos_client.desk", "numpy"),
    (PIXELS, "pos_client.registration", "PIL"),
    (PIXELS, "pos_client.app", "zxingcpp"),
    (SQL, "pos_client.ui", "sqlcipher3"),
    (SQL, "pos_client.sync", "sqlite3"),
    (SQL, "pos_client.carrier", "keyring"),
    (HTTP, "pos_client.sync", "requests"),
    (HTTP, "pos_client.ui", "http"),
    (HTTP, "pos_client.outbox", "urllib3"),
    (QT, "pos_client.cli", "PySide6"),
    (QT, "pos_client.capture", "PySide6"),
    (SCREENLESS, "pos_client.desk", "PySide6"),
    (SCREENLESS, "pos_client.sync", "pos_client.ui"),
    (CRYPTOGRAPHY, "pos_client.desk", "cryptography"),
    (CRYPTOGRAPHY, "pos_client.ui", "cryptography"),
    (NOUNS, "pos_client.model", "pydantic"),
    (ALONE, "pos_client.capture", "torch"),
    (TRAINER, "training", "specimens"),
    (TRAINER, "training", "pos_client.capture"),
    (SCREENS, "pos_client.ui", "pos_client.outbox"),
    (SCREENS, "pos_client.ui", "pos_client.capture"),
    (ALONE, "pos_client.capture", "specimens"),
    (ALONE, "pos_client.desk", "carrier_sandbox"),
    (SANDBOX, "carrier_sandbox", "pos_client.carrier"),
    (SPECIMENS, "specimens", "pos_client.capture"),
    (SET_UP, "set_up", "pos_client.settings"),
    (KNOTS, "pos_client.settings", "pos_client.log"),  # and, to make it one, the way back:
    (STRAIGHT_WAY, "pos_client.log", "pos_client.settings"),
]


def children(package: Path) -> set[str]:
    """Name the modules and packages that stand directly in a package."""
    folders = {entry.parent.name for entry in package.glob("*/__init__.py")}
    return (folders | {entry.stem for entry in package.glob("*.py")}) - {"__init__"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the packages in a folder, with the contracts that stand there."""
    return subprocess.run(  # noqa: S603  a fixed command, no shell
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def build_skeleton(folder: Path) -> None:
    """Build every package of the house without a single import in it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    for child in children(ROOT / "pos_client"):
        (folder / "pos_client" / child).mkdir()
        (folder / "pos_client" / child / "__init__.py").touch()


def module_file(folder: Path, module: str) -> Path:
    return folder.joinpath(*module.split(".")) / "__init__.py"


def house_files() -> Iterator[Path]:
    """Yield every file of the checkout that is written by a person."""
    made = {".git", ".venv", ".hypothesis", "out", "build", "dist", "__pycache__"}
    for entry in sorted(ROOT.rglob("*")):
        inside = entry.relative_to(ROOT).parts
        cache = any(part in made or part.endswith("_cache") for part in inside)
        if entry.is_file() and not cache and entry.suffix not in {".onnx", ".part"}:
            yield entry


def imported_roots(source: Path) -> set[str]:
    """Name the top-level packages that a file imports, wherever in it."""
    roots: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").split(".")[0])
    return roots


def test_every_contract_is_kept() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert f"{len(IMPORT_LINTER['contracts'])} kept, 0 broken" in outcome.stdout


def test_no_import_is_excused() -> None:
    assert "exclude_type_checking_imports" not in IMPORT_LINTER
    for contract in IMPORT_LINTER["contracts"]:
        assert not {"ignore_imports", "skip_descendants"} & contract.keys(), contract["name"]


@pytest.mark.parametrize("door", DOORS)
def test_every_package_but_the_door_is_watched(door: str) -> None:
    (contract,) = (each for each in IMPORT_LINTER["contracts"] if each["name"].startswith(door))
    watched = {source.removeprefix("pos_client.") for source in contract["source_modules"]}
    assert watched == children(ROOT / "pos_client") - DOORS[door]


def test_a_house_without_imports_keeps_every_contract(tmp_path: Path) -> None:
    build_skeleton(tmp_path)
    outcome = lint(tmp_path)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.fixture(scope="module")
def broken_contracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what import-linter says, by contract, of a house with every sabotage in it."""
    folder = tmp_path_factory.mktemp("house")
    build_skeleton(folder)
    for _, importer, imported in SABOTAGES:
        with module_file(folder, importer).open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    details = lint(folder).stdout.partition("Broken contracts\n")[2]
    _, *titles_and_texts = re.split(r"^(\S.*)\n-{3,}$", details, flags=re.MULTILINE)
    return dict(zip(titles_and_texts[::2], titles_and_texts[1::2], strict=True))


@pytest.mark.parametrize(("contract", "importer", "imported"), SABOTAGES)
def test_a_forbidden_import_is_caught(
    contract: str, importer: str, imported: str, broken_contracts: dict[str, str]
) -> None:
    (text,) = (text for title, text in broken_contracts.items() if title.startswith(contract))
    if contract == KNOTS:  # it names the knot from inside
        importer, imported = (name.removeprefix("pos_client") for name in (importer, imported))
    assert f"{importer} -> {imported} (" in text


def test_every_contract_has_a_sabotage() -> None:
    for contract in IMPORT_LINTER["contracts"]:
        assert any(contract["name"].startswith(tried) for tried, _, _ in SABOTAGES), contract[
            "name"
        ]


def test_a_folder_that_no_layer_names_is_caught(tmp_path: Path) -> None:
    build_skeleton(tmp_path)
    (tmp_path / "pos_client" / "odds_and_ends.py").touch()
    outcome = lint(tmp_path)
    assert outcome.returncode != 0
    assert "odds_and_ends" in outcome.stdout


def test_the_nouns_import_nothing_but_the_standard_library_and_each_other() -> None:
    for source in (ROOT / "pos_client" / "model").rglob("*.py"):
        foreign = imported_roots(source) - sys.stdlib_module_names - {"pos_client"}
        assert not foreign, source


def test_the_set_up_imports_nothing_but_the_standard_library() -> None:
    for source in (ROOT / "pos.py", *(ROOT / "set_up").glob("*.py")):
        foreign = imported_roots(source) - sys.stdlib_module_names - {"set_up"}
        assert not foreign, source


def test_one_opencv_is_installed_and_it_is_the_pinned_line() -> None:
    found = [each for each in metadata.distributions() if each.name.lower().startswith("opencv")]
    assert [each.name for each in found] == ["opencv-python"]
    assert found[0].version.startswith("4.")


def test_no_file_names_a_package_registry() -> None:
    option = "index" + "-url"
    host = r"https?://[a-z.-]*(py[a-z]+|npm[a-z]*|debian)\." + "(org|com)"
    pythonhosted = "python" + "hosted"
    forbidden = re.compile(f"{option}|{host}|{pythonhosted}|find-links".encode(), re.IGNORECASE)
    naming = [file for file in house_files() if forbidden.search(file.read_bytes())]
    allowed = {Path(__file__).resolve()}
    assert set(naming) <= allowed


def test_no_name_hides_what_it_holds() -> None:
    hiding = {"utils", "util", "helpers", "helper", "managers", "manager", "common", "misc"}
    for file in house_files():
        names = {Path(part).stem for part in file.relative_to(ROOT).parts}
        assert not names & hiding, file


def test_no_file_is_too_long_to_be_read_in_one_sitting() -> None:
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            assert len(source.read_text(encoding="utf-8").splitlines()) <= 400, source
