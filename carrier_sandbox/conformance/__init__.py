"""Tries any carrier against the contract, with a till of its own written from the contract."""

from carrier_sandbox.conformance.run import Outcome, Result, run, table

__all__ = ["Outcome", "Result", "run", "table"]
