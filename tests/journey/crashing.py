"""A client in a process of its own that is to be killed: it never closes anything."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from tests.fakes.counter import OPERATOR, PIN, fill, open_counter
from tests.fakes.sandbox_till import real_now
from tests.journey.shop import citizen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path


def killed_client(home: Path, number: int, *, submit: bool) -> str:
    """Let another process serve customer `number`, and kill it before it can say goodbye.

    The draft is complete; with `submit` it is also sealed. Returns the id of the registration.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(home, number, submit, theirs), daemon=True)
    process.start()
    registration = str(ours.recv())
    process.kill()
    process.join()
    return registration


def _serve(home: Path, number: int, submit: bool, pipe: Connection) -> None:
    desk = open_counter(home, real_now)
    desk.sign_in(OPERATOR, PIN)
    customer = citizen(number)
    draft = fill(desk, customer.readings(), customer.msisdn, customer.iccid)
    if submit:
        desk.submit(draft)
    pipe.send(draft.id)
    pipe.recv()  # nobody ever answers: the process ends here
