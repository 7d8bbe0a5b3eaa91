"""House rules for every test: no screen is needed, and no warning goes unseen."""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Shared and busy machines are slow now and then; that is no finding about the code.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


class _Seen(logging.Handler):
    """Keeps every record from WARNING up, whoever logged it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def every_warning_is_expected(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning it did not announce, or announces one it does not log.

    A test announces with ``@pytest.mark.logs_warning("pattern")``, once for each kind of line;
    the pattern is searched for in ``LEVEL logger: message``.
    """
    patterns = [mark.args[0] for mark in request.node.iter_markers("logs_warning")]
    seen = _Seen()
    root = logging.getLogger()
    root.addHandler(seen)
    try:
        yield
    finally:
        root.removeHandler(seen)
    unexpected = [
        line for line in seen.lines if not any(re.search(pattern, line) for pattern in patterns)
    ]
    missed = [
        pattern for pattern in patterns if not any(re.search(pattern, line) for line in seen.lines)
    ]
    if unexpected:
        pytest.fail("This test logged unexpectedly:\n  " + "\n  ".join(unexpected), pytrace=False)
    if missed:
        pytest.fail(f"This test was to log a warning that matches {missed}.", pytrace=False)
