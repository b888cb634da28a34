"""Whether a percentage agrees with the counts, shares and other percentages beside it (RULES 3)."""

import re
from decimal import ROUND_DOWN, Decimal

from collector.domain.figure import plain
from parsers.figures import consistency
from parsers.figures.facts import Facts
from parsers.figures.portions import part_that_makes
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.units import Kind


def shares_against(facts: Facts, given: Quantity) -> list[str]:
    """Everything the counts and shares beside a percentage say against it, in plain words with the arithmetic."""
    doubts = (
        _worked_out_wrong(facts, given)
        + _share_of(facts, given)
        + _bare_share(facts, given)
        + _percentages_against(facts, given)
    )
    return doubts + _fractions_against(facts, given) + _all_of_them(facts, given)


def _same_sentence(facts: Facts, one: Quantity, other: Quantity) -> bool:
    return facts.canvas.sentence(one.start) == facts.canvas.sentence(other.start)


_NEAR_MISS = 4


_MOST_ROUNDED = Decimal("0.15")


_FEWEST = 10


def _fractions_against(facts: Facts, given: Quantity) -> list[str]:
    """Counts elsewhere in the clause that come close to the percentage, or to what it leaves, and miss it."""
    if given.kind is not Kind.PERCENT or _has_its_own(facts, given):
        return []
    for fraction in (*facts.said_fractions, *_implied(facts, given)):
        if fraction.denominator < _FEWEST or fraction.numerator > fraction.denominator:
            continue
        if part_that_makes(facts, given, fraction) or _is_anothers(facts, given, fraction):
            continue
        exact = 100 * fraction.numerator / fraction.denominator
        together = 100 * fraction.numerator / (fraction.numerator + fraction.denominator)
        # A percentage that is its own fraction stands (RULES 3), however near the half it leaves the other as well.
        if given.value in (consistency.rounded(each, given.decimals) for each in (together, exact)):
            continue
        for share, words in ((exact, ""), (100 - exact, "leaves ")):
            agrees = consistency.rounded(share, given.decimals) == given.value
            if not agrees and _MOST_ROUNDED < abs(share - given.value) <= _NEAR_MISS:
                worked = plain(consistency.rounded(share, 1))
                return [f"You gave {given} and also {fraction}, which {words or 'is '}{worked}%."]
    return []


def _has_its_own(facts: Facts, given: Quantity) -> bool:
    """Whether a fraction of its sentence is what a percentage says."""
    return any(
        f.denominator
        and facts.canvas.sentence(f.start) == facts.canvas.sentence(given.start)
        and consistency.rounded(100 * f.numerator / f.denominator, given.decimals) == given.value
        for f in facts.said_fractions
    )


def _is_anothers(facts: Facts, given: Quantity, fraction: Fraction) -> bool:
    """Whether another percentage that was said is what a fraction comes to: "9 of 10 (90%), 166 of 181 (91.7%)"."""
    exact = 100 * fraction.numerator / fraction.denominator
    others = (q for q in facts.said if q.kind is Kind.PERCENT and q.start != given.start)
    return any(consistency.rounded(exact, q.decimals) == q.value for q in others)


def _in_brackets(facts: Facts, count: Quantity) -> bool:
    text = facts.canvas.text
    return text[count.start - 1 : count.start] == "(" and text[count.end : count.end + 1] == ")"


def _implied(facts: Facts, given: Quantity) -> list[Fraction]:
    """Two counts in the sentence of a percentage: so many, and so many of them."""
    told = [*facts.said, *facts.context.parts]
    counts = [q for q in told if q.kind is Kind.COUNT and not q.decimals and _same_sentence(facts, q, given)]
    if len(counts) != _A_PAIR or all(_in_brackets(facts, count) for count in counts):
        return []
    low, high = sorted(counts, key=lambda q: q.value)
    return [Fraction(low.value, high.value, low.start, low.end)]


_A_PAIR = 2
_BARE_BEFORE = re.compile(r"(?:[,;=(]| - |\bi\.?e\.?|\bor) ?$")
_BARE_BEHIND = re.compile(r" ?(?:[.;)\n]|$)")


def _bare_share(facts: Facts, given: Quantity) -> list[str]:
    """A percentage without words of its own behind the only two counts, or sums, of its sentence: what they come to."""
    text = facts.canvas.text
    bare = _BARE_BEFORE.search(text, 0, given.start) and _BARE_BEHIND.match(text, given.end)
    if given.kind is not Kind.PERCENT or not bare:
        return []
    told = [*facts.said, *facts.context.parts]
    pair = [
        q
        for q in told
        if q.kind in (Kind.COUNT, Kind.MONEY) and _same_sentence(facts, q, given) and q.end <= given.start
    ]
    if len(pair) != _A_PAIR or pair[0].kind is not pair[1].kind:
        return []
    low, high = sorted(pair, key=lambda q: q.value)
    shares = [100 * low.value / high.value, 100 * low.value / (low.value + high.value)] if high.value else []
    if not shares or any(abs(share - given.value) <= 1 or abs(100 - share - given.value) <= 1 for share in shares):
        return []
    return [
        f"You gave {given} and also {low} and {high}; {low} of {high} is {plain(consistency.rounded(shares[0], 1))}%."
    ]


_SO_IT_IS = re.compile(
    r"\b(?:so|which (?:is|was|equates? to|gives?|gave|represents?|means|makes)|giving|that is|i\.?e\.?"
    r"|equat\w+ to|equal to"
    r"|representing|making|meaning|equivalent to|a (?:rate|share|total) of|=)[^.;\d\n]{0,40}$",
    re.I,
)
_OF_THOSE = re.compile(r" (?:of (?:these|those|them|which|whom|the)|were|was|had|met|have)\b", re.I)


def _worked_out_wrong(facts: Facts, given: Quantity) -> list[str]:
    """As in "We closed 48 and 36 of these were in time, so performance is 82%"."""
    start, _ = facts.canvas.sentence_at(given.start)
    if given.kind is not Kind.PERCENT or _SO_IT_IS.search(facts.canvas.text, start, given.start) is None:
        return []
    told = [q for q in (*facts.said, *facts.context.parts) if q.kind is Kind.COUNT and start <= q.start < given.start]
    parts = {part.start for part in facts.context.parts}
    if len(told) != _A_PAIR or not any(q.start in parts or _OF_THOSE.match(facts.canvas.text, q.end) for q in told):
        return []
    low, high = sorted(told, key=lambda q: q.value)
    if not high.value or low.value == high.value:
        return []
    share = 100 * low.value / high.value
    both = 100 * low.value / (low.value + high.value)
    if any(abs(each - given.value) <= 1 for each in (share, 100 - share, both, 100 - both)):
        return []
    return [f"You gave {given} and also {low} of {high}, which is {plain(consistency.rounded(share, 1))}%."]


_TOTAL_OF = re.compile(r"\b(?:total|overall|all|in all)\b[^.;\n\d]{0,20}[:(]", re.I)
_OFF = Decimal("1.5")


def _percentages_against(facts: Facts, given: Quantity) -> list[str]:
    """As in "6.3% total: long-term 3.9%, short-term 2.9%"."""
    _, end = facts.canvas.sentence_at(given.start)
    if given.kind is not Kind.PERCENT or _TOTAL_OF.match(facts.canvas.text[given.end : end].strip()) is None:
        return []
    parts = [q for q in facts.said if q.kind is Kind.PERCENT and given.end < q.start < end]
    total = sum((q.value for q in parts), Decimal(0))
    if len(parts) < _A_PAIR or not _ROUNDED_OFF < abs(total - given.value) <= _OFF:
        return []
    return [f"You gave {given} and also {' + '.join(str(q) for q in parts)}, which is {plain(total)}%."]


_ROUNDED_OFF = Decimal("0.15")


_SHARE_OF = re.compile(r"^ of (?:the |our |all |all the )?(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6})\b(?! ?%|\.\d)", re.I)


def _share_of(facts: Facts, given: Quantity) -> list[str]:
    """A percentage of a number of cases must be a whole number of them."""
    found = _SHARE_OF.match(facts.canvas.text[given.end : given.end + 30]) if given.kind is Kind.PERCENT else None
    if found is None or "of" in facts.canvas.text[given.start : given.end]:
        return []
    whole = Decimal(found["n"].replace(",", ""))
    if whole == 0:
        return []
    cases = (given.value * whole / 100).quantize(Decimal(1))
    exact = 100 * cases / whole
    cut = exact.quantize(Decimal(1).scaleb(-given.decimals), rounding=ROUND_DOWN) if given.decimals else None
    if given.value in (cut, consistency.rounded(exact, given.decimals)):
        return []
    return [f"You gave {given} of {plain(whole)}, which is no whole number of cases."]


_ALL = re.compile(
    r"^\W*(?:all|every)\b (?!but\b|except\b|types?\b"
    r"|of the time\b)(?:[\w-]+ ){0,4}?(?:were|was|have|had|are|\w+ed|met)\b",
    re.I,
)


_WHOLE = 100


def _all_of_them(facts: Facts, given: Quantity) -> list[str]:
    """As in "All were seen: 97.5%" says two things."""
    sentence = facts.sentence(given.start)
    if given.kind is not Kind.PERCENT or given.value == _WHOLE or _ALL.match(sentence) is None:
        return []
    return [f"You wrote '{sentence.strip()[:120]}', and all would be 100%."]
