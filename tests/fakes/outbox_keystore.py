"""A keystore in memory, as an operating system would have one."""


class MemoryKeystore:
    """Keeps secrets for as long as the test runs."""

    def __init__(self, name: str = "tests.MemoryKeystore") -> None:
        """Answer to `name`, which is recorded with the keys."""
        self._name = name
        self.entries: dict[str, bytes] = {}

    @property
    def name(self) -> str:
        """Return which keystore this is."""
        return self._name

    def get(self, entry: str) -> bytes | None:
        """Return a secret or None."""
        return self.entries.get(entry)

    def set(self, entry: str, secret: bytes) -> None:
        """Keep a secret."""
        self.entries[entry] = secret

    def delete(self, entry: str) -> None:
        """Forget a secret."""
        self.entries.pop(entry, None)
