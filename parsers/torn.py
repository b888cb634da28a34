"""What the way here has damaged: text that can't be trusted as a whole, and single numbers with unreadable signs.

A figure that lost a digit looks like any other. So a text whose coding is broken is not read at all, and a number that
touches a sign nobody can read is taken out of its line; the sender is told of both.
"""

import re

from parsers.charsets import one_line

#: Stands where a number was: no digit, so that nothing is read out of it.
UNREADABLE = "[unreadable]"

_MOST_SHOWN = 5
_SHOWN = 60
# Controls, lost letters, and the marks that turn text around: 351 would show as 153.
_SIGNS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u202d\u202e"
_TOUCHED = re.compile(rf"[{_SIGNS}][.,]?\d|\d[.,]?[{_SIGNS}]")
_TOKEN = re.compile(r"[^ \t]+")
_DIGITS = re.compile(r"[\d.,]+%?")
# Headers of a part within a text: the line that parts them was damaged, and what follows is no one's words.
_HEADERS_INSIDE = re.compile(
    r"^--[^\n]{1,200}\n(?:[^\n]{0,200}\n){0,3}?Content-(?:Type|Transfer-Encoding|Disposition|ID)[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
# Lines of quoted-printable and base64 that nobody has decoded, since the header that says so was lost.
_STILL_QUOTED = re.compile(r"^[^\n]{60,100}=$|=3D[\"'\w]|=C2=A|=E2=8", re.MULTILINE)
_STILL_CODED = re.compile(
    r"^(?=[^\n]*[a-z])(?=[^\n]*[A-Z])[A-Za-z0-9+/]{60,}={0,2}$|\A\s*[A-Za-z0-9+/]{16,}={0,2}\s*\Z", re.MULTILINE
)
_CUT_ESCAPE = re.compile(rb"=[0-9A-Fa-f]?[ \t]*\Z")


def holds_parts(text: str) -> bool:
    """Whether a text holds the headers of other parts."""
    return bool(_HEADERS_INSIDE.search(text))


def still_coded(text: str) -> bool:
    """Whether a plain text shows the coding it was sent in."""
    return bool(_STILL_QUOTED.search(text) or _STILL_CODED.search(text))


def ends_in_escape(coded: bytes) -> bool:
    """Whether quoted-printable bytes end in the middle of a sign."""
    return bool(_CUT_ESCAPE.search(coded[-8:]))


def without_torn_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `UNREADABLE` for each number that touches an unreadable sign, and what the sender is told."""
    if not _TOUCHED.search(text):
        return text, ()
    lines, told = text.split("\n"), []
    for at, line in enumerate(lines):
        if _TOUCHED.search(line):
            told.append(one_line(re.sub(f"[{_SIGNS}]", "\ufffd", line[: _SHOWN * 4]).strip(), _SHOWN))
            lines[at] = _mended(line)
    shown = "; ".join(f"'{line}'" for line in told[:_MOST_SHOWN])
    more = f" and {len(told) - _MOST_SHOWN} more" if len(told) > _MOST_SHOWN else ""
    return "\n".join(lines), (f"There are signs beside a number that we could not read: {shown}{more}. Send it again.",)


def _mended(line: str) -> str:
    """A number may be written with blanks in it: what stands beside a torn one goes with it."""
    tokens = [(found[0], bool(_TOUCHED.search(found[0]))) for found in _TOKEN.finditer(line)]
    torn = [is_torn for _, is_torn in tokens]
    for step in (range(1, len(tokens)), range(len(tokens) - 2, -1, -1)):
        for at in step:
            beside = at - 1 if step.step > 0 else at + 1
            torn[at] = torn[at] or (torn[beside] and bool(_DIGITS.fullmatch(tokens[at][0])))
    kept = ["" if is_torn else token for (token, _), is_torn in zip(tokens, torn, strict=True)]
    return " ".join(token or UNREADABLE for at, token in enumerate(kept) if token or at == 0 or kept[at - 1])
