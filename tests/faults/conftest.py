"""Processes are forked and killed here, which only some systems can do."""

import sys

#: Windows has neither fork nor limits on files; there the walls of these tests do not stand.
collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
