"""What the commands share: the carrier they work on, and how they say no."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from carrier_sandbox.behaviour import Behaviour
from carrier_sandbox.server import Sandbox

#: Adds a command to the parser.
Add = Callable[..., argparse.ArgumentParser]


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)  # noqa: TID251 - the command line owns the clock


def carrier(options: argparse.Namespace, behaviour: Behaviour | None = None) -> Sandbox:
    """Open the carrier of a home folder; it serves nobody yet.

    Without a behaviour people decide: a command that only looks must not decide by rule.
    """
    return Sandbox(
        options.home,
        now,
        behaviour or Behaviour(decide_after_s=None),
        host=getattr(options, "host", "127.0.0.1"),
        port=options.port,
        database=options.database,
    )


def no(sentence: str) -> int:
    """Say why not."""
    print(sentence, file=sys.stderr)
    return 1


def write(out: Path | None, data: bytes, what: str) -> int:
    """Write to a file, or to standard output without one."""
    if out is None:
        sys.stdout.write(data.decode())
    else:
        out.write_bytes(data)
        print(f"{what} written to {out}.")
    return 0
