"""Reads just enough HTTP to tell where a request or an answer ends."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MOST_HEAD: Final = 64 * 1024


class BadHttp(Exception):
    """Not the HTTP that our two ends speak."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: the head with its blank line, and the body."""

    head: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came, whole, and where its body begins."""

    data: bytes
    body_at: int


async def read_request(
    reader: asyncio.StreamReader, stop_early: Callable[[bytes], bool]
) -> Request | None:
    """Read one request; None where `stop_early`, asked after the head, says so.

    Raises:
        BadHttp, IncompleteReadError: the other end stopped in the middle.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    size = length(head)
    if stop_early(head):
        await reader.readexactly(size // 2)
        return None
    return Request(head, await reader.readexactly(size))


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Read one answer.

    Raises:
        IncompleteReadError: the other end stopped in the middle.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    return Answer(head + await reader.readexactly(length(head)), len(head))


def length(head: bytes) -> int:
    """Return the length of the body that follows a head."""
    if len(head) > _MOST_HEAD:
        raise BadHttp("head")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
