"""Parting what somebody wrote into sentences, also where the full stop was left out after a figure."""

import re

# A pattern that begins with what it looks for is searched for faster than one that begins by looking back.
_WRAPPED = re.compile(r"\n(?<![.!?:;|]\n)(?=[a-z(])")
_OPEN_BRACKET = re.compile(r"(\([^()\n]{0,120})\n(?=[^()\n]{0,120}\))")
_DANGLING = re.compile(r"\n(?<= of\n| to\n|out\n|rom\n|han\n|the\n)(?=\S)")
_INLINE_BULLET = re.compile(r" (?<=\S )\* (?=[A-Z\d])")
_SPACES = re.compile(r"  +")
_STOP = re.compile(r" (?<=[.!?;] )(?=[^a-z])")
_AFTER_FIGURE = re.compile(
    r" (?<=[%)\d*] )(?=(?:The|This|These|That|Those|Please|Note|Current|Year|End|Total|Target|Out-?turn"
    r"|YTD(?= ?[:=]? ?[\d£]| (?:is|was|total|figure))|Last|Previous|We|It|There|Of|Our"
    r"|However|Although|Performance|Figures?|Data|All|In|Both|An|As|For|Due|Overall|Compared|Against|Full"
    r"|Since|Cumulative)\b)"
    r"| (?<=% )(?=[A-Z][a-z])| (?<=\) )(?=[A-Z])| (?<=[\d%]\) )(?=\d)"
)
_ABBREVIATED = re.compile(r"\b(?:no|vs|approx|e\.g|i\.e|c|incl|v|st|dr|mr|mrs|ms)\.$", re.I)


def parted(text: str) -> str:
    """The same words, one sentence a line."""
    text = _SPACES.sub(" ", text.replace("|", "\n").replace("\t", "\n"))
    text = _INLINE_BULLET.sub("\n", text) if " * " in text else text
    if "\n" in text:
        text = _DANGLING.sub(" ", _OPEN_BRACKET.sub(r"\1 ", _WRAPPED.sub(" ", text)))
    lines = []
    for line in text.split("\n"):
        lines.extend(_sentences(line.strip()))
    return "\n".join(line for line in lines if line)


def _sentences(line: str) -> list[str]:
    found: list[str] = []
    for piece in _AFTER_FIGURE.split(line):
        for sentence in _STOP.split(piece):
            if found and _ABBREVIATED.search(found[-1][-6:]):
                found[-1] += f" {sentence}"
            else:
                found.append(sentence.strip())
    return found
