"""Where a person's words end and the signature, the phone's advertisement or the disclaimer begins."""

import re

_LOOKED_AT = 500
_SHORT = 90
_MOST_LINES = 25

_DELIMITER = re.compile(r"\s*(-- ?|—|_{2,4})\s*")
_SIGN_OFF = re.compile(
    r"(((kind(est)?|best|warm(est)?|many|with|my) )*(regards|thanks|wishes)"
    r"( and (kind |best )?(regards|thanks|wishes))?"
    r"|thank you|cheers|thx|rgds|kr|best|(yours )?(sincerely|faithfully|truly)|yours)"
    r"( (very much|in advance|again|all))?([,.!-]{0,3}|, ?[a-z][a-z' .-]{0,30})",
    re.IGNORECASE,
)
_PHONE_AD = re.compile(
    r"(sent (from|via) (my |outlook|mail for |yahoo|samsung|gmail|blackberry|proton)|get outlook for )[^:=%]{0,60}",
    re.IGNORECASE,
)
_NUMBER = r"(\+44 ?(\(0\) ?)?\d{2,4}|\(?0\d{2,4}\)?)[ -]?\d{3,4}[ -]?\d{3,4}"
_LABEL = r"(tel(ephone)?|t|m|mob(ile)?|phone|ph|dd|direct( (dial|line))?|fax|f|office|desk)[.:]{0,2} ?"
_PHONE = re.compile(
    rf"({_LABEL})?{_NUMBER}([ |/,;]{{1,3}}(({_LABEL})?{_NUMBER}|\(?(ext(ension)?|x)[.:]? ?\d{{2,6}}\)?)){{0,3}}",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\W{0,5}(((the )?(information|contents?) (in|of) )?this (e-?mail|message|communication|transmission)\b.{0,160}"
    r"\b(confidential|privileged|intended|virus|views|scanned|monitor|official)"
    r"|disclaimer\b|confidentiality notice|privileged and confidential|(please )?consider the environment)",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W{0,3}(caution|warning|external( e-?mail)?)\W{1,3}.{0,40}(external|outside|originated|e-?mail).*", re.IGNORECASE
)

# What nobody puts into a signature: such a line, and all that stands with it, is kept. ME4 4TR is a postcode.
_SAYS_SOMETHING = re.compile(
    r"\b[A-Z]{2,4}\d{1,4}[a-z]?\b(?!\s?\d[A-Z]{2}\b)|\d\s*%|£\s?\d|\d\s*(out )?of\s+\d|\d\s*/\s*\d"
    r"|(?i:\b(per ?cent|nil|none|no change|unchanged|not (yet )?available|unavailable|nothing|no figures?|no data|zero|"
    r"no longer|awaiting|to follow|same as|figures?|cases|referrals|target|quarter|tomorrow|next week|will send)\b)"
)
_DIGITS_OF_AN_ADDRESS = re.compile(
    rf"{_NUMBER}|\b[A-Z]{{1,2}}\d[A-Z\d]?\s*\d[A-Z]{{2}}\b|\S+@\S+|(https?://|www\.)\S+"
    r"|\b(floor|room|unit|level|block|suite|po box|ext\.?|x|collar|warrant|pc|ps|no\.?|number)\s?\d{1,8}\b"
    r"|\b\d{1,4}[a-z]?(-\d{1,4})?,? ([A-Z][\w']+ ){1,4}"
    r"(road|street|lane|avenue|way|square|place|court|park|close|drive|hill)\b"
    r"|\b\d(st|nd|rd|th) floor\b|\b24/7\b",
    re.IGNORECASE,
)


def without_signature(lines: list[str]) -> list[str]:
    """The lines without signature, telephone lines, phone advertisements, banners and disclaimers, blank ends cut."""
    kept = [line for line in lines if not _is_noise(line)]
    kept = _without_disclaimer(kept)
    says = [bool(line and _SAYS_SOMETHING.search(line[:_LOOKED_AT])) for line in kept]
    plain = _plain_from(kept, says)
    words_before = False
    for at, line in enumerate(kept):
        if words_before and plain[at + 1] and _ends_words(line):
            return _trimmed(kept[:at])
        words_before = words_before or bool(line.strip())
    return _trimmed(kept)


def _ends_words(line: str) -> bool:
    return len(line) <= _SHORT and bool(_DELIMITER.fullmatch(line) or _SIGN_OFF.fullmatch(_squeezed(line)))


def _is_noise(line: str) -> bool:
    if not line or len(line) > _LOOKED_AT:
        return False
    squeezed = _squeezed(line)
    return any(pattern.fullmatch(squeezed) for pattern in (_PHONE_AD, _PHONE, _BANNER))


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _without_disclaimer(lines: list[str]) -> list[str]:
    """Cut from the disclaimer to the end, unless a code or a figure comes after it."""
    said = [_SAYS_SOMETHING.search(line[:_LOOKED_AT]) if line else None for line in lines]
    last_figure = max((at for at, found in enumerate(said) if found and any(map(str.isdigit, found[0]))), default=-1)
    for at in range(last_figure + 1, len(lines)):
        if lines[at] and not said[at] and _DISCLAIMER.match(lines[at][:_LOOKED_AT]):
            return lines[:at]
    return lines


def _plain_from(lines: list[str], says: list[bool]) -> list[bool]:
    """For each line, and the end: whether all from here on may be a signature."""
    plain = [True] * (len(lines) + 1)
    count = 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        count += bool(line.strip())
        plain[at] = plain[at + 1] and not says[at] and count <= _MOST_LINES and _may_sign(line)
    return plain


def _may_sign(line: str) -> bool:
    """Short, and without a number that is not part of a telephone number or an address."""
    return not line or (len(line) <= _SHORT and not any(c.isdigit() for c in _DIGITS_OF_AN_ADDRESS.sub("", line)))


def _trimmed(lines: list[str]) -> list[str]:
    start, stop = 0, len(lines)
    while start < stop and not lines[start].strip():
        start += 1
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return lines[start:stop]
