"""`pos-carrier` at a terminal."""

import json
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from fastapi.routing import APIRoute

from carrier_sandbox import Behaviour, Sandbox, api, cli, keys
from carrier_sandbox.office import Office
from carrier_sandbox.sqlite import SqliteDatabase
from pos_client import resources
from pos_client.carrier.invitation import parse_invitation
from tests.fakes.sandbox_till import Sample, SandboxTill, real_now


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The carrier's folder."""
    return tmp_path / "home"


@pytest.fixture
def sample(home: Path) -> Sample:
    """A packet the carrier holds."""
    with Sandbox(home, real_now, Behaviour()) as sandbox:
        till = SandboxTill.enrolled(sandbox)
        sealed = till.seal()
        carrier = till.carrier()
        carrier.submit(sealed.id, sealed.data, sealed.sha256)
        carrier.close()
    return sealed


def run(home: Path, *arguments: str) -> int:
    """Run a command."""
    return cli.main(["--home", str(home), *arguments])


def test_an_invitation_is_a_file_a_till_can_read(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "till.json"
    arguments = ["--out", str(out), "--training", "--outlet", "营业厅 9", "--dealer", "A"]
    assert run(home, "invite", "--url", "https://carrier.example", *arguments) == 0
    invitation = parse_invitation(out.read_bytes())
    assert (invitation.outlet, invitation.dealers) == ("营业厅 9", ("A",))
    assert invitation.policy == "training"
    assert invitation.carrier.url == "https://carrier.example"


def test_without_a_file_the_invitation_goes_to_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "invite") == 0
    assert parse_invitation(capsys.readouterr().out.encode()).policy == "strict"


def test_what_came_can_be_listed_shown_decided_and_exported(
    home: Path, tmp_path: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "list") == 0
    assert f"{sample.id}  " in capsys.readouterr().out
    assert run(home, "show", sample.id, "--json") == 0
    assert json.loads(capsys.readouterr().out)["lines"] == [{"msisdn": "13800138000"}]
    assert run(home, "decide", sample.id, "returned", "--reason", "glare", "--about", "emblem") == 0
    assert run(home, "decide", sample.id, "accepted") == 1
    capsys.readouterr()
    assert run(home, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["outcome"], listed["reason"], listed["about"]) == ("returned", "glare", "emblem")
    assert run(home, "export", str(tmp_path / "out")) == 0
    assert (tmp_path / "out" / f"{sample.id}.pospkt").read_bytes() == sample.data


def test_tills_can_be_listed_and_shut_out(
    home: Path, sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "devices") == 0
    device_id, state = capsys.readouterr().out.split()[:2]
    assert state == "enrolled"
    assert run(home, "devices", "--revoke", device_id) == 0
    assert run(home, "devices") == 0
    assert "revoked" in capsys.readouterr().out
    assert run(home, "devices", "--revoke", "till-nobody") == 1
    assert sample.id


def test_what_does_not_exist_is_said_and_is_status_1(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "show", "nothing") == 1
    assert run(home, "decide", "nothing", "accepted") == 1
    assert run(home, "decide", "nothing", "returned") == 1
    assert capsys.readouterr().err.count("\n") == 3


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    commands = "serve invite devices approve revoke wipe list show decide export openapi policy"
    for command in f"{commands} recover import-bundle messages stock".split():
        assert f"\n    {command}" in text


def test_the_contract_in_the_resources_is_the_one_we_serve(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "openapi") == 0
    text = capsys.readouterr().out
    assert text == resources.path("carrier-api/openapi.yaml").read_text("utf-8")
    said = yaml.safe_load(text)
    assert said["openapi"].startswith("3.1")
    verbs = {"get", "put", "post", "patch", "delete", "head"}
    promised = {(path, verb) for path, item in said["paths"].items() for verb in verbs & set(item)}
    home.mkdir()
    with closing(SqliteDatabase(home / "another.sqlite")) as database:
        office = Office(keys.load(home), database, Behaviour(), real_now)
        served = {
            (route.path, method.lower())
            for route in api.create(office).routes
            if isinstance(route, APIRoute)
            for method in route.methods or ()
        }
    assert promised == served


def test_serving_says_where_and_ends_quietly_on_ctrl_c(home: Path) -> None:
    command = [sys.executable, "-m", "carrier_sandbox", "--home", str(home), "--port", "0", "serve"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Serving at https://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert said == "Stopped.\n"
    assert process.returncode == 0
