"""What the demo ends with: a table, and the carrier's copy held against the card."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from demo.customers import Customer
from demo.heartbeat import Pulse


@dataclass(slots=True)
class Visit:
    """One customer's registration as it went, times in seconds of the demo's own clock."""

    customer: Customer
    id: str = ""
    msisdn: str = ""
    card_to_form_s: list[float] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    sealed_s: float = 0.0
    received_s: float = 0.0
    state: str = ""
    purged: bool = False
    receipt: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One value on the card and in the carrier's copy."""

    name: str
    printed: str
    carrier: str

    @property
    def same(self) -> bool:
        """True where the carrier has what is printed."""
        return self.printed == self.carrier


def compare(visit: Visit, record: dict[str, Any]) -> list[Compared]:
    """Hold the carrier's opened copy against what was printed, field by field."""
    fields = record["persons"][0]["document"]["fields"]
    line = record["lines"][0]
    told = {name: fields.get(name, {}).get("value", "") for name in visit.customer.truth}
    compared = [Compared(name, value, told[name]) for name, value in visit.customer.truth.items()]
    compared.append(Compared("msisdn", visit.msisdn, line["msisdn"]))
    compared.append(Compared("iccid", visit.customer.iccid, line["iccid"]))
    return compared


def print_visits(visits: Iterable[Visit]) -> None:
    """Print one line a registration."""
    head = (
        "registration",
        "document",
        "card to form",
        "sealed at",
        "receipt at",
        "state",
        "packet",
    )
    rows = [head]
    for visit in visits:
        seen = ", ".join(f"{each:.1f} s" for each in visit.card_to_form_s)
        rows.append(
            (
                visit.id[:8],
                visit.customer.story,
                seen,
                f"{visit.sealed_s:.1f} s",
                f"{visit.received_s:.1f} s",
                visit.state,
                "purged" if visit.purged else "HERE",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def print_comparison(visit: Visit, compared: Iterable[Compared]) -> None:
    """Print the carrier's copy beside the card."""
    print(f"\n  {visit.customer.story}: the card / the carrier's copy")
    for each in compared:
        sign = "=" if each.same else "DIFFERS"
        print(f"    {each.name:16} {each.printed}  {sign}  {each.carrier}")


def print_pulse(pulse: Pulse) -> None:
    """Print how steadily the window answered while the camera ran."""
    print(
        f"\n  window while capturing: {pulse.ticks} ticks of 10 ms, "
        f"{pulse.in_time:.3%} within 50 ms, worst {pulse.worst_ms:.0f} ms"
    )
