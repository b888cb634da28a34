"""The week's summary as a picture: a bar for each organisation, drawn as SVG. Pure, but for the rendering.

What a bar shows stands in words and numbers beside it: nothing is said by colour alone (WORDS 7).
"""

from xml.sax.saxutils import escape

import resvg_py

from bot import phrases
from collector.messages import WeekLine, WeekSummary

#: In pixels; a phone shows about half of it.
_WIDTH, _MARGIN, _NAME, _ROW, _HEAD, _FOOT = 960, 32, 320, 52, 96, 56
_NUMBERS = 190
_LONGEST = 34
_FONT = "DejaVu Sans, Arial, sans-serif"
_IN, _OUT, _WAITS, _INK, _PALE = "#1d6fa5", "#e3b341", "#ffffff", "#1b1f23", "#57606a"
#: So many organisations are drawn; the rest stands in the words.
_MOST = 20


def picture_of(week: WeekSummary) -> bytes:
    """The picture as PNG; the same summary gives the same bytes."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg_of(week)))


def alt_text(week: WeekSummary) -> str:
    """The picture in words, for who does not see it."""
    told = "; ".join(f"{line.organisation}: {line.words}" for line in week.lines)
    return f"{week.period}: {week.received} of {week.owed} in. {told}."[:1000]


def svg_of(week: WeekSummary) -> str:
    """The picture as SVG."""
    lines = week.lines[:_MOST]
    height = _HEAD + _ROW * len(lines) + _FOOT
    most = max((line.received + line.outstanding + line.awaiting for line in lines), default=1) or 1
    rows = "".join(_row(line, _HEAD + _ROW * number, most) for number, line in enumerate(lines))
    title = _text(_MARGIN, 44, f"{week.period}", 26, bold=True)
    under = _text(_MARGIN, 76, f"{week.received} of {week.owed} in, as at {phrases.at_moment(week.at)}", 18, _PALE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{title}{under}{rows}{_key(height - 22)}</svg>'
    )


def _row(line: WeekLine, top: int, most: int) -> str:
    room = _WIDTH - 2 * _MARGIN - _NAME - _NUMBERS
    left = _MARGIN + _NAME
    done, out, waits = (round(room * count / most) for count in (line.received, line.outstanding, line.awaiting))
    told = f"{line.received} in, {line.outstanding} out{f', {line.awaiting} waits' if line.awaiting else ''}"
    return (
        _text(_MARGIN, top + 30, _short(line.organisation), 18)
        + _bar(left, top + 10, done, _IN)
        + _bar(left + done, top + 10, out, _OUT, dashed=True)
        + _bar(left + done + out, top + 10, waits, _WAITS, dashed=True)
        + _text(left + done + out + waits + 12, top + 30, told, 16, _PALE)
    )


def _bar(left: int, top: int, width: int, colour: str, dashed: bool = False) -> str:
    if not width:
        return ""
    edge = f' stroke="{_INK}" stroke-width="1" stroke-dasharray="4 3"' if dashed else ""
    return f'<rect x="{left}" y="{top}" width="{width}" height="28" fill="{colour}"{edge}/>'


def _key(top: int) -> str:
    out, waits = _MARGIN + 110, _MARGIN + 330
    return (
        _bar(_MARGIN, top - 20, 28, _IN)
        + _text(_MARGIN + 38, top, "in", 16, _PALE)
        + _bar(out, top - 20, 28, _OUT, dashed=True)
        + _text(out + 38, top, "outstanding (out)", 16, _PALE)
        + _bar(waits, top - 20, 28, _WAITS, dashed=True)
        + _text(waits + 38, top, "waits for its source", 16, _PALE)
    )


def _text(left: int, base: int, words: str, size: int, colour: str = _INK, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{left}" y="{base}" font-family="{_FONT}" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(phrases.one_line(words))}</text>"
    )


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
