"""The runs of a Word paragraph that hold one sentence, so that a comment stands at it and not at its neighbours."""

import re
from copy import deepcopy

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

#: A run that holds nothing else can be parted without changing what is read or how it looks.
_PLAIN = {qn("w:rPr"), qn("w:t")}
_MARKS = re.compile(r"^[^\w\s]+")


def runs_of(paragraph: Paragraph, sentence: str, after: int = 0) -> tuple[list[Run], int]:
    """The runs of a sentence that begins after some signs of the paragraph, and where it ends.

    Signs are letters and digits: dashes, quotes and spaces were made alike when the sentence was read. A run is parted
    where the sentence begins or ends inside it. All runs where the sentence is not found word for word.
    """
    runs = [Run(element, paragraph) for element in paragraph._p.xpath(".//w:r")]
    places = [(at, place) for at, run in enumerate(runs) for place, sign in enumerate(run.text) if sign.isalnum()]
    signs = _signs("".join(run.text for run in runs))
    wanted = _signs(sentence)
    start = signs.find(wanted, after) if wanted and len(signs) == len(places) else -1
    if start < 0:
        return [run for run in runs if run.text], after
    (first, begins), (last, ends) = places[start], places[start + len(wanted) - 1]
    found = runs[first : last + 1]
    # The marks around a sentence belong to it: quotes, a per cent sign, its full stop.
    last_text, first_text = runs[last].text, runs[first].text
    behind = ends + 1 + _marks(last_text[ends + 1 :])
    if behind < len(last_text):
        _part(runs[last], behind)
    begins -= _marks(first_text[:begins][::-1])
    if begins and (rest := _part(runs[first], begins)) is not None:
        found[0] = rest
    return found, start + len(wanted)


def _signs(words: str) -> str:
    return "".join(sign for sign in words if sign.isalnum()).lower()


def _marks(words: str) -> int:
    """How many marks they begin with."""
    return len(words) - len(_MARKS.sub("", words, count=1))


def _part(run: Run, at: int) -> Run | None:
    """Part a run before a place in its text, and give its second half; None where it holds more than text."""
    if any(child.tag not in _PLAIN for child in run._r):
        return None
    words, copy = run.text, deepcopy(run._r)
    run._r.addnext(copy)
    rest = Run(copy, run._parent)
    run.text, rest.text = words[:at], words[at:]
    return rest
