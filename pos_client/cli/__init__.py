"""`pos-client`: opens the counter window, or does one thing at the desk without it."""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 done, 1 not all done, 2 wrong usage."""
    # The process that opens picture files begins with the script that was started, and so with
    # this file: what all the commands need would cost it a second and forty megabytes.
    from pos_client.cli.front import main as run  # noqa: PLC0415 - see above

    return run(arguments)
