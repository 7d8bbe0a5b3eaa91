"""`pos-carrier serve`: answers tills until somebody ends it."""

import argparse
import json
from pathlib import Path

from carrier_sandbox import script
from carrier_sandbox.cli.counter import Add, carrier, no
from carrier_sandbox.processes import Job, supervise


def add(add: Add) -> None:
    """Add these commands."""
    serve = add("serve", help="answer tills until Ctrl+C")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument(
        "--processes",
        type=int,
        default=1,
        metavar="N",
        help="server processes on one database; more than one needs --database",
    )
    serve.add_argument(
        "--behaviour",
        type=Path,
        metavar="FILE",
        help="a script in JSON: rules, delays, outages, faults (see docs/carrier-guide.md)",
    )
    serve.add_argument(
        "--decide-after",
        type=float,
        default=2.0,
        metavar="SECONDS",
        help="decide by rule after so long; negative: people decide",
    )
    serve.add_argument("--return-numbers-ending", metavar="DIGITS", help="return these to the shop")
    serve.add_argument(
        "--faults", type=float, default=0.0, metavar="SHARE", help="share 0..1 of spoilt uploads"
    )
    serve.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    text = options.behaviour.read_text("utf-8") if options.behaviour else _typed(options)
    try:
        behaviour = script.read(text)
    except script.NotAScript as err:
        return no(f"{options.behaviour} is not a script of a behaviour: {err}.")
    if options.processes > 1 and options.database is None:
        return no("Several processes need one database they share: --database postgresql://…")
    sandbox = carrier(options, behaviour)  # makes keys, certificate and tables, whoever serves
    try:
        if options.processes > 1:
            place = (options.home, options.database, options.host, options.port)
            supervise(Job(*place, text), options.processes, lambda line: print(line, flush=True))
        else:
            sandbox.start()
            print(f"Serving at {sandbox.url} from {options.home}. Ctrl+C ends it.", flush=True)
            sandbox.join()
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        sandbox.close()
    return 0


def _typed(options: argparse.Namespace) -> str:
    """Return the script that the single options stand for."""
    said: dict[str, object] = {
        "decide_after_s": None if options.decide_after < 0 else options.decide_after,
        "faults": {"share": options.faults},
    }
    if options.return_numbers_ending:
        returned = {"outcome": "returned", "reason": "side_unreadable", "about": "portrait"}
        said["rules"] = [{"number_ends": options.return_numbers_ending, **returned}]
    return json.dumps(said)
