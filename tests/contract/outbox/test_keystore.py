"""What every keystore promises, the operating system's and the one of the tests alike."""

import sys
from types import ModuleType

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from pos_client.outbox.key_problems import KeystoreRefused
from pos_client.outbox.keystore import ALLOWED, Keystore, SystemKeystore, system_keystore
from tests.fakes.outbox_keystore import MemoryKeystore


class DesktopBackend(KeyringBackend):
    """A keyring backend as a desktop brings it along."""

    priority = 5
    persist = "enterprise"

    def __init__(self) -> None:
        """Start with nothing."""
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """Return a password or None."""
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        if self.locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a password."""
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(params=[MemoryKeystore, lambda: SystemKeystore(DesktopBackend())])
def keystore(request: pytest.FixtureRequest) -> Keystore:
    made: Keystore = request.param()
    return made


def test_what_was_kept_comes_back(keystore: Keystore) -> None:
    secret = bytes(range(32))
    keystore.set("entry", secret)
    assert keystore.get("entry") == secret
    keystore.set("entry", b"another")
    assert keystore.get("entry") == b"another"


def test_what_was_never_kept_is_none(keystore: Keystore) -> None:
    assert keystore.get("entry") is None


def test_deleting_forgets_and_may_be_repeated(keystore: Keystore) -> None:
    keystore.set("entry", b"secret")
    keystore.delete("entry")
    keystore.delete("entry")
    assert keystore.get("entry") is None


def test_a_keystore_has_a_name(keystore: Keystore) -> None:
    assert "." in keystore.name


# -- the operating system's ---------------------------------------------------------------------
def test_a_locked_keystore_is_a_problem() -> None:
    backend = DesktopBackend()
    backend.locked = True
    with pytest.raises(KeystoreRefused):
        SystemKeystore(backend).get("entry")
    with pytest.raises(KeystoreRefused):
        SystemKeystore(backend).set("entry", b"secret")


def test_an_entry_that_somebody_else_wrote_is_a_problem() -> None:
    backend = DesktopBackend()
    backend.set_password("pos-client", "entry", "no hex at all")
    with pytest.raises(KeystoreRefused):
        SystemKeystore(backend).get("entry")


def test_a_secret_stays_on_this_computer() -> None:
    backend = DesktopBackend()
    SystemKeystore(backend)
    assert backend.persist == "local machine"


def test_a_computer_without_a_keystore_is_a_designed_state() -> None:
    assert system_keystore(("keyring.backends.fail.Keyring_that_is_not_there",)) is None


def test_only_named_backends_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    plaintext = ModuleType("keyrings.alt.file")
    backend = type("PlaintextKeyring", (DesktopBackend,), {"priority": 99})
    backend.__module__ = "keyrings.alt.file"
    plaintext.PlaintextKeyring = backend  # type: ignore[attr-defined] # planted for this test
    monkeypatch.setitem(sys.modules, "keyrings.alt.file", plaintext)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    found = system_keystore()
    assert found is None or found.name in ALLOWED
    assert not any("alt" in name or "fail" in name or "null" in name for name in ALLOWED)


def test_a_class_that_hides_behind_an_allowed_name_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    impostor = ModuleType("allowed.backend")
    impostor.Keyring = DesktopBackend  # type: ignore[attr-defined] # planted for this test
    monkeypatch.setitem(sys.modules, "allowed.backend", impostor)
    assert system_keystore(("allowed.backend.Keyring",)) is None


def test_an_allowed_backend_that_works_is_taken() -> None:
    name = f"{DesktopBackend.__module__}.{DesktopBackend.__qualname__}"
    found = system_keystore((name,))
    assert found is not None
    assert found.name == name
