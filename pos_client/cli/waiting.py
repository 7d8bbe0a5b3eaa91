"""`pos-client queue` and `sync`: what waits for the carrier, and one try at sending it."""

import argparse

from pos_client.cli.counter import Commands, needs_operator, signed_in
from pos_client.cli.output import as_json
from pos_client.settings import Settings


def add(commands: Commands) -> None:
    """Add the commands."""
    queue = commands.add_parser("queue", help="list what waits, was sent and was decided")
    queue.add_argument("--json", action="store_true", help="one JSON object a line")
    needs_operator(queue)
    queue.set_defaults(run=_queue)
    sync = commands.add_parser("sync", help="send what is due and fetch decisions, once")
    needs_operator(sync)
    sync.set_defaults(run=_sync)


def _queue(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        after = None
        while page := desk.rows(limit=200, after=after):
            for row in page:
                entry = {
                    "id": row.id,
                    "state": row.state,
                    "created_at": row.created_at.isoformat(),
                    "name": row.masked_name,
                    "msisdn": row.masked_msisdn,
                    "bytes": row.size,
                    "attempts": row.attempts,
                    "cause": row.cause or row.reason,
                    "packet": "here" if row.packet_present else "purged",
                }
                print(as_json(entry) if options.json else _columns(entry))
            after = page[-1].id
    finally:
        desk.close()
    return 0


def _columns(entry: dict[str, object]) -> str:
    return "  ".join(str(value if value is not None else "-") for value in entry.values())


def _sync(chosen: Settings, options: argparse.Namespace) -> int:
    desk = signed_in(chosen, options.operator)
    try:
        desk.sync_once()
        status = desk.status()
        print(
            f"link {status.link}, waiting {status.queue.waiting}, returned {status.queue.returned}"
        )
        return 0 if status.queue.waiting == 0 else 1
    finally:
        desk.close()
