"""The operating system's keystore, where the till's own secret lives if there is one."""

import logging
from importlib import import_module
from typing import Final, Protocol

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from pos_client.outbox.key_problems import KeystoreRefused

log = logging.getLogger(__name__)

SERVICE: Final = "pos-client"
#: The only backends there are for us, in order. `keyring` would choose by itself, and takes
#: plain-text files from `keyrings.alt` where they are installed; so it is never asked to choose.
ALLOWED: Final = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)


class Keystore(Protocol):
    """Keeps a small secret so that only this user of this computer gets it back."""

    @property
    def name(self) -> str:
        """Return which keystore this is; recorded, because another one must be noticed."""
        ...

    def get(self, entry: str) -> bytes | None:
        """Return a secret, None if there is no such entry. Raises KeystoreRefused."""
        ...

    def set(self, entry: str, secret: bytes) -> None:
        """Keep a secret, replacing what was there. Raises KeystoreRefused."""
        ...

    def delete(self, entry: str) -> None:
        """Remove a secret; one that is not there does not matter. Raises KeystoreRefused."""
        ...


class SystemKeystore:
    """A keystore of the operating system, through one allowed keyring backend."""

    def __init__(self, backend: KeyringBackend) -> None:
        """Use this backend."""
        self._backend = backend
        if hasattr(backend, "persist"):
            backend.persist = "local machine"  # Windows: else the secret roams with the profile

    @property
    def name(self) -> str:
        """Return the backend's full name."""
        return _name(type(self._backend))

    def get(self, entry: str) -> bytes | None:
        """Return a secret, None if there is no such entry. Raises KeystoreRefused."""
        try:
            found = self._backend.get_password(SERVICE, entry)
            return None if found is None else bytes.fromhex(found)
        except (KeyringError, ValueError) as err:
            raise KeystoreRefused from err

    def set(self, entry: str, secret: bytes) -> None:
        """Keep a secret, replacing what was there. Raises KeystoreRefused."""
        try:
            self._backend.set_password(SERVICE, entry, secret.hex())
        except KeyringError as err:
            raise KeystoreRefused from err

    def delete(self, entry: str) -> None:
        """Remove a secret; one that is not there does not matter. Raises KeystoreRefused."""
        if self.get(entry) is None:
            return
        try:
            self._backend.delete_password(SERVICE, entry)
        except KeyringError as err:
            raise KeystoreRefused from err


def system_keystore(allowed: tuple[str, ...] = ALLOWED) -> SystemKeystore | None:
    """Return the first allowed keystore that works here, None on a machine without one.

    None is a designed state (kiosks, servers without a desktop): the PIN alone protects then.
    """
    for name in allowed:
        backend = _viable(name)
        if backend is not None:
            log.info("keystore: %s", name)
            return SystemKeystore(backend)
    log.info("no keystore on this computer")
    return None


def _viable(name: str) -> KeyringBackend | None:
    module, _, kind = name.rpartition(".")
    try:
        backend: type[KeyringBackend] = getattr(import_module(module), kind)
        if _name(backend) != name or not backend.viable:
            return None
        return backend()
    except (ImportError, AttributeError, KeyringError, RuntimeError):
        return None  # made for another operating system


def _name(backend: type[KeyringBackend]) -> str:
    return f"{backend.__module__}.{backend.__qualname__}"
