"""Changing keys, people and the shape of the store: what is going on there when a fault strikes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from pos_client.desk.desk import Desk
from pos_client.model.private import Private
from pos_client.model.problems import Problem
from pos_client.outbox import exchange
from pos_client.outbox.key_problems import OperatorUnknown, WrongPin
from pos_client.outbox.migrations import shipped
from pos_client.outbox.store import Store, connect
from tests.fakes.counter import OPERATOR, PIN
from tests.faults.desk_till import OTHER, OTHER_PIN, desk_in, furnish, outbox_of
from tests.faults.scenes import (
    DISK,
    DRAFT,
    KEY,
    PICTURES,
    REFUSED,
    SAVED,
    SUBJECT,
    Scene,
    Tell,
    earlier,
    judged,
    till_in,
    whole,
)
from tests.faults.traced import Act

_NEW_PIN: Final = Private("975310")


def _signed_in(folder: Path, verb: Callable[[Desk], object]) -> Act:
    desk = desk_in(folder)
    desk.sign_in(OPERATOR, PIN)
    return partial(_do, verb, desk)


def _at_the_door(folder: Path, verb: Callable[[Desk], object]) -> Act:
    return partial(_do, verb, desk_in(folder))


def _do(verb: Callable[[Desk], object], desk: Desk, tell: Tell) -> None:
    try:
        verb(desk)
    except DISK:
        tell(REFUSED)
    else:
        tell(SAVED)


def _judged(judge: Callable[[Path, str], list[str]], folder: Path, told: str) -> list[str]:
    """Sign in as the next start does: rows and draft are there, and no half-made copy is left."""
    if told.startswith("bug"):
        return [told]
    try:
        wrong = judge(folder, told)
        desk = desk_in(folder)
        desk.sign_in(OPERATOR, _NEW_PIN if "PIN" in wrong else PIN)
    except Problem as problem:
        return [f"store damaged: it does not open: {problem.code}"]
    try:
        outbox = outbox_of(desk)
        wrong = [each for each in wrong if each != "PIN"] + whole(outbox)
        drafts = [(draft.id, draft.body, draft.images) for draft in outbox.drafts(OPERATOR)]
        if drafts != [(SUBJECT, DRAFT, PICTURES)]:
            wrong.append("lost: the draft")
    except Problem as problem:
        return [f"store damaged: {problem.code}"]
    finally:
        desk.close()
    left = [n for n in (exchange.REKEYED, exchange.REBUILT) if (folder / n).exists()]
    return wrong + [f"left behind: {name}" for name in left]


def _nothing_more(_folder: Path, _told: str) -> list[str]:
    return []


def _other_is_out(folder: Path, told: str) -> list[str]:
    """Whoever was removed gets in no more; as long as that was not said, they may."""
    desk = desk_in(folder)
    try:
        desk.sign_in(OTHER, OTHER_PIN)
    except (WrongPin, OperatorUnknown):
        return []
    else:
        return ["still in: somebody who was removed"] if told == SAVED else []
    finally:
        desk.close()


def _one_pin(folder: Path, told: str) -> list[str]:
    """Exactly one of the two PINs is in force: the new one, once that was said."""
    fits = []
    for pin in (PIN, _NEW_PIN):
        desk = desk_in(folder)
        try:
            desk.sign_in(OPERATOR, pin)
            fits.append(pin)
        except WrongPin:
            pass
        finally:
            desk.close()
    if len(fits) != 1 or (told == SAVED and fits != [_NEW_PIN]):
        return [f"store damaged: {len(fits)} PINs fit"]
    return ["PIN"] if fits == [_NEW_PIN] else []


# -- a store of the first version ---------------------------------------------------------------


def _of_old(folder: Path) -> None:
    """Leave a till as the first version of the store would have, with rows that wait."""
    earlier(folder)
    path = folder / exchange.DATABASE
    now = connect(path, KEY)
    old = Store(folder / "old.db", KEY, shipped()[:1])
    with old.writing() as connection:
        for table in ("outbox", "chain"):
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            _copy(now, connection, table, columns)
    now.close()
    old.close()
    exchange.clear(path)
    (folder / "old.db").rename(path)


def _copy(source: Any, target: Any, table: str, columns: list[str]) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    rows = source.execute(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608 - our names
    target.executemany(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - our names


def _migrate(folder: Path) -> Act:
    def act(tell: Tell) -> None:
        try:
            till_in(folder)
        except DISK:
            tell(REFUSED)
        else:
            tell(SAVED)

    return act


KEY_SCENES: Final = (
    Scene(
        "change of the key",
        furnish,
        partial(_signed_in, verb=lambda desk: desk.change_key()),
        partial(_judged, _nothing_more),
    ),
    Scene(
        "operator removed",
        furnish,
        partial(_signed_in, verb=lambda desk: desk.remove_operator(OTHER)),
        partial(_judged, _other_is_out),
    ),
    Scene(
        "new PIN",
        furnish,
        partial(_signed_in, verb=lambda desk: desk.change_pin(PIN, _NEW_PIN)),
        partial(_judged, _one_pin),
    ),
    Scene(
        "rebuild",
        furnish,
        partial(_at_the_door, verb=lambda desk: desk.rebuild(OPERATOR, PIN)),
        partial(_judged, _nothing_more),
    ),
    Scene("migration", _of_old, _migrate, partial(judged, lambda _till, _told: [])),
)
