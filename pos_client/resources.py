"""Files shipped with the client, found alike in a checkout, a wheel and a frozen build."""

from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = next(d for d in (_HERE / "_resources", _HERE.parent / "resources") if d.is_dir())


def path(name: str) -> Path:
    """Return the shipped file `name`, e.g. `path("style/counter.qss")`.

    Raises:
        FileNotFoundError: no such file is shipped; a bug of the build, or a model not fetched yet.
    """
    found = _ROOT / name
    if not found.is_file():
        raise FileNotFoundError(found)
    return found


def folder(name: str) -> Path:
    """Return the shipped folder `name`, which may be empty in a fresh checkout."""
    return _ROOT / name
