"""What a person wrote in a reply: without the mails it quotes, without the signature. When in doubt, a line is kept.

A figure that is dropped is a return that is lost; a line too many is a question at worst.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

import quotequail

from parsers.signature import without_signature

_LOOKED_AT = 500  # of a line, to recognise it: patterns never run over a line of a megabyte
_HEADER_LINES = 12
_INTRO_LINES = 4  # mail programs wrap "On ... wrote:" over up to so many lines
# How far quotequail looks: people write their own words above, and one of its patterns is cubic in a line's length.
_FOREIGN_LINES, _FOREIGN_WIDTH = 200, 120
_WRAPPED = 50  # a quoted line this long may have been wrapped by a mail program

_QUOTED = re.compile(r"[ \t]{0,8}>")
_MARKS = re.compile(r"[> \t]+")
_DATED = re.compile(r"@|\d{1,2}[:.]\d\d\b|\b\d{4}\b")
_FORWARD = re.compile(
    r"[-_ ]{0,20}(begin forwarded message|(original|forwarded) message|forwarded by\b.*)[-_: ]{0,20}", re.IGNORECASE
)
_SUBJECT_FORWARDS = re.compile(r"[ \t]{0,8}(?:fwd?|wg|tr)[ \t]?:", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*[_\-=*]{5,}[ \t]*")
_FIELD = re.compile(
    r"[ \t]*\*{0,2}(from|sent|date|to|cc|subject|reply-to|importance)[ \t]?:[ \t]?\*{0,2}", re.IGNORECASE
)
_CODE = re.compile(r"\b[A-Z]{2,4}\d{1,4}[a-z]?\b")
_ASKED = re.compile(r"(?:\(?\d{1,3}[.):]?[ \t]+)?[*_]?([A-Z]{2,4}\d{1,4}[a-z]?)\b")


class _Kind(Enum):
    OWN = auto()
    QUOTE = auto()
    NOISE = auto()  # the line that introduces a quotation


@dataclass(frozen=True)
class _Line:
    kind: _Kind
    text: str


def own_words(body: str, *, forwarded: bool = True) -> str:
    """The words of the sender, answers typed between quoted lines included, in their order.

    An answer below a quoted line such as `> 1. DA06 Repeat victims` becomes `DA06: 153` if it names no code itself.
    With `forwarded`, a message that has no words but the one it passes on keeps those; without, it has none.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cut = _start_of_unmarked_quote(lines)
    own = _assembled(_classified(lines[:cut]))
    if own or not forwarded:
        return own
    return _passed_on(lines, cut)


def passed_words(body: str) -> str:
    """The words of a message that is passed on below what its sender wrote; nothing where none is."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cut = _start_of_unmarked_quote(lines)
    return _passed_on(lines, cut) if cut < len(lines) else ""


def is_forward(body: str, subject: str = "") -> bool:
    """Whether a mail says that it forwards what stands below its own words; one that is answered is no forward."""
    if _SUBJECT_FORWARDS.match(subject):
        return True
    if "forward" not in body.lower():
        return False
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    below = (line.strip() for line in lines[_start_of_unmarked_quote(lines) :] if not _RULE.fullmatch(line))
    first = next(filter(None, below), "")
    return _FORWARD.fullmatch(first) is not None and "forward" in first.lower()


def _assembled(lines: list[_Line]) -> str:
    """Own lines, each run without its signature; runs below quoted lines are answers to them."""
    runs = _runs(lines)
    written = [(start, without_signature([line.text for line in lines[start:stop]])) for start, stop in runs]
    answers = [(start, run) for start, run in written if any(text.strip() for text in run)]
    only_answer = sum(_is_below_quote(lines, start) for start, _ in answers) == 1
    pieces = []
    for start, run in answers:
        code = _code_above(lines, start)
        if code and only_answer and _codes_quoted(lines, start) > 1:
            code = ""  # one answer below a quoted list: nobody can say to which line it belongs
        pieces.append(_with_code("\n".join(run).strip("\n"), code))
    return "\n".join(pieces).strip()


def _runs(lines: list[_Line]) -> list[tuple[int, int]]:
    """Start and end of each stretch of own lines."""
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or lines[at].kind is not _Kind.OWN:
            if start < at:
                runs.append((start, at))
            start = at + 1
    return runs


def _is_below_quote(lines: list[_Line], start: int) -> bool:
    return start > 0 and lines[start - 1].kind is _Kind.QUOTE


def _codes_quoted(lines: list[_Line], start: int) -> int:
    """How many quoted lines above, up to the sender's last own words, ask for something."""
    count, at = 0, start - 1
    while at >= 0 and (lines[at].kind is not _Kind.OWN or not lines[at].text):
        count += lines[at].kind is _Kind.QUOTE and bool(_ASKED.match(lines[at].text))
        at -= 1
    return count


def _code_above(lines: list[_Line], start: int) -> str:
    """The code that the nearest quoted line begins with; a wrapped line is followed back to its beginning."""
    at = start - 1
    while at >= 0 and lines[at].kind is _Kind.QUOTE and not lines[at].text:
        at -= 1
    for _ in range(3):
        if at < 0 or lines[at].kind is not _Kind.QUOTE:
            break
        asked = _ASKED.match(lines[at].text)
        if asked:
            return asked[1]
        at -= 1
        if at < 0 or len(lines[at].text) < _WRAPPED:
            break
    return ""


def _with_code(answer: str, code: str) -> str:
    first, _, rest = answer.lstrip().partition("\n")
    if not code or _CODE.search(first):
        return answer
    return f"{code}: {first}" + (f"\n{rest}" if rest else "")


def _classified(lines: list[str]) -> list[_Line]:
    found: list[_Line] = []
    at = 0
    while at < len(lines):
        intro = _intro_length(lines, at)
        if intro:
            found.extend(_Line(_Kind.NOISE, "") for _ in range(intro))
            at += intro
            continue
        quoted = _QUOTED.match(lines[at])
        if quoted:
            found.append(_Line(_Kind.QUOTE, _MARKS.sub("", lines[at][:_LOOKED_AT], count=1).strip()))
        else:
            found.append(_Line(_Kind.OWN, lines[at].rstrip()))
        at += 1
    return found


def _intro_length(lines: list[str], at: int) -> int:
    """How many lines an "On ... wrote:" or a header above a marked quotation takes that begins here; 0 if none does."""
    header = _header_length(lines, at)
    if header and _is_header_block(lines, at) and _quote_follows(lines, at + header):
        return header
    if lines[at].lstrip()[:3].lower() != "on ":
        return 0
    joined = ""
    for count, line in enumerate(lines[at : at + _INTRO_LINES], start=1):
        joined = f"{joined} {line[:_LOOKED_AT].strip()}"
        if joined.rstrip().lower().endswith(("wrote:", "wrote :")):
            return count if _DATED.search(joined) else 0
        if not line.strip() or _QUOTED.match(line):
            break
    return 0


def _start_of_unmarked_quote(lines: list[str]) -> int:
    """The line from which all is an earlier message that no `>` marks; past the end if there is none."""
    foreign = _foreign_intro(lines)
    for at, line in enumerate(lines):
        if at == foreign or _begins_unmarked_quote(lines, at, line):
            return _above_rule(lines, at)
    return len(lines)


def _begins_unmarked_quote(lines: list[str], at: int, line: str) -> bool:
    if not line or len(line) > _LOOKED_AT:
        return False
    if _FORWARD.fullmatch(line.strip()):
        return True
    if _FIELD.match(line) and _is_header_block(lines, at):
        return not _quote_follows(lines, at + _header_length(lines, at))
    intro = _intro_length(lines, at)
    return bool(intro) and not _quote_follows(lines, at + intro)


def _header_length(lines: list[str], at: int) -> int:
    """How many lines From, Sent, To and Subject take."""
    fields = (_FIELD.match(line[:_LOOKED_AT]) for line in lines[at : at + _HEADER_LINES])
    return sum(1 for _ in takewhile(bool, fields))


def _is_header_block(lines: list[str], at: int) -> bool:
    """Outlook's From, Sent, To, Subject. "From" and "To" alone may be somebody's period."""
    names: list[str] = []
    for line in lines[at : at + _HEADER_LINES]:
        field = _FIELD.match(line[:_LOOKED_AT])
        if field:
            names.append(field[1].lower())
        elif not line.strip() and "subject" in names:
            break
    return names[:1] == ["from"] and "subject" in names and bool({"sent", "date", "to"} & set(names))


def _quote_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _foreign_intro(lines: list[str]) -> int:
    """Where quotequail sees a quotation begin that our English patterns don't know; -1 if nowhere.

    Its ruler of underscores is left to the header block below it, since people draw rulers as well, and an introduction
    with `>` below it to those marks.
    """
    looked_at = [line[:_FOREIGN_WIDTH] for line in lines[:_FOREIGN_LINES]]
    parts = quotequail.quote("\n".join(looked_at), limit=_FOREIGN_LINES + 1, quote_intro_line=True)
    if len(parts) < 2:
        return -1
    at = len(parts[0][1].split("\n")) if parts[0][1] or looked_at[0] == "" else 0
    if at >= len(lines) or _RULE.fullmatch(lines[at]) or lines[at].lstrip().startswith((">", "On ")):
        return -1
    return -1 if _quote_follows(lines, at + 1) else at


def _above_rule(lines: list[str], at: int) -> int:
    """Take the ruler that Outlook draws above an earlier message along with it."""
    above = at
    while above > 0 and at - above < 3 and not lines[above - 1].strip():
        above -= 1
    return above - 1 if above > 0 and _RULE.fullmatch(lines[above - 1]) else at


def _passed_on(lines: list[str], cut: int) -> str:
    """The message that is passed on without a word of one's own, without its header lines and `>` marks."""
    start = cut + _intro_length(lines, cut) if cut < len(lines) else cut
    passed = [_MARKS.sub("", line, count=1) if _QUOTED.match(line) else line for line in lines[start:]]
    kept: list[str] = []
    in_header = True
    for line in passed:
        in_header = in_header and bool(not line.strip() or _FIELD.match(line) or _FORWARD.fullmatch(line.strip()))
        in_header = in_header or bool(_RULE.fullmatch(line) and not kept)
        if not in_header:
            kept.append(line)
    return "\n".join(without_signature(kept)).strip()
