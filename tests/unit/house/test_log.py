"""The log: ids in, people out."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client import log
from pos_client.model.private import Private


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Path]:
    before = logging.getLogger().level
    handler = log.set_up(tmp_path / "log", "DEBUG")
    yield tmp_path / "log" / "client.log"
    logging.getLogger().removeHandler(handler)
    handler.close()
    logging.getLogger().setLevel(before)


def test_an_event_is_one_json_line_with_its_ids(lines: Path) -> None:
    logging.getLogger("sync").info("delivered %s after %d attempts", "0f3a-11", 2)
    event = json.loads(lines.read_text().splitlines()[-1])
    assert event["topic"] == "sync"
    assert event["event"] == "delivered 0f3a-11 after 2 attempts"


def test_numbers_and_names_that_slip_into_a_log_line_are_taken_out(lines: Path) -> None:
    logging.getLogger("x").info("read %s %s %s", "11010519491231002X", "样本", Private("secret"))
    text = lines.read_text()
    assert "19491231" not in text
    assert "样本" not in text
    assert "secret" not in text


def test_ids_of_registrations_stay_readable(lines: Path) -> None:
    logging.getLogger("x").info("put 12345678-1234-4123-8123-123456789012")
    assert "12345678-1234-4123-8123-123456789012" in lines.read_text()


def test_a_traceback_keeps_places_and_loses_values(lines: Path) -> None:
    try:
        int("张三丰")
    except ValueError:
        logging.getLogger("x").info("bug", exc_info=True)
    event = json.loads(lines.read_text().splitlines()[-1])
    assert event["bug"] == "ValueError"
    assert event["where"][0].startswith("test_log.py:")
    assert "张" not in lines.read_text()
