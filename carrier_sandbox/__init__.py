"""A reference carrier: a real server that takes registrations, for the demo, training and tests."""

from carrier_sandbox.behaviour import Behaviour, Fault, Rule, Verdict, number_ends
from carrier_sandbox.server import Sandbox

__all__ = ["Behaviour", "Fault", "Rule", "Sandbox", "Verdict", "number_ends"]
