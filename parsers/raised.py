"""Small marks set above or below the line: a footnote's must not become a digit of the figure before it."""

_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


def raised(mark: str, before: str) -> str:
    """How such a mark is read behind what stands before it: 15 with a small 2 is not 152, nor surely 15."""
    if not any(map(str.isdecimal, mark)):
        return mark
    return mark.translate(_RAISED) if before[-1:].isdigit() else f" [{mark.strip()}] "
