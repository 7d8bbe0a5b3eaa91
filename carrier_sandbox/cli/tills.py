"""`pos-carrier invite, devices, approve, refuse, revoke, wipe`: who may send."""

import argparse
from contextlib import closing
from pathlib import Path

from carrier_sandbox import qr
from carrier_sandbox.cli.counter import Add, carrier, no, write


def add(add: Add) -> None:
    """Add these commands."""
    invite = add("invite", help="make an invitation for one till: a file, or a code to be shown")
    invite.add_argument("--outlet", default="Outlet 001")
    invite.add_argument("--dealer", action="append", default=[], help="from the top; repeatable")
    invite.add_argument("--training", action="store_true", help="a till for training")
    invite.add_argument("--url", help="address tills shall use (default: this machine)")
    invite.add_argument("--needs-approval", action="store_true", help="sends only once approved")
    invite.add_argument(
        "--public-tls",
        action="store_true",
        help="tills trust the system's authorities, not ours: a proxy with a public certificate",
    )
    invite.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    invite.add_argument("--token", action="store_true", help="the short signed token as text")
    invite.add_argument(
        "--qr", type=Path, metavar="FILE.png", help="the token as a QR code; - draws it here"
    )
    invite.set_defaults(run=_invite)

    devices = add("devices", help="list the tills, gaps in their chains, and orders to them")
    devices.add_argument("--waiting", action="store_true", help="only those that wait for approval")
    devices.add_argument("--revoke", metavar="DEVICE", help="shut a till out")
    devices.set_defaults(run=_devices)

    for name, words in (
        ("approve", "let a waiting till send"),
        ("refuse", "turn a waiting till away"),
        ("revoke", "shut a till out"),
    ):
        command = add(name, help=words)
        command.add_argument("device", metavar="DEVICE")
        command.set_defaults(run=_move, verb=name)

    wipe = add("wipe", help="order a till to wipe itself at its next contact")
    wipe.add_argument("device", metavar="DEVICE")
    wipe.add_argument("--with-unsent", action="store_true", help="also what it has not sent yet")
    wipe.set_defaults(run=_wipe)


def _invite(options: argparse.Namespace) -> int:
    chosen = {
        "training": options.training,
        "url": options.url,
        "needs_approval": options.needs_approval,
        "public_tls": options.public_tls,
    }
    with closing(carrier(options)) as sandbox:
        if not (options.token or options.qr):
            data = sandbox.invitation(options.outlet, tuple(options.dealer), **chosen)
            return write(options.out, data, "Invitation for one till")
        token = sandbox.enrolment_token(options.outlet, tuple(options.dealer), **chosen)
    if options.qr is None:
        return write(options.out, f"{token}\n".encode(), "Token for one till")
    if str(options.qr) == "-":
        print(qr.drawn(token))
        return 0
    return write(options.qr, qr.picture(token), "Code for one till")


def _devices(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        if options.revoke:
            done = sandbox.revoke(options.revoke)
            return 0 if done else no(f"There is no till {options.revoke}.")
        for device in sandbox.devices():
            if options.waiting and device.state != "waiting":
                continue
            found = sandbox.gaps(device.device_id)
            gaps = ", ".join(f"{gap.kind} at {gap.counter}" for gap in found)
            print(f"{device.device_id}  {device.state}  {gaps or 'chain complete'}")
            for order_id, kind, result in sandbox.order_results(device.device_id):
                print(f"    {kind} {order_id}: {result or 'not heard of yet'}")
    return 0


def _move(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        verbs = {
            "approve": sandbox.approve,
            "refuse": sandbox.turn_away,
            "revoke": sandbox.revoke,
        }
        if not verbs[options.verb](options.device):
            return no(f"There is no till {options.device} to {options.verb}.")
    print(f"{options.device}: done.")
    return 0


def _wipe(options: argparse.Namespace) -> int:
    with closing(carrier(options)) as sandbox:
        order = sandbox.wipe(options.device, keep_unsent=not options.with_unsent)
    if order is None:
        return no(f"There is no till {options.device}.")
    print(f"Order {order} waits for {options.device}; `pos-carrier devices` shows its answer.")
    return 0
