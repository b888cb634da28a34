"""The wording of a plan in one way of writing, before it is read: signs, small words and abbreviations said in full."""

import re

from collector.target_numbers import NUMBER, written_out

_SIGNED = re.compile(rf"(?P<sign>[-\u2212\u2013+]) ?(?P<size>{NUMBER}%?)(?P<rest>(?: .*)?)")
_YEAR_ON_YEAR = re.compile(r",?\s*\byear[- ]on[- ]year\b,?\s*", re.I)
_NOTHING = re.compile(r"^(?:zero|nil)\b(?! tolerance)", re.I)


def tidy(wording: str) -> str:
    """The same words in the way that is read: "75%+" is "75% or more", "-5%" is "5% reduction"."""
    text = " ".join(wording.replace("per cent", "%").replace("percent ", "% ").split())
    text = re.sub(r"\s+%", "%", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))
    text = re.sub(r"^target:?\s+", "", written_out(text), flags=re.I).rstrip(".").strip()
    text = re.sub(r"(?<=[\d%])\s*\+$", " or more", _NOTHING.sub("0", text))
    if signed := _SIGNED.fullmatch(text):
        text = f"{signed['size']} {'increase' if signed['sign'] == '+' else 'reduction'}{signed['rest']}"
    if _YEAR_ON_YEAR.search(text):
        text = " ".join(_YEAR_ON_YEAR.sub(" ", text).split()) + " on last year"
    return text
