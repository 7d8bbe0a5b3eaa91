"""Runs one of the benches: `python -m bench capture --count 100`."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    """Hand over to the bench that is named first; without one, list them."""
    here = Path(__file__).parent
    known = sorted(file.stem for file in here.glob("*.py") if not file.stem.startswith("_"))
    if not arguments or arguments[0] not in known:
        print(f"usage: python -m bench {{{','.join(known)}}} [options]")
        return 2
    run: Callable[[Sequence[str]], int] = import_module(f"bench.{arguments[0]}").main
    return run(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
