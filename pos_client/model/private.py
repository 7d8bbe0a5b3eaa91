"""Private: a value about a person that never prints itself."""

from typing import Generic, NoReturn, TypeVar, final

T = TypeVar("T")


@final
class Private(Generic[T]):
    """Holds personal data; only `reveal()` gives it out, so every place that does can be found."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        """Return the value. Called at the edge that needs it, never inside a log call."""
        return self._value

    def __repr__(self) -> str:
        return "‹private›"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Private) and bool(self._value == other.reveal())

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        # Pickles end in caches, crash dumps and other processes; none of them may hold a person.
        message = "personal data is never pickled"
        raise TypeError(message)
