"""Small charts drawn by ourselves: SVG for pages, PNG for mail and Word. No lettering: the words stand beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import resvg_py

from bot.phrases import one_line

_EDGE = 6.0


@dataclass(frozen=True)
class Ink:
    """The colours of a chart; without `paper` it is drawn on what lies below it."""

    line: str
    goal: str
    paper: str = ""


#: Takes the colour of the words around it, in light and dark.
AS_TEXT = Ink("currentColor", "currentColor")
#: Readable on white, and with its own paper on anything dark.
ON_PAPER = Ink("#1f5c87", "#8a5a00", "#ffffff")


def chart(
    values: Sequence[Decimal], goal: Decimal | None, words: str, ink: Ink, width: int = 120, height: int = 32
) -> str:
    """A line through the values with a dot at each, the last one filled, and the goal as a dashed line; as SVG.

    `words` are the picture's alternative text. Sizes are in pixels.
    """
    marks = [*values, *([goal] if goal is not None else [])]
    low, high = min(marks), max(marks)
    room = (high - low) or Decimal(1)

    def down(value: Decimal) -> float:
        share = float((value - low) / room) if high != low else 0.5
        return round(height - _EDGE - share * (height - 2 * _EDGE), 1)

    step = (width - 2 * _EDGE) / max(len(values) - 1, 1)
    places = [(round(_EDGE + step * number, 1), down(value)) for number, value in enumerate(values)]
    body = _paper(ink, width, height) + _goal(goal, down, ink, width)
    path = " ".join(f"{x},{y}" for x, y in places)
    body += f'<polyline points="{path}" fill="none" stroke="{ink.line}" stroke-width="2"/>'
    body += "".join(f'<circle cx="{x}" cy="{y}" r="2" fill="{ink.line}"/>' for x, y in places[:-1])
    x, y = places[-1]
    body += f'<circle cx="{x}" cy="{y}" r="4" fill="{ink.line}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(one_line(words))}" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}">{body}</svg>'
    )


def _paper(ink: Ink, width: int, height: int) -> str:
    return f'<rect width="{width}" height="{height}" rx="4" fill="{ink.paper}"/>' if ink.paper else ""


def _goal(goal: Decimal | None, down: Callable[[Decimal], float], ink: Ink, width: int) -> str:
    if goal is None:
        return ""
    y = down(goal)
    dashes = f'stroke="{ink.goal}" stroke-width="1.5" stroke-dasharray="4 3"'
    return f'<line x1="0" y1="{y}" x2="{width}" y2="{y}" {dashes}/>'


def png(svg: str, zoom: float = 2.0) -> bytes:
    """A chart as a PNG, twice as many pixels as it measures so that it is sharp on paper and telephones."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True))
