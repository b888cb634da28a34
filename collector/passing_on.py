"""Figures in a message that somebody passes on below words of their own: asked about, neither taken nor passed over."""

from dataclasses import replace

from collector.domain.submission import Reading

#: Why such a figure is asked about.
PASSED_ON = "It stands in the message that you pass on."


def with_what_is_passed_on(own: Reading, passed: Reading) -> Reading:
    """What a sender says, and a question about each figure that only the message they pass on gives."""
    told = {item.code for item in own.items}
    given = (item for item in passed.items if any(candidate.value is not None for candidate in item.candidates))
    asked = (replace(item, doubts=(*item.doubts, PASSED_ON)) for item in given if item.code not in told)
    return replace(own, items=(*own.items, *asked))
