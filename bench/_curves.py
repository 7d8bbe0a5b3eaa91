"""Draws small curves as plain SVG, side by side, readable without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH: Final = 420
_HEIGHT: Final = 240
_LEFT: Final = 44
_RIGHT: Final = 12
_TOP: Final = 34
_BOTTOM: Final = 46
_COLUMNS: Final = 2
#: Colour, dashes and mark of the first, second and third line.
_STYLES: Final = (
    ("#0B5CAD", "", "circle"),
    ("#A3141D", "6 3", "square"),
    ("#6E7781", "2 3", "none"),
)


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over common places; all values are shares from 0 to 1."""

    title: str
    at: tuple[str, ...]
    lines: dict[str, tuple[float, ...]]


def draw_curves(curves: Sequence[Curve]) -> str:
    """Return one SVG with a small chart for each curve and one legend."""
    rows = -(-len(curves) // _COLUMNS)
    width, height = _WIDTH * _COLUMNS, _HEIGHT * rows + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">',
        '<g font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
    ]
    for at, curve in enumerate(curves):
        x, y = at % _COLUMNS * _WIDTH, at // _COLUMNS * _HEIGHT
        parts.append(f'<g transform="translate({x} {y})">{_chart(curve)}</g>')
    names = list(curves[0].lines) if curves else []
    for at, name in enumerate(names):
        x, y = 60 + at * 200, height - 14
        colour, dashes, _ = _STYLES[at]
        parts.append(
            f'<line x1="{x}" y1="{y}" x2="{x + 34}" y2="{y}" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dashes}"/>'
            f'<text x="{x + 42}" y="{y + 4}">{escape(name)}</text>'
        )
    parts.append("</g>\n</svg>\n")
    return "\n".join(parts)


def _chart(curve: Curve) -> str:
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    step = wide / max(1, len(curve.at) - 1)
    parts = [f'<text x="{_LEFT}" y="20" font-weight="bold">{escape(curve.title)}</text>']
    for share in (0.0, 0.5, 1.0):
        y = _TOP + high * (1 - share)
        parts.append(
            f'<line x1="{_LEFT}" y1="{y:g}" x2="{_LEFT + wide}" y2="{y:g}" stroke="#D0D7DE"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:g}" text-anchor="end">{share:.0%}</text>'
        )
    parts += [
        f'<text x="{_LEFT + at * step:.1f}" y="{_TOP + high + 18}" text-anchor="middle">'
        f"{escape(text)}</text>"
        for at, text in enumerate(curve.at)
    ]
    for style, values in zip(_STYLES, curve.lines.values(), strict=False):
        parts.append(
            _line(style, [(_LEFT + i * step, _TOP + high * (1 - v)) for i, v in enumerate(values)])
        )
    return "".join(parts)


def _line(style: tuple[str, str, str], points: Sequence[tuple[float, float]]) -> str:
    colour, dashes, mark = style
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dashes}"/>'
    )
    for x, y in points:
        if mark == "circle":
            drawn += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>'
        elif mark == "square":
            drawn += f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"/>'
    return drawn
