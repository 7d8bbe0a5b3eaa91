#!/usr/bin/env python3
"""Sets this checkout up and starts it: the demo, the client, the checks, with nothing but Python.

Everything it makes lands in ``.venv`` beside this file and in ``resources/models``. Both may be
deleted at any time; the next start makes them again.
"""

import os
import shutil
import subprocess
import sys

# An older Python can read this file, but not what it imports below; it gets a sentence instead.
if not (3, 11) <= sys.version_info < (3, 15):
    for _minor in (13, 12, 11, 14) if os.name == "posix" and sys.version_info[0] == 3 else ():
        _better = shutil.which("python3.%d" % _minor)
        if _better and subprocess.call([_better, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            sys.stdout.flush()
            os.execv(_better, [_better] + sys.argv)
    sys.exit(
        "This needs Python 3.11, 3.12, 3.13 or 3.14, and was started with %d.%d.\n"
        "Install one of them and name it, for example: python3.11 pos.py demo"
        % sys.version_info[:2]
    )

from set_up.front_door import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
