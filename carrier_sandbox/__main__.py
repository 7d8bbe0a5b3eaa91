"""Lets `python -m carrier_sandbox` do what `pos-carrier` does."""

import sys

from carrier_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main())
