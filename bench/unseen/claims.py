"""Draws how often what was claimed with some confidence was so: the reliability diagram."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Confidences up to each of these fall into one bin; finer where it matters.
_EDGES: Final = (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
_SIDE: Final = 320
_COLOURS: Final = {"field": "#b3541e", "character": "#1f6f8b"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What was said about one field or character, and whether it was so."""

    about: str
    confidence: float
    right: bool


def reliability(claims: Sequence[Claim]) -> tuple[str, str]:
    """Return the table (Markdown) and the diagram (SVG)."""
    parts: list[str] = []
    rows = ["| about | claimed | how many | mean claim % | so it was % |", "|---|---|---|---|---|"]
    for place, about in enumerate(_COLOURS):
        low, points = 0.0, []
        for high in _EDGES:
            group = [
                each for each in claims if each.about == about and low < each.confidence <= high
            ]
            if group:
                said = sum(each.confidence for each in group) / len(group)
                was = sum(each.right for each in group) / len(group)
                rows.append(
                    f"| {about} | {low:g} to {high:g} | {len(group)} "
                    f"| {100 * said:.1f} | {100 * was:.1f} |"
                )
                points.append((said, was, len(group)))
            low = high
        parts.append(_curve(about, points, place))
    return "\n".join(rows), _picture("".join(parts))


def _curve(about: str, points: Sequence[tuple[float, float, int]], place: int) -> str:
    colour = _COLOURS[about]
    spots = [(40 + said * _SIDE, 10 + (1 - was) * _SIDE) for said, was, _ in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{min(9.0, 1.5 + count**0.25):.1f}" fill="{colour}"/>'
        for (x, y), (_, _, count) in zip(spots, points, strict=True)
    )
    name = f'<text x="52" y="{30 + 18 * place}" fill="{colour}" font-size="13">{about}</text>'
    return f'<polyline points="{line}" fill="none" stroke="{colour}"/>{dots}{name}'


def _picture(curves: str) -> str:
    end = 40 + _SIDE
    floor = 10 + _SIDE
    ticks = "".join(
        f'<text x="{40 + share / 100 * _SIDE:.0f}" y="{floor + 16}" font-size="11" '
        f'text-anchor="middle">{share}</text>'
        f'<text x="34" y="{floor - share / 100 * _SIDE + 4:.0f}" font-size="11" '
        f'text-anchor="end">{share}</text>'
        for share in (0, 25, 50, 75, 100)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{end + 20}" height="{floor + 40}" '
        f'font-family="sans-serif"><rect width="100%" height="100%" fill="white"/>'
        f'<rect x="40" y="10" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="40" y1="{floor}" x2="{end}" y2="10" stroke="#bbb" stroke-dasharray="4 4"/>'
        f'{ticks}<text x="{40 + _SIDE / 2:.0f}" y="{floor + 34}" font-size="12" '
        f'text-anchor="middle">claimed %, against how often it was so %</text>{curves}</svg>\n'
    )
