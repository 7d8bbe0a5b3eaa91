"""docs/way.md shows the tree as it is."""

from tests.way import FOLDERS, ROOT, START, WAY, listing


def test_the_way_lists_every_file_with_its_sentence() -> None:
    _, _, written = WAY.read_text(encoding="utf-8").partition(START)
    assert written.strip() == listing().strip(), "run: python -m tests.way"


def test_every_package_has_its_place_on_the_way() -> None:
    packages = {
        str(file.parent.relative_to(ROOT)).replace("\\", "/")
        for root in ("pos_client", "carrier_sandbox", "specimens", "demo", "bench", "set_up")
        for file in (ROOT / root).rglob("*.py")
    }
    assert packages <= {folder for folder, _ in FOLDERS}
