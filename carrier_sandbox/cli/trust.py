"""`pos-carrier policy, keys, recover, messages, stock`: what tills are told and given."""

import argparse
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from carrier_sandbox import keys, stock
from carrier_sandbox.cli.counter import Add, carrier, no, now, write
from carrier_sandbox.recovery import NoRecovery


def add(add: Add) -> None:
    """Add these commands."""
    policy = add("policy", help="sign a policy pack with the root key and put it in force")
    verbs = policy.add_subparsers(required=True, metavar="VERB")
    sign = verbs.add_parser("sign", help="give it the next version and publish it")
    sign.add_argument("pack", type=Path, metavar="PACK.json")
    sign.add_argument("--config", type=Path, metavar="CONFIG.json", help="with a configuration")
    sign.set_defaults(run=_policy)

    known = add("keys", help="publish the list of our keys, or put a new seal key in use")
    known.add_argument("verb", choices=["publish", "rotate"])
    known.set_defaults(run=_keys)

    recover = add("recover", help="open a till's recovery slot for somebody you have checked")
    recover.add_argument("request", type=Path, metavar="REQUEST.json")
    recover.add_argument("--out", type=Path, metavar="ANSWER.json", help="default: standard output")
    recover.set_defaults(run=_recover)

    messages = add("messages", help="show the text messages that would have been sent")
    messages.set_defaults(run=_messages)

    goods = add("stock", help="take numbers with their SIM cards into stock")
    goods.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="msisdn,iccid a line")
    goods.add_argument("--sample", type=int, metavar="N", help="N made-up ones, for training")
    goods.set_defaults(run=_stock)


def _policy(options: argparse.Namespace) -> int:
    try:
        pack, config = _object(options.pack), _object(options.config) if options.config else {}
    except (OSError, ValueError) as err:
        return no(f"This cannot be read as JSON: {err}")
    with closing(carrier(options)) as sandbox:
        version = sandbox.publish_policy(pack, config)
    if version is None:
        return no("Somebody else published a policy at the same moment. Look, and try again.")
    print(f"Policy {version} is in force; tills take it at their next contact.")
    return 0


def _object(file: Path) -> dict[str, Any]:
    said = json.loads(file.read_text("utf-8"))
    return dict(said.items()) if isinstance(said, dict) else _not_an_object(file)


def _not_an_object(file: Path) -> dict[str, Any]:
    message = f"{file} is not an object"
    raise ValueError(message)


def _keys(options: argparse.Namespace) -> int:
    if options.verb == "rotate":
        carrier(options).close()
        keys.rotate_seal(options.home, now())
    with closing(carrier(options)) as sandbox:
        version = sandbox.publish_keys()
    if version is None:
        return no("Somebody else published keys at the same moment. Try again.")
    print(f"Key list {version} is published.")
    return 0


def _recover(options: argparse.Namespace) -> int:
    try:
        request = options.request.read_bytes()
    except OSError as err:
        return no(f"{options.request} cannot be read: {err.strerror}")
    with closing(carrier(options)) as sandbox:
        try:
            answer = sandbox.recover(request)
        except NoRecovery as err:
            return no(f"This request cannot be answered: {err.code}.")
    return write(options.out, answer, "Answer for this till alone")


def _messages(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        for at, ending, words in sandbox.text_messages():
            print(f"{at}  …{ending}  {words}")
    return 0


def _stock(options: argparse.Namespace) -> int:
    pairs: list[tuple[str, str | None]] = stock.sample(options.sample or 0)
    if options.file is not None:
        for number, line in enumerate(options.file.read_text("utf-8").splitlines(), start=1):
            msisdn, _, iccid = line.strip().partition(",")
            if not stock.MSISDN.fullmatch(msisdn) or (iccid and not stock.ICCID.fullmatch(iccid)):
                return no(f"Line {number} of {options.file} is not a number and a SIM card.")
            pairs.append((msisdn, iccid or None))
    with closing(carrier(options)) as sandbox:
        print(f"{sandbox.stock(pairs)} new numbers in stock.")
    return 0
