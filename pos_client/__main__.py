"""`python -m pos_client`."""

import sys

from pos_client.cli import main

if __name__ == "__main__":
    sys.exit(main())
