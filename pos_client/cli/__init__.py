"""`pos-client`: opens the counter window, or does one thing at the desk without it."""

from pos_client.cli.front import main

__all__ = ["main"]
