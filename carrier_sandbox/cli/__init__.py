"""`pos-carrier`: run the reference carrier, invite tills, look at what came, and decide."""

from carrier_sandbox.cli.front import main

__all__ = ["main"]
